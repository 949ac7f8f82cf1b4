"""What each rule's words mean: TIMEX3 values resolved against the context."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from onrecord.model import Precision
from onrecord.reading.lexicon import lexicon
from onrecord.reading.times.calendar import (
    Interval,
    day_value,
    days_on,
    festival,
    months_on,
    quarter_value,
    real_day,
    units_on,
    week_value,
)
from onrecord.reading.times.context import FUTURE, PAST, UNSAID, Context, span_of
from onrecord.reading.times.meaning import Meaning, date_of

Found = re.Match[str]

# A unit whose place is not known
_UNKNOWN = {
    "D": "XXXX-XX-XX", "NI": "XXXX-XX-XX", "W": "XXXX-WXX", "2W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX",
    "Q": "XXXX-QX", "Y": "XXXX", "10Y": "XXX", "100Y": "XX", "1000Y": "X",
}  # fmt: skip
_VAGUE_COUNT = "X"


# --- numbers -------------------------------------------------------------------------------------------------------


def _count(context: Context, found: Found, group: str = "n") -> float | str | None:
    """The number a group of words stands for, "X" where it is vague, None where there is none.

    Of a range ("two to six") it is the larger."""
    first, last = span_of(found, group)
    if first < 0 or first == last:
        return None
    total: float | None = None
    for index in range(first, last):
        value = context.words.values[index]
        word = context.surface_of(index)
        if word in ("to", "or", "-", "–", "—"):
            total = total if word == "-" and _adds(context, index) else None
        elif value == "X":
            return _VAGUE_COUNT
        else:
            total = _grown(total, value, word)
    return 1 if total is None and context.surface_of(first) in ("a", "an") else total


def _adds(context: Context, index: int) -> bool:
    """Whether a hyphen joins one number ("twenty-four") and is no range ("3-4")."""
    before, after = context.words.values[index - 1], context.words.values[index + 1]
    return isinstance(before, int) and isinstance(after, int) and 20 <= before <= 90 and after < 10 and (
        not context.surface_of(index - 1).isdigit()
    )  # fmt: skip


def _grown(total: float | None, value: int | str | None, word: str) -> float | None:
    if isinstance(value, int):
        if value in (100, 1000, 1_000_000, 1_000_000_000) and not word[0].isdigit():
            return (total or 1) * value
        if value == 12 and word == "dozen":
            return (total or 1) * 12
        return (total or 0) + value
    if word in ("a", "an"):
        return total
    if word == "half":
        return (total or 0) + 0.5
    fraction = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", word)
    if fraction and int(fraction[2]):
        return (total or 0) + int(fraction[1]) / int(fraction[2])
    try:
        return float(str(value))
    except ValueError:
        return total


def _nth(context: Context, found: Found, group: str = "nth") -> int | None:
    """An ordinal, "twenty-first" too."""
    first, last = span_of(found, group)
    if first < 0:
        return None
    total = 0
    for value in context.words.values[first:last]:
        digits = re.match(r"[0-9]{1,4}", value) if isinstance(value, str) else None
        if digits:
            total += int(digits.group())
        elif isinstance(value, int):
            total += value
        elif value == "second":
            total += 2
    return total or None


def _spelled(unit: str, count: float | str | None) -> str:
    """A DURATION value: "P9M", "PT24H", "PXY", "P2Y6M"."""
    if unit == "Q":
        return "PXQ" if isinstance(count, str) or count is None else f"P{_plain(count)}Q"
    clock, letter = ("T", unit[1]) if unit in ("TS", "TM", "TH") else ("", unit)
    number = re.match(r"[0-9]+", letter)
    size, letter = (int(number.group()), letter[number.end() :]) if number else (1, letter)
    if isinstance(count, str) or count is None:
        return f"P{clock}X{ {10: 'E', 100: 'C', 1000: 'L'}.get(size, letter) if letter == 'Y' else letter }"
    whole, rest = divmod(count * size, 1)
    if rest == 0.5 and letter in ("Y", "H", "M") and not (letter == "M" and not clock):
        lower = {"Y": "6M", "H": "30M", "M": "30S"}[letter]
        return f"P{clock}{int(whole)}{letter}{lower}" if whole else f"P{clock}{lower}"
    return f"P{clock}{_plain(count * size)}{letter}"


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:.2f}".rstrip("0")


def _unit(context: Context, found: Found, group: str = "unit") -> str | None:
    """The unit letter of a group."""
    value = context.said(found, group)
    if value is None:
        return None
    return {"second": "TS", "quarter": "Q", "weekend": "WE", "period": "Q"}.get(value, value)


# --- calendar dates ------------------------------------------------------------------------------------------------


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
    """02/24/22, 24.02.2022, 2022/02/24: both orders kept where both are days."""
    a, b, c = re.split(r"[./]", context.surface_of(found.start()))
    if len(a) == 4:
        day = _parsed_day(a, b, c)
        return date_of(day_value(day)) if day else None
    if len(a) > 2 or len(c) == 3:
        return None
    year = int(c) + (0 if len(c) == 4 else 2000 if int(c) < 50 else 1900)
    dotted = "." in context.surface_of(found.start())
    orders = [(int(b), int(a)), (int(a), int(b))] if dotted else [(int(a), int(b)), (int(b), int(a))]
    days = [day_value(day) for month, first in orders if (day := real_day(year, month, first))]
    if not days:
        return None
    return date_of(days[0], *(days if len(set(days)) > 1 and not dotted else ()))


def pair(context: Context, found: Found) -> Meaning | None:
    """24.02, 9/11: a day of a month after a word that wants one."""
    text = context.surface_of(found.start("n"))
    a, b = (int(one) for one in re.split(r"[./]", text))
    month, day = (b, a) if "." in text else (a, b)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _month_day(context, found, month, day)


def month_day(context: Context, found: Found) -> Meaning | None:
    """March 7, 2023; 7 March; Tuesday, Oct. 24"""
    return _dated(
        context, found, context.number_at(found, "month"), _nth(context, found, "day"), context.number_at(found, "year")
    )


def _dated(context: Context, found: Found, month: int | None, day: int | None, year: int | None) -> Meaning | None:
    if month is None or day is None or not 1 <= day <= 31:
        return None
    if year is not None:
        real = real_day(year, month, day)
        return date_of(day_value(real)) if real else None
    if real_day(2024, month, day) is None:
        return None
    return _month_day(context, found, month, day)


def _month_day(context: Context, found: Found, month: int, day: int) -> Meaning:
    """A day without a year: by publication and tense, or by the year the text tells of."""
    years = context.years_of(found, month, day)
    values = [day_value(real) for year in years if (real := real_day(year, month, day))]
    if not values:
        told = [real_day(year, month, day) for year in context.years_told()]
        return date_of(f"XXXX-{month:02d}-{day:02d}", *(day_value(real) for real in told if real))
    since = _since(context, found, month, day)
    if since:
        return date_of(*_ordered(values, since))
    return date_of(values[0], *(values if len(values) > 1 else ()))


def _since(context: Context, found: Found, month: int, day: int) -> list[str]:
    """For "since February 24": the years before, first those that the text names with that month, then the years in
    which a war it speaks of began on that day, then the last."""
    if context.published is None or context.word_before(found) not in ("since", "from"):
        return []
    here = context.published.year
    told = [year for year, at in context.months_told if at == month and here - 3 <= year < here]
    wars = [start.year for start in context.wars() if (start.month, start.day) == (month, day) and start.year < here]
    others = [here - 1] if context.word_before(found) == "since" else []
    told_first = [f"{year:04d}-{month:02d}-{day:02d}" for year in dict.fromkeys(told)]
    return [
        "told",
        *told_first,
        "other",
        *(f"{year:04d}-{month:02d}-{day:02d}" for year in dict.fromkeys(wars + others)),
    ]


def _ordered(values: list[str], since: list[str]) -> list[str]:
    """The value, then all readings likeliest first."""
    cut = since.index("other")
    told, others = since[1:cut], since[cut + 1 :]
    readings = list(dict.fromkeys([*told, values[0], *others, *values[1:]]))
    return [readings[0], *readings]


def month_day_of(context: Context, found: Found) -> Meaning | None:
    """March 11 this year"""
    if context.said(found, "unit") != "Y":
        return None
    month = context.number_at(found, "month") or context.number_at(found, "month2")
    day = _nth(context, found, "day") or _nth(context, found, "day2")
    year = _year_of(context, context.said(found, "which"))
    if month is None or day is None:
        return None
    if year is None:
        return date_of(f"XXXX-{month:02d}-{day:02d}") if 1 <= day <= 31 else None
    return _dated(context, found, month, day, year)


def _year_of(context: Context, which: str | None) -> int | None:
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
    dated = _dated(
        context, found, context.number_at(found, "month"), _nth(context, found, "day"), context.number_at(found, "year")
    )
    if dated is None or dated.interval is None or context.surface_of(found.start("month") - 2) != "week":
        return None
    return date_of(week_value(dated.interval.start.date()))


def day_range(context: Context, found: Found) -> Meaning | None:
    """March 5-7: the whole stretch, from the first day to the last."""
    month = context.number_at(found, "month")
    first, last = _nth_at(context, found.start("month") + _length_of_month(context, found)), _nth(context, found, "day")
    return _stretch(context, found, month, first, last, context.number_at(found, "year"))


def range_day(context: Context, found: Found) -> Meaning | None:
    """5-7 March"""
    month = context.number_at(found, "month")
    return _stretch(
        context,
        found,
        month,
        _nth(context, found, "day"),
        _nth_at(context, found.start("month") - 1),
        context.number_at(found, "year"),
    )


def _length_of_month(context: Context, found: Found) -> int:
    return found.end("month") - found.start("month")


def _nth_at(context: Context, index: int) -> int | None:
    digits = re.match(r"[0-9]{1,2}", context.surface_of(index))
    return int(digits.group()) if digits else None


def _stretch(
    context: Context, found: Found, month: int | None, first: int | None, last: int | None, year: int | None
) -> Meaning | None:
    if first is None or last is None or not first < last:
        return None
    one, two = _dated(context, found, month, first, year), _dated(context, found, month, last, year)
    if one is None or two is None or one.value is None or two.value is None:
        return None
    if one.interval is None or two.interval is None:
        return Meaning("DATE", one.value)
    interval = Interval(one.interval.start, two.interval.end, Precision.RANGE)
    return Meaning("DATE", one.value, interval)


def month(context: Context, found: Found) -> Meaning | None:
    """March, early March 2023, mid-March, the end of October"""
    number, year = context.number_at(found, "month"), context.number_at(found, "year")
    if number is None or _is_name(context, found):
        return None
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
        and context.word_before(found) not in _year_cues()["after"]
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
    year = _year_of(context, which)
    return date_of(f"{year:04d}-{number:02d}" if year else f"XXXX-{number:02d}")


def which_month(context: Context, found: Found) -> Meaning | None:
    """last May, next March, this past June"""
    number, which, here = context.number_at(found, "month"), context.said(found, "which"), context.published
    if number is None:
        return None
    if here is None:
        return date_of(f"XXXX-{number:02d}")
    year = here.year
    day = _nth(context, found, "day") or 0
    if which in ("last", "past", "previous", "preceding"):
        year -= (number, day) >= (here.month, here.day if day else 0)
    elif which in ("next", "coming", "following"):
        year += number <= here.month
    return _dated(context, found, number, day, year) if day else date_of(f"{year:04d}-{number:02d}")


# --- years and longer ----------------------------------------------------------------------------------------------


def year(context: Context, found: Found) -> Meaning | None:
    """2022, fiscal 1989, early 2023, the end of 2022"""
    number = context.number_at(found, "year")
    if number is None:
        return None
    if "kind" not in found.groupdict() and "edge" not in found.groupdict() and not _is_year(context, found, number):
        return None
    return date_of(f"{number:04d}")


def _is_year(context: Context, found: Found, number: int) -> bool:
    """Whether four digits are a year: by the words beside them, and by how likely a year the number is."""
    index = found.start("year")
    before, after = context.surface_of(index - 1), context.surface_of(index + 1)
    cues = _year_cues()
    if before in cues["never_after"] or after in cues["never_before"] or after.startswith("%"):
        return False
    if found.start("year") > found.start():
        return True
    if before in cues["after"]:
        return 1000 <= number <= 2100 and not _counts(context, index)
    if before in ("-", "/", ".") and context.words.ends[index - 1] == context.words.starts[index]:
        return before == "-" and 1900 <= number <= 2050 and not context.surface_of(index - 2).isdigit()
    return 1900 <= number <= 2050 and not _counts(context, index)


def _counts(context: Context, index: int) -> bool:
    """Whether the digits count the noun after them ("2,000 people" printed as "2000 people")."""
    token = context.tenses.token_at(context.words.starts[index])
    if token is None or token.i + 1 >= len(token.doc):
        return False
    after = token.nbor(1)
    if after.ent_type_ and token.ent_type_ == "DATE":
        return False
    return token.ent_type_ in ("CARDINAL", "QUANTITY", "MONEY") and after.tag_ == "NNS"


@cache
def _year_cues() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in lexicon("times_cues").items()}


def named_year(context: Context, found: Found) -> Meaning | None:
    """the year 2000, the year two thousand"""
    if context.surface_of(found.start() + 1) != "year":
        return None
    number = _count(context, found, "year")
    if not isinstance(number, (int, float)) or not 100 <= number <= 9999:
        return None
    return date_of(f"{int(number):04d}")


def _spoken(context: Context, found: Found) -> int | None:
    century, rest = context.number_at(found, "century"), _count(context, found, "rest")
    if century not in range(10, 21) or not isinstance(rest, (int, float)) or not 10 <= rest <= 99:
        return None
    return century * 100 + int(rest)


def spoken_year(context: Context, found: Found) -> Meaning | None:
    """nineteen ninety-four"""
    number = _spoken(context, found)
    return date_of(f"{number:04d}") if number else None


def spoken_month(context: Context, found: Found) -> Meaning | None:
    """October nineteen ninety-four"""
    number, month = _spoken(context, found), context.number_at(found, "month")
    return date_of(f"{number:04d}-{month:02d}") if number and month else None


def decade(context: Context, found: Found) -> Meaning | None:
    """the 1990s, the '80s, the nineties"""
    value = context.words.values[found.start("decade")]
    if isinstance(value, int):
        return date_of(f"19{value // 10}") if value >= 20 else None
    digits = re.sub(r"[^0-9]", "", str(value))
    if len(digits) == 2:
        return date_of(f"19{digits[0]}") if digits[1] == "0" and _meant_as_decade(context, found) else None
    return date_of(digits[:3]) if digits[3] == "0" and digits[0] in "12" else None


def _meant_as_decade(context: Context, found: Found) -> bool:
    return context.surface_of(found.start()) == "the" or str(context.words.values[found.start("decade")])[0] in "'’"


def century(context: Context, found: Found) -> Meaning | None:
    """the 20th century"""
    number = _nth(context, found, "nth")
    if _unit(context, found) != "100Y" or number is None or not 1 <= number <= 30:
        return None
    if found["bc"] and context.said(found, "bc") != "ad":
        return Meaning("DATE", f"BC{number - 1:02d}")
    return date_of(f"{number - 1:02d}")


def before_christ(context: Context, found: Found) -> Meaning | None:
    """44 BC"""
    number = context.number_at(found, "year")
    return Meaning("DATE", f"BC{number:04d}") if number and number < 10_000 else None


# --- days ----------------------------------------------------------------------------------------------------------


def _with_part(value: str, part: str | None) -> str:
    return f"{value}T{part}" if part else value


def weekday(context: Context, found: Found) -> Meaning | None:
    """Monday, early Tuesday, Friday night"""
    number = context.number_at(found, "weekday")
    if number is None or _is_short_word(context, found):
        return None
    part = context.said(found, "part")
    possessive = context.surface_of(found.end()) in ("'s", "’s")
    days = context.weekday(number, UNSAID if possessive else context.direction(found))
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
    day = days_on(context.day, step) if context.day else None
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
    day = _nth(context, found, "dom") or _nth(context, found, "dom2")
    year = context.number_at(found, "year") or context.number_at(found, "year2")
    dated = _dated(context, found, month, day, year)
    if dated is None or dated.value is None:
        return None
    return date_of(f"{dated.value}T{part}", *(f"{one}T{part}" for one in dated.readings))


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


# --- the clock -----------------------------------------------------------------------------------------------------


def clock(context: Context, found: Found) -> Meaning | None:
    """8 a.m. ET, noon Thursday, 5:15pm on March 7"""
    hours = _hours(context, found)
    return None if hours is None else _at_clock(context, found, hours)


def _hours(context: Context, found: Found) -> str | None:
    """ "THH:MM" of the clock words."""
    if found["named"]:
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
        day = _nth(context, found, "dom") or _nth(context, found, "dom2")
        year = context.number_at(found, "year") or context.number_at(found, "year2")
        dated = _dated(context, found, month, day, year)
        return date_of((dated.value or "") + hours, *(one + hours for one in dated.readings)) if dated else None
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
        base = context.day if context.day and context.near(found) else context.published
    return date_of((day_value(base) if base else "XXXX-XX-XX") + hours)


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


# --- which unit ----------------------------------------------------------------------------------------------------

_STEPS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "this": 0, "current": 0, "next": 1,
    "coming": 1, "upcoming": 1, "following": 1, "ensuing": 1, "subsequent": 1, "that": 0, "same": 0, "latest": 0,
}  # fmt: skip
_CHAINED = frozenset({"previous", "preceding", "prior", "following", "ensuing", "subsequent", "that", "same"})


def which_unit(context: Context, found: Found) -> Meaning | None:
    """last week, this month, next year, the following day, the same period"""
    which, unit = context.said(found, "which") or "", _unit(context, found)
    if unit is None or unit.startswith("T") or unit in ("SP", "SU", "FA", "WI") or unit == "1000Y":
        return None
    if which == "same" and unit in ("D",) and not context.day:
        return Meaning("DATE", "XXXX-XX-XX")
    return _which(context, found, which, unit)


def _which(context: Context, found: Found, which: str, unit: str) -> Meaning | None:
    step = _STEPS.get(which, 0)
    chained = which in _CHAINED
    if unit == "Q":
        return _which_quarter(context, found, which, step)
    base = _chain_base(context, unit) if chained else context.published
    if base is None:
        return date_of(_UNKNOWN.get(unit, "XXXX"))
    if unit == "WE":
        return _weekend(base, which, context.direction(found))
    if which == "next" and unit == "D" and context.day:
        base, chained = context.day, True
    value = units_on(base, unit, step)
    if value is None or not chained:
        return date_of(value)
    others = [units_on(other, unit, step) for other in (context.before, context.published) if other]
    return date_of(value, value, *others)


def _chain_base(context: Context, unit: str) -> date | None:
    """The date a chained expression hangs on: the last day, for longer units the last date of any grain."""
    if unit in ("D", "NI") or not context.value:
        return context.day or context.published
    digits = re.match(r"([0-9]{4})(?:-([0-9]{2}))?", context.value)
    if digits is None:
        return context.day or context.published
    return real_day(int(digits[1]), int(digits[2] or 1), 1) if not context.value.count("-") == 2 else context.day


def _which_quarter(context: Context, found: Found, which: str, step: int) -> Meaning | None:
    here = context.published
    if which in _CHAINED or which == "latest":
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
    which, unit = context.said(found, "which") or "the", _unit(context, found)
    if unit is None or unit.startswith("T") or unit in ("D", "1000Y"):
        return None
    if unit in ("SP", "SU", "FA", "WI"):
        return _season(context, found, unit, which)
    if which in ("the", "") and found["edge"] and context.said(found, "edge") == "end" and unit in ("Y", "M"):
        if context.word_before(found) in ("by", "until", "before", "through", "till"):
            return _last_day(context, unit)
    return _which(context, found, "this" if which == "the" else which, unit)


def _last_day(context: Context, unit: str) -> Meaning:
    here = context.published
    if here is None:
        return date_of(_UNKNOWN["D"])
    if unit == "Y":
        return date_of(f"{here.year:04d}-12-31")
    following = months_on(here.replace(day=1), 1)
    last = days_on(following, -1) if following else None
    return date_of(day_value(last) if last else None)


def year_end(context: Context, found: Found) -> Meaning | None:
    """year-end, year's end, month-end"""
    unit = _unit(context, found)
    if unit not in ("Y", "M") or context.said(found, "edge") != "end":
        return None
    return _last_day(context, unit)


def the_unit(context: Context, found: Found) -> Meaning | None:
    """the weekend, the quarter, the year"""
    unit, printed = _unit(context, found), context.said(found, "unit")
    if printed == "period":
        return date_of(context.quarter) if context.quarter and context.near_quarter(found) else None
    if unit == "WE":
        if context.published is None:
            return date_of(_UNKNOWN["WE"])
        here = context.direction(found) == FUTURE or context.published.isoweekday() > 5
        return _weekend(context.published, "this" if here else "last", UNSAID)
    if unit == "Q":
        return _the_quarter(context, found)
    if unit == "Y":
        whole = found["kind"] or context.surface_of(found.end()) == "ended"
        return _which(context, found, "this", unit) if whole else Meaning("DURATION", "P1Y")
    if unit == "W":
        return date_of(week_value(context.published) if context.published else _UNKNOWN["W"])
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
    return date_of(quarter_value(_earlier_quarter(here)) if here else _UNKNOWN["Q"])


def _month_before(year: int, month: int) -> date:
    """The middle of a quarter that ends with ``month``: it is the calendar quarter most of it lies in."""
    return date(year, month - 1, 1) if month > 1 else date(max(year - 1, 1), 12, 1)


def quarter(context: Context, found: Found) -> Meaning | None:
    """the third quarter, the fourth quarter of 1989"""
    nth = _nth(context, found)
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


def quarter_of(context: Context, found: Found) -> Meaning | None:
    """last year's third quarter, the fourth quarter of this year, last year's quarter"""
    nth = _nth(context, found)
    if nth is None:
        here = context.quarter or (quarter_value(_earlier_quarter(context.published)) if context.published else None)
        nth = int(here[-1]) if here else None
    year = _year_of(context, context.said(found, "which"))
    if nth is None or not 1 <= nth <= 4:
        return None
    return date_of(f"{year:04d}-Q{nth}" if year else f"XXXX-Q{nth}")


def half(context: Context, found: Found) -> Meaning | None:
    """the first half of 2022, the second half"""
    nth = 2 if context.said(found, "nth") == "last" else _nth(context, found)
    year = context.number_at(found, "year")
    if nth not in (1, 2):
        return None
    if year is None:
        which = context.said(found, "which")
        if which is None or context.said(found, "unit") != "Y":
            return None
        year = _year_of(context, "this" if which == "the" else which)
    return date_of(f"{year:04d}-H{nth}" if year else f"XXXX-H{nth}")


def year_ago(context: Context, found: Found) -> Meaning | None:
    """the year-ago quarter, year-earlier"""
    if context.surface_of(found.start("side") - 2) != "year":
        return None
    nth = _nth(context, found)
    base = context.quarter or (quarter_value(_earlier_quarter(context.published)) if context.published else None)
    if found["quarter"] or context.near_quarter(found):
        if base is None:
            return date_of(_UNKNOWN["Q"])
        return date_of(f"{int(base[:4]) - 1:04d}-Q{nth or base[-1]}")
    return date_of(f"{context.published.year - 1:04d}" if context.published else "XXXX")


# --- seasons -------------------------------------------------------------------------------------------------------

_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


def season_year(context: Context, found: Found) -> Meaning | None:
    """early summer of last year, the winter of 2022"""
    code, year = context.said(found, "season"), context.number_at(found, "year")
    if year is None and found["century"]:
        year = _spoken(context, found)
        return date_of(f"{year:04d}-{code}") if year else None
    if year is None:
        if context.said(found, "unit") != "Y":
            return None
        year = _year_of(context, context.said(found, "which"))
    return date_of(f"{year:04d}-{code}" if year else f"XXXX-{code}")


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
    return _season(context, found, code, "next" if direction == FUTURE else "the")


def _season(context: Context, found: Found, code: str, which: str) -> Meaning:
    """A season is named after the year it begins in; "last fall" is the last one that is over or the one before the
    year's end."""
    here = context.published
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


# --- lengths -------------------------------------------------------------------------------------------------------


def ago(context: Context, found: Found) -> Meaning | None:
    """two weeks ago, a year ago, years ago"""
    count, unit = _count(context, found), _unit(context, found)
    if unit is None:
        return None
    if count is None or isinstance(count, str):
        return Meaning("DATE", "PAST_REF")
    if (
        context.surface_of(found.start("n")) in ("a", "one")
        and unit == "Y"
        and context.near_quarter(found)
        and context.quarter
    ):
        return date_of(f"{int(context.quarter[:4]) - 1:04d}{context.quarter[4:]}")
    if context.published is None:
        return date_of(_UNKNOWN.get(unit, "XXXX-XX-XX"))
    if count > 100_000:
        return Meaning("DATE", "PAST_REF")
    return date_of(_back(context.published, unit, -count))


def _back(base: date, unit: str, count: float) -> str | None:
    if unit.startswith("T"):
        hours = count if unit == "TH" else count / 60 if unit == "TM" else count / 3600
        day = days_on(base, int(hours / 24))
        return day_value(day) if day else None
    if unit == "10Y":
        return units_on(base, "Y", round(count * 10))
    if count != int(count) and unit == "Y":
        shifted = months_on(base, round(count * 12))
        return f"{shifted.year:04d}-{shifted.month:02d}" if shifted else None
    return units_on(base, unit, round(count))


def chain(context: Context, found: Found) -> Meaning | None:
    """a day later, two weeks earlier: against the date read last, doubtful"""
    count, unit, side = _count(context, found), _unit(context, found), context.said(found, "side")
    if unit is None or count is None or isinstance(count, str):
        return None if unit is None or count is None else Meaning("DURATION", _spelled(unit, count))
    sign = -1 if side in ("earlier", "before") else 1
    if unit == "Y" and count == 1 and sign < 0 and context.quarter and context.near_quarter(found):
        return date_of(f"{int(context.quarter[:4]) - 1:04d}{context.quarter[4:]}")
    if count > 100_000:
        return Meaning("DURATION", _spelled(unit, count))
    base = context.day if context.day and unit in ("D", "W", "TH", "TM") else _chain_base(context, unit)
    if base is None:
        return date_of(_UNKNOWN.get(unit, "XXXX-XX-XX"))
    value = _back(base, unit, sign * count)
    others = [
        _back(other, unit, sign * count) for other in (context.before, context.published) if other and other != base
    ]
    return date_of(value, value, *others)


def past_units(context: Context, found: Found) -> Meaning | None:
    """the past 24 hours, the next two weeks, recent months"""
    which, unit = context.said(found, "which"), _unit(context, found)
    counted = _count(context, found)
    if unit is None or (unit in ("SP", "SU", "FA", "WI") and counted is None):
        return None
    if which == "recent":
        return Meaning("DATE", "PAST_REF") if unit == "Y" else Meaning("DURATION", _spelled(unit, counted or "X"))
    if counted is None:
        if which in ("last", "previous", "preceding", "prior", "latest", "following", "next"):
            return None
        vague = {"past": "PAST_REF", "coming": "FUTURE_REF"}.get(which or "")
        return (
            Meaning("DATE", vague)
            if vague and unit in ("Y",) and vague == "PAST_REF"
            else Meaning("DURATION", _spelled(unit, "X"))
        )
    value = _spelled(unit, counted)
    forward = which in ("next", "coming", "upcoming", "following")
    return Meaning("DURATION", value, _reach(context, unit, counted, forward, which in _CHAINED))


def past_unit(context: Context, found: Found) -> Meaning | None:
    """the past year, the last decade: a length up to now (one of "the last week" is read as a week of its own)"""
    which, unit = context.said(found, "which"), _unit(context, found)
    if unit is None or which != "past" and unit not in ("10Y",):
        return None
    forward = which in ("next", "coming", "upcoming")
    return Meaning("DURATION", _spelled(unit, 1), _reach(context, unit, 1, forward, False))


def _reach(context: Context, unit: str, count: float | str, forward: bool, chained: bool) -> Interval | None:
    """The days a length reaches back from publication, or ahead of it, that day included."""
    base = context.day if chained and context.day else context.published
    if base is None or isinstance(count, str) or count > 100_000:
        return None
    sign = 1 if forward else -1
    far = _far(base, unit, sign * count)
    if far is None:
        return None
    first, last = (base, far) if forward else (far, base)
    after = days_on(last, 1)
    return Interval(_midnight(first), _midnight(after), Precision.RANGE) if after else None


def _far(base: date, unit: str, count: float) -> date | None:
    days = {"D": 1.0, "NI": 1.0, "W": 7.0, "2W": 14.0, "WE": 7.0, "TH": 1 / 24, "TM": 1 / 1440, "TS": 1 / 86400}.get(
        unit
    )
    if days is not None:
        reach = count * days
        return days_on(base, int(reach) if unit[0] != "T" else -int(-reach // 1) if reach > 0 else int(reach // 1))
    months = {"M": 1, "Q": 3, "Y": 12, "10Y": 120, "100Y": 1200}.get(unit)
    return months_on(base, round(count * months)) if months else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def duration(context: Context, found: Found) -> Meaning | None:
    """nearly nine months, 24 hours, five-year"""
    count, unit = _count(context, found), _unit(context, found)
    if unit is None or count is None or _is_age(context, found, unit) or _counts_no_unit(context, found):
        return None
    if unit == "TS" and "half" in found.groupdict() and _ordinal_second(context, found):
        return None
    if "half" in found.groupdict() and found["half"] and not isinstance(count, str):
        count += 0.5
    if unit == "WE":
        return Meaning("DURATION", f"P{_plain(count) if not isinstance(count, str) else count}WE")
    return Meaning("DURATION", _spelled(unit, count))


def _is_age(context: Context, found: Found, unit: str) -> bool:
    """ "a 6-year-old boy", "52 years old": how old people are is no time of the story."""
    words = [context.surface_of(found.end() + step) for step in (-1, 0, 1)]
    return unit == "Y" and ("old" in words[:2] or words[1:] == ["-", "old"])


def _counts_no_unit(context: Context, found: Found) -> bool:
    """ "2018 day five": a year before a unit in the singular."""
    value = context.words.values[found.start("n")]
    singular = not context.surface_of(found.start("unit")).endswith("s")
    return singular and isinstance(value, int) and 1900 <= value <= 2100 and found.end("n") == found.start("unit")


def _ordinal_second(context: Context, found: Found) -> bool:
    """ "one second" may be a time, "the second", "two second" is none."""
    return context.surface_of(found.start("unit")) == "second" and context.said(found, "n") not in ("1", "one")


def a_unit(context: Context, found: Found) -> Meaning | None:
    """a week, an hour and a half; a rate after a noun ("300 men a day")"""
    unit = _unit(context, found)
    if (
        unit is None
        or unit == "TS"
        or context.words.values[found.end() - 1] == "quarter"
        or _is_age(context, found, unit)
    ):
        return None
    if found.start("n") == found.start() and context.is_rate(found):
        return Meaning("SET", _spelled(unit, 1))
    return Meaning("DURATION", _spelled(unit, 1.5 if found["half"] else 1))


def half_unit(context: Context, found: Found) -> Meaning | None:
    """half an hour, half a year, half a century"""
    unit = _unit(context, found)
    if unit is None or unit in ("Q", "TS"):
        return None
    if unit == "D":
        return Meaning("DURATION", "PT12H")
    if unit in ("10Y", "100Y"):
        return Meaning("DURATION", "P5Y" if unit == "10Y" else "P50Y")
    return Meaning("DURATION", _spelled(unit, 0.5))


def bare_units(context: Context, found: Found) -> Meaning | None:
    """for years, within weeks, decades-long"""
    unit = _unit(context, found)
    if unit is None or unit in ("TS", "TM", "NI", "WE") and context.word_before(found) != "for":
        return None
    last = context.surface_of(found.end() - 1)
    if last in ("long", "old") and not context.surface_of(found.start()).endswith("s"):
        return Meaning("DURATION", _spelled(unit, 1)) if last == "long" else None
    return Meaning("DURATION", _spelled(unit, "X"))


# --- again and again -----------------------------------------------------------------------------------------------


def set_word(context: Context, found: Found) -> Meaning | None:
    """daily, annually"""
    if context.surface_of(found.end()) in _year_cues()["no_set_before"]:
        return None
    return Meaning("SET", context.said(found, "set"))


def every(context: Context, found: Found) -> Meaning | None:
    """every day, each Thursday, every two weeks"""
    unit, count = _unit(context, found), _count(context, found)
    if unit is not None:
        size = count if count is not None and not isinstance(count, str) else 1
        return Meaning("SET", _spelled(unit, size)) if unit != "TS" or count is None else None
    number, month = context.number_at(found, "weekday"), context.number_at(found, "month")
    if number:
        return Meaning("SET", f"XXXX-WXX-{number}")
    if month:
        return Meaning("SET", f"XXXX-{month:02d}")
    if found["season"]:
        return Meaning("SET", f"XXXX-{context.said(found, 'season')}")
    return Meaning("SET", f"XXXX-XX-XXT{context.said(found, 'part')}")


def rate(context: Context, found: Found) -> Meaning | None:
    """per day, once a week"""
    unit = _unit(context, found)
    return Meaning("SET", _spelled(unit, 1)) if unit else None


# --- counted days, vague times -------------------------------------------------------------------------------------


def counted_day(context: Context, found: Found) -> Meaning | None:
    """day 109, the 109th day: its date only as a reading, from the wars the text names"""
    if (context.said(found, "unit") or context.said(found, "unit2")) != "D":
        return None
    number = _nth(context, found) or context.number_at(found, "n")
    if not number or number > 100_000 or (found["nth"] and not context.war_follows(found)):
        return None
    days = [days_on(start, number - 1) for start in context.wars()]
    likely = [day_value(day) for day in days if day and (context.published is None or day <= context.published)]
    return date_of("XXXX-XX-XX", *likely)


def vague(context: Context, found: Found) -> Meaning | None:
    """now, recently, soon"""
    word = context.surface_of(found.start("word"))
    if word in ("soon", "shortly") and context.surface_of(found.end()) in ("after", "before", "as", "thereafter"):
        return None
    return Meaning("DATE", context.said(found, "word"))


def these_days(context: Context, found: Found) -> Meaning | None:
    """these days"""
    return Meaning("DATE", "PRESENT_REF") if context.words.values[found.end() - 1] == "D" else None


def future(context: Context, found: Found) -> Meaning | None:
    """the future, the near future, future wars"""
    return Meaning("DATE", "FUTURE_REF")


def the_past(context: Context, found: Found) -> Meaning | None:
    """in the past"""
    return Meaning("DATE", "PAST_REF")


def recent(context: Context, found: Found) -> Meaning | None:
    """recent fighting"""
    return Meaning("DATE", "PAST_REF")


def current(context: Context, found: Found) -> Meaning | None:
    """the current line"""
    return Meaning("DATE", "PRESENT_REF")


__all__ = [name for name in dir() if not name.startswith("_")]
_ = timedelta
