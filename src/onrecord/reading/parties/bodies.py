"""Bodies, offices and states: as sources denote them, and as a document names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.model import Party, PartyKind
from onrecord.reading.countries import Country, by_capital, by_code, by_demonym, by_name
from onrecord.reading.datelines import places_over
from onrecord.reading.parties.known import office, state
from onrecord.reading.parties.memory import Answer, Heard, Memory, Question
from onrecord.reading.parties.offices import named_words, office_in, segment_end
from onrecord.reading.parties.scene import SUBJECTS, KnownAt, Scene, body_words, country_of, word_set
from onrecord.reading.parties.sources import Part, core, country_in
from onrecord.reading.parties.titles import is_role


def by_owned_office(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """ "President X's office" is that of the president, whoever holds it."""
    owner = next((m for i in range(part.start, part.end) if (m := scene.person_at.get(i)) is not None), None)
    if owner is None or owner.end + 2 != part.end or scene.doc[owner.end].lower_ not in ("'s", "’s"):
        return None
    if scene.doc[part.end - 1].lower_ not in ("office", "administration", "cabinet"):
        return None
    country, role = by_code(owner.person.side or ""), (owner.person.role or owner.person.post or "").lower()
    known = office(f"{role}'s office", country) if country is not None else None
    return Answer((scene.of_known(known),)) if known else None


def by_name_of_body(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """A known party whose name is the noun of the part, or follows it in apposition."""
    start, end = core(scene, part)
    named = [k for i in range(start, end) if (k := scene.known_at.get(i)) is not None and k.start == i]
    if named and (named[-1].end >= end or _named_with_noun(scene, named[-1], end)):
        return Answer(tuple(scene.of_known(k.known) for k in _joined(scene, named)))
    if part.end - end > 1 and (_only_body(scene, end - 1, end) or _is_thing(scene.doc[end - 1])):
        after = end + (scene.doc[end].is_punct) + (scene.doc[end + 1].lower_ == "the" or scene.doc[end].lower_ == "the")
        if (known := scene.known_at.get(after)) is not None:
            return Answer((scene.of_known(known.known),))
    return None


def _is_thing(noun: Token) -> bool:
    """Whether a noun may be a body's though it is not known as one: "its armed wing, the …"."""
    marked = noun.i + 1 < len(noun.doc) and noun.nbor(1).text in (",", "(", "-", "–", "—")
    return marked and noun.tag_ == "NN" and noun.pos_ == "NOUN" and not is_role(noun)


def _named_with_noun(scene: Scene, known: KnownAt, end: int) -> bool:
    """ "The Wagner group" is Wagner, "the UN agency" is not the UN."""
    return known.known.type not in ("un", "body", "state", "coalition") and _only_body(scene, known.end, end)


def _joined(scene: Scene, named: list[KnownAt]) -> list[KnownAt]:
    """The last name and those it is joined to: "YPG and FSA forces"."""
    joined = [named[-1]]
    for known in reversed(named[:-1]):
        if not all(t.lower_ in ("and", ",", "the") for t in scene.doc[known.end : joined[0].start]):
            break
        joined.insert(0, known)
    return joined


def _only_body(scene: Scene, start: int, end: int) -> bool:
    """Whether nothing but a noun like "news agency" is there."""
    return all(
        t.lower_ in body_words() or t.lower_ in ("news", "state", "'s", "’s") or t.is_punct
        for t in scene.doc[start:end]
    )


def by_capitals(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """A body not in the data, under its printed name."""
    start, end = core(scene, part)
    if start >= end:
        return None
    head = scene.doc[end - 1]
    if (name := _named_outlet(scene, start, end)) is not None:
        return Answer((named_body(scene, part, *name),))
    if head.lower_ in body_words() and not head.text[:1].isupper() and (apposed := _apposed_name(scene, part, end)):
        return Answer((named_body(scene, *apposed),))
    named = (
        head.pos_ == "PROPN"
        and head.text[:1].isupper()
        and not is_role(head)
        and head.lower_ not in word_set("loose_papers")
    )
    body = head.lower_ in body_words() and head.lower_ not in word_set("broadcasts")
    body = body and not any(t.lower_ in word_set("apart") for t in scene.doc[start:end])
    located = body and country_in(scene, start, end) is not None
    goes_on = end + 1 < part.end and scene.doc[end].lower_ in ("of", "for") and scene.doc[end + 1].text[:1].isupper()
    generic = end - start == 1 and not goes_on and (head.lower_ in body_words() or head.lower_ in word_set("aligned"))
    located = located or (head.lower_ in body_words() and any(i in scene.person_at for i in range(start, head.i)))
    if not (named or located) or generic or by_demonym(head.text):
        return None
    return Answer((named_body(scene, part, start, end),), sure=named)


def _named_outlet(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    """The name before a noun for an outlet: "the pro-government Al-Hilal newspaper"."""
    doc = scene.doc
    if end - start < 2 or doc[end - 1].text != doc[end - 1].lower_ or doc[end - 1].lower_ not in word_set("outlets"):
        return None
    stop = end - 1
    while stop > start and doc[stop - 1].lower_ in ("news", "media", "state"):
        stop -= 1
    first = stop
    while first > start and (doc[first - 1].text[:1].isupper() or doc[first - 1].text == "-"):
        first -= 1
    while first < stop and (doc[first].text == "-" or country_of(doc[first]) is not None):
        first += 1
    return (first, stop) if first < stop and not is_role(doc[stop - 1]) else None


def _apposed_name(scene: Scene, part: Part, end: int) -> tuple[Part, int, int] | None:
    """The name after "the investigative group,"."""
    if end + 1 >= part.end or scene.doc[end].text != ",":
        return None
    rest = Part(end + 1, part.end, end + 1)
    start, stop = core(scene, rest)
    named = start < stop and all(t.pos_ == "PROPN" for t in scene.doc[start:stop])
    return (rest, start, stop) if named else None


def named_body(scene: Scene, part: Part, start: int, end: int) -> Party:
    """An organisation by its printed name, with the full one where the text defined an acronym."""
    stop = end
    if stop < part.end and scene.doc[stop].ent_iob_ == "I" and scene.doc[stop].ent_type_ == "ORG":
        while stop < part.end and scene.doc[stop].ent_iob_ == "I":
            stop += 1
    elif (
        stop + 1 < part.end
        and scene.doc[stop].lower_ in ("of", "for", "in", "on")
        and scene.doc[stop + 1].text[:1].isupper()
    ):
        stop = segment_end(scene, part, stop)
    name = named_words(scene, start, stop)
    name = scene.acronyms.get(name, name)
    country = country_in(scene, start, end)
    aligned = any(t.lower_ in word_set("aligned") for t in scene.doc[start:end])
    side = country[0].code if country and aligned else None
    if side is None and aligned:
        owners = (scene.person_at.get(i) for i in range(start, end))
        side = next((owner.person.side for owner in owners if owner is not None), None)
    many = scene.doc[end - 1].tag_ in ("NNS", "NNPS") and scene.doc[end - 1].lower_ in word_set("aligned")
    return scene.party(name, PartyKind.GROUP if many else PartyKind.ORGANISATION, side=side)


# --- named in the document ---------------------------------------------------------------------------------------


_TOP = 400  # characters in which a dateline stands
_AT_HOME = 4  # a capital over the text counts for its state like so many mentions


def _datelined(scene: Scene) -> Country | None:
    """The state whose capital the dateline names: "KYIV, March 7 —", "MOSCOW (Agency) -"."""
    text = scene.doc.text[:_TOP]
    named = (name for start, end in places_over(text) for name in re.split("[,/]", text[start:end]))
    return next((country for name in named if (country := by_capital(name.strip()))), None)


def named_bodies(scene: Scene) -> Memory:
    """A memory that holds every body and state named in the document; what sources say of states counts for none of
    them, since who speaks of one state most is often its enemy."""
    memory = Memory()
    named = (t for t in scene.doc if t.pos_ in ("PROPN", "ADJ", "NOUN") and not scene.reported[t.i])
    memory.states.update(c for t in named if (c := country_of(t)))
    if (at_home := _datelined(scene)) is not None:
        memory.states[at_home] += _AT_HOME
    memory.bodies.extend(sorted((*_known(scene), *_states(scene), *_tagged(scene, memory)), key=lambda h: h.at))
    return memory


def _known(scene: Scene) -> Iterator[Heard]:
    for found in scene.known:
        party = scene.of_known(found.known)
        subject = scene.doc[found.start : found.end].root.dep_ in SUBJECTS
        yield Heard(found.start, (party,), subject=subject, type=found.known.type)


def _states(scene: Scene) -> Iterator[Heard]:
    for token in scene.doc:
        if (
            token.pos_ == "PROPN"
            and token.text[:1].isupper()
            and token.i not in scene.known_at
            and token.i not in scene.person_at
        ):
            country = _country(token)
            if country is not None:
                demonym = country.demonyms[0] if country.demonyms else ""
                party = scene.of_known(state(country))
                yield Heard(token.i, (party,), head=demonym, subject=token.dep_ in SUBJECTS, type="state")


def _country(token: Token) -> Country | None:
    country = by_name(token.text) or (by_capital(token.text) if token.dep_ in SUBJECTS else None)
    if country is None and token.i and token.nbor(-1).text[:1].isupper():
        country = by_name(f"{token.nbor(-1).text} {token.text}")
    return country


def _tagged(scene: Scene, memory: Memory) -> Iterator[Heard]:
    for ent in scene.doc.ents:
        if (
            ent.label_ != "ORG"
            or ent.start in scene.known_at
            or ent.end - ent.start > 12
            or ent.start in scene.person_at
        ):
            continue
        part = Part(ent.start, ent.end, ent.root.i)
        party = office_in(scene, memory, part)
        start, end = core(scene, part)
        if party is None and end > start and not any(is_role(t) for t in ent) and scene.doc[end - 1].pos_ == "PROPN":
            party = named_body(scene, part, start, end)
        if party is not None:
            yield Heard(ent.start, (party,), subject=ent.root.dep_ in SUBJECTS, type=scene.types.get(party.id, ""))
