"""Time expressions: recognised, typed and resolved against the publication date (TIMEX3)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from onrecord.model import Time
from onrecord.reading.datelines import written_on
from onrecord.reading.parsing import Parsed
from onrecord.reading.times.context import Context
from onrecord.reading.times.grammar import parts
from onrecord.reading.times.meaning import time_at
from onrecord.reading.times.periods import (
    period_after,
    period_before,
    period_between,
    period_of,
    periods_of,
)
from onrecord.reading.times.tense import Tenses
from onrecord.reading.times.words import Words, rule, words_of

__all__ = ["find_times", "period_after", "period_before", "period_between", "period_of", "periods_of"]

# "March 2022", "7 March 2022", "March 7, 2022": a month with its year
_TOLD = "(?P<month><month|month_short>)(?:<dot>?<n12|n31|ordinal_digits><comma>?|<dot|comma|of>*)(?P<year><year>)"


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """Every time expression of a document, in order, without overlap.

    Relative expressions are resolved against ``document.published``, or against the day of the dateline where that is
    one of the days before it; those that hang on a date of the text ("a day later") against that, with the other
    readings beside it. Without a publication date nothing relative is resolved, and the dateline gives candidates
    alone. Types and values are TIMEX3 (ISO-TimeML).
    """
    words, published = words_of(parsed.text), _published(parsed)
    times = _read(parsed, words, published)
    written = written_on(parsed.text, times, published)
    if written is None or written == published:
        return times
    again = _read(parsed, words, written)
    return again if published is not None else _doubtful(times, again)


def _read(parsed: Parsed, words: Words, published: date | None) -> tuple[Time, ...]:
    context = Context(parsed, words, Tenses(parsed.doc), published, _months_told(words), _day_first(words))
    times = []
    for part in parts(context):
        start, end = words.starts[part.first], words.ends[part.last - 1]
        times.append(time_at(part.meaning, start, end, parsed.text))
        context.note(part.meaning.value, start, part.explicit)
    return tuple(times)


def _doubtful(times: tuple[Time, ...], resolved: tuple[Time, ...]) -> tuple[Time, ...]:
    """The unresolved ``times`` with the periods of ``resolved`` as candidates."""
    readings = {time.spans: periods_of(time) for time in resolved}
    return tuple(
        replace(time, candidates=readings.get(time.spans, ())) if period_of(time) is None else time for time in times
    )


def _published(parsed: Parsed) -> date | None:
    """The publication date; one that leaves no room for reckoning in years anchors nothing."""
    published = parsed.document.published
    return published if published is not None and 1000 <= published.year <= 9000 else None


def _months_told(words: Words) -> tuple[tuple[int, int], ...]:
    """The months that the text prints with their year, as (year, month), in order."""
    values = words.values
    return tuple(
        (int(values[found.start("year")] or 0), int(values[found.start("month")] or 0))
        for found in _told().finditer(words.classes)
    )


def _day_first(words: Words) -> bool:
    """Whether a date in figures ("24/02/2022") shows that the text prints the day before the month."""
    printed = [re.split(r"[/-]", value) for value in words.values if isinstance(value, str) and _FIGURES.match(value)]
    return any(int(first) > 12 for first, *_ in printed) and not any(int(second) > 12 for _, second, *_ in printed)


_FIGURES = re.compile(r"[0-9]{1,2}[/-][0-9]{1,2}[/-]")


@cache
def _told() -> re.Pattern[str]:
    return rule(_TOLD)
