"""Calendar dates and months: "March 7, 2023", "5-7 March", "last May", "Christmas Day"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from onrecord.model import Precision
from onrecord.reading.lexicon import lexicon
from onrecord.reading.times.calendar import Interval, day_value, festival, interval_of, real_day, week_value
from onrecord.reading.times.context import FUTURE, Context
from onrecord.reading.times.counts import nth_at, nth_of
from onrecord.reading.times.linked import linked_year
from onrecord.reading.times.meaning import Meaning, date_of
from onrecord.reading.times.years import spoken, year_cues

Found = re.Match[str]


def iso(context: Context, found: Found) -> Meaning | None:
    """2022-02-24, 2022-02-24T05:30:00Z"""
    text = context.surface_of(found.start()).upper().replace(" ", "T")
    day = _parsed_day(text[:4], text[5:7], text[8:10])
    if day is None:
        return None
    return date_of(day_value(day) + text[10:16])


def _parsed_day(year: str, month: str, day: str) -> date | None:
    return real_day(int(year), int(month), int(day))


def numeric(context: Context, found: Found) -> Meaning | None:
    """02/24/22, 24.02.2022, 2022/02/24, 7-3-2022: both orders kept where both are days; the one the text's other dates
    show comes first, else one that is not ahead of publication."""
    text = context.surface_of(found.start())
    a, b, c = re.split(r"[./-]", text)
    if len(a) == 4:
        day = _parsed_day(a, b, c)
        return date_of(day_value(day)) if day else None
    if len(a) > 2 or len(c) == 3:
        return None
    year = int(c) + (0 if len(c) == 4 else 2000 if int(c) < 50 else 1900)
    day_first, month_first = (int(b), int(a)), (int(a), int(b))
    orders = [day_first, month_first] if "." in text or context.day_first else [month_first, day_first]
    days = [day for month, first in orders if (day := real_day(year, month, first))]
    if not days:
        return None
    here = context.published
    if here is not None and "." not in text:
        days.sort(key=lambda day: day > here)
    values = [day_value(day) for day in days]
    return date_of(values[0], *(values if len(set(values)) > 1 and "." not in text else ()))


def month_digits(context: Context, found: Found) -> Meaning | None:
    """03/2023"""
    month, year = context.number_at(found, "month"), context.number_at(found, "year")
    return date_of(f"{year:04d}-{month:02d}") if month and year and 1900 <= year <= 2100 else None


def pair(context: Context, found: Found) -> Meaning | None:
    """24.02, 9/11: a day of a month after a word that wants one."""
    text = context.surface_of(found.start("n"))
    if text in lexicon("times")["named_days"]:
        return named_day(context, found)
    a, b = (int(one) for one in re.split(r"[./]", text))
    month, day = (b, a) if "." in text or a > 12 else (a, b)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _month_day(context, found, month, day)


def named_day(context: Context, found: Found) -> Meaning | None:
    """9/11, known by its figures"""
    day = lexicon("times")["named_days"].get(context.surface_of(found.start("n")))
    return date_of(day_value(day)) if day else None


def month_day(context: Context, found: Found) -> Meaning | None:
    """March 7, 2023; 7 March; Tuesday, Oct. 24"""
    return dated(
        context,
        found,
        context.number_at(found, "month"),
        nth_of(context, found, "day"),
        context.number_at(found, "year"),
    )


def dated(context: Context, found: Found, month: int | None, day: int | None, year: int | None) -> Meaning | None:
    if month is None or day is None or not 1 <= day <= 31:
        return None
    year = year if year is not None else linked_year(context, found, month)
    if year is not None:
        real = real_day(year, month, day)
        return date_of(day_value(real)) if real else None
    if real_day(2024, month, day) is None:
        return None
    return _month_day(context, found, month, day)


def _month_day(context: Context, found: Found, month: int, day: int) -> Meaning:
    """A day without a year: by publication and tense, or by the year the text tells of."""
    years = _by_weekday(context, found, month, day, context.years_of(found, month, day))
    values = [day_value(real) for year in years if (real := real_day(year, month, day))]
    if not values:
        told_years = _by_weekday(context, found, month, day, context.years_told())
        told = [real_day(year, month, day) for year in told_years]
        return date_of(f"XXXX-{month:02d}-{day:02d}", *(day_value(real) for real in told if real))
    since = _since(context, found, values[0], month, day)
    if since:
        return date_of(since[0], *since)
    begun = [day_value(start) for start in context.wars() if (start.month, start.day) == (month, day)]
    values = list(dict.fromkeys([*values, *begun]))
    return date_of(values[0], *(values if len(values) > 1 else ()))


def _by_weekday(context: Context, found: Found, month: int, day: int, years: list[int]) -> list[int]:
    """The years with those first in which the day is the weekday printed with it ("Tuesday, March 7")."""
    number = context.number_at(found, "wd")
    if number is None or not years:
        return years
    first = real_day(years[0], month, day)
    here = context.published
    near = here is not None and first is not None and abs((first - here).days) <= _LONG_SINCE
    around = years if near else [*years, years[0] - 1, years[0] + 1]
    fitting = [year for year in around if (real := real_day(year, month, day)) and real.isoweekday() == number]
    return list(dict.fromkeys([*fitting[:1], *years]))


# How long ago "since March 1" may be, in days, before the year before is no likely reading any more.
_LONG_SINCE = 45


def _since(context: Context, found: Found, value: str, month: int, day: int) -> list[str]:
    """All readings of "since February 24", likeliest first: the years that the text prints with that month, the last
    such day, the years in which a war it names began on that day, and for a day of the last weeks the year before."""
    if context.published is None or context.word_before(found) != "since":
        return []
    here, begun = context.published, [day_value(start) for start in context.wars()]
    last = _parsed_day(value[:4], value[5:7], value[8:10]) or here
    earlier = [last.year - n for n in (1, 2, 3)]
    printed = [year for year, at in context.months_told if at == month and year in earlier]
    wars = [year for year in earlier if f"{year:04d}-{month:02d}-{day:02d}" in begun]
    fresh = [last.year - 1] if (here - last).days <= _LONG_SINCE and value not in begun else []
    days = [real_day(year, month, day) for year in dict.fromkeys([*printed, last.year, *wars, *fresh])]
    return [day_value(one) for one in days if one]


def month_day_of(context: Context, found: Found) -> Meaning | None:
    """March 11 this year"""
    if context.said(found, "unit") != "Y":
        return None
    month = context.number_at(found, "month") or context.number_at(found, "month2")
    day = nth_of(context, found, "day") or nth_of(context, found, "day2")
    year = year_by(context, context.said(found, "which"))
    if month is None or day is None:
        return None
    if year is None:
        return date_of(f"XXXX-{month:02d}-{day:02d}") if 1 <= day <= 31 else None
    return dated(context, found, month, day, year)


def year_by(context: Context, which: str | None) -> int | None:
    """The year that "last", "this", "next" or "that year" is; None where nothing tells."""
    told = context.day.year if context.day else context.years[-1] if context.years else None
    here = context.published.year if context.published else None
    if which in ("that", "same"):
        return told or here
    if which in ("previous", "preceding", "prior", "following", "ensuing", "subsequent"):
        base = told or here
        return None if base is None else base + (1 if which in ("following", "ensuing", "subsequent") else -1)
    step = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which or "", 0)
    return None if here is None else here + step


def week_of(context: Context, found: Found) -> Meaning | None:
    """the week of March 6"""
    meant = dated(
        context,
        found,
        context.number_at(found, "month"),
        nth_of(context, found, "day"),
        context.number_at(found, "year"),
    )
    if meant is None or meant.interval is None or context.surface_of(found.start("month") - 2) != "week":
        return None
    return date_of(week_value(meant.interval.start.date()))


def day_range(context: Context, found: Found) -> Meaning | None:
    """March 5-7: the whole stretch, from the first day to the last."""
    month = context.number_at(found, "month")
    # "March 5-7": the first day stands right after the month
    first, last = nth_at(context, found.end("month")), nth_of(context, found, "day")
    return _stretch(context, found, month, first, last, context.number_at(found, "year"))


def pair_month(context: Context, found: Found) -> Meaning | None:
    """12/13 March: two days, one behind the other"""
    first, last = (int(one) for one in context.surface_of(found.start("day")).split("/"))
    if last != first + 1:
        return None
    return _stretch(context, found, context.number_at(found, "month"), first, last, context.number_at(found, "year"))


def range_day(context: Context, found: Found) -> Meaning | None:
    """5-7 March"""
    month = context.number_at(found, "month")
    return _stretch(
        context,
        found,
        month,
        nth_of(context, found, "day"),
        nth_at(context, found.start("month") - 1),
        context.number_at(found, "year"),
    )


def _stretch(
    context: Context, found: Found, month: int | None, first: int | None, last: int | None, year: int | None
) -> Meaning | None:
    if first is None or last is None or not first < last:
        return None
    one, two = dated(context, found, month, first, year), dated(context, found, month, last, year)
    if one is None or two is None or one.value is None or two.value is None:
        return None
    if one.interval is None or two.interval is None:
        return Meaning("DATE", one.value)
    first_days, last_days = one.readings or (one.value,), two.readings or (two.value,)
    stretches = [
        Interval(start.start, end.end, Precision.RANGE)
        for a, b in zip(first_days, last_days, strict=False)
        if (start := interval_of(a)) and (end := interval_of(b)) and start.start < end.end
    ]
    return Meaning("DATE", one.value, stretches[0], others=tuple(stretches[1:])) if stretches else None


def month(context: Context, found: Found) -> Meaning | None:
    """March, early March 2023, mid-March, the end of October"""
    number, year = context.number_at(found, "month"), context.number_at(found, "year")
    if number is None or _is_name(context, found):
        return None
    year = year if year is not None else linked_year(context, found, number)
    if year is not None:
        return date_of(f"{year:04d}-{number:02d}")
    years = context.years_of(found, number, None)
    if not years:
        told = context.years_told()
        return date_of(f"XXXX-{number:02d}", *(f"{one:04d}-{number:02d}" for one in told))
    values = [f"{one:04d}-{number:02d}" for one in years]
    return date_of(values[0], *(values if len(values) > 1 else ()))


def _is_name(context: Context, found: Found) -> bool:
    """Whether "May", "March", "April", "June" or a short form alone is no month: a name, or a verb."""
    index = found.start("month")
    if found["year"] if "year" in found.groupdict() else None:
        return False
    text = context.surface_of(index)
    if text.rstrip(".") in _short_months():
        return not (text.endswith(".") or context.surface_of(index + 1) == "." or context.number_follows(found))
    if text not in ("may", "march", "april", "june", "august"):
        return False
    token = context.tenses.token_at(context.words.starts[index])
    if token is None:
        return False
    if (
        text == "march"
        and context.surface_of(found.end()) in ("of", "for", "on", "to")
        and context.word_before(found) not in year_cues()["after"]
    ):
        return True
    if text in ("may", "march"):
        return token.pos_ in ("AUX", "VERB") or (token.pos_ == "NOUN" and token.ent_type_ != "DATE")
    return token.ent_type_ in ("PERSON", "ORG", "GPE") or context.name_follows(token)


@cache
def _short_months() -> frozenset[str]:
    return frozenset(lexicon("times")["months_short"])


def month_of(context: Context, found: Found) -> Meaning | None:
    """June last year"""
    number, which = context.number_at(found, "month"), context.said(found, "which")
    if number is None or context.said(found, "unit") != "Y":
        return None
    year = year_by(context, which)
    return date_of(f"{year:04d}-{number:02d}" if year else f"XXXX-{number:02d}")


def which_month(context: Context, found: Found) -> Meaning | None:
    """last May, next March, this past June"""
    number, which, here = context.number_at(found, "month"), context.said(found, "which"), context.published
    if number is None:
        return None
    if here is None:
        return date_of(f"XXXX-{number:02d}")
    year = here.year
    day = nth_of(context, found, "day") or 0
    if which in ("last", "past", "previous", "preceding"):
        year -= (number, day) >= (here.month, here.day if day else 0)
    elif which in ("next", "coming", "following"):
        year += number <= here.month
    return dated(context, found, number, day, year) if day else date_of(f"{year:04d}-{number:02d}")


def spoken_month(context: Context, found: Found) -> Meaning | None:
    """October nineteen ninety-four"""
    number, month = spoken(context, found), context.number_at(found, "month")
    return date_of(f"{number:04d}-{month:02d}") if number and month else None


def festival_day(context: Context, found: Found) -> Meaning | None:
    """Thanksgiving Day, Easter Sunday, last Christmas"""
    rule = lexicon("times")["festivals"].get(context.surface(found, "name"))
    if rule is None:
        return None
    year, here = context.number_at(found, "year"), context.published
    if year is not None:
        return date_of(_festival_value(rule, year))
    if here is None:
        return date_of(f"XXXX-{rule}" if len(rule) == 5 and rule[2] == "-" else "XXXX-XX-XX")
    days = [day for year in range(here.year - 1, here.year + 2) if (day := festival(rule, year))]
    past, ahead = [day for day in days if day <= here], [day for day in days if day >= here]
    likely = ahead if (context.direction(found) == FUTURE and context.said(found, "which") != "last") else past[::-1]
    return date_of(day_value(likely[0])) if likely else None


def _festival_value(rule: str, year: int) -> str | None:
    day = festival(rule, year)
    return day_value(day) if day else None
