"""Roles that go back to whoever holds them: "the minister", "the Ukrainian president", "the head of the UN office"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.model import Party, PartyKind
from onrecord.reading.countries import Country, by_code
from onrecord.reading.parties.holders import holder_of, office_named
from onrecord.reading.parties.known import office, plain_words, with_article
from onrecord.reading.parties.memory import Answer, Memory, Question, Resolve
from onrecord.reading.parties.names import Person
from onrecord.reading.parties.scene import Scene, country_of, word_set
from onrecord.reading.parties.sources import NOUNS, Part, country_in
from onrecord.reading.parties.titles import is_role, role_text

_MOST = 400
_SMALL = frozenset(("the", "a", "an", "of", "for", "in", "to", "at", "and", "s", "his", "her", "its", "their"))
_INDEFINITE = frozenset(("a", "an", "another", "one", "some"))
_DEFINITE = frozenset(("the", "this", "that", "his", "her", "its", "their"))

Held = tuple[float, int, Person]
"""How well a role fits, where its holder was named last before, and the holder."""


def by_role(scene: Scene, question: Question, part: Part, head: Token, memory: Memory, again: Resolve) -> Answer | None:
    """The person with a role; ``again`` finds an unnamed one who was heard in that role before.

    An office that one person holds, with its state but nobody named for it, is the office itself ("President of
    Ukraine").
    """
    if not is_role(head) or head.tag_ in ("NNS", "NNPS") or scene.doc[part.start].lower_ in _INDEFINITE:
        return None
    country = _whose(scene, part, head)
    told = _role_words(scene, part, country)
    definite = scene.doc[part.start].lower_ in _DEFINITE
    held = list(_holders(scene, question, told, head.lemma_.lower(), country, definite))
    if not held:
        return _office(scene, part, told, country) if definite else None
    if not definite and not (held[0][0] >= 0.6 and len(told) > 1 + (country is None)):
        return None
    newer = again(scene, memory, question, part)
    if newer is not None and _heard_at(memory, newer) > max(h[1] for h in held):
        return newer
    best = max(held, key=lambda h: (h[1] >= 0, h[1] if len(told) == 1 else h[0], h[1]))
    return Answer((_told(scene, best[2], part, head, country),), sure=len(held) == 1)


def of_his_office(scene: Scene, memory: Memory, question: Question, part: Part, head: Token) -> Answer | None:
    """ "His ministry": that of the minister named last before."""
    if head.lower_ != "ministry" or scene.doc[part.start].lower_ not in ("his", "her") or head.i != part.start + 1:
        return None
    end = bisect_left(scene.persons, question.start, key=lambda m: m.start)
    for mention in reversed(scene.persons[max(0, end - 6) : end]):
        role = (mention.person.role or "").lower()
        country = by_code(mention.person.side or "")
        if role.endswith("minister") and country is not None:
            known = office(role.removesuffix("minister") + "ministry", country)
            return Answer((scene.of_known(known),), sure=False) if known else None
    return None


def _holders(
    scene: Scene, question: Question, told: frozenset[str], head: str, country: Country | None, definite: bool
) -> Iterator[Held]:
    published = scene.parsed.document.published
    for person in scene.people.all[:_MOST]:
        if country is not None and person.side not in (None, country.code):
            continue
        role = content_words(w.lower() for w in plain_words(person.role or ""))
        share = len(told & role) / len(told | role) if head in role else 0.0
        fits = share >= 0.6 or (definite and head in role and told <= role)
        if not fits and definite and person.known is not None:
            known = holder_of(person.forms, published.year if published else None)
            fits, share = known is not None and known.holds(told), 0.6
        if fits:
            yield share, _last_before(scene, person, question.start), person


def _whose(scene: Scene, part: Part, head: Token) -> Country | None:
    """The state whose office it is: "the Ukrainian president", "the president of Ukraine"."""
    found = country_in(scene, part.start, head.i)
    behind = head.i + 2
    if found is None and behind < part.end and scene.doc[head.i + 1].lower_ == "of":
        found = country_in(scene, behind, min(part.end, behind + 4))
    return found[0] if found else None


def _role_words(scene: Scene, part: Part, state: Country | None) -> frozenset[str]:
    """The words of a role without its state."""
    words = (t for t in scene.doc[part.start : part.end] if t.is_alpha and (state is None or country_of(t) != state))
    return content_words(t.lower_ for t in words)


def content_words(words: Iterable[str]) -> frozenset[str]:
    """Words without the small ones."""
    return frozenset(w for w in words if w not in _SMALL)


def _office(scene: Scene, part: Part, told: frozenset[str], country: Country | None) -> Answer | None:
    post = office_named(told) if country is not None else None
    if country is None or post is None:
        return None
    name = f"{post[:1].upper()}{post[1:]} of {with_article(country.name)}"
    return Answer((scene.party(name, PartyKind.PERSON, post, country.code),), sure=False)


def _told(scene: Scene, person: Person, part: Part, head: Token, country: Country | None) -> Party:
    """The person, with the role, and on the side, that these words tell where none was told before."""
    person.role = person.role or role_text(scene, part.start, head.i + 1) or None
    words = (person.role or "").lower().split()
    if country is not None and person.side is None and any(w in word_set("aligned") for w in words):
        person.side = country.code
    return scene.of_person(person)


def _heard_at(memory: Memory, found: Answer) -> int:
    return next((h.at for h in reversed(memory.heard) if h.parties == found.parties), -1)


def _last_before(scene: Scene, person: Person, at: int) -> int:
    end = bisect_left(scene.persons, at, key=lambda m: m.start)
    for mention in reversed(scene.persons[max(0, end - 60) : end]):
        if mention.person is person:
            return mention.start
    return -1


def tell_sides(scene: Scene, memory: Memory) -> None:
    """Gives people whose role names a body without its state ("the army spokesman") the side of the body of that kind
    named last before them."""
    for person in scene.people.all[:_MOST]:
        if person.side is not None or not person.role:
            continue
        words = person.role.lower().split()
        spoken_for = any(w in word_set("aligned") for w in words) and not any(w in word_set("past") for w in words)
        first = next((m.start for m in scene.persons if m.person is person), None)
        if spoken_for and first is not None:
            person.side = _side_of_body(scene, memory, words, first)


def _side_of_body(scene: Scene, memory: Memory, words: list[str], at: int) -> str | None:
    types = {t for w in words for t in scene.body_types(w) if t in _BODIES}
    end = bisect_left(memory.bodies, at, key=lambda h: h.at)
    named = {h.at: h.parties[0].side for h in memory.bodies[max(0, end - 20) : end] if h.type in types}
    for i in range(at - 1, -1, -1):
        if not types or scene.sentence[at] - scene.sentence[i] > _REACH:
            return None
        if i in named:
            return named[i]
        token = scene.doc[i]
        if token.pos_ in NOUNS and not types.isdisjoint(scene.body_types(token.lower_)):
            state = country_in(scene, max(token.left_edge.i, i - 8), i)
            if state is not None:
                return state[0].code
    return None


_REACH = 4
_BODIES = ("force", "parliament", "armed")
