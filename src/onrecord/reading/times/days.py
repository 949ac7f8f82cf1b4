"""Days of the week and days reckoned from publication, with their mornings and nights."""

from __future__ import annotations

import re
from datetime import date

from onrecord.reading.times.calendar import day_value, days_on, week_value
from onrecord.reading.times.context import FUTURE, PAST, UNSAID, Context
from onrecord.reading.times.counts import nth_of
from onrecord.reading.times.dates import dated
from onrecord.reading.times.meaning import Meaning, date_of

Found = re.Match[str]


def _with_part(value: str, part: str | None) -> str:
    return f"{value}T{part}" if part else value


def weekday(context: Context, found: Found) -> Meaning | None:
    """Monday, early Tuesday, Friday night"""
    number = context.number_at(found, "weekday")
    if number is None or _is_short_word(context, found):
        return None
    part = context.said(found, "part")
    possessive = context.surface_of(found.end()) in ("'s", "’s")
    direction = context.direction(found)
    days = context.weekday(number, UNSAID if possessive and direction == FUTURE else direction)
    if not days:
        return date_of(_with_part(f"XXXX-WXX-{number}", part))
    values = [_with_part(day_value(day), part) for day in days]
    return date_of(values[0], *(values if len(values) > 1 else ()))


def _is_short_word(context: Context, found: Found) -> bool:
    """ "Sun", "Mon", "Wed" are names unless a dot, a comma or a date follows."""
    index = found.start("weekday")
    text = context.surface_of(index)
    return len(text) < 6 and context.surface_of(index + 1) != "."


def which_weekday(context: Context, found: Found) -> Meaning | None:
    """last Friday, next Thursday, this coming Monday, the previous Sunday"""
    number, which = context.number_at(found, "weekday"), context.said(found, "which")
    if number is None or _is_short_word(context, found):
        return None
    part = context.said(found, "part")
    chained = which in ("previous", "preceding", "prior", "following", "ensuing", "that")
    base = context.day if chained and context.day else context.published
    if base is None:
        return date_of(_with_part(f"XXXX-WXX-{number}", part))
    day = _weekday_by(base, number, which or "")
    if day is None:
        return None
    value = _with_part(day_value(day), part)
    other = _other_weekday(context, base, day, number, which or "", chained)
    return date_of(value, *((value, _with_part(day_value(other), part)) if other else ()))


def _other_weekday(context: Context, base: date, day: date, number: int, which: str, chained: bool) -> date | None:
    """The other reading: by publication where the day hangs on the text, a week on where "next Thursday" is still
    this week's."""
    if chained:
        return _weekday_by(context.published, number, which) if context.published else None
    return days_on(day, 7) if which == "next" and week_value(day) == week_value(base) else None


def _weekday_by(base: date, number: int, which: str) -> date | None:
    back, forth = (base.isoweekday() - number) % 7, (number - base.isoweekday()) % 7
    if which in ("last", "past", "previous", "preceding", "prior"):
        return days_on(base, -(back or 7))
    if which in ("next", "coming", "upcoming", "following", "ensuing"):
        return days_on(base, forth or 7)
    if which == "that":
        return days_on(base, -back)
    return days_on(base, forth if forth < 4 or back == 0 else -back)


def weekday_of_week(context: Context, found: Found) -> Meaning | None:
    """Tuesday of last week, Monday next week"""
    number, here = context.number_at(found, "weekday"), context.published
    if number is None or context.words.values[found.end() - 1] != "W":
        return None
    if here is None:
        return date_of(f"XXXX-WXX-{number}")
    step = {"last": -7, "next": 7}.get(context.said(found, "which") or "", 0)
    day = days_on(here, number - here.isoweekday() + step)
    return date_of(_with_part(day_value(day), context.said(found, "part"))) if day else None


def weekdays(context: Context, found: Found) -> Meaning | None:
    """Tuesday nights"""
    return Meaning("SET", f"XXXX-WXX-{context.number_at(found, 'weekday')}T{context.said(found, 'part')}")


def deictic(context: Context, found: Found) -> Meaning | None:
    """today, yesterday morning, late tomorrow"""
    step, part = context.number_at(found, "day"), context.said(found, "part")
    if context.published is None or step is None:
        return date_of(_with_part("XXXX-XX-XX", part))
    day = days_on(context.published, step)
    if day is None:
        return None
    return date_of(_with_part(day_value(day), part))


def day_beside(context: Context, found: Found) -> Meaning | None:
    """the day before yesterday, the day after tomorrow"""
    if context.surface_of(found.start("side") - 1) != "day":
        return None
    step = (context.number_at(found, "day") or 0) + (-1 if context.said(found, "side") == "before" else 1)
    if context.published is None:
        return date_of("XXXX-XX-XX")
    day = days_on(context.published, step)
    return date_of(day_value(day)) if day else None


def day_beside_weekday(context: Context, found: Found) -> Meaning | None:
    """the day before last Friday"""
    number = context.number_at(found, "weekday")
    if context.surface_of(found.start("side") - 1) != "day" or number is None or context.published is None:
        return None
    which = context.said(found, "which")
    day = _weekday_by(context.published, number, which) if which else context.weekday(number, PAST)[0]
    beside = days_on(day, -1 if context.said(found, "side") == "before" else 1) if day else None
    return date_of(day_value(beside)) if beside else None


def which_part(context: Context, found: Found) -> Meaning | None:
    """this morning, last night, the following evening, that night"""
    which, part, here = context.said(found, "which"), context.said(found, "part"), context.published
    if which == "the":
        base = context.day or here
        return date_of(f"{day_value(base)}T{part}") if base and part == "MO" else None
    if which in ("this", "last"):
        day = days_on(here, -1 if which == "last" else 0) if here else None
        return date_of(_with_part(day_value(day) if day else "XXXX-XX-XX", part))
    step = {"next": 1, "following": 1, "previous": -1}.get(which or "", 0)
    base = context.base(found)
    day = days_on(base, step) if base else None
    if day is None:
        return date_of(f"XXXX-XX-XXT{part}")
    value = f"{day_value(day)}T{part}"
    return date_of(value, value, *_doubt(context, step, part))


def _doubt(context: Context, step: int, part: str | None = None) -> list[str]:
    """The readings of a chained day by the date before the last, and by publication."""
    bases = [context.before, context.published]
    days = [days_on(base, step) for base in bases if base is not None]
    return [_with_part(day_value(day), part) for day in days if day]


def night(context: Context, found: Found) -> Meaning | None:
    """tonight; overnight, the night into the day of publication"""
    last = context.said(found, "word") == "overnight"
    if context.published is None:
        return date_of("XXXX-XX-XXTNI")
    day = days_on(context.published, -1 if last else 0)
    return date_of(f"{day_value(day)}TNI") if day else None


def early_hours(context: Context, found: Found) -> Meaning | None:
    """the early hours of Thursday"""
    step, number = context.number_at(found, "day"), context.number_at(found, "weekday")
    if context.words.values[found.start() + 2] != "TH":
        return None
    if number is not None:
        days = context.weekday(number, context.direction(found))
    else:
        base = context.published if step is not None else context.day
        days = [day] if base and (day := days_on(base, step or 0)) else []
    return date_of(_with_part(day_value(days[0]) if days else "XXXX-XX-XX", "MO"))


def part_of(context: Context, found: Found) -> Meaning | None:
    """the night of 1 April, the evening of March 7, the early hours of 10 November"""
    part = context.said(found, "part") or "MO"
    if found["hours"] and context.words.values[found.start("hours")] != "TH":
        return None
    month = context.number_at(found, "month") or context.number_at(found, "month2")
    day = nth_of(context, found, "dom") or nth_of(context, found, "dom2")
    year = context.number_at(found, "year") or context.number_at(found, "year2")
    meant = dated(context, found, month, day, year)
    if meant is None or meant.value is None:
        return None
    return date_of(f"{meant.value}T{part}", *(f"{one}T{part}" for one in meant.readings))


def part_before(context: Context, found: Found) -> Meaning | None:
    """mid-afternoon yesterday, late evening"""
    part, number, step = (
        context.said(found, "part"),
        context.number_at(found, "weekday"),
        context.number_at(found, "day"),
    )
    if number is None and step is None:
        if found["hyphen"] and context.words.values[found.start()] == "late":
            return None
        day = context.day if context.day and context.near(found) else context.published
        return date_of(f"{day_value(day) if day else 'XXXX-XX-XX'}T{part}")
    days = context.weekday(number, context.direction(found)) if number else []
    if number is None and context.published:
        days = [day for day in [days_on(context.published, step or 0)] if day]
    return date_of(f"{day_value(days[0]) if days else 'XXXX-XX-XX'}T{part}")
