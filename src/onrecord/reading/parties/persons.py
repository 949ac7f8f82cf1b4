"""People as sources name them."""

from __future__ import annotations

from onrecord.reading.parties.memory import Answer, Memory, Question
from onrecord.reading.parties.scene import PersonAt, Scene
from onrecord.reading.parties.sources import NOUNS, Part, core, top_persons
from onrecord.reading.parties.titles import is_role


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
        beyond = [i for i in found if i >= end]
        if not beyond:
            return None
        chosen = scene.person_at[beyond[0]]
    return Answer((scene.of_person(chosen.person),))


def _covered(scene: Scene, start: int, end: int) -> bool:
    known = scene.known_at.get(start)
    return known is not None and known.end >= end


def _heads_a_group(scene: Scene, mention: PersonAt, end: int) -> bool:
    """ "Putin officials", "a Trump spokesman": the name stands before the noun that is meant."""
    rest = scene.doc[mention.end : end]
    return any(t.pos_ in NOUNS and t.i not in scene.person_at for t in rest) and not (
        len(rest)
        and (rest[0].text == "," or (is_role(rest[0]) and rest[0].pos_ == "NOUN" and mention.end - mention.start > 1))
    )
