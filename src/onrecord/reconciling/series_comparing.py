"""Two series laid beside each other: where they agree, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.model import Series
from onrecord.reconciling.series_windows import Readings, Window


@dataclass(frozen=True, slots=True)
class Compared:
    """What two series have for the same days."""

    first: date
    last: date
    one: float
    other: float

    @property
    def apart(self) -> float:
        """How much more the other has."""
        return self.other - self.one


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two series on the days that both have; ``differs`` names what they do not have alike (measure, side, unit …)."""

    one: Series
    other: Series
    rows: tuple[Compared, ...]
    differs: tuple[str, ...]

    @property
    def equal(self) -> int:
        """On how many of those they have the same value."""
        return sum(row.one == row.other for row in self.rows)

    @property
    def furthest(self) -> Compared | None:
        """Where they lie furthest apart."""
        return max(self.rows, key=lambda row: (abs(row.apart), row.last), default=None)


_ALIKE = ("measure", "side", "noun", "unit", "place", "cumulative", "stock", "definition")


def compare(one: Series, other: Series) -> Comparison:
    """The two series on the days that both have: totals by day, what is told of days by those days."""
    differs = tuple(name for name in _ALIKE if getattr(one, name) != getattr(other, name))
    return Comparison(one, other, tuple(_rows(Readings.of(one), Readings.of(other))), differs)


def _rows(one: Readings, other: Readings) -> Iterator[Compared]:
    by_day = _totals(one.series) and _totals(other.series)
    rough = one if not by_day and not _totals(one.series) else other if not _totals(other.series) else one
    for observation in rough.observations:
        first, last = observation.day, observation.to or observation.day
        windows = [_of(each, first, last, by_day) for each in (one, other)]
        if windows[0] and windows[1]:
            yield Compared(first, last, windows[0].value, windows[1].value)


def _totals(series: Series) -> bool:
    return series.cumulative or series.stock


def _of(readings: Readings, first: date, last: date, by_day: bool) -> Window | None:
    """What a series has for these days, from readings of those very days."""
    if by_day:
        exact = readings.at(last, oldest=0)
        return (readings.as_of(last) or readings.total(last)) if exact else None
    window = readings.over(first, last)
    return window if window and window.last == last else None
