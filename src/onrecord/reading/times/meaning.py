"""What a time expression means: its TIMEX3 type and value, the interval, and the other readings."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Period, Precision, Span, Time
from onrecord.reading.times.calendar import Interval, interval_of
from onrecord.reading.times.periods import period_of


@dataclass(frozen=True, slots=True)
class Meaning:
    """``interval`` stands beside the value where the value alone does not give it ("the past 24 hours");
    ``readings`` are the values of all readings, likeliest first, where there is more than one; ``others`` are
    further readings that no value gives: another year of a range, the half of a month that "late" points at."""

    type: str
    value: str | None
    interval: Interval | None = None
    readings: tuple[str, ...] = ()
    precision: Precision = Precision.UNKNOWN
    others: tuple[Interval, ...] = ()


def date_of(value: str | None, *readings: str | None) -> Meaning:
    """A DATE, or a TIME where the value has hours, with its other readings."""
    kept = tuple(dict.fromkeys(one for one in readings if one is not None))
    return Meaning("TIME" if value is not None and "T" in value else "DATE", value, interval_of(value), kept)


def time_at(meaning: Meaning, start: int, end: int, text: str) -> Time:
    """The Time of ``meaning`` at ``[start, end)`` of ``text``."""
    interval = meaning.interval if meaning.interval is not None else interval_of(meaning.value)
    spans = (Span(start, end),)
    words = text[start:end]
    candidates = _candidates(meaning.readings, spans, words)
    if meaning.others and interval is not None:
        first = [_period(one, spans, words) for one in (interval, *meaning.others)]
        candidates = tuple(dict.fromkeys(p for p in (*first, *candidates[1:]) if p is not None))
    if interval is not None and len(candidates) < 2:
        candidates = ()
    return Time(
        spans,
        words,
        meaning.type,
        meaning.value,
        _iso(interval, 0),
        _iso(interval, 1),
        interval.precision if interval is not None else meaning.precision,
        candidates,
    )


def _iso(interval: Interval | None, which: int) -> str | None:
    if interval is None:
        return None
    ends = (interval.start, interval.end)
    whole_days = all((moment.hour, moment.minute) == (0, 0) for moment in ends)
    moment = ends[which]
    return moment.date().isoformat() if whole_days else moment.isoformat(timespec="minutes")


def _candidates(values: tuple[str, ...], spans: tuple[Span, ...], words: str) -> tuple[Period, ...]:
    intervals = [interval for value in values if (interval := interval_of(value)) is not None]
    periods = [_period(interval, spans, words) for interval in intervals]
    return tuple(dict.fromkeys(period for period in periods if period is not None))


def _period(interval: Interval, spans: tuple[Span, ...], words: str) -> Period | None:
    """An interval in whole days."""
    time = Time(spans, words, "DATE", None, _iso(interval, 0), _iso(interval, 1), interval.precision)
    return period_of(time)
