"""What pronouns and nouns that are no names go back to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Token

from onrecord.model import Party, PartyKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parties.answers import Answer, Heard, Memory, Parties, Question, unnamed
from onrecord.reading.parties.known import plain_words
from onrecord.reading.parties.scene import SUBJECTS, PersonAt, Scene, word_set
from onrecord.reading.parties.sources import NOUNS, Part, core, country_in
from onrecord.reading.parties.titles import is_role

_BACK = 30
"""How many mentions are looked at: farther ones never won."""


@cache
def _pronouns(kind: str) -> frozenset[str]:
    return frozenset(lexicon("parties")["pronouns"][kind])


def by_pronoun(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """He and she by person, it by body, they by what is many, who and which by what they hang on."""
    head = scene.doc[part.head]
    word = head.lower_
    if part.end - part.start > 2 or head.pos_ not in ("PRON", "DET", "SCONJ"):
        return None
    if word in _pronouns("relative") and head.tag_ in ("WDT", "WP", "WP$"):
        return _relative(scene, memory, question, head)
    if word in _pronouns("speaker"):
        return Answer(question.outer) if question.outer else _last_heard(scene, memory, question)
    if word in _pronouns("masculine") or word in _pronouns("feminine"):
        return _person(scene, memory, question, part, "m" if word in _pronouns("masculine") else "f")
    if word in _pronouns("thing"):
        return _thing(scene, memory, question, part)
    if word in _pronouns("many"):
        return _many(scene, memory, question, part)
    return None


def _last_heard(scene: Scene, memory: Memory, question: Question) -> Answer | None:
    return Answer(memory.heard[-1].parties, sure=False) if memory.heard else None


# --- who, which ------------------------------------------------------------------------------------------------


def _relative(scene: Scene, memory: Memory, question: Question, head: Token) -> Answer | None:
    from onrecord.reading.parties.answers import answer

    verb = head.head
    for _ in range(4):
        if verb.dep_ == "relcl" or verb.head.i == verb.i:
            break
        verb = verb.head
    noun = verb.head if verb.dep_ == "relcl" and verb.head.i < head.i else None
    noun = noun or next((scene.doc[i] for i in range(head.i - 1, max(-1, head.i - 8), -1) if scene.doc[i].pos_ in NOUNS), None)
    if noun is None or noun.i >= question.start:
        return None
    heard = [h for h in memory.heard[-6:] if noun.left_edge.i <= h.at <= noun.i]
    if heard:
        return Answer(heard[-1].parties)
    start = max(noun.left_edge.i, noun.i - 25)
    return answer(scene, memory, Question(start, head.i, question.index, question.outer, question.outer_quoted))


# --- he, she ---------------------------------------------------------------------------------------------------


def _person(scene: Scene, memory: Memory, question: Question, part: Part, gender: str) -> Answer:
    """The best of the people mentioned before: near, subject, speaker, of the right gender, outside the quotation."""
    scored: dict[str, float] = {}
    parties: dict[str, Party] = {}
    for party, score in _people_before(scene, memory, question, gender):
        parties[party.id] = party
        scored[party.id] = max(score, scored.get(party.id, -9.0)) + (0.15 if party.id in scored else 0.0)
    if not scored:
        return Answer((unnamed(scene, part),), sure=False)
    ranked = sorted(scored, key=lambda id_: -scored[id_])
    clear = len(ranked) == 1 or scored[ranked[0]] - scored[ranked[1]] >= 0.5
    return Answer((parties[ranked[0]],), sure=clear and scored[ranked[0]] > -2.0)


def _people_before(scene: Scene, memory: Memory, question: Question, gender: str) -> Iterator[tuple[Party, float]]:
    here = scene.sentence[question.start]
    quoted = scene.quoted[question.start]
    outer = {p.id for p in question.outer}
    end = bisect_left(scene.persons, question.start, key=lambda m: m.start)
    for mention in scene.persons[max(0, end - _BACK) : end]:
        person = mention.person
        if person.gender not in (None, gender):
            continue
        party = scene.of_person(person)
        if party.id in outer and quoted:
            continue
        score = -1.0 * (here - scene.sentence[mention.start]) + _standing(scene, mention, quoted)
        score += 0.3 * (person.gender == gender)
        yield party, score
    for heard in memory.heard[-12:]:
        if heard.many or heard.at >= question.start or len(heard.parties) != 1:
            continue
        party = heard.parties[0]
        if heard.gender not in (None, gender) or not _may_be_person(party) or (party.id in outer and quoted):
            continue
        distance = min(here - scene.sentence[heard.at], 6)
        inner = heard.holder is not None and heard.holder != question.index
        yield party, -0.9 * distance + 1.6 - 1.0 * inner
    for party in question.outer if not quoted else ():
        if _may_be_person(party):
            yield party, 2.0


def _may_be_person(party: Party) -> bool:
    return party.kind is PartyKind.PERSON or (party.kind is PartyKind.UNNAMED and party.role is not None)


def _standing(scene: Scene, mention: PersonAt, quoted: bool) -> float:
    """How likely a mention is picked up, by where it stands in its sentence."""
    root = scene.doc[mention.end - 1]
    while mention.start <= root.head.i < mention.end and root.head.i != root.i:
        root = root.head
    score = 0.0
    if root.dep_ in SUBJECTS or (root.dep_ in ("appos", "compound") and root.head.dep_ in SUBJECTS):
        score += 0.8
    if root.dep_ == "poss":
        score -= 0.4
    if scene.quoted[mention.start] and not quoted:
        score -= 1.2
    return score


# --- it --------------------------------------------------------------------------------------------------------


def _thing(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer:
    """A body that was heard or named as a subject shortly before."""
    here = scene.sentence[question.start]
    best: tuple[float, Parties] | None = None
    for heard in _bodies_before(memory, question):
        if heard.many or heard.at >= question.start:
            continue
        distance = here - scene.sentence[heard.at]
        if distance > 6:
            continue
        score = -1.0 * distance + 0.8 * heard.subject + 1.2 * heard.speaker - 0.8 * _inside_other(scene, heard, question)
        if best is None or score >= best[0]:
            best = score, heard.parties
    if best is None:
        return Answer((unnamed(scene, part),), sure=False)
    return Answer(best[1], sure=best[0] >= 0.0)


def _bodies_before(memory: Memory, question: Question) -> Iterator[Heard]:
    end = bisect_left(memory.bodies, question.start, key=lambda h: h.at)
    yield from memory.bodies[max(0, end - _BACK) : end]
    for heard in memory.heard[-12:]:
        kinds = {p.kind for p in heard.parties}
        if PartyKind.PERSON not in kinds and not (kinds == {PartyKind.UNNAMED} and heard.many):
            yield heard


def _inside_other(scene: Scene, heard: Heard, question: Question) -> bool:
    return scene.quoted[heard.at] and not scene.quoted[question.start]


# --- they ------------------------------------------------------------------------------------------------------


def _many(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer:
    """Those heard last who are many, unless a plural subject stands nearer in the same quotation."""
    here = scene.sentence[question.start]
    if question.outer and scene.quoted[question.start] and (near := _plural_subject(scene, question, same=True)):
        return Answer((near,), sure=False)
    for party_set, distance in _plural_heard(scene, memory, question, here):
        if distance <= 6:
            return Answer(party_set, sure=distance <= 2)
    near_party = _plural_subject(scene, question, same=False)
    if near_party is not None:
        return Answer((near_party,), sure=False)
    for heard in reversed(memory.heard[-6:]):
        if all(p.kind is not PartyKind.PERSON for p in heard.parties):
            return Answer(heard.parties, sure=False)
    return Answer((unnamed(scene, part),), sure=False)


def _plural_heard(scene: Scene, memory: Memory, question: Question, here: int) -> Iterator[tuple[Parties, int]]:
    for heard in reversed(memory.heard[-12:]):
        if heard.at < question.start and (heard.many or len(heard.parties) > 1):
            yield heard.parties, here - scene.sentence[heard.at]


def _plural_subject(scene: Scene, question: Question, same: bool) -> Party | None:
    """The latest plural subject of this sentence or the two before."""
    here = scene.sentence[question.start]
    for i in range(question.start - 1, max(-1, question.start - 90), -1):
        token = scene.doc[i]
        if scene.sentence[i] < here - 2:
            return None
        plural = token.tag_ in ("NNS", "NNPS") and token.dep_ in SUBJECTS
        if plural and (not same or scene.quoted[i] == scene.quoted[question.start]):
            start = token.left_edge.i if i - token.left_edge.i < 12 else i
            return unnamed(scene, Part(start, i + 1, i))
    return None


# --- nouns -----------------------------------------------------------------------------------------------------


def by_noun(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """A definite noun that goes back: a role to its holder, a body's noun to the body, a group to the one heard."""
    start, end = core(scene, part)
    head = next((t for t in reversed(scene.doc[start:end]) if t.pos_ in NOUNS or is_role(t)), None)
    if head is None:
        return None
    own = _modifiers(scene, start, head.i)
    resolved = (
        _role_holder(scene, memory, question, part, head)
        or _body(scene, memory, question, part, head, own)
        or _heard_again(scene, memory, question, part, head, own)
    )
    return resolved or _of_its(scene, memory, question, part, head)


def _modifiers(scene: Scene, start: int, end: int) -> list[str]:
    return [t.lower_ for t in scene.doc[start:end] if t.pos_ in ("ADJ", "NOUN", "PROPN", "VERB", "NUM")]


def _definite(scene: Scene, part: Part) -> bool:
    return scene.doc[part.start].lower_ in ("the", "this", "that", "his", "her", "its", "their")


def _role_holder(scene: Scene, memory: Memory, question: Question, part: Part, head: Token) -> Answer | None:
    """"The minister", "the head of the UN office": the person with that role."""
    if not is_role(head) or head.tag_ in ("NNS", "NNPS"):
        return None
    told = _content_words(t.lower_ for t in scene.doc[part.start : part.end] if t.is_alpha)
    wanted = country_in(scene, part.start, part.end)
    held: list[tuple[float, int, Party]] = []
    for person in scene.people.all[:400]:
        if not person.role:
            continue
        role = _content_words(w.lower() for w in plain_words(person.role))
        if head.lemma_.lower() not in role or (wanted and person.side not in (None, wanted[0].code)):
            continue
        share = len(told & role) / len(told | role)
        if share >= 0.6 or (_definite(scene, part) and told - ({wanted[0].name.lower()} if wanted else set()) <= role):
            held.append((share, _last_before(scene, person, question.start), scene.of_person(person)))
    if not held or not (_definite(scene, part) or held[0][0] >= 0.6 and len(told) > 2):
        return None
    best = max(held, key=lambda h: (h[1] >= 0, h[1] if len(told) == 1 else h[0], h[1]))
    return Answer((best[2],), sure=len(held) == 1)


def _content_words(words: Iterable[str]) -> frozenset[str]:
    small = ("the", "a", "an", "of", "for", "in", "to", "at", "and", "s", "his", "her", "its", "their")
    return frozenset(w for w in words if w not in small)


def _last_before(scene: Scene, person: object, at: int) -> int:
    end = bisect_left(scene.persons, at, key=lambda m: m.start)
    for mention in reversed(scene.persons[max(0, end - 60) : end]):
        if mention.person is person:
            return mention.start
    return -1


def _body(
    scene: Scene, memory: Memory, question: Question, part: Part, head: Token, own: list[str]
) -> Answer | None:
    """"The agency", "the Observatory": the body of that kind named last, or next where it is introduced so."""
    bodies = lexicon("parties")["bodies"]
    noun = head.lower_
    types = bodies.get(f"{own[-1]} {noun}" if own else noun) or bodies.get(noun)
    if types is None or head.tag_ in ("NNS", "NNPS"):
        return None
    definite = _definite(scene, part)
    loose = [w for w in own if w not in _VAGUE]
    if definite:
        before = _match(memory.bodies, question.start, noun, types, loose)
        heard = _match(memory.heard, question.start, noun, types, loose)
        best = max((h for h in (before, heard) if h), key=lambda h: h.at, default=None)
        if best is not None:
            return Answer(best.parties, sure=heard is not None)
    if scene.doc[part.start].lower_ in ("a", "an", "another") or not definite or scene.doc[part.start].lower_ == "the":
        return _introduced(scene, memory, question, noun, types, loose)
    return None


_VAGUE = frozenset(("same", "extremist", "militant", "terrorist", "jihadist", "armed", "monitoring", "news", "war", "activist", "rights", "press", "state", "wire", "based"))


def _match(mentions: list[Heard], at: int, noun: str, types: list[str], own: list[str]) -> Heard | None:
    """The last mention before ``at`` that the noun fits, by its type or as a word of its name."""
    end = bisect_left(mentions, at, key=lambda h: h.at) if mentions and mentions[-1].at >= at else len(mentions)
    for heard in reversed(mentions[max(0, end - 60) : end]):
        if len(heard.parties) != 1 or heard.parties[0].kind in (PartyKind.PERSON, PartyKind.UNNAMED):
            continue
        words = [w.lower() for w in plain_words(heard.parties[0].name)]
        typed = heard.type in types or noun in words
        if typed and all(w in words for w in own):
            return heard
    return None


def _introduced(
    scene: Scene, memory: Memory, question: Question, noun: str, types: list[str], own: list[str]
) -> Answer | None:
    """"A monitor said …": the one of that kind, only one, that the next three sentences name."""
    if own or noun in ("country", "company", "government", "office", "council"):
        return None
    first = bisect_left(memory.bodies, question.end, key=lambda h: h.at)
    here = scene.sentence[question.start]
    near = {
        h.parties[0].id: h
        for h in memory.bodies[first : first + 12]
        if scene.sentence[h.at] - here <= 3 and h.type in types and h.type not in ("armed",)
    }
    if len(near) == 1:
        return Answer(next(iter(near.values())).parties, sure=False)
    return None


def _heard_again(
    scene: Scene, memory: Memory, question: Question, part: Part, head: Token, own: list[str]
) -> Answer | None:
    """"The source", bare "officials": the unnamed ones of the same noun heard before, if nothing tells them apart."""
    if own or part.end - head.i > 1:
        return None
    if not _definite(scene, part) and head.tag_ not in ("NNS", "NNPS"):
        return None
    for heard in reversed(memory.heard[-20:]):
        if heard.head == head.lemma_.lower() and heard.many == (head.tag_ in ("NNS", "NNPS")) and len(heard.parties) == 1:
            return Answer(heard.parties, sure=_definite(scene, part))
    return None


def _of_its(scene: Scene, memory: Memory, question: Question, part: Part, head: Token) -> Answer | None:
    """"Its officials" after a state are that state's."""
    if scene.doc[part.start].lower_ != "its" or head.i + 1 < part.end:
        return None
    end = bisect_left(memory.bodies, question.start, key=lambda h: h.at)
    for heard in reversed(memory.bodies[max(0, end - 8) : end]):
        if heard.type == "state" and heard.head:
            words = " ".join(t.text for t in scene.doc[part.start + 1 : part.end])
            side = heard.parties[0].side
            return Answer((scene.party(f"unnamed: {heard.head} {words}", PartyKind.UNNAMED, side=side),), sure=False)
    return None


__all__ = ["by_noun", "by_pronoun", "word_set"]
