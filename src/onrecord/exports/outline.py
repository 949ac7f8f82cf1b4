"""The statements of a reading in the order they are told, numbered, each under the one it is nested in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.model import Caveat, Figure, Reading, Statement


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement with its number on the page (from 1) and how many statements it is nested in."""

    number: int
    depth: int
    statement: Statement

    @property
    def own(self) -> bool:
        """Whether it is the author's own."""
        return not self.statement.claimant and self.statement.source is None


def outline(reading: Reading) -> tuple[Entry, ...]:
    """Every statement of a reading once."""
    return outlined(reading.statements)


def outlined(statements: Sequence[Statement]) -> tuple[Entry, ...]:
    """Every statement once; one whose ``within`` names no statement, or runs in a circle, stands by itself."""
    nested: dict[str, list[Statement]] = {}
    known = {s.id for s in statements}
    tops = [s for s in statements if s.within not in known or s.within == s.id]
    for s in statements:
        if s.within in known and s.within is not None and s.within != s.id:
            nested.setdefault(s.within, []).append(s)
    told = list(_told(tops, nested))
    reached = {id(s) for s, _ in told}
    told += [(s, 0) for s in statements if id(s) not in reached]
    return tuple(Entry(n, depth, s) for n, (s, depth) in enumerate(told, start=1))


def _told(tops: list[Statement], nested: dict[str, list[Statement]]) -> Iterator[tuple[Statement, int]]:
    waiting = [(s, 0) for s in reversed(tops)]
    while waiting:
        statement, depth = waiting.pop()
        yield statement, depth
        waiting += [(s, depth + 1) for s in reversed(nested.pop(statement.id, []))]


def caveats_of(reading: Reading) -> dict[str, tuple[Caveat, ...]]:
    """The caveats that cover each statement, by statement id."""
    found: dict[str, list[Caveat]] = {}
    for caveat in reading.caveats:
        for id_ in dict.fromkeys(caveat.covers):
            found.setdefault(id_, []).append(caveat)
    return {id_: tuple(caveats) for id_, caveats in found.items()}


def loose_figures(reading: Reading) -> tuple[Figure, ...]:
    """The figures that stand in no statement: nothing is dropped in silence."""
    held = {f.spans for s in reading.statements for f in s.figures}
    return tuple(f for f in reading.figures if f.spans not in held)
