"""From time expressions to periods in whole days, for every step that dates something."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.model import Period, Precision, Span, Time

_DAY = timedelta(days=1)


def period_of(time: Time) -> Period | None:
    """The likeliest period of a resolved time, both ends inclusive; None where it is unresolved.

    A length of time that hangs on a known day ("the past 24 hours") has a period too.

    >>> day = Time((Span(3, 10),), "March 7", "DATE", "2023-03-07", "2023-03-07", "2023-03-08", Precision.DAY)
    >>> period_of(day).latest
    datetime.date(2023, 3, 7)
    """
    earliest, latest = _first_day(time.from_), _last_day(time.to)
    if earliest is None and latest is None:
        return None
    if earliest is not None and latest is not None and latest < earliest:
        latest = earliest
    return Period(earliest, latest, time.precision, time.text, time.spans)


def periods_of(time: Time) -> tuple[Period, ...]:
    """All periods a time may denote, likeliest first; empty where nothing is known.

    The first is that of ``period_of`` where the time is resolved, so ``len(...) > 1`` says that it is doubtful; an
    unresolved time (``period_of`` is None) gives its candidates alone.
    """
    resolved = period_of(time)
    others = [c for c in time.candidates if resolved is None or _ends(c) != _ends(resolved)]
    return (resolved, *others) if resolved is not None else tuple(others)


def period_between(first: Time | None, last: Time | None, published: date | None = None) -> tuple[Period, ...]:
    """The readings of "from ``first`` to ``last``", likeliest first, both ends inclusive.

    "since X" is ``(X, None, published)``: it runs to the publication date, or is open where there is none;
    "until X" is ``(None, X)``: its beginning is open. A reading that would end before it begins is left out; where
    none is left, or neither end is known, the result is empty. A reading with both ends has precision RANGE, one
    with an open end UNKNOWN.
    """
    times = [time for time in (first, last) if time is not None]
    starts = [p.earliest for p in periods_of(first)] if first is not None else [None]
    ends = [p.latest for p in periods_of(last)] if last is not None else [published if first is not None else None]
    readings = [
        _reading(times, start, end)
        for start in starts
        for end in ends
        if (start is not None or end is not None) and (start is None or end is None or start <= end)
    ]
    return tuple(dict.fromkeys(readings))


def period_before(time: Time) -> tuple[Period, ...]:
    """The readings of "before ``time``": an open beginning, the day before as the end."""
    ends = [p.earliest - _DAY for p in periods_of(time) if p.earliest is not None and p.earliest > date.min]
    return tuple(dict.fromkeys(_reading([time], None, end) for end in ends))


def period_after(time: Time, published: date | None = None) -> tuple[Period, ...]:
    """The readings of "after ``time``": from the day after it to the publication date, or open where there is none
    or where the day lies ahead of it."""
    starts = [p.latest + _DAY for p in periods_of(time) if p.latest is not None and p.latest < date.max]
    ends = [published if published is not None and start <= published else None for start in starts]
    return tuple(dict.fromkeys(_reading([time], start, end) for start, end in zip(starts, ends, strict=True)))


def _reading(times: list[Time], start: date | None, end: date | None) -> Period:
    spans: tuple[Span, ...] = tuple(sorted({span for time in times for span in time.spans}))
    precision = Precision.RANGE if start is not None and end is not None else Precision.UNKNOWN
    return Period(start, end, precision, " … ".join(time.text for time in times), spans)


def _ends(period: Period) -> tuple[date | None, date | None]:
    return period.earliest, period.latest


def _first_day(iso: str | None) -> date | None:
    return date.fromisoformat(iso[:10]) if iso else None


def _last_day(iso: str | None) -> date | None:
    """The last day before an exclusive end: midnight ends the day before."""
    if not iso:
        return None
    day = date.fromisoformat(iso[:10])
    ends_day_before = len(iso) == 10 or iso[10:].strip("T:0") == ""
    return day - _DAY if ends_day_before and day > date.min else day
