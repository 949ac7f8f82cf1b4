"""A text with its words lit: cut where a source, cue, content, figure, place, time or caveat begins or ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from onrecord.exports.visible import visible

Json = dict[str, Any]
Spans = Iterable[Sequence[int]]

KINDS = ("content", "source", "cue", "figure", "place", "time", "caveat")


@dataclass(frozen=True, slots=True)
class Lit:
    """Words from ``start`` to ``end`` that are lit as ``kind``."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under the same lights; ``refs`` are the statements whose content begins with it: id and number."""

    text: str
    kinds: tuple[str, ...]
    refs: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Lights:
    """What is lit in a text, and where statements begin."""

    lit: list[Lit] = field(default_factory=list)
    begins: dict[int, list[tuple[str, int]]] = field(default_factory=dict)

    def words(self, words: Json | None, kind: str) -> None:
        """Lights words of the contract (``{"spans": …}``)."""
        for start, end in (words or {}).get("spans") or ():
            self.lit.append(Lit(start, end, kind))

    def statement(self, value: Json, number: int) -> None:
        """Lights a statement of the contract, its figures and places."""
        for name in ("content", "source", "cue"):
            self.words(value.get(name), name)
        for name, kind in (("figures", "figure"), ("places", "place")):
            for one in value.get(name) or ():
                self.words(one, kind)
        first = (value.get("content") or {}).get("spans") or [[0, 0]]
        self.begins.setdefault(first[0][0], []).append((value["id"], number))

    def pieces(self, text: str, start: int, end: int) -> Iterator[Piece]:
        """The text from ``start`` to ``end`` in pieces; what would hide or turn it is made visible."""
        inside = [one for one in self.lit if one.start < end and one.end > start]
        edges = {start, end, *(at for at in self.begins if start <= at < end)}
        edges |= {max(start, one.start) for one in inside} | {min(end, one.end) for one in inside}
        opened = sorted(inside, key=lambda one: one.start)
        live: list[Lit] = []
        ordered = sorted(edges)
        for at, until in pairwise(ordered):
            while opened and opened[0].start <= at:
                live.append(opened.pop(0))
            live = [one for one in live if one.end > at]
            kinds = {one.kind for one in live}
            yield Piece(visible(text[at:until]), tuple(k for k in KINDS if k in kinds), tuple(self.begins.get(at, ())))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines of a text stand that hold something.

    >>> list(paragraphs("One.\\n\\nTwo."))
    [(0, 4), (6, 10)]
    """
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip()
        if bare.strip():
            yield at, at + len(bare)
        at += len(line)


def around(text: str, spans: Spans, reach: int = 320) -> tuple[int, int]:
    """A part of the text that holds ``spans`` with some words before and after, to the line end where near."""
    ordered = sorted((start, end) for start, end in spans) or [(0, 0)]
    first, last = ordered[0][0], max(end for _, end in ordered)
    start = max(text.rfind("\n", 0, first) + 1, first - reach)
    line = text.find("\n", last)
    return start, min(len(text) if line < 0 else line, last + reach)
