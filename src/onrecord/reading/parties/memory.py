"""What is kept while the sources of a document are answered: who was named, who was heard, and the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from onrecord.model import Party, PartyKind
from onrecord.reading.countries import by_demonym
from onrecord.reading.parties.scene import Scene, word_set
from onrecord.reading.parties.sources import Part, core
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


def unnamed(scene: Scene, part: Part) -> Party:
    """Nobody by name: the words themselves, from the article on, without relative clauses."""
    end = part.start
    while end < part.end and not (
        end > part.start
        and (scene.doc[end].tag_ in ("WDT", "WP") or scene.doc[end].text in (",", "(", ";", ":", "—", "–"))
    ):
        end += 1
    text = Part(part.start, min(end, part.start + 14), part.head, part.before).text(scene.doc)
    first = scene.doc[part.before[0] if part.before else part.start]
    if (
        first.pos_ not in ("PROPN", "ADJ")
        and first.lower_ not in word_set("regions")
        and len(text) > 1
        and not text.split()[0][1:].isupper()
        and (text[:2] != "I ")
    ) or (
        first.is_sent_start
        and first.pos_ == "ADJ"
        and first.ent_type_ == ""
        and first.lower_ not in word_set("regions")
        and by_demonym(first.text) is None
    ):
        text = text[0].lower() + text[1:]
    start, stop = core(scene, part)
    stop = max(stop, min(end, part.start + 14))
    side = (
        side_of_words(scene, part.before[0], part.before[1] + 1) if part.before else side_of_words(scene, start, stop)
    )
    if part.before and side is None:
        side = next((c.code for t in scene.doc[part.before[0] : part.before[1]] if (c := by_demonym(t.text))), None)
    head = scene.doc[part.head]
    role = role_text(scene, start, stop) if is_role(head) and head.tag_ in ("NN", "NNP") else None
    return scene.party(f"unnamed: {' '.join(text.split())}", PartyKind.UNNAMED, role, side)
