"""Time expressions: recognised, typed and resolved against the publication date (TIMEX3)."""

from __future__ import annotations

from onrecord.model import Time
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
from onrecord.reading.times.words import rule, words_of

__all__ = ["find_times", "period_after", "period_before", "period_between", "period_of", "periods_of"]

_TOLD = r"(?P<month><month|month_short>)(?:<dot>?<n12|n31|ordinal_digits><comma>?|<dot|comma|of>*)(?P<year><year>)|(?P<y><iso>)"


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """Every time expression of a document, in order, without overlap.

    Relative expressions are resolved against ``document.published`` alone, those that hang on a date of the text
    ("a day later") against that, with the other readings beside it. Types and values are TIMEX3 (ISO-TimeML).
    """
    words = words_of(parsed.text)
    context = Context(parsed, words, Tenses(parsed.doc), parsed.document.published)
    told = [
        (int(words.values[m.start("year")] or 0), int(words.values[m.start("month")] or 0))
        for m in rule(_TOLD).finditer(words.classes)
        if m["year"]
    ]
    context.months_told = told
    context.narrated_years = tuple(year for year, _ in told)
    times = []
    for part in parts(context):
        start, end = words.starts[part.first], words.ends[part.last - 1]
        times.append(time_at(part.meaning, start, end, parsed.text))
        context.note(part.meaning.value, start, part.explicit)
    return tuple(times)
