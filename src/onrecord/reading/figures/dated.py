"""Words that date a figure, and those that stand for the whole of a war so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from onrecord.model import Period, Precision, Span
from onrecord.reading.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of words that dates something, with its readings, likeliest first."""

    start: int
    end: int
    periods: tuple[Period, ...]


def wars(text: str, published: date | None, sides: frozenset[str]) -> Iterator[Dated]:
    """ "so far in the war": from the first day of the latest war between sides that the text names to its date."""
    began = _began(published, sides)
    if began is None:
        return
    for match in _whole().finditer(text):
        span = Span(match.start(), match.end())
        period = Period(began, published, Precision.RANGE, match.group(), (span,))
        yield Dated(match.start(), match.end(), (period,))


def _began(published: date | None, sides: frozenset[str]) -> date | None:
    if published is None:
        return None
    known = (w for w in lexicon("figures_wars")["wars"] if sides.issuperset(w["parties"]))
    days = [w["began"] for w in known if w["began"] <= published <= w.get("ended", date.max)]
    return max(days, default=None)


@cache
def _whole() -> re.Pattern[str]:
    phrases = lexicon("figures_wars")["phrases"]
    whole = "|".join(p.replace("{war}", phrases["war"]) for p in phrases["whole"])
    return re.compile(rf"\b(?:{whole})\b", re.IGNORECASE)


@cache
def _daily() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(lexicon('figures_wars')['phrases']['daily'])})\b", re.IGNORECASE)


def last_day(text: str, dated: Dated | None) -> Dated | None:
    """The last day of a tally that the text keeps by the day, for what it grew by ("tanks 1361 (+3)")."""
    period = dated.periods[0] if dated is not None and dated.periods else None
    if period is None or dated is None or period.latest is None or _daily().search(text) is None:
        return None
    if period.latest == date.min:
        return None
    day = Period(period.latest - timedelta(days=1), period.latest, Precision.RANGE, period.text, period.spans)
    return Dated(dated.start, dated.end, (day,))
