"""Early, late, earlier: the part of a stretch of time that such words point at, kept beside the whole."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from onrecord.model import Precision
from onrecord.reading.times.calendar import Interval

_HALVES = frozenset(("early", "mid", "late"))
PHASES = _HALVES | {"earlier", "later"}
_STRETCHES = frozenset(
    (Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.YEAR, Precision.RANGE)
)


def phase_of(interval: Interval | None, word: str, published: date | None) -> Interval | None:
    """The first half for "early", the last for "late", the middle one for "mid"; None where the words name no stretch.

    "Earlier this month" ends before the day of publication, "later this month" begins behind it. Halves are how GUM's
    annotators bound such words ("late September" is 15 to 30), and the widest that anybody does.
    """
    if interval is None or interval.precision not in _STRETCHES or word not in PHASES:
        return None
    if word not in _HALVES:
        return _beside(interval, word, published)
    months = (interval.end.year - interval.start.year) * 12 + interval.end.month - interval.start.month
    size, by_days = (months, False) if months > 3 else ((interval.end - interval.start).days, True)
    first, last = {"early": (0, (size + 1) // 2), "late": (size // 2, size)}.get(word, (size // 4, size - size // 4))
    start, end = (_on(interval.start, count, by_days) for count in (first, last))
    return Interval(start, end, Precision.RANGE)


def _on(start: datetime, count: int, by_days: bool) -> datetime:
    if by_days:
        return start + timedelta(count)
    years, month = divmod(start.month - 1 + count, 12)
    return start.replace(year=start.year + years, month=month + 1)


def _beside(interval: Interval, word: str, published: date | None) -> Interval | None:
    """The days of a stretch before publication, or behind it."""
    if published is None or published == date.max:
        return None
    here = datetime.combine(published, time())
    start, end = (interval.start, here) if word == "earlier" else (here + timedelta(1), interval.end)
    return Interval(start, end, Precision.RANGE) if interval.start <= start < end <= interval.end else None
