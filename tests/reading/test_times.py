"""Times: what holds for every text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from onrecord.model import Document, Period, Precision, Time
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse
from onrecord.reading.times import (
    find_times,
    period_after,
    period_before,
    period_between,
    period_of,
    periods_of,
)
from onrecord.reading.times.calendar import interval_of, units_on

_DAY = date(2023, 3, 7)
_PIECES = st.sampled_from(
    [
        "the",
        "a",
        "last",
        "next",
        "past",
        "this",
        "same",
        "on",
        "since",
        "from",
        "to",
        "of",
        "in",
        "and",
        "early",
        "mid",
        "-",
        "–",
        ",",
        ".",
        "'s",
        "two",
        "24",
        "2022",
        "0000",
        "99999",
        "31",
        "31st",
        "February",
        "May",
        "Mar.",
        "Monday",
        "Tue.",
        "night",
        "morning",
        "overnight",
        "day",
        "days",
        "week",
        "weeks",
        "months",
        "year",
        "year-ago",
        "quarter",
        "third",
        "half",
        "hours",
        "ago",
        "earlier",
        "later",
        "before",
        "after",
        "today",
        "yesterday",
        "now",
        "daily",
        "every",
        "per",
        "8",
        "a.m.",
        "p.m.",
        "ET",
        "0630",
        "local",
        "time",
        "12:30",
        "99:99",
        "24.02",
        "31.02.2022",
        "02/24/22",
        "2022-02-24",
        "2022-13-99",
        "1990s",
        "'80s",
        "20th",
        "century",
        "winter",
        "spring",
        "fall",
        "Christmas",
        "Easter",
        "hundred",
        "million",
        "dozen",
        "couple",
        "few",
        "several",
        "nearly",
        "at",
        "least",
        "end",
        "weekend",
        "fiscal",
        "recent",
        "future",
        "109",
        "\n",
        "war",
        "said",
        "will",
        "BC",
        "44",
        "1/2",
        "seconds",
        "decades",
        "nineteen",
        "ninety-four",
        "٣",
        "²",
        "𝟚",
        "into",
        "from now",
        "the latter",
        "week",
        "Friday",
        "24th",
        "9/11",
        "12/13",
        "25/12/2022",
        "07-03-2023",
        "2014–15",
        "11/2023",
        "earlier",
        "late",
        "until",
        "June",
        "KYIV, March 7, 2023 —\n",
    ]
)
_TEXTS = st.lists(_PIECES, max_size=25).map(" ".join)


def _times(text: str, published: date | None = _DAY) -> tuple[Time, ...]:
    return find_times(parse(Document(text, published=published), language_model()))


def _first(text: str, published: date | None = _DAY) -> Time:
    return _times(text, published)[0]


@settings(max_examples=150)
@given(st.one_of(_TEXTS, st.text(max_size=80)), st.sampled_from([None, _DAY, date(1, 1, 1), date(9999, 12, 31)]))
def test_every_text_gives_times_in_order_with_their_words(text: str, published: date | None) -> None:
    end = 0
    for time in _times(text, published):
        ((start, stop),) = time.spans
        assert end <= start < stop
        assert text[start:stop] == time.text
        assert "\n" not in time.text
        assert (time.from_ is None) == (time.to is None)
        assert time.from_ is None or time.to is None or time.from_ < time.to
        assert len({(c.earliest, c.latest) for c in time.candidates}) == len(time.candidates)
        assert all(c.earliest <= c.latest for c in time.candidates if c.earliest and c.latest)
        likeliest = period_of(time)
        if likeliest is not None and time.candidates:
            assert (likeliest.earliest, likeliest.latest) == (time.candidates[0].earliest, time.candidates[0].latest)
        periods_of(time)
        end = stop


@settings(max_examples=60)
@given(_TEXTS)
def test_without_publication_nothing_relative_is_resolved(text: str) -> None:
    """Days further from each other than the whole text's years can only come from the day of publication."""
    for time in _times(text, None):
        if time.from_ is not None and not any(c.isdigit() for c in text):
            assert time.value is not None and time.value[:2] in ("19", "20")  # a year written in words


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("on Monday morning", "on Monday"),
        ("on March 5", "in March"),
        ("in March 2022", "in 2022"),
        ("in 2022", "in the 2020s"),
        ("in the third quarter of 2021", "in 2021"),
        ("in the past 24 hours", "in the past three days"),
        ("in the last two weeks", "over the past two months"),
        ("last fall", "last year"),
    ],
)
def test_a_wider_expression_is_never_narrower(narrow: str, wide: str) -> None:
    inner, outer = _first(f"It fell {narrow}."), _first(f"It fell {wide}.")
    assert outer.from_ is not None and inner.from_ is not None
    assert inner.to is not None and outer.to is not None
    assert outer.from_ <= inner.from_ and inner.to <= outer.to


def test_a_longer_length_reaches_further_back() -> None:
    ends = [_first(f"in the past {n} days").from_ for n in (1, 2, 5, 30)]
    assert ends == sorted(ends, key=str, reverse=True)


def test_a_sentence_elsewhere_changes_no_date_of_publication() -> None:
    alone = _first("He left on Monday.")
    after = _times("He left on Monday. Nobody else was there.")[0]
    assert alone == after


_ELSEWHERE = "Nobody could say who had fired.\n"


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell overnight into Tuesday and two men died.",
        "The council will meet on Friday.",
        "The army said on Monday that 30 had died since late January.",
        "A year ago this week the town fell; on the 3rd it was empty.",
        "Between 3 and 5 May they fled, and two days later they came back.",
        "In the past 24 hours and over the last two days it was calm.",
    ],
)
def test_no_time_depends_on_sentences_without_times(text: str) -> None:
    alone = [(t.text, t.value, t.from_, t.to, len(t.candidates)) for t in _times(text)]
    among = [(t.text, t.value, t.from_, t.to, len(t.candidates)) for t in _times(f"{_ELSEWHERE}{text}\n{_ELSEWHERE}")]
    assert alone and alone == among


@settings(max_examples=60)
@given(_TEXTS)
def test_candidates_without_publication_come_from_years_the_text_prints(text: str) -> None:
    for time in _times(text, None):
        for period in time.candidates:
            assert any(c.isdigit() for c in text) and period.earliest is not None


def test_period_of_the_past_day() -> None:
    period = period_of(_first("in the past 24 hours"))
    assert period is not None
    assert (period.earliest, period.latest, period.precision) == (date(2023, 3, 6), _DAY, Precision.RANGE)


def test_a_night_ends_on_the_morning_after() -> None:
    period = period_of(_first("overnight"))
    assert period is not None and (period.earliest, period.latest) == (date(2023, 3, 6), _DAY)


def test_since_runs_to_publication_and_keeps_both_years() -> None:
    since = _first("Ukraine lost 60 tanks since February 24.")
    found = period_between(since, None, _DAY)
    assert [(p.earliest, p.latest) for p in found] == [(date(2023, 2, 24), _DAY), (date(2022, 2, 24), _DAY)]
    assert all(p.precision is Precision.RANGE for p in found)


def test_since_without_publication_stays_open() -> None:
    (found,) = period_between(_first("since 2014", None), None)
    assert (found.earliest, found.latest, found.precision) == (date(2014, 1, 1), None, Precision.UNKNOWN)


def test_until_before_and_after() -> None:
    march = _first("March 2022")
    assert [(p.earliest, p.latest) for p in period_between(None, march)] == [(None, date(2022, 3, 31))]
    assert [(p.earliest, p.latest) for p in period_before(march)] == [(None, date(2022, 2, 28))]
    assert [(p.earliest, p.latest) for p in period_after(march, _DAY)] == [(date(2022, 4, 1), _DAY)]


def test_from_to_leaves_out_what_would_end_before_it_begins() -> None:
    first, last = _times("from 24.02 to 01.03")
    assert [(p.earliest, p.latest) for p in period_between(first, last)] == [(date(2023, 2, 24), date(2023, 3, 1))]
    assert period_between(last, first) == ()


def test_unresolved_times_have_no_period() -> None:
    assert period_of(_first("now")) is None
    assert periods_of(_first("on Monday", None)) == ()


@given(st.sampled_from(["D", "W", "M", "Q", "Y", "10Y", "100Y", "WE"]), st.integers(-15, 15))
def test_shifted_units_have_an_interval(unit: str, count: int) -> None:
    value = units_on(_DAY, unit, count)
    assert value is not None and interval_of(value) is not None


@given(st.dates())
def test_the_interval_of_a_day_is_that_day(day: date) -> None:
    found = interval_of(day.isoformat())
    assert found is None if day == date.max else found is not None and found.end - found.start == timedelta(1)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "last " * 20_000,
        "two hundred " * 5_000,
        "of the " * 10_000,
        "1/" * 10_000,
        "May-" * 5_000,
        "’s" * 9_000,
    ],
    ids=["digits", "last", "hundreds", "of the", "slashes", "months", "marks"],
)
def test_hostile_lines_are_read(text: str, model: Language) -> None:
    parsed = parse(Document("x", published=_DAY), model)
    hostile = type(parsed)(Document(text, published=_DAY), parsed.layout, parsed.doc)
    assert all(text[s.start : s.end] for t in find_times(hostile) for s in t.spans)


def test_periods_carry_the_words() -> None:
    period = period_of(_first("on Monday"))
    assert isinstance(period, Period) and period.text == "Monday"
