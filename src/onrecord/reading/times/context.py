"""What an expression is read against: the publication date, the dates read before it, and the tense round it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

from spacy.tokens import Token

from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.times.calendar import interval_of, real_day
from onrecord.reading.times.tense import FUTURE, PAST, UNSAID, Tenses, share_clause
from onrecord.reading.times.words import Words

# How far back or ahead a date without a year may lie before the other year is likelier, in days.
_BESIDE, _NEAR, _NEAR_QUARTER = 22, 120, 1200
_LAST_WEEKS, _NEAR_YEAR = 40, 400
_PAST_REACH, _UNSAID_REACH, _FUTURE_REACH = 310, 230, 300
# A day so near is of no other year, whatever the tense.
_SURE = 45


@dataclass(slots=True)
class Context:
    """One document being read from the left to the right; ``day`` and ``value`` are the last date read."""

    parsed: Parsed
    words: Words
    tenses: Tenses
    published: date | None
    months_told: tuple[tuple[int, int], ...] = ()
    day_first: bool = False
    day: date | None = None
    before: date | None = None
    value: str | None = None
    value_at: int = -10_000
    quarter: str | None = None
    quarter_at: int = -10_000
    day_at: int = -10_000
    years: list[int] = field(default_factory=list)
    year_dated: int | None = None
    year_at: int = -1
    _wars: list[date] | None = None

    # --- words of a match ---

    def start(self, index: int) -> int:
        return self.words.starts[index]

    def number_at(self, found: re.Match[str], group: str) -> int | None:
        """The whole number a group's only word stands for."""
        index, _ = span_of(found, group)
        if index < 0:
            return None
        value = self.words.values[index]
        if isinstance(value, str):
            digits = re.match(r"[0-9]{1,6}", value)
            return int(digits.group()) if digits else None
        return value

    def said(self, found: re.Match[str], group: str) -> str | None:
        """The value of a group's last word, as a string."""
        first, last = span_of(found, group)
        return None if first < 0 or first == last else str(self.words.values[last - 1])

    def surface(self, found: re.Match[str], group: str) -> str:
        """The words of a group as printed, in lower case."""
        first, last = span_of(found, group)
        if first < 0 or first == last:
            return ""
        return self.parsed.text[self.words.starts[first] : self.words.ends[last - 1]].lower()

    def surface_of(self, index: int) -> str:
        """One word as printed, in lower case; empty beyond the text."""
        if not 0 <= index < len(self.words.starts):
            return ""
        return self.parsed.text[self.words.starts[index] : self.words.ends[index]].lower()

    def word_before(self, found: re.Match[str]) -> str:
        return self.surface_of(found.start() - 1)

    def near(self, found: re.Match[str]) -> bool:
        """Whether the last day was read just before, in about the same sentence."""
        return 0 <= self.words.starts[found.start()] - self.day_at <= _NEAR

    def base(self, found: re.Match[str]) -> date | None:
        """The last day read, which a chained expression hangs on; the last one that is past where the verb is."""
        day, here = self.day, self.published
        if day is None or here is None or day <= here or self.direction(found) != PAST:
            return day
        return self.before if self.before is not None and self.before <= here else here

    def month_told(self, found: re.Match[str]) -> tuple[int, int] | None:
        """The month of the date read just before, as (year, month)."""
        told = re.match(r"([0-9]{4})-([0-9]{2})(?![0-9])", self.value or "")
        near = 0 <= self.words.starts[found.start()] - self.value_at <= _NEAR
        return (int(told[1]), int(told[2])) if told and near else None

    def told_just_before(self, found: re.Match[str]) -> bool:
        """Whether the last day stands right before, set off by a comma ("On Tuesday, day 109 of the war")."""
        since = self.words.starts[found.start()] - self.day_at
        return self.word_before(found) == "," and 0 <= since <= _BESIDE

    def near_quarter(self, found: re.Match[str]) -> bool:
        """Whether a quarter was read a sentence or two before."""
        return 0 <= self.words.starts[found.start()] - self.quarter_at <= _NEAR_QUARTER

    def month_ended(self, found: re.Match[str]) -> int | None:
        """The month of "ended Sept. 30" after the words."""
        value = self.words.values[found.end() + 1] if found.end() + 1 < len(self.words.values) else None
        text = self.surface_of(found.end() + 1)
        return value if self.surface_of(found.end()) == "ended" and isinstance(value, int) and text.isalpha() else None

    def number_follows(self, found: re.Match[str]) -> bool:
        return self.surface_of(found.end())[:1].isdigit()

    def name_follows(self, token: Token) -> bool:
        """Whether a capitalised name goes on after ``token`` ("April Jones")."""
        return token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "PROPN" and token.ent_type_ == "PERSON"

    def war_follows(self, found: re.Match[str]) -> bool:
        """Whether "of the war" or the like follows."""
        words = [self.surface_of(found.end() + step) for step in range(5)]
        return words[0] == "of" and bool(_war_nouns() & set(words))

    def is_rate(self, found: re.Match[str]) -> bool:
        """Whether "a day" follows what it counts ("300 men a day", "$5 a day"), and no word that measures a time."""
        token = self.tenses.token_at(self.words.starts[found.start()])
        if token is None or token.i == 0:
            return False
        before = token.nbor(-1)
        return before.pos_ in ("NOUN", "NUM", "PROPN", "SYM") or before.lower_ in ("times", "once", "twice")

    def wars(self) -> list[date]:
        """The first days of the wars the text names, the latest first."""
        if self._wars is None:
            text = self.parsed.text.lower()
            begun = [
                one["start"]
                for one in lexicon("times_conflicts")["conflict"]
                if any(word in text for word in one["words"])
            ]
            self._wars = sorted(begun, reverse=True)
        return self._wars

    def direction(self, found: re.Match[str]) -> int:
        return self.tenses.direction(self.words.starts[found.start()])

    # --- dates without a year, weekdays ---

    def narrating(self) -> bool:
        """Whether the text tells of years gone by, so that a date without a year is of the year told last."""
        if self.published is None:
            return True
        told = self.months_told
        fresh = sum(year >= self.published.year - 1 for year, _ in told)
        return len(told) >= 4 and fresh * 8 < len(told)

    def years_of(self, found: re.Match[str], month: int, day: int | None) -> list[int]:
        """The years a date without one may be of, likeliest first; empty where nothing tells."""
        here = self.published
        if here is None:
            return []
        if self.years and self.narrating():
            return [self.years[-1]]
        direction, told = self.direction(found), self.year_dated
        clause = self._year_of_clause(found) if direction != FUTURE else None
        if clause is not None and clause < here.year - 1:
            return [clause, *self._years_by_publication(here, month, day, direction)]
        years = self._years_by_publication(here, month, day, direction)
        far = self.words.starts[found.start()] - self.day_at > _NEAR_YEAR
        if told is None or told >= here.year - 1 or told in years or direction == FUTURE:
            return years
        if here.year in years and _last_weeks(here, month, day):
            return years
        return [*years, told] if far or day is None else [told, *years]

    def _year_of_clause(self, found: re.Match[str]) -> int | None:
        """The bare year that the clause of a date names before it ("the 2014 war, which lasted until 26 August")."""
        if self.value is None or len(self.years) == 0 or self.year_at < 0:
            return None
        if not 0 <= self.words.starts[found.start()] - self.year_at <= _NEAR:
            return None
        year, day = (self.tenses.token_at(at) for at in (self.year_at, self.words.starts[found.start()]))
        return self.years[-1] if year is not None and day is not None and share_clause(year, day) else None

    def _years_by_publication(self, here: date, month: int, day: int | None, direction: int) -> list[int]:
        this = real_day(here.year, month, day or 1) or date(here.year, month, 1)
        same_month = day is None and month == here.month
        if same_month or this == here:
            return [here.year]
        past, ahead = (here.year, here.year + 1) if this < here else (here.year - 1, here.year)
        back = (here - (real_day(past, month, day or 15) or date(past, month, 15))).days
        forth = ((real_day(ahead, month, day or 15) or date(ahead, month, 15)) - here).days
        if direction == FUTURE:
            nearer, farther = (ahead, past) if forth <= _FUTURE_REACH else (past, ahead)
            return [nearer] if min(back, forth) <= _SURE else [nearer, farther]
        reach = _PAST_REACH if direction == PAST else _UNSAID_REACH
        return [past] if back <= reach else [ahead, past]

    def weekday(self, number: int, direction: int) -> list[date]:
        """The days a bare weekday may be, likeliest first: the one on or before publication, or after it."""
        if self.published is None:
            return []
        back = (self.published.isoweekday() - number) % 7
        past = self.published - timedelta(back) if self.published.toordinal() > 14 else self.published
        if back == 0:
            return [past]
        ahead = past + timedelta(7) if past.year < 9999 else past
        if direction == FUTURE:
            return [ahead, past]
        return [past] if direction == PAST else [past, ahead]

    def years_told(self) -> list[int]:
        """The years the text prints, the last one read first, then those of months still to come."""
        return list(dict.fromkeys([*reversed(self.years), *(year for year, _ in self.months_told)]))

    # --- what was read ---

    def _long_ago(self, moment: datetime) -> bool:
        """Whether a quarter is the one compared with, not the one reported."""
        return self.published is not None and (self.published - moment.date()).days > 330

    def note(self, value: str | None, at: int, explicit: bool) -> None:
        """Remembers a resolved date for the expressions that hang on it."""
        if value is None:
            return
        interval = interval_of(value)
        if interval is None:
            return
        self.value, self.value_at = value, at
        if "-Q" in value and not self._long_ago(interval.end):
            self.quarter, self.quarter_at = value, at
        if (interval.end - interval.start) <= timedelta(1, 43200):
            self.before, self.day, self.day_at = self.day, interval.start.date(), at
            # A full date of years ago ("4 March 2018") sets the year of those that follow it without one.
            if explicit:
                self.year_dated = interval.start.year
            elif self.published is not None and (self.published - self.day).days < _LAST_WEEKS:
                self.year_dated = None
        if explicit:
            self.years.append(interval.start.year)
            self.year_at = at if len(value) == 4 else -1


def _last_weeks(here: date, month: int, day: int | None) -> bool:
    """Whether that day of the year lies in the weeks before publication."""
    that = real_day(here.year, month, day or 15)
    return that is not None and 0 <= (here - that).days <= _LAST_WEEKS


def span_of(found: re.Match[str], group: str) -> tuple[int, int]:
    """The words of a group; (-1, -1) where it took no part, or the rule has none of that name."""
    return found.span(group) if group in found.re.groupindex else (-1, -1)


@cache
def _war_nouns() -> frozenset[str]:
    return frozenset(lexicon("times_conflicts")["nouns"])


__all__ = ["FUTURE", "PAST", "UNSAID", "Context", "span_of"]
