"""Counted days and vague times: "day 109", "now", "in the near future"."""

from __future__ import annotations

import re

from onrecord.reading.times.calendar import day_value, days_on
from onrecord.reading.times.context import PAST, Context
from onrecord.reading.times.counts import nth_of
from onrecord.reading.times.meaning import Meaning, date_of

Found = re.Match[str]


def counted_day(context: Context, found: Found) -> Meaning | None:
    """day 109, the 109th day: its date only as a reading, from the wars the text names"""
    if (context.said(found, "unit") or context.said(found, "unit2")) != "D":
        return None
    number = nth_of(context, found) or context.number_at(found, "n")
    if not number or number > 100_000 or (found["nth"] and not context.war_follows(found)):
        return None
    if context.told_just_before(found):
        return date_of(day_value(context.day) if context.day else None)
    days = [days_on(start, number - 1) for start in context.wars()]
    likely = [day_value(day) for day in days if day and (context.published is None or day <= context.published)]
    return date_of("XXXX-XX-XX", *likely)


def vague(context: Context, found: Found) -> Meaning | None:
    """now, recently, soon"""
    word = context.surface_of(found.start("word"))
    if word in ("soon", "shortly") and context.surface_of(found.end()) in ("after", "before", "as", "thereafter"):
        return None
    if context.said(found, "word") == "FUTURE_REF" and context.direction(found) == PAST:
        return None  # "he soon left": soon after what was told
    if word == "now" and context.surface_of(found.end()) == "and" and context.surface_of(found.end() + 1) in _AGAIN:
        return None
    return Meaning("DATE", context.said(found, "word"))


# "now and then"
_AGAIN = frozenset(("again", "then"))


def these_days(context: Context, found: Found) -> Meaning | None:
    """these days"""
    return Meaning("DATE", "PRESENT_REF") if context.words.values[found.end() - 1] == "D" else None


def future(context: Context, found: Found) -> Meaning | None:
    """the future, the near future, future wars"""
    return Meaning("DATE", "FUTURE_REF")


def the_past(context: Context, found: Found) -> Meaning | None:
    """in the past"""
    return Meaning("DATE", "PAST_REF")


def current(context: Context, found: Found) -> Meaning | None:
    """the current line"""
    return Meaning("DATE", "PRESENT_REF")
