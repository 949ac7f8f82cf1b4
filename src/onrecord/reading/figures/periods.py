"""When: the days that a figure covers, from the time expressions of its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Token

from onrecord.model import Period, Precision, Time
from onrecord.reading.datelines import is_dateline
from onrecord.reading.figures.dated import Dated, narrowed
from onrecord.reading.figures.governors import verb_of
from onrecord.reading.figures.wars import War
from onrecord.reading.figures.words import Tokens
from onrecord.reading.lexicon import lexicon
from onrecord.reading.times import period_after, period_before, period_between, periods_of


@dataclass(frozen=True, slots=True, eq=False)
class Dates:
    """The dating words of a text in order, and the war that it is about."""

    dated: tuple[Dated, ...]
    starts: tuple[int, ...]
    war: War | None = None

    @classmethod
    def of(cls, text: str, times: tuple[Time, ...], published: date | None, sides: frozenset[str]) -> Dates:
        war = War.of(published, sides)
        told = list(war.dates(text, times)) if war is not None else []
        dated = [d for d in _dated(text, times, published) if not any(w.start <= d.start < w.end for w in told)]
        dated = sorted([*dated, *told], key=lambda d: (d.start, d.end))
        return cls(tuple(dated), tuple(d.start for d in dated), war)

    def within(self, start: int, end: int) -> tuple[Dated, ...]:
        """Those that start in ``[start, end)``."""
        return self.dated[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        r"\b(?P<event>\b)(?P<word>since|until|till|before|after|by|from|between)\s(?:about\s|around\s|early\s|the\s)?(?:the\send\sof\s)?$",
        re.IGNORECASE,
    )


# "since its conflict began in March 2011", "before the start of the offensive on June 4"
_BEGINNING = re.compile(
    r"\b(?P<word>since|before|after|from)\s[^,.;:\n]{0,70}?"
    r"\b(?:began|begun|started|start|beginning|outbreak|onset|launched|erupted|broke out|opened)\b"
    r"[^,.;:\n]{0,40}$"
    r"|\b(?P<event>since)\s(?:the|its|their|his|a)\s[^,.;:\n]{1,50}\s(?:of|on|in)\s$",
    re.IGNORECASE,
)
# "more than last year", "compared with 2019": the time of something else
_COMPARED = re.compile(
    r"\b(?:than|compared (?:with|to)|unlike|versus)\s(?:in\s|during\s|on\s|at\s)?(?:the\s)?$", re.IGNORECASE
)
_THAT = re.compile(r",?\s(?:that|which|in which|when)\b", re.IGNORECASE)
_TO = re.compile(r"\s?(?:to|until|till|and|through|[-–—])\s?(?:the\s)?", re.IGNORECASE)


def _dated(text: str, times: tuple[Time, ...], published: date | None) -> Iterator[Dated]:
    index = 0
    while index < len(times):
        time, start = times[index], times[index].spans[0].start
        match = _before().search(text[max(0, start - 26) : start])
        match = match or _BEGINNING.search(text[max(0, start - 120) : start])
        word = (match["word"] or match["event"]).lower() if match else ""
        if match and match["event"] and _THAT.match(text, time.spans[-1].end):
            word = ""  # "since the attack on Tuesday that killed 80": the day is the attack's
        following = times[index + 1] if index + 1 < len(times) else None
        if word in ("from", "between") and following is not None and _linked(text, time, following):
            periods = period_between(time, following, published)
            yield Dated(start, following.spans[-1].end, periods)
            index += 2
            continue
        compared = _COMPARED.search(text[max(0, start - 40) : start]) is not None
        periods = _read(word, time, published) if not compared and not _dateline(text, time) else ()
        if periods:
            yield Dated(start, time.spans[-1].end, periods, bare=periods_of(time))
        index += 1


def _dateline(text: str, time: Time) -> bool:
    """A full date that opens a line stands over the text and dates nothing in it."""
    start, end = time.spans[0].start, time.spans[-1].end
    if is_dateline(text, start, end):
        return True
    opens = start == 0 or text[start - 1] in "\n\r"
    return opens and re.search(r"\b\d{4}\b", text[start:end]) is not None and text[end : end + 1] != ","


def _linked(text: str, one: Time, two: Time) -> bool:
    gap = text[one.spans[-1].end : two.spans[0].start]
    return len(gap) < 14 and _TO.fullmatch(gap) is not None


def _read(word: str, time: Time, published: date | None) -> tuple[Period, ...]:
    if time.type == "DURATION" and time.from_ is None and time.to is None:
        return ()
    if word in ("from", "between") and time.precision is Precision.RANGE:
        return periods_of(time)
    if word in ("since", "from") and (word == "since" or time.type == "DATE"):
        return period_between(time, None, published)
    if word in ("until", "till", "by"):
        return period_between(None, time)
    if word == "before":
        return period_before(time)
    if word == "after":
        return period_after(time, published)
    return narrowed(time, periods_of(time))


def compared_to(text: str, end: int, dates: Dates, tokens: Tokens) -> Dated | None:
    """What a change that ends at ``end`` is measured from: "down 40 percent from February"."""
    for dated in dates.within(end, tokens.sentence_span(max(end - 1, 0))[1]):
        if _FROM.fullmatch(text, end, dated.start):
            return dated if dated.bare else None
    return None


_FROM = re.compile(r"\s(?:from|against|on|compared (?:with|to))\s(?:the\s|that of\s)?", re.IGNORECASE)


def when(
    start: int, end: int, anchor: Token, dates: Dates, tokens: Tokens, without: Dated | None = None
) -> Dated | None:
    """The words of the sentence that date a figure at ``[start, end)``: not those that date the saying.

    ``anchor`` is the word that tells the measure, else the counted noun.
    """
    found = [d for d in dates.within(*tokens.sentence_span(start)) if not (d.start < end and d.end > start)]
    if not found:
        return None
    deed = verb_of(anchor)
    found = [d for d in found if d is not without and not _apart(d, start, end, tokens)]
    ranked = ((_rank(d, tokens, deed), _distance(d, start, end), d) for d in found)
    best = min(((r, far, d.start, d) for r, far, d in ranked if r is not None), default=None, key=lambda x: x[:3])
    return best[3] if best else None


def _apart(d: Dated, start: int, end: int, tokens: Tokens) -> bool:
    """Whether a semicolon, or "and that" or "while" that opens another clause, stands between a time and a figure."""
    first, last = (
        (tokens.index_at(end), tokens.index_at(d.start))
        if d.start >= end
        else (
            tokens.index_at(d.end),
            tokens.index_at(start),
        )
    )
    between = tokens.doc[first + 1 : last]
    return any(
        t.text == ";"
        or t.lower_ in ("while", "whereas")
        or (t.lower_ == "that" and t.dep_ == "mark" and t.i and t.nbor(-1).lower_ in ("and", "but"))
        for t in between
    )


def _distance(d: Dated, start: int, end: int) -> int:
    return d.start - end if d.start >= end else (start - d.end) + 20


def _rank(d: Dated, tokens: Tokens, deed: Token | None) -> int | None:
    """0 where the time hangs on the figure's own verb, 1 elsewhere; None where it dates a saying."""
    token = tokens.doc[tokens.index_at(d.start)]
    verb = verb_of(token)
    if verb is None or deed is None:
        return 1
    if verb.i == deed.i:
        return 0
    return None if says(verb) and not d.event else 1


@cache
def _sayings() -> frozenset[str]:
    return frozenset(lexicon("figures")["sayings"]["verbs"])


def says(verb: Token) -> bool:
    """Whether the time of a verb is that of saying something."""
    return verb.lemma_.lower() in _sayings()


def measured_from(period: Period | None) -> Period | None:
    """The period before ``period``, of the same length, that a change is measured from unless the text says another."""
    if period is None or period.earliest is None or period.latest is None:
        return None
    if period.earliest <= date.min + timedelta(days=800):
        return None
    first = _previous(period.earliest, period.precision)
    if first is None:
        return None
    return Period(first, period.earliest - timedelta(days=1), period.precision, period.text, period.spans)


def _previous(day: date, precision: Precision) -> date | None:
    if precision is Precision.DAY:
        return day - timedelta(days=1)
    if precision is Precision.WEEK:
        return day - timedelta(days=7)
    if precision is Precision.MONTH:
        return (day - timedelta(days=1)).replace(day=1)
    if precision is Precision.YEAR:
        return day.replace(year=day.year - 1)
    if precision in (Precision.QUARTER, Precision.SEASON):
        before = day - timedelta(days=85)
        return before.replace(day=1)
    return None
