"""A story of the ledger as the report shows one: its words in marks, its statements and caveats as cards beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.contract import statement_from
from onrecord.exports.cards import Card, CaveatCard, Link, card, caveat_card
from onrecord.exports.marking import Anchor, Mark, MarkKind, Piece, cut
from onrecord.exports.outline import outlined
from onrecord.ledger import Reviewed, Status, Story
from onrecord.model import Caveat, Span, Statement

Json = dict[str, Any]
Lines = list[list[Piece]]
_MOST = 8000  # characters of one statement with the words about it; the whole stands in its story


@dataclass(frozen=True, slots=True)
class Numbered:
    """A statement with its number in the story and how deep it is nested; ``lit`` where it stands."""

    number: int
    depth: int
    statement: Statement
    of: Reviewed

    @property
    def lit(self) -> bool:
        return self.of.found and self.of.state.status is not Status.REJECTED

    @property
    def first(self) -> int:
        """Where its words begin."""
        return _first(self.of.value.get("content") or {})


@dataclass(frozen=True, slots=True)
class Lit:
    """A part of a story: ``cards`` of all its statements by their numbers, and ``beside`` it those to show."""

    lines: Lines
    cards: Sequence[Card]
    caveats: Sequence[CaveatCard]
    beside: Sequence[tuple[Card, Reviewed]]
    hedging: Sequence[CaveatCard]


@dataclass(slots=True)
class _Part:
    """Which words of a story are shown, and the marks and anchors on them."""

    start: int
    end: int
    marks: list[Mark] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)

    def takes(self, marks: Iterable[Mark], anchor: Anchor) -> bool:
        """Takes marks up, and tells whether any lies in this part."""
        inside = [m for m in marks if m.start < self.end and m.end > self.start]
        self.marks += inside
        self.anchors += [anchor] if self.holds(anchor.at) else []
        return bool(inside)

    def holds(self, at: int) -> bool:
        return self.start <= at < self.end

    def lines(self, text: str) -> Lines:
        return lines(text, self.start, self.end, self.marks, self.anchors)


def numbered(found: Sequence[Reviewed]) -> list[Numbered]:
    """The statements of a story in the order they are told, each under the one it is nested in."""
    by_id = {one.id: one for one in found}
    entries = outlined([statement_from({**one.value, "id": one.id}) for one in found])
    return [Numbered(e.number, e.depth, e.statement, by_id[e.statement.id]) for e in entries]


def lit(story: Story, statements: Sequence[Numbered], start: int, end: int) -> Lit:
    """The words from ``start`` to ``end`` lit, with the statements and caveats that have some of them."""
    part = _Part(start, min(end, len(story.kept.text)))
    shown = [
        one
        for one in statements
        if (part.takes(marks(one.of.value, one.number), _anchor(one)) if one.lit else part.holds(one.first))
    ]
    hedging = [
        n
        for n, value in enumerate(story.caveats, start=1)
        if part.takes(_on(value, MarkKind.CAVEAT, n), Anchor(_first(value), MarkKind.CAVEAT, n))
    ]
    part.marks += [mark for value in story.times for mark in _on(value, MarkKind.TIME)]
    here = {one.number: f"c-{one.of.id}" for one in shown}
    caveats = [_caveat(n, value, statements, here, part) for n, value in enumerate(story.caveats, start=1)]
    cards = [_card(one, caveats, {caveats[n - 1].id for n in hedging}, story.caveats, part) for one in statements]
    beside = [(cards[one.number - 1], one.of) for one in shown]
    return Lit(part.lines(story.kept.text), cards, caveats, beside, [caveats[n - 1] for n in hedging])


def _anchor(one: Numbered) -> Anchor:
    return Anchor(one.first, MarkKind.CONTENT, one.number)


def _card(one: Numbered, caveats: Sequence[CaveatCard], here: set[str], values: Sequence[Json], part: _Part) -> Card:
    covering = [c for c, value in zip(caveats, values, strict=True) if one.of.id in value["covers"]]
    leading = [Link(c.words, c.id if c.id in here else None, not c.certain, c.number) for c in covering]
    at = f"s-{one.of.id}" if one.lit and part.holds(one.first) else ""
    return card(one.statement, f"c-{one.of.id}", at, number=one.number, depth=one.depth, caveats=leading)


def _caveat(n: int, value: Json, statements: Sequence[Numbered], here: Mapping[int, str], part: _Part) -> CaveatCard:
    covered = [s.number for s in statements if s.of.id in value["covers"]]
    covers = [Link(str(number), here.get(number), number=number) for number in covered]
    spans = tuple(Span(*span) for span in value["spans"])
    of = Caveat(value["id"], spans, value["text"], value["kind"], tuple(value["covers"]), value["certain"])
    return caveat_card(of, f"k-{of.id}", f"v-{of.id}" if part.holds(_first(value)) else "", n, covers)


def marks(value: Json, number: int = 0) -> Iterator[Mark]:
    """The marks of a statement of the contract, its figures and places."""
    for kind in (MarkKind.CONTENT, MarkKind.SOURCE, MarkKind.CUE):
        yield from _on(value.get(str(kind)), kind, number)
    listed = (("relays", MarkKind.RELAY, number), ("figures", MarkKind.FIGURE, 0), ("places", MarkKind.PLACE, 0))
    for name, kind, owner in listed:
        for one in value.get(name) or ():
            yield from _on(one, kind, owner)


def _on(words: Json | None, kind: MarkKind, owner: int = 0) -> Iterator[Mark]:
    return (Mark(start, end, kind, owner) for start, end in (words or {}).get("spans") or ())


def _first(words: Json) -> int:
    spans = words.get("spans") or [[0, 0]]
    return int(spans[0][0])


def lines(text: str, start: int, end: int, marks: Iterable[Mark], anchors: Iterable[Anchor] = ()) -> Lines:
    """The lines of the text from ``start`` to ``end`` in pieces."""
    inside = (
        Mark(max(m.start, start) - start, min(m.end, end) - start, m.kind, m.owner)
        for m in marks
        if m.start < end and m.end > start
    )
    return list(cut(text[start:end], inside, [Anchor(a.at - start, a.kind, a.owner) for a in anchors]))


def around(text: str, spans: Iterable[Sequence[int]], reach: int = 320) -> tuple[int, int]:
    """A part of the text that holds ``spans`` with some words before and after, to the line end where near."""
    ordered = sorted((start, end) for start, end in spans) or [(0, 0)]
    first, last = ordered[0][0], max(end for _, end in ordered)
    start = max(text.rfind("\n", 0, first) + 1, first - reach)
    line = text.find("\n", last)
    return start, min(len(text) if line < 0 else line, last + reach)


def in_its_place(text: str, value: Json) -> Lines:
    """The words of one statement of the contract, with some before and after, lit; cut where they go on for pages."""
    spans = [span for name in ("content", "cue", "source") for span in (value.get(name) or {}).get("spans") or ()]
    start, end = around(text, spans)
    if end - start > _MOST:
        text, end = text[: start + _MOST] + "…", start + _MOST + 1
    return lines(text, start, end, marks(value))
