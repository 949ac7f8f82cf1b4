"""Lengths of time, what lies so long ago or later, and what comes again and again."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from onrecord.model import Precision
from onrecord.reading.times.calendar import Interval, day_value, days_on, months_on, units_on
from onrecord.reading.times.context import Context
from onrecord.reading.times.counts import UNKNOWN, count_of, plain, spelled, unit_of
from onrecord.reading.times.meaning import Meaning, date_of
from onrecord.reading.times.units import CHAINED, chain_base, reaches
from onrecord.reading.times.years import year_cues

Found = re.Match[str]


def ago(context: Context, found: Found) -> Meaning | None:
    """two weeks ago, a year ago, years ago"""
    count, unit = count_of(context, found), unit_of(context, found)
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
        return date_of(UNKNOWN.get(unit, "XXXX-XX-XX"))
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
    unit, side = unit_of(context, found), context.said(found, "side")
    count = 1 if context.said(found, "n") == "the" else count_of(context, found)
    if unit is None or count is None or isinstance(count, str):
        return None if unit is None or count is None else Meaning("DURATION", spelled(unit, count))
    sign = -1 if side in ("earlier", "before") else 1
    if unit == "Y" and count == 1 and sign < 0 and context.quarter and context.near_quarter(found):
        return date_of(f"{int(context.quarter[:4]) - 1:04d}{context.quarter[4:]}")
    if count > 100_000:
        return Meaning("DURATION", spelled(unit, count))
    if unit in ("TS", "TM", "TH"):
        return _moment(context, unit, sign * count)
    base = context.base(found) if context.day and unit in ("D", "W") else chain_base(context, unit, found)
    if base is None:
        return date_of(UNKNOWN.get(unit, "XXXX-XX-XX"))
    value = _back(base, unit, sign * count)
    others = [
        _back(other, unit, sign * count) for other in (context.before, context.published) if other and other != base
    ]
    return date_of(value, value, *others)


def _moment(context: Context, unit: str, count: float) -> Meaning:
    """two hours later: reckoned from the time of the clock read last, else a length on the day read last"""
    value = context.value if context.value is not None and context.day is not None else ""
    clock = re.fullmatch(r"([0-9-]{10})T([0-9]{2}):([0-9]{2})", value)
    hours = {"TS": count / 3600, "TM": count / 60, "TH": count}[unit]
    if clock is None or abs(hours) > _LONGEST_HOURS:
        return Meaning("DURATION", spelled(unit, abs(count)))
    start = _midnight(date.fromisoformat(clock[1]))
    try:
        moment = start + timedelta(hours=int(clock[2]) + hours, minutes=int(clock[3]))
    except OverflowError:
        return Meaning("DURATION", spelled(unit, abs(count)))
    return date_of(moment.strftime("%Y-%m-%dT%H:%M") if moment.year >= 1000 else None)


# So many hours after a time of the clock give another; more of them are days that nobody counts to the minute.
_LONGEST_HOURS = 48


def past_units(context: Context, found: Found) -> Meaning | None:
    """the past 24 hours, the next two weeks, recent months"""
    which, unit = context.said(found, "which"), unit_of(context, found)
    counted = count_of(context, found)
    if unit is None or (unit in ("SP", "SU", "FA", "WI") and counted is None):
        return None
    if which == "recent":
        return Meaning("DATE", "PAST_REF") if unit == "Y" else Meaning("DURATION", spelled(unit, counted or "X"))
    if counted is None:
        if which in ("last", "previous", "preceding", "prior", "latest", "following", "next"):
            return None
        vague = {"past": "PAST_REF", "coming": "FUTURE_REF"}.get(which or "")
        return (
            Meaning("DATE", vague)
            if vague and unit in ("Y",) and vague == "PAST_REF"
            else Meaning("DURATION", spelled(unit, "X"))
        )
    value = spelled(unit, counted)
    forward = which in ("next", "coming", "upcoming", "following")
    return Meaning("DURATION", value, _reach(context, unit, counted, forward, which in CHAINED))


def past_unit(context: Context, found: Found) -> Meaning | None:
    """the past year, the last decade, the coming week: a length up to now, or from now"""
    which, unit = context.said(found, "which"), unit_of(context, found)
    if unit is None:
        return None
    if which != "past" and unit not in ("10Y", "2W") and not reaches(context, found, which or "", unit):
        return None
    forward = which in ("next", "coming", "upcoming")
    return Meaning("DURATION", spelled(unit, 1), _reach(context, unit, 1, forward, False))


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
    count, unit = count_of(context, found), unit_of(context, found)
    if unit is None or count is None or _is_age(context, found, unit) or _counts_no_unit(context, found):
        return None
    if unit == "TS" and "half" in found.groupdict() and _ordinal_second(context, found):
        return None
    if "half" in found.groupdict() and found["half"] and not isinstance(count, str):
        count += 0.5
    if unit == "WE":
        return Meaning("DURATION", f"P{plain(count) if not isinstance(count, str) else count}WE")
    return Meaning("DURATION", spelled(unit, count))


def _is_age(context: Context, found: Found, unit: str) -> bool:
    """ "a 6-year-old boy", "52 years old": how old people are is no time of the story."""
    words = [context.surface_of(found.end() + step) for step in (-1, 0, 1)]
    aged = context.word_before(found) == "aged"
    return unit == "Y" and (aged or "old" in words[:2] or words[1:] == ["-", "old"])


def _counts_no_unit(context: Context, found: Found) -> bool:
    """ "2018 day five": a year before a unit in the singular."""
    value = context.words.values[found.start("n")]
    singular = not context.surface_of(found.start("unit")).endswith("s")
    years = 1900 <= value <= 2100 if isinstance(value, int) else False
    return singular and years and found.end("n") == found.start("unit") and not _is_old(context, found)


def _is_old(context: Context, found: Found) -> bool:
    """ "a 2000 year old custom": no year, and no length of the story either."""
    return context.surface_of(found.end()) in ("old", "long")


def _ordinal_second(context: Context, found: Found) -> bool:
    """ "one second" may be a time, "the second", "two second" is none."""
    return context.surface_of(found.start("unit")) == "second" and context.said(found, "n") not in ("1", "one")


def a_unit(context: Context, found: Found) -> Meaning | None:
    """a week, an hour and a half; a rate after a noun ("300 men a day")"""
    unit = unit_of(context, found)
    if (
        unit is None
        or unit == "TS"
        or context.words.values[found.end() - 1] == "quarter"
        or _is_age(context, found, unit)
    ):
        return None
    if found.start("n") == found.start() and context.is_rate(found):
        return Meaning("SET", spelled(unit, 1))
    return Meaning("DURATION", spelled(unit, 1.5 if found["half"] else 1))


def half_unit(context: Context, found: Found) -> Meaning | None:
    """half an hour, half a year, half a century"""
    unit = unit_of(context, found)
    if unit is None or unit in ("Q", "TS"):
        return None
    if unit == "D":
        return Meaning("DURATION", "PT12H")
    if unit in ("10Y", "100Y"):
        return Meaning("DURATION", "P5Y" if unit == "10Y" else "P50Y")
    return Meaning("DURATION", spelled(unit, 0.5))


def bare_units(context: Context, found: Found) -> Meaning | None:
    """for years, within weeks, decades-long"""
    unit = unit_of(context, found)
    if unit is None or (unit in ("TS", "TM", "NI", "WE") and context.word_before(found) != "for"):
        return None
    last = context.surface_of(found.end() - 1)
    if last in ("long", "old") and not context.surface_of(found.start()).endswith("s"):
        return Meaning("DURATION", spelled(unit, 1)) if last == "long" else None
    return Meaning("DURATION", spelled(unit, "X"))


def set_word(context: Context, found: Found) -> Meaning | None:
    """daily, annually"""
    if context.surface_of(found.end()) in year_cues()["no_set_before"]:
        return None
    return Meaning("SET", context.said(found, "set"))


def every(context: Context, found: Found) -> Meaning | None:
    """every day, each Thursday, every two weeks; "every day life" is no time"""
    if _is_kind(context, found):
        return None
    unit, count = unit_of(context, found), count_of(context, found)
    if unit is not None:
        size = count if count is not None and not isinstance(count, str) else 1
        return Meaning("SET", spelled(unit, size)) if unit != "TS" or count is None else None
    number, month = context.number_at(found, "weekday"), context.number_at(found, "month")
    if number:
        return Meaning("SET", f"XXXX-WXX-{number}")
    if month:
        return Meaning("SET", f"XXXX-{month:02d}")
    if found["season"]:
        return Meaning("SET", f"XXXX-{context.said(found, 'season')}")
    return Meaning("SET", f"XXXX-XX-XXT{context.said(found, 'part')}")


def _is_kind(context: Context, found: Found) -> bool:
    """Whether "every day" tells of a kind of noun behind it ("every day life")."""
    day = context.tenses.token_at(context.words.starts[found.end() - 1])
    if day is None or day.lower_ != "day" or day.i + 1 >= len(day.doc):
        return False
    after = day.nbor(1)
    return after.pos_ == "NOUN" and day.head.i == after.i and day.dep_ in ("compound", "amod", "nmod", "poss")


def rate(context: Context, found: Found) -> Meaning | None:
    """per day, once a week"""
    unit = unit_of(context, found)
    return Meaning("SET", spelled(unit, 1)) if unit else None
