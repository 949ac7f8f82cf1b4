"""Words that date a figure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from onrecord.model import Period, Precision, Time
from onrecord.reading.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of words that dates something, with its readings, likeliest first; ``event`` where it can date no
    saying ("so far in the war"), ``bare`` the time without the preposition before it."""

    start: int
    end: int
    periods: tuple[Period, ...]
    event: bool = False
    bare: tuple[Period, ...] = ()


@cache
def _daily() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(lexicon('figures_wars')['phrases']['daily'])})\b", re.IGNORECASE)


def last_day(text: str, dated: Dated | None) -> Dated | None:
    """The last day of a tally that the text keeps by the day, for what it grew by ("tanks 1361 (+3)")."""
    period = dated.periods[0] if dated is not None and dated.periods else None
    if period is None or dated is None or period.latest is None or _daily().search(text) is None:
        return None
    if period.earliest is not None and period.latest <= period.earliest:
        return None
    day = Period(period.latest - timedelta(days=1), period.latest, Precision.RANGE, period.text, period.spans)
    return Dated(dated.start, dated.end, (day,))


_PART = re.compile(r"(?:in\s)?(?P<part>early|mid|late)\b", re.IGNORECASE)


def narrowed(time: Time, periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """ "early", "mid" and "late" in a month are its first ten days, the next ten and the rest."""
    match = _PART.match(time.text)
    if match is None or time.precision is not Precision.MONTH:
        return periods
    return tuple(_third(period, match["part"].lower()) for period in periods)


def _third(period: Period, part: str) -> Period:
    first, last = period.earliest, period.latest
    if first is None or last is None or (first.day, last.day) != (1, monthrange(first.year, first.month)[1]):
        return period
    begin, end = {"early": (1, 10), "mid": (11, 20)}.get(part, (21, last.day))
    return replace(period, earliest=first.replace(day=begin), latest=first.replace(day=end), precision=Precision.RANGE)
