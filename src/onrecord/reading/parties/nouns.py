"""What nouns that are no names go back to: roles to holders, nouns for bodies to the body, groups to those heard."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Token

from onrecord.model import PartyKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parties.known import plain_words, state
from onrecord.reading.parties.memory import Answer, Heard, Memory, Question, Resolve
from onrecord.reading.parties.roles import by_role, of_his_office
from onrecord.reading.parties.scene import Scene, country_of, word_set
from onrecord.reading.parties.sources import NOUNS, Part, core
from onrecord.reading.parties.titles import is_role


def by_noun(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """A definite noun that goes back: a role to its holder, a body's noun to the body, a group to the one heard."""
    start, end = core(scene, part)
    head = next((t for t in reversed(scene.doc[start:end]) if t.pos_ in NOUNS or is_role(t)), None)
    if head is None:
        return None
    own = _modifiers(scene, start, head.i)
    resolved = (
        _two_sides(scene, memory, part, head)
        or by_role(scene, question, part, head, memory, _again(head))
        or of_his_office(scene, memory, question, part, head)
        or _body(scene, memory, question, part, head, own)
        or _heard_again(scene, memory, question, part, head, own)
    )
    return resolved or _of_its(scene, memory, question, part, head)


def _two_sides(scene: Scene, memory: Memory, part: Part, head: Token) -> Answer | None:
    """ "Both sides", "each side", "the two countries": the two states the document is about, if they stand out."""
    if head.lemma_.lower() not in ("side", "country", "party", "nation") or head.i - part.start > 2:
        return None
    if not any(t.lower_ in ("both", "each", "two") for t in scene.doc[part.start : head.i]) or head.i + 1 < part.end:
        return None
    ranked = memory.states.most_common(3)
    if len(ranked) < 2 or (len(ranked) == 3 and 2 * ranked[2][1] > ranked[1][1]):
        return None
    return Answer(tuple(scene.of_known(state(country)) for country, _ in ranked[:2]), sure=False)


def _modifiers(scene: Scene, start: int, end: int) -> list[str]:
    told = (t for t in scene.doc[start:end] if t.pos_ in ("ADJ", "NOUN", "PROPN", "VERB", "NUM"))
    return [t.lower_ for t in told if country_of(t) is None or t.i + 1 >= end or scene.doc[t.i + 1].text != "-"]


def _definite(scene: Scene, part: Part) -> bool:
    return scene.doc[part.start].lower_ in ("the", "this", "that", "his", "her", "its", "their")


def _body(scene: Scene, memory: Memory, question: Question, part: Part, head: Token, own: list[str]) -> Answer | None:
    """ "The agency", "the Observatory": the body of that kind named last, or next where it is introduced so."""
    bodies = lexicon("parties")["bodies"]
    noun = head.lower_
    types = bodies.get(f"{own[-1]} {noun}" if own else noun) or bodies.get(noun)
    definite = _definite(scene, part)
    if head.tag_ in ("NNS", "NNPS"):
        return _fighters(memory, question, noun, own) if definite else None
    if types is None:
        return None
    loose = [w for w in own if w not in word_set("vague")]
    if definite:
        before = _match(memory.bodies, question.start, noun, types, loose)
        heard = _match(memory.heard, question.start, noun, types, loose)
        best = max((h for h in (before, heard) if h), key=lambda h: h.at, default=None)
        if noun in ("country", "nation") and heard is not None:
            best = heard
        if best is not None:
            return Answer(best.parties, sure=heard is not None)
    if scene.doc[part.start].lower_ in ("a", "an", "another") or not definite or scene.doc[part.start].lower_ == "the":
        return _introduced(scene, memory, question, noun, types, loose)
    return None


def _fighters(memory: Memory, question: Question, noun: str, own: list[str]) -> Answer | None:
    """ "The rebels": the armed group of a document that names only one."""
    if noun not in word_set("fighters") or any(w not in word_set("vague") for w in own):
        return None
    armed = {p.id: p for h in memory.bodies if h.type == "armed" for p in h.parties}
    return Answer(tuple(armed.values()), sure=False) if len({p.side for p in armed.values()}) == 1 and armed else None


def _match(mentions: list[Heard], at: int, noun: str, types: list[str], own: list[str]) -> Heard | None:
    """The last mention before ``at`` that the noun fits, by its type or as a word of its name."""
    end = bisect_left(mentions, at, key=lambda h: h.at) if mentions and mentions[-1].at >= at else len(mentions)
    for heard in reversed(mentions[max(0, end - 60) : end]):
        if len(heard.parties) != 1 or heard.parties[0].kind in (PartyKind.PERSON, PartyKind.UNNAMED):
            continue
        words = [w.lower() for w in plain_words(heard.parties[0].name)]
        typed = heard.type in types or noun in words
        if typed and all(w in words or w == (heard.parties[0].side or "").lower() for w in own):
            return heard
    return None


def _introduced(
    scene: Scene, memory: Memory, question: Question, noun: str, types: list[str], own: list[str]
) -> Answer | None:
    """ "A monitor said …": the one of that kind, only one, that the next three sentences name."""
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


def _again(head: Token) -> Resolve:
    """The unnamed one of that noun, whatever stands before it in the part."""

    def resolve(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
        start = core(scene, part)[0]
        rest = {t.lower_ for t in scene.doc[start : head.i] if t.is_alpha}
        return _heard_again(scene, memory, question, part, head, sorted(rest))

    return resolve


def _heard_again(
    scene: Scene, memory: Memory, question: Question, part: Part, head: Token, own: list[str]
) -> Answer | None:
    """ "The source", bare "officials": the unnamed ones of the same noun heard before, if nothing tells them apart."""
    if own or part.end - head.i > 1:
        return None
    if not _definite(scene, part) and head.tag_ not in ("NNS", "NNPS"):
        return None
    for heard in reversed(memory.heard[-20:]):
        if (
            heard.head == head.lemma_.lower()
            and heard.many == (head.tag_ in ("NNS", "NNPS"))
            and len(heard.parties) == 1
        ):
            return Answer(heard.parties, sure=_definite(scene, part))
    return None


def _of_its(scene: Scene, memory: Memory, question: Question, part: Part, head: Token) -> Answer | None:
    """ "Its officials" after a state are that state's."""
    if scene.doc[part.start].lower_ != "its" or head.i + 1 < part.end:
        return None
    end = bisect_left(memory.bodies, question.start, key=lambda h: h.at)
    for heard in reversed(memory.bodies[max(0, end - 8) : end]):
        if heard.type == "state" and heard.head:
            words = " ".join(t.text for t in scene.doc[part.start + 1 : part.end])
            side = heard.parties[0].side
            return Answer((scene.party(f"unnamed: {heard.head} {words}", PartyKind.UNNAMED, side=side),), sure=False)
    return None
