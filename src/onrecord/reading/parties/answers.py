"""Whom each source denotes: a cascade from names to papers, offices and nouns, pronouns by what they go back to."""

from __future__ import annotations

from onrecord.model import PartyKind
from onrecord.reading.countries import by_code
from onrecord.reading.parties.bodies import by_capitals, by_name_of_body, by_owned_office
from onrecord.reading.parties.memory import Answer, Memory, Question, Resolve, unnamed
from onrecord.reading.parties.nouns import by_noun
from onrecord.reading.parties.offices import by_office
from onrecord.reading.parties.papers import by_paper
from onrecord.reading.parties.persons import by_person
from onrecord.reading.parties.pronouns import by_pronoun, relative_antecedent
from onrecord.reading.parties.scene import Scene
from onrecord.reading.parties.sources import Part, parts

_CASCADE: tuple[Resolve, ...] = (
    by_pronoun,
    by_owned_office,
    by_person,
    by_name_of_body,
    by_office,
    by_paper,
    by_noun,
    by_capitals,
)


def answer(scene: Scene, memory: Memory, question: Question) -> Answer:
    """The parties of one source; unsure where a pronoun or a role was followed on thin ground."""
    joined = parts(scene, question.start, question.end)
    found = [_answered(scene, memory, question, part) for part in joined]
    if len(joined) > 1:
        found = [
            found[0],
            *(_same_side(scene, part, one, found[0]) for part, one in zip(joined[1:], found[1:], strict=True)),
        ]
    parties = tuple(dict.fromkeys(p for one in found for p in one.parties))
    return Answer(parties, all(one.sure for one in found) and bool(parties))


def _same_side(scene: Scene, part: Part, later: Answer, first: Answer) -> Answer:
    """The adjective in front is shared: in "Ruritanian officials and experts" both are Ruritania's."""
    one, other = first.parties[0], later.parties[0]
    bare = all(t.pos_ == "NOUN" and t.ent_type_ == "" for t in part.tokens(scene.doc)) and part.end - part.start == 1
    plural = scene.doc[part.head].tag_ == "NNS"
    both = one.kind is PartyKind.UNNAMED and other.kind is PartyKind.UNNAMED
    of_state = one.side is not None and by_code(one.side) is not None  # not "Hamas officials and residents"
    if not (both and bare and plural and one.side and of_state and other.side is None):
        return later
    return Answer((scene.told_side(other, one.side),), later.sure)


def _answered(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer:
    before = relative_antecedent(scene, question, part)
    if before is not None:
        heard = next((h for h in reversed(memory.heard[-6:]) if before.start <= h.at < before.end), None)
        return Answer(heard.parties) if heard else answer(scene, memory, before)
    for resolve in _CASCADE:
        found = resolve(scene, memory, question, part)
        if found is not None:
            return found
    return Answer((unnamed(scene, part),))
