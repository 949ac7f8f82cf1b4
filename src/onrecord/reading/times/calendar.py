"""Calendar arithmetic over TIMEX3 values: the interval a value denotes, and values shifted by units."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from onrecord.model import Precision

# Hours of the parts of a day; a night runs into the next day. The hours are HeidelTime's and TempEval's habit.
_PARTS = {"MO": (0, 12), "AF": (12, 18), "EV": (18, 24), "NI": (20, 30), "DT": (6, 18), "MI": (12, 13)}
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Interval(NamedTuple):
    """Half-open, with the grain it is known at."""

    start: datetime
    end: datetime
    precision: Precision


def interval_of(value: str | None) -> Interval | None:
    """The interval of a DATE or TIME value; None where it is relative, vague or outside years 1 to 9998.

    >>> interval_of("2023-WI").start.isoformat()
    '2023-12-01T00:00:00'
    >>> interval_of("XXXX-03-07") is None
    True
    """
    if value is None:
        return None
    for pattern, make in _FORMS:
        found = pattern.fullmatch(value)
        if found:
            try:
                return make(*found.groups())
            except (ValueError, OverflowError):
                return None
    return None


def _day(year: str, month: str, day: str) -> Interval:
    start = datetime(int(year), int(month), int(day))
    return Interval(start, start + timedelta(1), Precision.DAY)


def _clock(year: str, month: str, day: str, hour: str, minute: str | None) -> Interval:
    start = datetime(int(year), int(month), int(day)) + timedelta(hours=int(hour), minutes=int(minute or 0))
    return Interval(start, start + (timedelta(minutes=1) if minute else timedelta(hours=1)), Precision.DAY)


def _part(year: str, month: str, day: str, part: str) -> Interval:
    start = datetime(int(year), int(month), int(day))
    first, last = _PARTS[part]
    return Interval(start + timedelta(hours=first), start + timedelta(hours=last), Precision.DAY)


def _week(year: str, week: str, end: str | None) -> Interval:
    start = datetime.fromisocalendar(int(year), int(week), 1)
    return Interval(start + timedelta(5 if end else 0), start + timedelta(7), Precision.WEEK)


def _months(year: int, month: int, count: int, precision: Precision) -> Interval:
    return Interval(datetime(year, month, 1), _month_on(year, month, count), precision)


def _month_on(year: int, month: int, count: int) -> datetime:
    number = year * 12 + month - 1 + count
    return datetime(number // 12, number % 12 + 1, 1)


def _years(first: int, count: int) -> Interval:
    precision = Precision.YEAR if count == 1 else Precision.RANGE
    return Interval(datetime(max(first, 1), 1, 1), datetime(first + count, 1, 1), precision)


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Interval]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (r"([0-9]{4})-([0-9]{2})-([0-9]{2})", _day),
        (r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2})(?::([0-9]{2}))?", _clock),
        (r"([0-9]{4})-([0-9]{2})-([0-9]{2})T(MO|AF|EV|NI|DT|MI)", _part),
        (r"([0-9]{4})-W([0-9]{2})(-WE)?", _week),
        (r"([0-9]{4})-([0-9]{2})", lambda y, m: _months(int(y), int(m), 1, Precision.MONTH)),
        (r"([0-9]{4})-Q([1-4])", lambda y, q: _months(int(y), 3 * int(q) - 2, 3, Precision.QUARTER)),
        (r"([0-9]{4})-H([12])", lambda y, h: _months(int(y), 6 * int(h) - 5, 6, Precision.RANGE)),
        (r"([0-9]{4})-(SP|SU|FA|WI)", lambda y, s: _months(int(y), _SEASONS[s], 3, Precision.SEASON)),
        (r"([0-9]{4})", lambda y: _years(int(y), 1)),
        (r"([0-9]{3})X?", lambda d: _years(int(d) * 10, 10)),
        (r"([0-9]{2})(?:XX)?", lambda c: _years(int(c) * 100, 100)),
    )
)


# --- making values -----------------------------------------------------------------------------------------------


def day_value(day: date) -> str:
    return day.isoformat()


def week_value(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has none ("February 31")."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def days_on(day: date, count: int) -> date | None:
    """``count`` days on, None beyond the calendar."""
    try:
        return day + timedelta(count)
    except OverflowError:
        return None


def months_on(day: date, count: int) -> date | None:
    """The same day ``count`` months on, or the last of that month; None beyond the calendar."""
    number = day.year * 12 + day.month - 1 + count
    year, month = divmod(number, 12)
    for last in (day.day, 30, 29, 28):
        found = real_day(year, month + 1, min(day.day, last))
        if found is not None:
            return found
    return None


def units_on(day: date, unit: str, count: int) -> str | None:
    """The DATE value ``count`` units from ``day``, at the grain of the unit; None beyond the calendar.

    ``unit`` is a TIMEX3 letter (D W M Q Y, 10Y, 100Y, WE); those of the clock (TH, TM) count as days.

    >>> units_on(date(2023, 3, 7), "M", -2)
    '2023-01'
    """
    if unit in ("D", "NI"):
        found = days_on(day, count)
        return day_value(found) if found else None
    if unit in ("W", "2W", "WE"):
        found = days_on(day, 7 * count * (2 if unit == "2W" else 1))
        return week_value(found) + ("-WE" if unit == "WE" else "") if found else None
    if unit in ("M", "Q"):
        found = months_on(day, count * (3 if unit == "Q" else 1))
        if found is None:
            return None
        return f"{found.year:04d}-{found.month:02d}" if unit == "M" else quarter_value(found)
    size = {"Y": 1, "10Y": 10, "100Y": 100, "1000Y": 1000}.get(unit)
    year = day.year + count * size if size else 0
    if not 1 <= year <= 9999:
        return None
    return f"{year:04d}"[: {1: 4, 10: 3, 100: 2}.get(size or 1, 4)]


def quarter_value(day: date) -> str:
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date | None:
    """Easter Sunday of the Julian calendar, as a day of ours (Meeus)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return days_on(date(year, month, day + 1), year // 100 - year // 400 - 2)


def festival(rule: str, year: int) -> date | None:
    """The day of a festival in ``year`` by its rule: "12-25", "11-4-4" (fourth Thursday of November), "easter-2",
    "pascha+0" (Easter of the Orthodox).

    >>> festival("11-4-4", 1989)
    datetime.date(1989, 11, 23)
    """
    if not 1 <= year <= 9998:
        return None
    if rule.startswith("easter"):
        return days_on(easter(year), int(rule[6:]))
    if rule.startswith("pascha"):
        pascha = orthodox_easter(year)
        return days_on(pascha, int(rule[6:])) if pascha else None
    month, first, *more = rule.split("-", 2)
    if not more:
        return real_day(year, int(month), int(first))
    weekday, nth = int(first), int(more[0])
    days = [d for n in range(1, 32) if (d := real_day(year, int(month), n)) and d.isoweekday() == weekday]
    return days[nth - 1 if nth > 0 else nth]
