"""What ties quantities to one another by their words alone: parts and wholes, sums, and what may be one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from onrecord.reconciling.constraints import Constraint, part, summed
from onrecord.reconciling.events import one_event
from onrecord.reconciling.pairing import comparable
from onrecord.reconciling.places import Atlas, Contains, Spot, lies_within
from onrecord.reconciling.stated import Scope
from onrecord.reconciling.vocabulary import measure_within, vocabulary, who_within

DAY = timedelta(days=1)


Block = tuple[str, str | None, str | None, Spot | None]
"""The unit, side and place that quantities share, and their text where it tells no place."""


class Links:
    """The ties between quantities, found block by block so that only what can be related is compared."""

    def __init__(self, scopes: Iterable[Scope], atlas: Atlas, contains: Contains | None = None) -> None:
        self.scopes = sorted(set(scopes), key=lambda scope: scope.key)
        self.atlas = atlas
        self.contains = contains
        self.inside: dict[tuple[Spot, Spot], bool] = {}

    def all(self) -> Iterator[Constraint]:
        """Sums, then parts and wholes, then what may be one event."""
        yield from self._sums()
        for x, y, assumptions in self._parts():
            yield part(x, y, assumptions)
        yield from self._events()

    def _sums(self) -> Iterator[Constraint]:
        there = set(self.scopes)
        for whole in self.scopes:
            entry = vocabulary()["sums"].get(whole.measure)
            parts = tuple(replace(whole, measure=name) for name in entry["of"]) if entry else ()
            if parts and all(one in there for one in parts):
                yield summed(whole, parts, (entry["because"],))
        for beginning in self._by_beginning():
            yield from _adjacent(beginning, there)

    def _by_beginning(self) -> Iterable[list[Scope]]:
        """Quantities that differ by their last day alone."""
        found: dict[Scope, list[Scope]] = defaultdict(list)
        for scope in self.scopes:
            if scope.measure not in vocabulary()["stocks"]:
                found[replace(scope, last=scope.first)].append(scope)
        return found.values()

    def _parts(self) -> Iterator[tuple[Scope, Scope, tuple[str, ...]]]:
        by_place: dict[Block, list[Scope]] = defaultdict(list)
        for scope in self.scopes:
            by_place[scope.unit, scope.side, scope.text, scope.place].append(scope)
        wide: dict[tuple[object, object], list[Block]] = defaultdict(list)
        for block in by_place:
            unit, side, text, place = block
            if text is None and (place is None or place.wide or self.contains):  # no other place holds any
                wide[unit, side].append(block)
        for key, inside in by_place.items():
            for other in self._around(key, wide[key[:2]]):
                for x, y in _nested(inside, by_place[other], key == other):
                    assumptions = _within(x, y)
                    if assumptions is not None:
                        yield x, y, assumptions

    def _around(self, key: Block, blocks: Iterable[Block]) -> Iterator[Block]:
        """The block itself, and those of ``blocks``, of the same unit and side and no text's, whose place holds its."""
        yield key
        _, _, text, place = key
        for other in blocks:
            if other != key and self._holds(other[3], place, text):
                yield other

    def _holds(self, whole: Spot | None, place: Spot | None, text: str | None) -> bool:
        if whole is None:
            return place is not None or text is not None
        if place is None or place == whole:
            return False
        if (place, whole) not in self.inside:
            self.inside[place, whole] = lies_within(place, whole, self.contains)
        return self.inside[place, whole]

    def _events(self) -> Iterator[Constraint]:
        """Pairs of quantities of a few days that may be of one event."""
        for x, y in comparable(self.scopes, self.atlas):
            yield from one_event(x, y, self.atlas)


def _adjacent(beginning: Sequence[Scope], there: set[Scope]) -> Iterator[Constraint]:
    """A total to a later day is that to an earlier day and what came between, where all three are told."""
    for one, other in combinations(beginning, 2):
        short, long = sorted((one, other), key=lambda scope: scope.last)
        rest = replace(long, first=short.last + DAY)
        if rest in there:
            yield summed(long, (short, rest))


def _nested(inside: Sequence[Scope], outside: Sequence[Scope], here: bool) -> Iterator[tuple[Scope, Scope]]:
    """Pairs of which the first lies within the days of the second; those of one event differ by what is counted."""
    same_days: dict[tuple[object, object], list[Scope]] = defaultdict(list)
    for scope in outside:
        same_days[scope.first, scope.last].append(scope)
    longer = [scope for scope in outside if not scope.event]
    for x in inside:
        if here or not x.event:
            yield from ((x, y) for y in same_days.get((x.first, x.last), ()) if y is not x)
        yield from (
            (x, y) for y in longer if y.first <= x.first and x.last <= y.last and (x.first, x.last) != (y.first, y.last)
        )


def _within(x: Scope, y: Scope) -> tuple[str, ...] | None:
    """The assumptions under which the first is counted within the second, None where it is not."""
    if (x.first, x.last) != (y.first, y.last) and x.measure in vocabulary()["stocks"]:
        return None
    if x.who != y.who and not who_within(x.who, y.who):
        return None
    if x.measure == y.measure:
        return ()
    sentence = measure_within(x.measure, y.measure)
    return (sentence,) if sentence else None
