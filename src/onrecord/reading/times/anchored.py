"""Times reckoned from another: "a year ago this week", "a week from Tuesday", "the 24th", "the week to 5 March"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Literal

from onrecord.model import Precision
from onrecord.reading.times.calendar import Interval, day_value, days_on, months_on, real_day, units_on
from onrecord.reading.times.context import FUTURE, PAST, Context
from onrecord.reading.times.counts import UNKNOWN, count_of, nth_of, unit_of
from onrecord.reading.times.dates import dated
from onrecord.reading.times.meaning import Meaning, date_of

Found = re.Match[str]

_MONTHS = {"M": 1, "Q": 3, "Y": 12, "10Y": 120, "100Y": 1200}
_DAYS = {"D": 1, "W": 7, "2W": 14}
_MOST = 100_000


def ago_on(context: Context, found: Found) -> Meaning | None:
    """a year ago this week, two years ago today, a week ago on Tuesday"""
    count, unit = count_of(context, found), unit_of(context, found)
    number = context.number_at(found, "weekday")
    if unit is None or not isinstance(count, (int, float)) or (number and unit not in ("W", "2W")):
        return None
    grain = unit_of(context, found, "unit2") or "D"
    if context.published is None:
        return date_of(UNKNOWN.get(grain))
    base = _shifted(context.published, unit, -count)
    if base is None or grain.startswith("T"):
        return None
    if number:
        base = days_on(base, number - base.isoweekday())
        return date_of(day_value(base)) if base else None
    return date_of(units_on(base, grain, context.number_at(found, "day") or 0))


def from_now(context: Context, found: Found) -> Meaning | None:
    """three weeks from now, a week from Tuesday, a month from today"""
    count, unit = count_of(context, found), unit_of(context, found)
    if unit is None or count is None or unit not in UNKNOWN:
        return None
    if isinstance(count, str):
        return Meaning("DATE", "FUTURE_REF")
    if context.published is None or count > _MOST:
        return date_of(UNKNOWN[unit])
    number, step = context.number_at(found, "weekday"), context.number_at(found, "day")
    if not number and step is None:
        return date_of(units_on(context.published, unit, round(count)))
    start = context.weekday(number, FUTURE)[0] if number else days_on(context.published, step or 0)
    day = _shifted(start, unit, count) if start else None
    return date_of(day_value(day)) if day else None


def before_last(context: Context, found: Found) -> Meaning | None:
    """the week before last, the weekend after next"""
    unit, words = unit_of(context, found), f"{context.said(found, 'side')} {context.said(found, 'which')}"
    step = {"before last": -2, "after next": 2}.get(words)
    if unit not in UNKNOWN or step is None:
        return None
    return date_of(units_on(context.published, unit, step) if context.published else UNKNOWN[unit])


def _shifted(day: date, unit: str, count: float) -> date | None:
    if abs(count) > _MOST:
        return None
    if unit in _MONTHS:
        return months_on(day, round(count * _MONTHS[unit]))
    return days_on(day, round(count * _DAYS[unit])) if unit in _DAYS else None


def day_of_month(context: Context, found: Found) -> Meaning | None:
    """the 24th: of the month read last, of that of publication, or of the one beside it that the tense wants"""
    number = nth_of(context, found, "dom")
    if number is None or not 1 <= number <= 31 or _names_more(context, found):
        return None
    months = _months(context, found)
    days = [day for year, month in months if (day := real_day(year, month, number))]
    if not days:
        return date_of(f"XXXX-XX-{number:02d}")
    values = [day_value(day) for day in days]
    return date_of(values[0], *(values if len(values) > 1 else ()))


def weekday_dom(context: Context, found: Found) -> Meaning | None:
    """Friday the 9th: the nearest such day that is that weekday"""
    number, dom = context.number_at(found, "weekday"), nth_of(context, found, "dom")
    if number is None or dom is None or not 1 <= dom <= 31 or _names_more(context, found):
        return None
    here = context.published
    if here is None:
        return date_of(f"XXXX-XX-{dom:02d}")
    firsts = [first for step in range(-12, 13) if (first := months_on(here.replace(day=1), step))]
    days = [day for first in firsts if (day := real_day(first.year, first.month, dom)) and day.isoweekday() == number]
    days.sort(key=lambda day: abs((day - here).days))
    return date_of(day_value(days[0]), *(day_value(day) for day in days[:2])) if days else None


def _months(context: Context, found: Found) -> list[tuple[int, int]]:
    """The months "the 24th" may be of, likeliest first."""
    here, told = context.published, context.month_told(found)
    if told is not None:
        return [told]
    if here is None:
        return []
    direction, passed = context.direction(found), (nth_of(context, found, "dom") or 1) <= here.day
    beside = months_on(here.replace(day=1), 1 if passed else -1)
    this = [(here.year, here.month)]
    other = [(beside.year, beside.month)] if beside else []
    past, ahead = (this, other) if passed else (other, this)
    if direction == FUTURE:
        return ahead + past
    return past if passed or direction == PAST else past + ahead


def _names_more(context: Context, found: Found) -> bool:
    """Whether what is counted follows: "the 24th brigade", "the 1st and 3rd Army Corps", "the 2nd largest"."""
    last = found.end()
    if context.surface_of(last) in ("and", "or", ",") and context.surface_of(last + 1)[-2:] in _ENDINGS:
        last += 2
    token = context.tenses.token_at(context.words.starts[last - 1])
    if token is None or token.i + 1 >= len(token.doc):
        return False
    after = token.nbor(1)
    named = after.text[:1].isupper() or token.ent_type_ in ("ORG", "GPE", "FAC", "PERSON", "EVENT")
    counted = after.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") and after.ent_type_ not in ("DATE", "TIME")
    return named or counted or after.text in ("-", "of")


_ENDINGS = frozenset(("st", "nd", "rd", "th"))


def week_to(context: Context, found: Found) -> Meaning | None:
    """the week to 12 November, the ten days ending March 5: the days up to that one, it included"""
    unit = unit_of(context, found)
    number, month = context.number_at(found, "weekday"), context.number_at(found, "month")
    count = count_of(context, found) if found["n"] else 1
    if unit not in _DAYS or not isinstance(count, (int, float)):
        return None  # "the year ended March 31" is a date of its own in the accounts of firms
    value = f"P{round(count)}{unit}"
    if number:
        days = context.weekday(number, context.direction(found))
        last = days[0] if days else None
    else:
        month = month or context.number_at(found, "month2")
        day = nth_of(context, found, "dom") or nth_of(context, found, "dom2")
        meant = dated(context, found, month, day, context.number_at(found, "year"))
        last = meant.interval.start.date() if meant and meant.interval else None
    first = _shifted(last, unit, -count) if last else None
    if last is None or first is None:
        return Meaning("DURATION", value)
    start, end = datetime.combine(first, time()), datetime.combine(last, time())
    return Meaning("DURATION", value, Interval(start + timedelta(1), end + timedelta(1), Precision.RANGE))


def week_of_month(context: Context, found: Found) -> Meaning | None:
    """the first week of March, the last ten days of May, the second half of June 2022"""
    whole = dated_month(context, found, context.number_at(found, "month"), context.number_at(found, "year"))
    size = _size(context, found)
    if whole is None or size is None:
        return None
    if whole.interval is None:
        return whole
    nth, last = nth_of(context, found, "nth"), (whole.interval.end - timedelta(1)).day
    if size == "half":
        first, end = {1: (1, 15), 2: (16, last), None: (16, last)}.get(nth, (0, 0))
    else:
        first, end = (last - size + 1, last) if nth is None else (size * (nth - 1) + 1, min(size * nth, last))
    if not 1 <= first <= end:
        return None
    begin, after = (whole.interval.start + timedelta(count) for count in (first - 1, end))
    return Meaning("DATE", whole.value, Interval(begin, after, Precision.RANGE))


def _size(context: Context, found: Found) -> int | Literal["half"] | None:
    """How many days the part of a month has; None where it is none."""
    unit, count = unit_of(context, found), count_of(context, found) if found["n"] else 1
    if unit is None:
        return "half" if context.said(found, "nth") != "last" else None
    plural = context.surface_of(found.end("unit") - 1).endswith("s")
    if unit not in _DAYS or not isinstance(count, (int, float)) or (not found["n"] and (unit == "D" or plural)):
        return None
    return round(count * _DAYS[unit])


def dated_month(context: Context, found: Found, number: int | None, year: int | None) -> Meaning | None:
    """A month by its year, or by publication and tense."""
    if number is None:
        return None
    years = [year] if year is not None else context.years_of(found, number, None)
    values = [f"{one:04d}-{number:02d}" for one in years]
    return date_of(values[0], *values) if values else date_of(f"XXXX-{number:02d}")
