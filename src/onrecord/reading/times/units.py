"""Which week, month, quarter, season or year: "last week", "the following day", "the third quarter", "this spring"."""

from __future__ import annotations

import re
from datetime import date

from onrecord.reading.times.calendar import day_value, days_on, months_on, quarter_value, real_day, units_on, week_value
from onrecord.reading.times.context import FUTURE, PAST, UNSAID, Context
from onrecord.reading.times.counts import UNKNOWN, nth_of, unit_of
from onrecord.reading.times.dates import year_by
from onrecord.reading.times.meaning import Meaning, date_of
from onrecord.reading.times.years import spoken

Found = re.Match[str]


_STEPS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "this": 0, "current": 0, "next": 1,
    "coming": 1, "upcoming": 1, "following": 1, "ensuing": 1, "subsequent": 1, "that": 0, "same": 0, "latest": 0,
}  # fmt: skip


CHAINED = frozenset({"previous", "preceding", "prior", "following", "ensuing", "subsequent", "that", "same"})


def which_unit(context: Context, found: Found) -> Meaning | None:
    """last week, this month, next year, the following day, the same period"""
    which, unit = context.said(found, "which") or "", unit_of(context, found)
    if unit is None or unit.startswith("T") or unit in ("SP", "SU", "FA", "WI") or unit == "1000Y":
        return None
    if which == "past" and context.surface_of(found.start("which")) != "this" and unit not in ("WE", "Q"):
        return None  # "the past week" is the seven days up to now, a length
    if context.surface_of(found.start("which") - 1) == "the" and reaches(context, found, which, unit):
        return None
    if _is_title(context, found):
        return None
    if which == "same" and unit == "D" and not context.day:
        return Meaning("DATE", "XXXX-XX-XX")
    return _which(context, found, which, unit)


def _is_title(context: Context, found: Found) -> bool:
    """Whether the words are a name in capitals inside a sentence ("on ABC's This Week")."""
    words = context.parsed.text[context.words.starts[found.start()] : context.words.ends[found.end() - 1]]
    first = context.tenses.token_at(context.words.starts[found.start()])
    inside = first is not None and not first.is_sent_start and first.i > 0 and first.nbor(-1).text not in (":", "•")
    return inside and words.istitle() and " " in words and not context.parsed.text.isupper()


def in_the_unit(context: Context, found: Found) -> Meaning | None:
    """later in the day, earlier in the year: of the day read just before, else of publication"""
    unit = unit_of(context, found)
    if unit is None or unit.startswith("T") or unit == "1000Y":
        return None
    base = context.day if context.day and context.near(found) and unit == "D" else context.published
    return date_of(units_on(base, unit, 0) if base else UNKNOWN.get(unit))


def reaches(context: Context, found: Found, which: str, unit: str) -> bool:
    """Whether "the last week" is the seven days up to now, "the coming year" the twelve months from now: the first only
    behind a word for a stretch of time."""
    if unit not in ("D", "W", "M", "Y"):
        return False
    stretch = context.word_before(found) in ("in", "over", "within", "throughout", "for")
    return which in ("coming", "upcoming") or (which in ("last", "next") and stretch)


def _which(context: Context, found: Found, which: str, unit: str) -> Meaning | None:
    step = _STEPS.get(which, 0)
    chained = which in CHAINED
    if unit == "Q":
        return _which_quarter(context, found, which, step)
    base = chain_base(context, unit, found) if chained else context.published
    if base is None:
        return date_of(UNKNOWN.get(unit, "XXXX"))
    if unit == "WE":
        return _weekend(base, which, context.direction(found))
    if which == "next" and unit == "D" and context.day:
        base, chained = context.day, True
    value = units_on(base, unit, step)
    if value is None or not chained:
        return date_of(value)
    others = [units_on(other, unit, step) for other in (context.before, context.published) if other]
    return date_of(value, value, *others)


def chain_base(context: Context, unit: str, found: Found) -> date | None:
    """The date a chained expression hangs on: the last day, for longer units the last date of any grain."""
    if unit in ("D", "NI") or not context.value:
        return context.base(found) or context.published
    digits = re.match(r"([0-9]{4})(?:-([0-9]{2}))?", context.value)
    if digits is None:
        return context.day or context.published
    return real_day(int(digits[1]), int(digits[2] or 1), 1) if context.value.count("-") != 2 else context.day


def _which_quarter(context: Context, found: Found, which: str, step: int) -> Meaning | None:
    here = context.published
    if which in CHAINED or which == "latest":
        value = (context.quarter if context.near_quarter(found) else None) or (
            quarter_value(_earlier_quarter(here)) if here else None
        )
        return date_of(value)
    shifted = months_on(here, 3 * step) if here else None
    return date_of(quarter_value(shifted) if shifted else "XXXX-QX")


def _earlier_quarter(day: date) -> date:
    return months_on(day, -3) or day


def _weekend(base: date, which: str, direction: int) -> Meaning | None:
    """A weekend is that of the week it ends; "this weekend" is the one of this week, or the last by tense."""
    monday = days_on(base, 1 - base.isoweekday())
    step = _STEPS.get(which, 0) * 7
    if which == "this" and direction == PAST and base.isoweekday() < 5:
        step = -7
    week = days_on(monday, step) if monday else None
    return date_of(week_value(week) + "-WE") if week else None


def edge_unit(context: Context, found: Found) -> Meaning | None:
    """the end of the month, the middle of next week, the start of this year"""
    which, unit = context.said(found, "which") or "the", unit_of(context, found)
    if unit is None or unit.startswith("T") or unit in ("D", "1000Y"):
        return None
    if unit in ("SP", "SU", "FA", "WI"):
        return _season(context, found, unit, which)
    deadline = context.word_before(found) in ("by", "until", "before", "through", "till")
    if deadline and which == "the" and context.said(found, "edge") == "end" and unit in ("Y", "M"):
        return _last_day(context, unit)
    return _which(context, found, "this" if which == "the" else which, unit)


def _last_day(context: Context, unit: str) -> Meaning:
    here = context.published
    if here is None:
        return date_of(UNKNOWN["D"])
    if unit == "Y":
        return date_of(f"{here.year:04d}-12-31")
    following = months_on(here.replace(day=1), 1)
    last = days_on(following, -1) if following else None
    return date_of(day_value(last) if last else None)


def year_end(context: Context, found: Found) -> Meaning | None:
    """year-end, year's end, month-end"""
    unit = unit_of(context, found)
    if unit not in ("Y", "M") or context.said(found, "edge") != "end":
        return None
    return _last_day(context, unit)


def the_unit(context: Context, found: Found) -> Meaning | None:
    """the weekend, the quarter, the year"""
    unit, printed = unit_of(context, found), context.said(found, "unit")
    if printed == "period":
        return date_of(context.quarter) if context.quarter and context.near_quarter(found) else None
    if unit == "WE":
        if context.published is None:
            return date_of(UNKNOWN["WE"])
        here = context.direction(found) == FUTURE or context.published.isoweekday() > 5
        return _weekend(context.published, "this" if here else "last", UNSAID)
    if unit == "Q":
        return _the_quarter(context, found)
    if unit == "Y":
        whole = found["kind"] or context.surface_of(found.end()) == "ended"
        return _which(context, found, "this", unit) if whole else Meaning("DURATION", "P1Y")
    if unit == "W":
        return date_of(week_value(context.published) if context.published else UNKNOWN["W"])
    return None


def _the_quarter(context: Context, found: Found) -> Meaning:
    """The quarter read just before, one "ended" in a month, else the last that is over."""
    here = context.published
    ended = context.month_ended(found)
    if ended is not None and here is not None:
        year = here.year - (ended > here.month)
        return date_of(quarter_value(_month_before(year, ended)))
    if context.quarter and context.near_quarter(found):
        return date_of(context.quarter)
    return date_of(quarter_value(_earlier_quarter(here)) if here else UNKNOWN["Q"])


def _month_before(year: int, month: int) -> date:
    """The middle of a quarter that ends with ``month``: it is the calendar quarter most of it lies in."""
    return date(year, month - 1, 1) if month > 1 else date(max(year - 1, 1), 12, 1)


def quarter(context: Context, found: Found) -> Meaning | None:
    """the third quarter, the fourth quarter of 1989"""
    nth = nth_of(context, found)
    year = context.number_at(found, "year") or context.number_at(found, "year0")
    if nth is None or not 1 <= nth <= 4:
        return None
    if year is None:
        year = _quarter_year(context, found, nth)
    return date_of(f"{year:04d}-Q{nth}" if year else f"XXXX-Q{nth}")


def _quarter_year(context: Context, found: Found, nth: int) -> int | None:
    """Reports are about the quarter that ended last; one that is still to come is meant where the tense says so."""
    here = context.published
    if here is None:
        return None
    now = (here.month + 2) // 3
    if context.direction(found) == FUTURE:
        return here.year + (nth < now - 1) - (nth == 4 and now == 1)
    return here.year - (nth > now)


def year_quarter(context: Context, found: Found) -> Meaning | None:
    """the 1988 period, beside a quarter"""
    if context.quarter is None or not context.near_quarter(found):
        return None
    return date_of(f"{context.number_at(found, 'year'):04d}{context.quarter[4:]}")


def latest_period(context: Context, found: Found) -> Meaning | None:
    """the latest period, the same period, beside a quarter"""
    return date_of(context.quarter) if context.quarter and context.near_quarter(found) else None


def quarter_of(context: Context, found: Found) -> Meaning | None:
    """last year's third quarter, the fourth quarter of this year, last year's quarter"""
    nth = nth_of(context, found)
    if nth is None:
        here = context.quarter or (quarter_value(_earlier_quarter(context.published)) if context.published else None)
        nth = int(here[-1]) if here else None
    year = year_by(context, context.said(found, "which"))
    if nth is None or not 1 <= nth <= 4:
        return None
    return date_of(f"{year:04d}-Q{nth}" if year else f"XXXX-Q{nth}")


def half(context: Context, found: Found) -> Meaning | None:
    """the first half of 2022, the second half"""
    nth = 2 if context.said(found, "nth") == "last" else nth_of(context, found)
    year = context.number_at(found, "year")
    if nth not in (1, 2):
        return None
    if year is None:
        which = context.said(found, "which")
        if which is None or context.said(found, "unit") != "Y":
            return None
        year = year_by(context, "this" if which == "the" else which)
    return date_of(f"{year:04d}-H{nth}" if year else f"XXXX-H{nth}")


def year_ago(context: Context, found: Found) -> Meaning | None:
    """the year-ago quarter, year-earlier"""
    if context.surface_of(found.start("side") - 2) != "year":
        return None
    nth = nth_of(context, found)
    base = context.quarter or (quarter_value(_earlier_quarter(context.published)) if context.published else None)
    if found["quarter"] or context.near_quarter(found):
        if base is None:
            return date_of(UNKNOWN["Q"])
        return date_of(f"{int(base[:4]) - 1:04d}-Q{nth or base[-1]}")
    return date_of(f"{context.published.year - 1:04d}" if context.published else "XXXX")


_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


def season_year(context: Context, found: Found) -> Meaning | None:
    """early summer of last year, the winter of 2022"""
    code, year = context.said(found, "season"), context.number_at(found, "year")
    if year is None and found["century"]:
        year = spoken(context, found)
        return date_of(f"{year:04d}-{code}") if year else None
    if year is None:
        if context.said(found, "unit") != "Y":
            return None
        year = year_by(context, context.said(found, "which"))
    value = f"{year:04d}-{code}" if year else f"XXXX-{code}"
    # "Winter 2023" may be the one that began in 2022; "winter 2022-23" says which.
    two = code == "WI" and year and found["year"] and found.end() == found.end("year")
    return date_of(value, value, f"{year - 1:04d}-WI") if two and year else date_of(value)


def which_season(context: Context, found: Found) -> Meaning | None:
    """last fall, this spring, the coming winter"""
    code = context.said(found, "season")
    return _season(context, found, code, context.said(found, "which") or "this") if code else None


def the_season(context: Context, found: Found) -> Meaning | None:
    """the summer, early spring"""
    code = context.said(found, "season")
    if code is None:
        return None
    token = context.tenses.token_at(context.words.starts[found.start("season")])
    if token is not None and (
        token.pos_ not in ("NOUN", "PROPN") or (code in ("FA", "SP") and token.ent_type_ not in ("DATE", "TIME"))
    ):
        return None
    direction = context.direction(found)
    ahead = direction == FUTURE or (direction == UNSAID and context.word_before(found) in ("until", "till", "by"))
    return _season(context, found, code, "next" if ahead else "the")


def _season(context: Context, found: Found, code: str, which: str) -> Meaning:
    """A season is named after the year it begins in; "last fall" is the last one that is over or the one before the
    year's end."""
    here = context.day if which == "that" and context.day else context.published
    if here is None:
        return date_of(f"XXXX-{code}")
    first, last = _SEASON_MONTHS[code]
    month = here.month + 12 if code == "WI" and here.month < 3 else here.month
    year = here.year - (code == "WI" and here.month < 3)
    if which in ("last", "past", "previous", "preceding", "prior"):
        year -= month <= last
    elif which in ("next", "coming", "upcoming", "following"):
        year += month >= first if which != "next" else month > last
    elif which == "the":
        year -= month < first
    elif which == "this" and code == "WI":
        year = here.year - (here.month < 6)
    return date_of(f"{year:04d}-{code}")
