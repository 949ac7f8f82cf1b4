"""Early, mid and late: the half of a stretch of time that such words point at, kept beside the whole."""

from __future__ import annotations

from datetime import datetime, timedelta

from onrecord.model import Precision
from onrecord.reading.times.calendar import Interval

PHASES = frozenset(("early", "mid", "late"))
_STRETCHES = frozenset(
    (Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.YEAR, Precision.RANGE)
)


def phase_of(interval: Interval | None, word: str) -> Interval | None:
    """The first half for "early", the last for "late", the middle one for "mid"; None where the words name no stretch.

    Halves are how GUM's annotators bound such words ("late September" is 15 to 30), and the widest that anybody does.
    """
    if interval is None or interval.precision not in _STRETCHES or word not in PHASES:
        return None
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
