"""Which quantities of a few days are compared as perhaps of one event: of one day, place and kind, not all with all."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from onrecord.reconciling.events import counted_alike
from onrecord.reconciling.nearby import Nearby
from onrecord.reconciling.places import Atlas, Spot
from onrecord.reconciling.stated import Counted, Scope

DAY = timedelta(days=1)

Where = Spot | str | None
"""A place, or in place of one the text that tells none."""


def comparable(scopes: Sequence[Scope], atlas: Atlas) -> Iterator[tuple[Scope, Scope]]:
    """Every pair of short quantities that may be of one event, each once, the earlier of ``scopes`` first.

    A pair is left out only where `one_event` ties it by nothing: its days or units differ, neither's people are
    counted among the other's, or no place of the one is near a place of the other.
    """
    by_day: dict[tuple[date, str], list[int]] = defaultdict(list)
    for n, scope in enumerate(scopes):
        for day in _days(scope) if scope.event else ():
            by_day[day, scope.unit].append(n)
    places = _Places(scopes, {n for together in by_day.values() if len(together) > 1 for n in together}, atlas)
    pairs = {pair: None for together in by_day.values() for pair in _among(together, scopes, places)}
    for one, other in pairs:
        yield scopes[one], scopes[other]


def _days(scope: Scope) -> Iterator[date]:
    return (scope.first + n * DAY for n in range((scope.last - scope.first).days + 1))


class _Places:
    """Where quantities are, and what is near there; of one without a place it is where its text names towns."""

    def __init__(self, scopes: Sequence[Scope], compared: Iterable[int], atlas: Atlas) -> None:
        self._at = {n: _where(scopes[n], atlas) for n in compared}
        self._nearby = Nearby(spot for at in self._at.values() for spot in at if isinstance(spot, Spot))

    def at(self, n: int) -> Sequence[Where]:
        """Where the quantity is."""
        return self._at[n]

    def near(self, n: int) -> set[Where]:
        """Where others must be to be near it."""
        found: set[Where] = set()
        for where in self._at[n]:
            found.update(self._nearby.of(where) if isinstance(where, Spot) else (where,))
        return found


def _where(scope: Scope, atlas: Atlas) -> Sequence[Where]:
    if scope.place is not None:
        return (scope.place,)
    return (scope.text, *(atlas.named_in(scope.text) if scope.text is not None else ()))


def _among(together: Sequence[int], scopes: Sequence[Scope], places: _Places) -> Iterator[tuple[int, int]]:
    """The pairs of quantities of one day that share a place and a kind."""
    if len(together) < 2:
        return
    there: dict[Where, dict[Counted, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n in together:
        for where in places.at(n):
            there[where][scopes[n].counted].append(n)
    for n in together:
        found = {
            other
            for where in there.keys() & places.near(n)
            for counted, others in there[where].items()
            if counted_alike(scopes[n].counted, counted)
            for other in others[bisect_right(others, n) :]
        }
        yield from ((n, other) for other in sorted(found))
