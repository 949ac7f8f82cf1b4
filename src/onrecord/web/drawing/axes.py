"""Axes: round numbers and round days to write beside a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

_STEPS = (1, 2, 2.5, 5, 10)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear way from values to pixels; ``start`` and ``end`` may run either way."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.start + share * (self.end - self.start), 1)


def round_numbers(low: float, high: float, about: int = 5) -> list[float]:
    """Some ``about`` round numbers from ``low`` to ``high``, both within.

    >>> round_numbers(0, 154830)
    [0.0, 50000.0, 100000.0, 150000.0]
    """
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return [low]
    rough = (high - low) / about
    ten = 10.0 ** math.floor(math.log10(rough))
    step = next(n * ten for n in _STEPS if n * ten >= rough)
    first = math.ceil(low / step)
    return [n * step for n in range(first, math.floor(high / step) + 1)]


def round_days(first: date, last: date, most: int = 8) -> list[tuple[date, str]]:
    """At most some ``most`` days to write on an axis of time: each day, else months, else years.

    >>> [name for _, name in round_days(date(2023, 1, 15), date(2023, 5, 2))]
    ['Feb 2023', 'Mar 2023', 'Apr 2023', 'May 2023']
    """
    if (last - first).days < most:
        days = [first + timedelta(n) for n in range((last - first).days + 1)]
        return [(day, f"{day.day} {day:%b}") for day in days]
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((n for n in _MONTHS if months / n <= most), 240)
    begins = first.year * 12 + first.month - 1 + (first.day > 1)
    found = (divmod(month, 12) for month in range(-(-begins // step) * step, last.year * 12 + last.month, step))
    days = [date(year, month + 1, 1) for year, month in found if year > 0]
    return [(day, f"{day.year}" if step % 12 == 0 else f"{day:%b %Y}") for day in days]
