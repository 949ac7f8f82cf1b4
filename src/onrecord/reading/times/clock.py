"""Times of the clock: "8 a.m. ET", "noon Thursday", "0630 local time"."""

from __future__ import annotations

import re
from datetime import date

from onrecord.reading.times.calendar import day_value, days_on
from onrecord.reading.times.context import FUTURE, Context
from onrecord.reading.times.counts import nth_of
from onrecord.reading.times.dates import dated
from onrecord.reading.times.meaning import Meaning, date_of

Found = re.Match[str]


def clock(context: Context, found: Found) -> Meaning | None:
    """8 a.m. ET, noon Thursday, 5:15pm on March 7"""
    hours = _hours(context, found)
    return None if hours is None else _at_clock(context, found, hours)


def _hours(context: Context, found: Found) -> str | None:
    """ "THH:MM" of the clock words."""
    if found["named"]:
        if context.said(found, "named") == "24" and context.word_before(found) in ("after", "past"):
            return "T00:00"  # "just after midnight on Sunday" is Sunday still
        return f"T{context.number_at(found, 'named'):02d}:00"
    first, last = found.span("clock")
    digits = re.match(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?", context.surface_of(first))
    half = context.surface_of(last - 1)[:1]
    if digits is None:
        return None
    hour, minute = int(digits[1]), int(digits[2] or 0)
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute:02d}" if hour <= 23 and minute <= 59 else None


def _at_clock(context: Context, found: Found, hours: str) -> Meaning | None:
    """Those hours on the day the words name, else on the day named just before, else on that of publication."""
    groups = found.groupdict()
    month = context.number_at(found, "month") or context.number_at(found, "month2") if "month" in groups else None
    if month:
        day = nth_of(context, found, "dom") or nth_of(context, found, "dom2")
        year = context.number_at(found, "year") or context.number_at(found, "year2")
        meant = dated(context, found, month, day, year)
        return date_of((meant.value or "") + hours, *(one + hours for one in meant.readings)) if meant else None
    number = context.number_at(found, "weekday") if "weekday" in groups else None
    step = context.number_at(found, "day") if "day" in groups else None
    if number:
        days = context.weekday(number, context.direction(found))
        return date_of(
            (day_value(days[0]) if days else f"XXXX-WXX-{number}") + hours,
            *(day_value(d) + hours for d in days[:9] if len(days) > 1),
        )
    if step is not None:
        base = days_on(context.published, step) if context.published else None
    else:
        base = _near_day(context, found)
    return date_of((day_value(base) if base else "XXXX-XX-XX") + hours)


def _near_day(context: Context, found: Found) -> date | None:
    """The day read just before, unless it is past and the verb looks ahead; else that of publication."""
    day, here = context.day, context.published
    if day is None or not context.near(found):
        return here
    return here if here is not None and day < here and context.direction(found) == FUTURE else day


def clock24(context: Context, found: Found) -> Meaning | None:
    """16:00, 0630 local time, 22.53 BST"""
    text = context.surface_of(found.start("clock"))
    digits = re.fullmatch(r"([0-9]{1,2})[:.]?([0-9]{2})(?::[0-9]{2})?", text)
    if digits is None or int(digits[1]) > 24 or int(digits[2]) > 59:
        return None
    return _at_clock(context, found, f"T{digits[1]:>02}:{digits[2]}")


def clock_part(context: Context, found: Found) -> Meaning | None:
    """4 in the morning"""
    part = context.said(found, "part")
    digits = re.match(r"([0-9]{1,2})(?::([0-9]{2}))?", context.surface_of(found.start("clock")))
    hour = int(digits[1]) if digits else context.number_at(found, "clock") or 0
    if not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (0 if part == "MO" else 12)
    return _at_clock(context, found, f"T{hour:02d}:{digits[2] if digits and digits[2] else '00'}")
