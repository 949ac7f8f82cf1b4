"""Windows of a series: what it comes to in all, since a day, over a period, on one day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from onrecord.model import Observation, Series

OLDEST = 7
"""Days that a reading may be older than the day that is asked for; a window always names the readings' own days."""

_DAY = timedelta(days=1)
_LONGEST = 1e15  # from here on numbers are told by their power of ten


class Cut(StrEnum):
    """How a window is cut."""

    TOTAL = "in total"
    SINCE = "since the reading of"
    SINCE_WITH = "since, with that day"
    OVER = "over"
    ONE_DAY = "one day"
    AS_OF = "as of"


@dataclass(frozen=True, slots=True)
class Window:
    """A window of a series: the days it covers and what it comes to; ``low`` and ``high`` are what the series allows.

    ``first`` is None where the series counts from before it begins. ``arithmetic`` is the sum to be checked by hand.
    """

    cut: Cut
    first: date | None
    last: date
    value: float
    low: float
    high: float
    arithmetic: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Readings:
    """A series with its observations in the order of their days."""

    series: Series
    days: tuple[date, ...]
    observations: tuple[Observation, ...]

    @classmethod
    def of(cls, series: Series) -> Readings:
        """The readings of a series; those without any number are set aside."""
        told = (o for o in series.observations if _known(o) is not None)
        ordered = tuple(sorted(told, key=lambda o: (o.day, o.to or o.day)))
        return cls(series, tuple(o.day for o in ordered), ordered)

    def at(self, day: date, oldest: int = OLDEST) -> Observation | None:
        """The newest reading of ``day`` or of at most ``oldest`` days before."""
        n = bisect_right(self.days, day) - 1
        return self.observations[n] if n >= 0 and (day - self.days[n]).days <= oldest else None

    def counts_from(self) -> date | None:
        """The day from which a total counts: as stated, else that of the first reading."""
        return self.series.starts or (self.days[0] if self.days else None)

    def total(self, last: date) -> Window | None:
        """All until ``last``."""
        if self.series.stock or not self.days:
            return None
        if not self.series.cumulative:
            return self._sum(Cut.TOTAL, self.days[0], last)
        end = self.at(last)
        return _window(Cut.TOTAL, self.counts_from(), end, f"{_of(end)} in total") if end else None

    def over(self, first: date, last: date) -> Window | None:
        """What the days from ``first`` to ``last`` come to, both with them; in total where the series begins later."""
        if self.series.stock:
            return self.as_of(last)
        if not self.series.cumulative:
            return self._sum(Cut.ONE_DAY if first == last else Cut.OVER, first, last)
        begins = self.counts_from()
        if begins and first <= begins:
            return self.total(last)
        return self._difference(Cut.ONE_DAY if first == last else Cut.OVER, first - _DAY, last, first)

    def since(self, first: date, last: date) -> tuple[Window, ...]:
        """What came after the reading of ``first``, and the same with that day, which "since" leaves open."""
        begins = self.counts_from()
        if not self.series.cumulative or (begins and first <= begins):
            whole = self.over(first, last)
            return (whole,) if whole else ()
        after = self._difference(Cut.SINCE, first, last, first)
        with_it = self._difference(Cut.SINCE_WITH, first - _DAY, last, first)
        return tuple(window for window in (after, with_it) if window)

    def one_day(self, day: date) -> Window | None:
        """What the one ``day`` brought: only from readings of that very day and the one before."""
        if self.series.stock:
            return None
        if self.series.cumulative:
            return self._difference(Cut.ONE_DAY, day - _DAY, day, day, oldest=0)
        found = self.at(day, oldest=0)
        single = found and (found.to is None or found.to == found.day)
        return _window(Cut.ONE_DAY, day, found, _of(found)) if found and single else None

    def as_of(self, day: date) -> Window | None:
        """What there was on ``day``, where the series tells what there is."""
        found = self.at(day)
        return _window(Cut.AS_OF, None, found, _of(found)) if found and self.series.stock else None

    def every_day(self) -> Iterator[Window]:
        """What each single day brought, as far as the series tells it."""
        for day in self.days:
            if window := self.one_day(day):
                yield window

    def beginnings(self, last: date, fits: Callable[[float], bool]) -> tuple[date, ...]:
        """The days of a total's readings since which what came until ``last`` fits."""
        end = self.at(last)
        if end is None or not self.series.cumulative:
            return ()
        before = (o for o in self.observations if o.day < end.day)
        return tuple(o.day for o in before if fits(_number(end) - _number(o)))

    def _difference(self, cut: Cut, before: date, last: date, first: date, oldest: int = OLDEST) -> Window | None:
        start, end = self.at(before, oldest), self.at(last, oldest)
        if start is None or end is None or start.day >= end.day:
            return None
        value = _number(end) - _number(start)
        low, high = _low(end) - _high(start), _high(end) - _low(start)
        told = f"{_of(end)} − {_of(start)} = {number(value)}"
        return Window(cut, first, end.day, value, low, high, told, _sources(start, end))

    def _sum(self, cut: Cut, first: date, last: date) -> Window | None:
        """The sum of the readings within; those that stick out count as anything up to their value."""
        meeting = [o for o in self.observations if o.day <= last and (o.to or o.day) >= first]
        inside = [o for o in meeting if o.day >= first and (o.to or o.day) <= last]
        if not inside:
            return None
        out = [o for o in meeting if o not in inside]
        value = sum(map(_number, inside))
        low, high = sum(map(_low, inside)), sum(map(_high, inside)) + sum(max(_high(o), 0) for o in out)
        parts = " + ".join(map(_of, inside)) if len(inside) <= 3 else f"{len(inside)} readings"
        told = _of(inside[0]) if len(inside) == 1 else f"{parts} from {first} to {last} = {number(value)}"
        return Window(cut, first, last, value, low, high, told, _sources(*inside[:3]))


def number(value: float) -> str:
    """A number as people write it.

    >>> number(154830.0), number(18.5678), number(18.6), number(0.0042)
    ('154,830', '18.57', '18.6', '0.0042')
    """
    if abs(value) >= _LONGEST:
        return f"{value:.3g}"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0") if abs(value) >= 1 else f"{value:.2g}"


def _window(cut: Cut, first: date | None, end: Observation, told: str) -> Window:
    return Window(cut, first, end.day, _number(end), _low(end), _high(end), told, _sources(end))


def _known(o: Observation) -> float | None:
    """The value, else the middle of what is allowed, else the one bound there is."""
    if o.value is not None:
        return o.value
    bounds = [bound for bound in (o.low, o.high) if bound is not None]
    return sum(bounds) / len(bounds) if bounds else None


def _number(o: Observation) -> float:
    return _known(o) or 0.0


def _low(o: Observation) -> float:
    return o.low if o.low is not None else _number(o)


def _high(o: Observation) -> float:
    return o.high if o.high is not None else _number(o)


def _of(o: Observation) -> str:
    days = f"{o.day} to {o.to}" if o.to and o.to != o.day else str(o.day)
    return f"{number(_number(o))} ({days})"


def _sources(*observations: Observation) -> tuple[str, ...]:
    return tuple(dict.fromkeys(o.source for o in observations if o.source))
