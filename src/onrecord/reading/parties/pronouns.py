"""What pronouns go back to: he and she to people, it to bodies, they to many, who and which to what they hang on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from onrecord.model import Party, PartyKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parties.memory import Answer, Heard, Memory, Parties, Question, unnamed
from onrecord.reading.parties.papers import by_paper, paper_head
from onrecord.reading.parties.scene import SUBJECTS, PersonAt, Scene
from onrecord.reading.parties.sources import NOUNS, Part
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


def relative_antecedent(scene: Scene, question: Question, part: Part) -> Question | None:
    """The words that "who" or "which" hangs on, as a question of their own."""
    head = scene.doc[part.head]
    if part.end - part.start > 2 or head.tag_ not in ("WDT", "WP", "WP$") or head.lower_ not in _pronouns("relative"):
        return None
    verb = head.head
    for _ in range(4):
        if verb.dep_ == "relcl" or verb.head.i == verb.i:
            break
        verb = verb.head
    noun = verb.head if verb.dep_ == "relcl" and verb.head.i < head.i else None
    near = range(head.i - 1, max(-1, head.i - 8), -1)
    noun = noun or next((scene.doc[i] for i in near if scene.doc[i].pos_ in NOUNS), None)
    if noun is None or noun.i >= question.start:
        return None
    if head.lower_ == "who":
        noun = _somebody(scene, noun)
    start = max(noun.left_edge.i, noun.i - 25)
    return Question(start, noun.i + 1, question.index, question.outer, question.outer_quoted)


def _somebody(scene: Scene, noun: Token) -> Token:
    """The noun, or what it hangs on, that is a person or people: "a spokeswoman for the command, who"."""
    at = noun
    for _ in range(6):
        if at.i in scene.person_at or is_role(at) or at.tag_ in ("NNS", "NNPS"):
            return at.head if at.dep_ == "appos" and at.head.i in scene.person_at else at
        if at.dep_ not in ("pobj", "prep", "compound", "appos") or at.head.i == at.i:
            break
        at = at.head
    return noun


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
        score = -1.0 * (here - scene.sentence[mention.start]) + _standing(scene, mention, quoted, bool(outer))
        score += 0.3 * (person.gender == gender)
        yield party, score
    for heard in memory.heard[-12:]:
        if heard.many or heard.at >= question.start or len(heard.parties) != 1:
            continue
        party = heard.parties[0]
        told = scene.genders.get(party.id) or heard.gender
        if told not in (None, gender) or not _may_be_person(party) or (party.id in outer and quoted):
            continue
        distance = min(here - scene.sentence[heard.at], 6)
        inner = heard.holder is not None and heard.holder != question.index
        yield party, -0.9 * distance + 1.6 - 1.0 * inner
    for party in question.outer if not quoted else ():
        if _may_be_person(party):
            yield party, 2.0


def _may_be_person(party: Party) -> bool:
    return party.kind is PartyKind.PERSON or (party.kind is PartyKind.UNNAMED and party.role is not None)


def _standing(scene: Scene, mention: PersonAt, quoted: bool, inside: bool) -> float:
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
    elif scene.reported[mention.start] and not inside:
        score -= 0.6
    return score


# --- it --------------------------------------------------------------------------------------------------------


def _thing(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer:
    """A body that was heard or named as a subject shortly before."""
    paper = _paper_subject(scene, memory, question)
    if paper is not None:
        return paper
    here = scene.sentence[question.start]
    best: tuple[float, Parties] | None = None
    for heard in _bodies_before(memory, question):
        if heard.many or heard.at >= question.start:
            continue
        distance = here - scene.sentence[heard.at]
        if distance > 6:
            continue
        score = -1.0 * distance + 0.8 * heard.subject + 1.2 * heard.speaker
        score -= 0.8 * _inside_other(scene, heard, question) + 0.4 * (not heard.subject and not heard.speaker)
        if best is None or score >= best[0]:
            best = score, heard.parties
    if best is None:
        return Answer((unnamed(scene, part),), sure=False)
    return Answer(best[1], sure=best[0] >= 0.0)


def _paper_subject(scene: Scene, memory: Memory, question: Question) -> Answer | None:
    """Whose the paper is that was the subject of the sentence before: "The report covers … It documents"."""
    here = scene.sentence[question.start]
    for i in range(question.start - 1, max(-1, question.start - 60), -1):
        token = scene.doc[i]
        if scene.sentence[i] < here - 1 or (token.dep_ in SUBJECTS and scene.known_at.get(i)):
            return None
        if token.dep_ in SUBJECTS and token.head.dep_ == "ROOT" and scene.sentence[i] == here - 1:
            part = Part(max(token.left_edge.i, i - 8), i + 1, i)
            if token.tag_ != "NN" or paper_head(scene, part) is None:
                return None
            found = by_paper(scene, memory, Question(part.start, part.end, question.index), part)
            named = found is not None and found.parties[0].kind is not PartyKind.UNNAMED
            return Answer(found.parties, sure=False) if found and named else None
    return None


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
