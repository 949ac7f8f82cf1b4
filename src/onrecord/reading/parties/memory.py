"""What is kept while the sources of a document are answered: who was named, who was heard, and the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.model import Party, PartyKind
from onrecord.reading.countries import Country, by_code, by_demonym
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
    """Offices that were named with their state, by type and words."""
    states: Counter[Country] = field(default_factory=Counter)
    """How often each state or its people are named in the document."""

    def only_state(self) -> Country | None:
        """The state a document is about, where no other is named half as often."""
        sides = (h.parties[0].side for h in self.bodies if h.type != "state")
        named = self.states + Counter(c for side in sides if side and (c := by_code(side)) is not None)
        ranked = named.most_common(2)
        if not ranked or (len(ranked) == 2 and 2 * ranked[1][1] > ranked[0][1]):
            return None
        return ranked[0][0]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom a source denotes; ``via`` are the outlets it names that only pass their words on."""

    parties: Parties
    sure: bool = True
    via: Parties = ()


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
    end = _end_of_words(scene, part)
    shown = Part(part.start, end, part.head, part.before)
    first = scene.doc[part.before[0] if part.before else part.start]
    text = " ".join(shown.text(scene.doc).split())
    if _starts_small(first):
        text = text[:1].lower() + text[1:]
    start, stop = core(scene, part)
    head = scene.doc[part.head]
    role = role_text(scene, start, stop) if is_role(head) and head.tag_ in ("NN", "NNP") else None
    return scene.party(f"unnamed: {text}", PartyKind.UNNAMED, role, _side(scene, part, start, max(stop, end)))


_LONGEST = 14


def _end_of_words(scene: Scene, part: Part) -> int:
    end = part.start + 1
    while end < min(part.end, part.start + _LONGEST):
        token = scene.doc[end]
        if token.tag_ in ("WDT", "WP") or token.text in (",", "(", ";", ":", "—", "–"):
            break
        end += 1
    return end


def _starts_small(first: Token) -> bool:
    """Whether a first word has its capital from the sentence alone."""
    if first.lower_ in word_set("regions") or by_demonym(first.text) is not None:
        return False
    if not (first.text[1:].islower() or len(first) == 1) or first.text == "I":
        return False
    return first.pos_ not in ("PROPN", "ADJ") or (first.pos_ == "ADJ" and first.ent_type_ == "")


def _side(scene: Scene, part: Part, start: int, stop: int) -> str | None:
    """The side an unnamed source speaks for, by the state or party named in its words."""
    if part.before:
        shared = scene.doc[part.before[0] : part.before[1]]
        return next((c.code for t in shared if (c := by_demonym(t.text))), None)
    people = by_demonym(scene.doc[part.head].text) if scene.doc[part.head].tag_ in ("NNPS", "NNS") else None
    return people.code if people else side_of_words(scene, start, stop)
