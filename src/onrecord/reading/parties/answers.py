"""Whom each source denotes: names first, then papers, offices and nouns, pronouns last."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Token

from onrecord.model import Party, PartyKind
from onrecord.reading.countries import Country, by_capital, by_demonym, by_name
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parties.known import office, office_type, plain_words, state
from onrecord.reading.parties.names import alike
from onrecord.reading.parties.scene import SUBJECTS, PersonAt, Scene, body_words, word_set
from onrecord.reading.parties.sources import NOUNS, Part, core, country_in, parts, top_persons
from onrecord.reading.parties.titles import is_role, role_text, side_of_words

Parties = tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A mention that may be picked up again: the token where it stands, and its parties."""

    at: int
    parties: Parties
    head: str = ""
    many: bool = False
    subject: bool = False
    speaker: bool = False
    gender: str | None = None
    type: str = ""
    holder: int | None = None
    """The attribution whose content it stands in."""


@dataclass(slots=True)
class Memory:
    """What was named and who was heard, in the order of the text."""

    bodies: list[Heard] = field(default_factory=list)
    """Bodies and states named anywhere."""
    heard: list[Heard] = field(default_factory=list)
    """Claimants, in the order they were resolved."""
    offices: dict[str, Party] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    parties: Parties
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """One source: its tokens, the attribution it belongs to, and who says the content it stands in, if anyone."""

    start: int
    end: int
    index: int
    outer: Parties = ()
    outer_quoted: bool = False


Resolve = Callable[[Scene, Memory, Question, Part], Answer | None]


def answer(scene: Scene, memory: Memory, question: Question) -> Answer:
    """The parties of one source; unsure where a pronoun or a role was followed on thin ground."""
    found = [_answered(scene, memory, question, part) for part in parts(scene, question.start, question.end)]
    parties = tuple(dict.fromkeys(p for one in found for p in one.parties))
    return Answer(parties, all(one.sure for one in found) and bool(parties))


def _answered(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer:
    from onrecord.reading.parties.antecedents import by_noun, by_pronoun

    cascade: tuple[Resolve, ...] = (by_pronoun, by_person, by_name_of_body, by_office, by_paper, by_noun, by_capitals)
    for resolve in cascade:
        found = resolve(scene, memory, question, part)
        if found is not None:
            return found
    return Answer((unnamed(scene, part),))


# --- people ----------------------------------------------------------------------------------------------------


def by_person(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """A person named in the part, not in what belongs to another noun of it."""
    found = top_persons(scene, part)
    if not found:
        return None
    start, end = core(scene, part)
    inside = [i for i in found if start <= i < end]
    if not inside and _covered(scene, start, end):
        return None
    chosen = scene.person_at[inside[-1] if inside else found[0]]
    if inside and _heads_a_group(scene, chosen, end):
        return None
    return Answer((scene.of_person(chosen.person),))


def _covered(scene: Scene, start: int, end: int) -> bool:
    known = scene.known_at.get(start)
    return known is not None and known.end >= end


def _heads_a_group(scene: Scene, mention: PersonAt, end: int) -> bool:
    """"Putin officials", "a Trump spokesman": the name stands before the noun that is meant."""
    rest = scene.doc[mention.end : end]
    return any(t.pos_ in NOUNS and t.i not in scene.person_at for t in rest) and not (
        len(rest) and (rest[0].text == "," or is_role(rest[0]) and rest[0].pos_ == "NOUN" and mention.end - mention.start > 1)
    )


# --- bodies ----------------------------------------------------------------------------------------------------


def by_name_of_body(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """A known party whose name is the noun of the part, or follows it in apposition."""
    start, end = core(scene, part)
    last = [k for i in range(start, end) if (k := scene.known_at.get(i)) is not None and k.end <= part.end]
    if last and (last[-1].end >= end or _only_body(scene, last[-1].end, end)):
        return Answer((scene.of_known(last[-1].known),))
    if part.end - end > 1 and scene.doc[end].text in (",", "(", "-", "–", "—") and _only_body(scene, end - 1, end):
        after = end + 1 + (scene.doc[end + 1].lower_ == "the")
        if (known := scene.known_at.get(after)) is not None:
            return Answer((scene.of_known(known.known),))
    return None


def _only_body(scene: Scene, start: int, end: int) -> bool:
    """Whether nothing but a noun like "news agency" is there."""
    return all(t.lower_ in body_words() or t.lower_ in ("news", "state", "'s", "’s") or t.is_punct for t in scene.doc[start:end])


def by_office(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """A state, or an office of one."""
    found = office_in(scene, memory, part)
    return Answer((found,)) if found else None


def office_in(scene: Scene, memory: Memory, part: Part) -> Party | None:
    start, end = core(scene, part)
    if start >= end:
        return None
    whole = _text(scene, start, end)
    country = by_name(whole) or by_capital(whole) if scene.doc[end - 1].pos_ in ("PROPN", "NOUN", "ADJ") and "-" not in whole else None
    if country is not None and not by_demonym(whole) and scene.doc[start].text[:1].isupper():
        return scene.of_known(state(country))
    end, country, words = _office_words(scene, part, start, end)
    kind = office_type(words) if words else None
    if kind is None:
        return None
    if country is not None:
        known = office(words, country)
        party = scene.of_known(known) if known else None
        if party:
            memory.offices[kind + words.lower()] = memory.offices[kind] = party
        return party
    return _office_without_country(scene, memory, kind, words, scene.doc[end - 1])


def _office_without_country(scene: Scene, memory: Memory, kind: str, words: str, head: Token) -> Party | None:
    seen = memory.offices.get(kind + words.lower())
    if seen is not None:
        return seen
    if head.pos_ == "PROPN" and " " in words:
        return scene.party(words, PartyKind.ORGANISATION)
    return None


def _office_words(scene: Scene, part: Part, start: int, end: int) -> tuple[int, Country | None, str]:
    """The office's words without its country: "Russia's [defence ministry]", "[General Staff] of Ukraine"."""
    doc = scene.doc
    if part.before:
        country = next((c for t in doc[part.before[0] : part.before[1]] if (c := by_demonym(t.text))), None)
        return end, country, _text(scene, start, end)
    found = country_in(scene, start, end)
    if found is not None:
        country, at = found
        width = next((w for w in (3, 2) if (c := _text(scene, at, min(at + w, end))) and (by_name(c) or by_demonym(c)) == country), 1)
        rest = at + width
        while rest < end and doc[rest].lower_ in ("'s", "’s", "'", "’", "-"):
            rest += 1
        if all(t.pos_ in ("DET", "ADJ") or t.is_punct for t in doc[start:at]):
            longer = _text(scene, rest, _segment_end(scene, part, end))
            return end, country, longer if office_type(longer) else _text(scene, rest, end)
    tail = _segment_end(scene, part, end)
    of = next((i for i in range(tail - 1, end - 1, -1) if doc[i].lower_ in ("of", "in")), None)
    if of is not None:
        where = of + 1 + (doc[of + 1].lower_ == "the" if of + 1 < tail else 0)
        name = _text(scene, where, tail)
        country = by_name(name) or by_capital(name)
        if country is not None:
            return end, country, _text(scene, start, of)
    longer = _text(scene, start, tail)
    return end, None, longer if office_type(longer) else _text(scene, start, end)


def _segment_end(scene: Scene, part: Part, end: int) -> int:
    doc = scene.doc
    while end < part.end and not doc[end].is_punct and doc[end].tag_ not in ("WDT", "WP", "VBN", "VBG", "VBD", "VBZ"):
        end += 1
    return end


def _text(scene: Scene, start: int, end: int) -> str:
    """The words from one token to another, without article in front and possessive behind."""
    doc = scene.doc
    while start < end and doc[start].lower_ in ("the", "a", "an"):
        start += 1
    while start < end and doc[end - 1].lower_ in ("'s", "’s", "'", "’"):
        end -= 1
    return doc.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1])] if start < end else ""


def by_capitals(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """A body not in the data, under its printed name."""
    start, end = core(scene, part)
    if start >= end:
        return None
    head = scene.doc[end - 1]
    named = head.pos_ == "PROPN" and head.text[:1].isupper() and not is_role(head) and head.lower_ not in word_set("loose_papers")
    located = head.lower_ in body_words() and country_in(scene, start, end) is not None
    if not (named or located) or by_demonym(head.text):
        return None
    return Answer((named_body(scene, part, start, end),), sure=named)


def named_body(scene: Scene, part: Part, start: int, end: int) -> Party:
    """An organisation by its printed name, with the full one where the text defined an acronym."""
    stop = end
    if stop < part.end and scene.doc[stop].ent_iob_ == "I" and scene.doc[stop].ent_type_ == "ORG":
        while stop < part.end and scene.doc[stop].ent_iob_ == "I":
            stop += 1
    elif stop + 1 < part.end and scene.doc[stop].lower_ in ("of", "for", "in", "on") and scene.doc[stop + 1].text[:1].isupper():
        stop = _segment_end(scene, part, stop)
    name = _text(scene, start, stop)
    name = scene.acronyms.get(name, name)
    country = country_in(scene, start, end)
    aligned = any(t.lower_ in word_set("aligned") for t in scene.doc[start:end])
    return scene.party(name, PartyKind.ORGANISATION, side=country[0].code if country and aligned else None)


# --- papers ----------------------------------------------------------------------------------------------------


def by_paper(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """"The statement", "data from Ukraine": those whose words they are."""
    head = paper_head(scene, part)
    if head is None:
        return None
    owner = owner_named(scene, memory, question, part, head)
    if owner:
        return Answer(owner)
    if head.lower_ in word_set("loose_papers") or head.tag_ in ("NNS", "NNPS"):
        return Answer((unnamed(scene, part),))
    owner = _owner_before(scene, memory, question, head)
    return Answer(owner, sure=False) if owner else Answer((unnamed(scene, part),))


def paper_head(scene: Scene, part: Part) -> Token | None:
    start, end = core(scene, part)
    for token in reversed(scene.doc[start:end]):
        if token.pos_ in NOUNS or token.lower_ in word_set("papers"):
            word = token.lower_
            is_paper = word in word_set("papers") or word in word_set("loose_papers") or word in word_set("carriers")
            return token if is_paper else None
    return None


def owner_named(scene: Scene, memory: Memory, question: Question, part: Part, head: Token) -> Parties:
    """The party named beside a paper: "'s report", "figures from", "data confirmed by", "Ukrainian updates"."""
    doc = scene.doc
    for i in range(head.i + 1, part.end):
        if doc[i].lower_ in word_set("carrying") and i + 1 < part.end:
            found = _named(scene, memory, question, i + 1, part.end)
            if found:
                return found
        elif doc[i].text in (",", ";"):
            break
    for i in range(part.start, head.i):
        if doc[i].lower_ in ("'s", "’s") or (doc[i].lower_ in ("'", "’") and doc[i - 1].text.endswith("s")):
            found = _named(scene, memory, question, part.start, i)
            if found:
                return found
    before = [k for i in range(part.start, head.i) if (k := scene.known_at.get(i))]
    if before and before[-1].end == head.i:
        return (scene.of_known(before[-1].known),)
    country = country_in(scene, part.start, head.i)
    if country and country[1] == head.i - 1 and head.lower_ in word_set("carriers"):
        return (scene.of_known(state(country[0])),)
    return ()


def _named(scene: Scene, memory: Memory, question: Question, start: int, end: int) -> Parties:
    """The named parties of a range, if every one of them is."""
    found: list[Party] = []
    for part in parts(scene, start, end):
        one = next(
            (a for resolve in (by_person, by_name_of_body, by_office) if (a := resolve(scene, memory, question, part))), None
        )
        if one is None and scene.doc[part.head].ent_type_ == "ORG":
            one = by_capitals(scene, memory, question, part)
        if one is None:
            return ()
        found.extend(one.parties)
    return tuple(found)


def _owner_before(scene: Scene, memory: Memory, question: Question, head: Token) -> Parties:
    """Whose paper it is, told before: by its verb's subject, at its last mention, or else who was last heard."""
    doc, lemma = scene.doc, head.lower_
    own = _issuer(scene, memory, question, head)
    if own:
        return own
    floor = max(0, question.start - 400)
    for i in range(question.start - 1, floor, -1):
        if doc[i].lower_ == lemma:
            named = owner_named(scene, memory, question, Part(max(floor, i - 6), min(len(doc), i + 10), i), doc[i])
            issuer = named or _issuer(scene, memory, question, doc[i])
            if issuer:
                return issuer
    for heard in reversed(memory.heard[-6:]):
        near = scene.sentence[question.start] - scene.sentence[heard.at] <= 4
        if near and any(p.kind in (PartyKind.ORGANISATION, PartyKind.GROUP) for p in heard.parties):
            return heard.parties
    return ()


def _issuer(scene: Scene, memory: Memory, question: Question, paper: Token) -> Parties:
    """The subject of the verb a paper hangs on: "X said in a statement", "X published a report"."""
    verb = paper.head.head if paper.dep_ == "pobj" else paper.head
    if verb.pos_ not in ("VERB", "AUX") or paper.dep_ not in ("pobj", "dobj"):
        return ()
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.i >= paper.i or subject.right_edge.i - subject.left_edge.i > 25:
        return ()
    heard = _heard_at(memory, subject.left_edge.i, subject.right_edge.i)
    return heard or _named(scene, memory, question, subject.left_edge.i, subject.right_edge.i + 1)


def _heard_at(memory: Memory, start: int, end: int) -> Parties:
    for heard in reversed(memory.heard[-12:]):
        if start <= heard.at <= end:
            return heard.parties
    return ()


# --- unnamed ---------------------------------------------------------------------------------------------------


def unnamed(scene: Scene, part: Part) -> Party:
    """Nobody by name: the words themselves, from the article on, without relative clauses."""
    end = part.start
    while end < part.end and not (
        end > part.start and (scene.doc[end].tag_ in ("WDT", "WP") or scene.doc[end].text in (",", "(", ";", ":", "—", "–"))
    ):
        end += 1
    text = Part(part.start, min(end, part.start + 14), part.head, part.before).text(scene.doc)
    first = scene.doc[part.before[0] if part.before else part.start]
    if first.pos_ not in ("PROPN", "ADJ") and len(text) > 1 and not text[:2].isupper():
        text = text[0].lower() + text[1:]
    elif first.is_sent_start and first.pos_ == "ADJ" and first.ent_type_ == "" and by_demonym(first.text) is None:
        text = text[0].lower() + text[1:]
    start, stop = core(scene, part)
    side = side_of_words(scene, part.before[0], part.before[1] + 1) if part.before else side_of_words(scene, start, stop)
    if part.before and side is None:
        side = next((c.code for t in scene.doc[part.before[0] : part.before[1]] if (c := by_demonym(t.text))), None)
    head = scene.doc[part.head]
    role = role_text(scene, start, stop) if is_role(head) and head.tag_ in ("NN", "NNP") else None
    return scene.party(f"unnamed: {' '.join(text.split())}", PartyKind.UNNAMED, role, side)
