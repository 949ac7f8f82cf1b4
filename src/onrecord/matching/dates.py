"""The days that a statement's own words name, as far as they can be told from the day of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache

from onrecord.matching.words import LONGEST, data

_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, and the words; ``dated`` where these name a date of their own ("June 23"), ``yeared`` where
    they name its year."""

    first: date
    last: date
    text: str
    dated: bool = False
    yeared: bool = False


def meet(one: Days, other: Days) -> bool:
    """Whether the two have a day in common."""
    return one.first <= other.last and other.first <= one.last


def days(text: str, day: date | None) -> tuple[Days, ...]:
    """The days named in a text that was published on ``day``; those that hang on it only where it is known.

    A date without a year is the nearest to ``day``; a weekday is the last one.

    >>> [(str(one.first), str(one.last)) for one in days("hit on June 23, and on Monday", date(2016, 7, 20))]
    [('2016-06-23', '2016-06-23'), ('2016-07-18', '2016-07-18')]
    """
    found = [_read(match, day) for match in _pattern().finditer(text[:LONGEST])]
    return tuple(one for one in found if one)


@cache
def _pattern() -> re.Pattern[str]:
    table = data("dates")
    month = "|".join([*table["months"], *(f"{short}\\b\\.?" for short in table["short_months"])])
    day = r"(?P<{}>[0-3]?\d)(?:st|nd|rd|th)?"
    phrases = "|".join([*table["from_day"], *table["of_week"]])
    return re.compile(
        rf"\b(?:{day.format('before')}\s+(?P<month1>{month}){_YEAR}"
        rf"|(?P<month2>{month})\s+{day.format('after')}(?!\d){_YEAR.replace('year', 'year2')}"
        rf"|(?P<month3>{'|'.join(table['months'])}){_YEAR.replace('year', 'year3')}"
        rf"|(?P<weekday>{'|'.join(table['weekdays'])})|(?P<phrase>{phrases}))\b",
        re.IGNORECASE,
    )


def _read(match: re.Match[str], day: date | None) -> Days | None:
    said = {name: value for name, value in match.groupdict().items() if value}
    if "weekday" in said or "phrase" in said:
        return _hanging(said, match[0], day) if day else None
    name = said.get("month1") or said.get("month2") or said.get("month3") or ""
    if name == name.lower():  # "may", "march"
        return None
    month = next(n for n, one in enumerate(data("dates")["months"], 1) if one.startswith(name.lower()[:3]))
    year = said.get("year") or said.get("year2") or said.get("year3")
    number = said.get("before") or said.get("after")
    if not year and not day:
        return None
    return _dated(int(year) if year else None, month, int(number) if number else None, match[0], day)


def _dated(year: int | None, month: int, number: int | None, text: str, day: date | None) -> Days | None:
    """A day or a whole month; the nearest to ``day`` where no year is told."""
    years = [year] if year else [day.year + n for n in (-1, 0, 1)] if day else []
    spans = [span for one in years if MINYEAR < one < MAXYEAR and (span := _span(one, month, number))]
    if not spans:
        return None
    first, last = min(spans, key=lambda span: abs((span[0] - day).days)) if day else spans[0]
    return Days(first, last, text, True, year is not None)


def _span(year: int, month: int, number: int | None) -> tuple[date, date] | None:
    try:
        if number:
            return date(year, month, number), date(year, month, number)
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    except ValueError:
        return None


def _hanging(said: dict[str, str], text: str, day: date) -> Days | None:
    table = data("dates")
    try:
        if "weekday" in said:
            back = (day.weekday() - table["weekdays"].index(said["weekday"].lower())) % 7
            return Days(day - timedelta(back), day - timedelta(back), text)
        phrase = said["phrase"].lower()
        first, last = table["from_day"].get(phrase) or table["of_week"][phrase]
        start = day if phrase in table["from_day"] else day - timedelta(day.weekday())
        return Days(start + timedelta(first), start + timedelta(last), text)
    except OverflowError:
        return None
