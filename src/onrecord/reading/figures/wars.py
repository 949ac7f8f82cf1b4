"""Words that stand for a war: the whole of it so far, its first day, or a time as long as it has lasted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from onrecord.model import Period, Precision, Span, Time
from onrecord.reading.figures.dated import Dated
from onrecord.reading.lexicon import lexicon
from onrecord.reading.times import periods_of


@dataclass(frozen=True, slots=True)
class War:
    """The war that a text is about: its parties, its first day, and the day the text was published."""

    parties: tuple[str, ...]
    began: date
    published: date

    @classmethod
    def of(cls, published: date | None, sides: frozenset[str]) -> War | None:
        """The latest war between sides that the text names and that was not over when it was published."""
        if published is None:
            return None
        known = (w for w in lexicon("figures_wars")["wars"] if sides.issuperset(w["parties"]))
        going = [w for w in known if w["began"] <= published <= w.get("ended", date.max)]
        last = max(going, key=lambda w: w["began"], default=None)
        return cls(tuple(last["parties"]), last["began"], published) if last is not None else None

    def other(self, side: str) -> str | None:
        """The party that fights against ``side``."""
        others = [p for p in self.parties if p != side]
        return others[0] if len(others) == 1 else None

    def whole(self, text: str, start: int, end: int, last: date | None = None) -> Dated:
        """The war so far, or to ``last``, as told by ``[start, end)``."""
        return self._told(text, start, end, self.began, last or self.published)

    def lasted(self, amount: float, unit: str) -> bool:
        """Whether a time is about as long as the war has lasted."""
        unit_days = _DAYS.get(unit)
        if unit_days is None or amount < 2:
            return False
        slack = max(unit_days * 1.1 if unit != "year" else 90, 2)
        return abs((self.published - self.began).days - amount * unit_days) <= min(slack, amount * unit_days / 4)

    def dates(self, text: str, times: tuple[Time, ...]) -> Iterator[Dated]:
        """Every stretch of ``text`` that tells the war's days."""
        for match in _phrases("whole").finditer(text):
            last = _until(text, match.end(), times)
            if last is None:
                yield self.whole(text, *match.span())
            elif last[0] >= self.began:
                yield self.whole(text, match.start(), last[1], last[0])
        for match in _phrases("first").finditer(text):
            yield self._told(text, match.start(), match.end(), self.began, self.began)
        for time in times:
            start, end = time.spans[0].start, time.spans[-1].end
            if _AS_LONG.search(text[max(0, start - 24) : start]) and self.lasted(*_length(time)):
                yield self.whole(text, start, end)

    def _told(self, text: str, start: int, end: int, first: date, last: date) -> Dated:
        precision = Precision.DAY if first == last else Precision.RANGE
        return Dated(start, end, (Period(first, last, precision, text[start:end], (Span(start, end),)),), event=True)


_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
_AS_LONG = re.compile(
    r"\b(?:in|over|after|during|for|within)\s(?:the\s|less than\s|more than\s|just\s)*$", re.IGNORECASE
)
_VALUE = re.compile(r"P(?P<amount>\d+)(?P<unit>[DWMY])")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def _length(time: Time) -> tuple[float, str]:
    match = _VALUE.fullmatch(time.value or "") if time.type == "DURATION" and time.from_ is None else None
    return (float(match["amount"]), _UNITS[match["unit"]]) if match else (0.0, "")


_TO = re.compile(r",?\s(?:to|until|till|through|up to)\s(?:the\s(?:end|middle)\sof\s)?", re.IGNORECASE)


def _until(text: str, at: int, times: tuple[Time, ...]) -> tuple[date, int] | None:
    """The day to which a stretch that ends at ``at`` runs, and where its words end."""
    match = _TO.match(text, at)
    if match is None:
        return None
    following = next((t for t in times if t.spans[0].start == match.end()), None)
    periods = periods_of(following) if following is not None else ()
    if following is None or not periods or periods[0].latest is None:
        return None
    return periods[0].latest, following.spans[-1].end


@cache
def _phrases(table: str) -> re.Pattern[str]:
    phrases = lexicon("figures_wars")["phrases"]
    told = "|".join(p.replace("{war}", phrases["war"]) for p in phrases[table])
    return re.compile(rf"\b(?:{told})\b", re.IGNORECASE)
