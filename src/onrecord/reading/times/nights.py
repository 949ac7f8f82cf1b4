"""Nights that run from one day into the next: "overnight into Tuesday", "the night of March 5 to 6"."""

from __future__ import annotations

import re

from onrecord.reading.times.calendar import day_value, days_on, interval_of
from onrecord.reading.times.context import Context
from onrecord.reading.times.counts import nth_of
from onrecord.reading.times.dates import dated
from onrecord.reading.times.meaning import Meaning, date_of

Found = re.Match[str]


def night_into(context: Context, found: Found) -> Meaning | None:
    """overnight into Tuesday, overnight to March 5: the night that ends on that day"""
    return _nights(_days(context, found), -1) if _is_night(context, found) else None


def night_from(context: Context, found: Found) -> Meaning | None:
    """overnight from Monday to Tuesday, the night of 5 to 6 March: the night that begins on the first day"""
    return _nights(_days(context, found), 0) if _is_night(context, found) else None


def night_on(context: Context, found: Found) -> Meaning | None:
    """overnight on Monday: the night that begins on that day or the one before, the later only if it is over"""
    if not _is_night(context, found):
        return None
    days = _days(context, found)
    if not days:
        return _nights(days, 0)
    here = context.published
    over = here is None or interval_of(days[0]) is None or days[0] < day_value(here)
    shifts = (0, -1) if over else (-1, 0)
    values = [value for shift in shifts if (value := _night(days[0], shift))]
    return date_of(values[0], *values) if values else None


def _is_night(context: Context, found: Found) -> bool:
    part = context.said(found, "part") if "part" in found.groupdict() and found["part"] else "NI"
    return part == "NI"


def _days(context: Context, found: Found) -> list[str]:
    """The values of the day that the words name, likeliest first; empty where it has no place."""
    groups = found.groupdict()
    if groups.get("weekday"):
        number = context.number_at(found, "weekday") or 1
        days = context.weekday(number, context.direction(found))
        return [day_value(day) for day in days] or [f"XXXX-WXX-{number}"]
    if groups.get("day"):
        base = days_on(context.published, context.number_at(found, "day") or 0) if context.published else None
        return [day_value(base)] if base else ["XXXX-XX-XX"]
    month = context.number_at(found, "month") or context.number_at(found, "month2")
    first = nth_of(context, found, "dom") or nth_of(context, found, "dom2")
    meant = dated(context, found, month, first, context.number_at(found, "year"))
    return [meant.value, *meant.readings] if meant and meant.value else []


def _nights(days: list[str], shift: int) -> Meaning | None:
    values = [value for day in days if (value := _night(day, shift))]
    return date_of(values[0], *values) if values else None


def _night(day: str, shift: int) -> str | None:
    """The night that begins on a day, or on the one before it."""
    interval = interval_of(day)
    if interval is None:
        return f"{day}TNI" if shift == 0 else "XXXX-XX-XXTNI"
    begun = days_on(interval.start.date(), shift)
    return f"{day_value(begun)}TNI" if begun else None
