"""A text cut at every boundary of the marks on it, so that nested and crossing marks can be shown together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from onrecord.exports.visible import visible

# Browsers stop nesting at 512; a reader's eye long before that.
_DEEPEST = 12
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")


class MarkKind(StrEnum):
    """What marked words are, the outermost first where two stand on the same words."""

    CONTENT = "content"
    CAVEAT = "caveat"
    SOURCE = "source"
    RELAY = "relay"
    CUE = "cue"
    TIME = "time"
    PLACE = "place"
    FIGURE = "figure"


_RANK = {kind: rank for rank, kind in enumerate(MarkKind)}


class Mark(NamedTuple):
    """Marked words: ``start`` and ``end`` into the text, and the number of what they belong to (0: nothing)."""

    start: int
    end: int
    kind: MarkKind
    owner: int = 0


class Anchor(NamedTuple):
    """A point of the text to link to, with the number of what is told there."""

    at: int
    kind: MarkKind
    owner: int


class PieceKind(StrEnum):
    OPEN = "open"
    CLOSE = "close"
    TEXT = "text"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Piece:
    """One step of writing a line out. ``owner`` of text is the innermost statement it belongs to; ``level`` of an
    opened content counts the contents round it."""

    is_: PieceKind
    text: str = ""
    kind: MarkKind | None = None
    owner: int = 0
    level: int = 0


def cut(text: str, marks: Iterable[Mark], anchors: Iterable[Anchor]) -> Iterator[list[Piece]]:
    """The lines of ``text`` as pieces; every mark opened in a line is closed in it.

    Takes time linear in the text and its marks; more than twelve marks on the same words are not shown.
    """
    known = [m for m in set(marks) if 0 <= m.start < m.end <= len(text)]
    cutter = _Cutter(sorted(known, key=_nesting), sorted(anchors, key=lambda a: (a.at, a.owner)))
    for line in _LINE.finditer(text):
        if line.group().strip() and (pieces := cutter.line(text, line.start(), line.end())):
            yield pieces
    if rest := cutter.rest():
        yield rest


def _nesting(mark: Mark) -> tuple[int, int, int, int]:
    return mark.start, -mark.end, _RANK[mark.kind], mark.owner


class _Cutter:
    """Walks the marks once, in the order of the text."""

    def __init__(self, marks: Sequence[Mark], anchors: Sequence[Anchor]) -> None:
        self.marks, self.anchors = marks, anchors
        self.next_mark = self.next_anchor = 0
        self.open: list[Mark] = []

    def line(self, text: str, start: int, end: int) -> list[Piece]:
        self._admit(start)
        pieces = [*self._anchors(start), *(self._opened(depth) for depth in range(len(self.open)))]
        at = start
        while at < end:
            to = min(self._boundary(end), end)
            if to > at:
                words = visible(text[at:to])
                pieces.append(Piece(PieceKind.TEXT, words, owner=self._owner() if words.strip() else 0))
            at = to
            if at < end:
                pieces += self._turn(at)
        return [*pieces, *(Piece(PieceKind.CLOSE) for _ in self.open)]

    def rest(self) -> list[Piece]:
        """The anchors behind the last line."""
        return list(self._anchors(None))

    def _boundary(self, end: int) -> int:
        ahead = [m.end for m in self.open]
        ahead += [self.marks[self.next_mark].start] if self.next_mark < len(self.marks) else []
        ahead += [self.anchors[self.next_anchor].at] if self.next_anchor < len(self.anchors) else []
        return min(ahead, default=end)

    def _turn(self, at: int) -> Iterator[Piece]:
        """Closes what ends here, opens again what that cut short, opens what begins."""
        ending = [n for n, m in enumerate(self.open) if m.end <= at]
        kept = ending[0] if ending else len(self.open)
        for _ in self.open[kept:]:
            yield Piece(PieceKind.CLOSE)
        self.open = [m for m in self.open if m.end > at]
        for depth in range(kept, len(self.open)):
            yield self._opened(depth)
        yield from self._anchors(at)
        shown = len(self.open)
        self._admit(at)
        for depth in range(shown, len(self.open)):
            yield self._opened(depth)

    def _admit(self, at: int) -> None:
        """Takes up the marks that begin at or before ``at`` and go on behind it."""
        self.open = [m for m in self.open if m.end > at]
        while self.next_mark < len(self.marks) and self.marks[self.next_mark].start <= at:
            mark = self.marks[self.next_mark]
            self.next_mark += 1
            if mark.end > at and len(self.open) < _DEEPEST:
                self.open.append(mark)

    def _anchors(self, at: int | None) -> Iterator[Piece]:
        while self.next_anchor < len(self.anchors):
            anchor = self.anchors[self.next_anchor]
            if at is not None and anchor.at > at:
                return
            self.next_anchor += 1
            yield Piece(PieceKind.ANCHOR, kind=anchor.kind, owner=anchor.owner)

    def _opened(self, depth: int) -> Piece:
        mark = self.open[depth]
        contents = sum(1 for m in self.open[:depth] if m.kind is MarkKind.CONTENT)
        level = contents if mark.kind is MarkKind.CONTENT else 0
        return Piece(PieceKind.OPEN, kind=mark.kind, owner=mark.owner, level=level)

    def _owner(self) -> int:
        """The statement the words here belong to: the content or source or cue that was opened last."""
        told = (MarkKind.CONTENT, MarkKind.SOURCE, MarkKind.CUE, MarkKind.RELAY)
        return next((m.owner for m in reversed(self.open) if m.kind in told and m.owner), 0)
