"""Statements and caveats as cards beside their story, as the report and the desk show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.exports import phrases
from onrecord.exports.visible import clipped, one_line
from onrecord.model import Caveat, Place, Statement

WORDS = 260  # characters of a statement repeated on its card; the whole is lit in the story
FIGURES = 200
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to the statement or caveat of that ``number``, whose element is ``to``; None: it is not here."""

    words: str
    to: str | None
    doubtful: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A claimant or relay on a card; ``role`` and ``side`` are empty where they are not known."""

    name: str
    role: str = ""
    side: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """One statement: ``id`` is its element's, ``at`` that of its first words in the story.

    ``claimants`` and then ``relays``, nearest the claimant first, are the way its words came to the document.
    """

    id: str
    at: str
    number: int
    depth: int
    own: bool
    claimants: list[Named]
    relays: list[Named]
    manner: list[str]
    words: str
    figures: list[str]
    places: list[str]
    caveats: list[Link]
    doubts: list[str]


@dataclass(frozen=True, slots=True)
class CaveatCard:
    """One caveat and the statements it covers, by their numbers."""

    id: str
    at: str
    number: int
    words: str
    kind: str
    covers: list[Link]
    certain: bool


def card(
    s: Statement, id_: str = "", at: str = "", *, number: int = 0, depth: int = 0, caveats: Sequence[Link] = ()
) -> Card:
    """The card of a statement."""
    own = not s.claimant and s.source is None
    said = phrases.said(s)
    manner = phrases.manner(s)[2 if own else 0 :]
    manner += [f"said {said}"] if said else []
    manner += [one_line(s.channel)] if s.channel else []
    return Card(
        id=id_,
        at=at,
        number=number,
        depth=min(depth, _DEEPEST),
        own=own,
        claimants=_claimants(s),
        relays=[Named(clipped(r.name, 100), certain=r.certain) for r in s.relays],
        manner=[clipped(m, 120) for m in manner],
        words=clipped(phrases.words(s), WORDS),
        figures=[clipped(phrases.figure(f), 240) for f in s.figures[:FIGURES]],
        places=[clipped(_place(p), 160) for p in _once(s.places)],
        caveats=list(caveats),
        doubts=[clipped(d, 40) for d in s.doubts],
    )


def caveat_card(c: Caveat, id_: str, at: str, number: int, covers: Sequence[Link]) -> CaveatCard:
    """The card of a caveat; ``covers`` lead to the statements."""
    return CaveatCard(id_, at, number, clipped(c.text, WORDS), clipped(c.kind, 60), list(covers), c.certain)


def _claimants(s: Statement) -> list[Named]:
    """Who makes it; where only the source's words are known, those."""
    if not s.claimant:
        return [Named(clipped(s.source.text, 200))] if s.source else []
    return [Named(clipped(p.name, 200), clipped(p.role or "", 120), clipped(p.side or "", 40)) for p in s.claimant]


def _once(places: Sequence[Place]) -> list[Place]:
    return list({p.name: p for p in reversed(places)}.values())[::-1]


def _place(place: Place) -> str:
    """A name, what it is, and how far off it may lie: never finer than a kilometre."""
    parts = [str(place.kind)]
    if place.uncertainty_m is not None:
        parts.append(f"± {phrases.number(max(1, round(place.uncertainty_m / 1000)))} km")
    return f"{one_line(place.name)} ({', '.join(parts)})"
