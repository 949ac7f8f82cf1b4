"""What passes from one step of reading to the next: values with spans, no tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.model import Act, Factuality, Party, Period, Place, Quotation, Relay, Span
from onrecord.reading.parsing import Parsed

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words credited to someone (PARC 3): the source's, the cue's and the content's spans, each in order.

    ``source`` or ``cue`` is empty where the text has none, never both but for a quotation that goes on from the one
    before. ``within`` is the index, in the same sequence, of the attribution whose content this one is nested in.
    """

    source: Spans
    cue: Spans
    content: Spans
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom an attribution's source denotes and who passed the words on; ``doubts`` names doubtful fields."""

    claimant: tuple[Party, ...]
    relays: tuple[Relay, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """How an attribution is put: what the speech does, in which form, how sure, by which medium and when."""

    act: Act
    quotation: Quotation
    factuality: Factuality
    channel: str | None = None
    said: Period | None = None
    said_candidates: tuple[Period, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Own:
    """A checkable statement of the author's own: its words, and how sure they are."""

    content: Spans
    factuality: Factuality


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Every place and every demonym of a text, each in order."""

    places: tuple[Place, ...]
    demonyms: tuple[Place, ...]


Attribute = Callable[[Parsed], tuple[Attribution, ...]]
"""The door for attribution: rules or a learned model, handed to ``Reader``. Its result is in the order of the cues."""
