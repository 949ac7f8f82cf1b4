"""Windows of a series: totals, differences and sums, and what the gaps in it leave open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Observation, Series
from onrecord.reconciling.series_comparing import compare
from onrecord.reconciling.series_windows import Cut, Readings, number

FIRST = date(2021, 5, 1)
DAY = timedelta(days=1)


def daily(*values: float | None, first: date = FIRST, **fields: object) -> Series:
    """One value a day from ``first``; None is a day without a reading."""
    told = tuple(Observation(first + n * DAY, value) for n, value in enumerate(values) if value is not None)
    given = {"side": "BB", "unit": "person"} | fields
    return Series("s", "s", "Staff", "killed", told, **given)  # type: ignore[arg-type]


def totals(*values: float | None, **fields: object) -> Readings:
    return Readings.of(daily(*values, cumulative=True, **fields))  # type: ignore[arg-type]


def test_a_total_counts_from_the_beginning() -> None:
    window = totals(10, 25, 60, starts=date(2021, 4, 20)).total(FIRST + 2 * DAY)
    assert window is not None
    assert (window.value, window.first, window.last) == (60, date(2021, 4, 20), FIRST + 2 * DAY)


def test_since_leaves_its_own_day_open() -> None:
    after, with_it = totals(10, 25, 60, 100).since(FIRST + DAY, FIRST + 3 * DAY)
    assert (after.cut, after.value, with_it.cut, with_it.value) == (Cut.SINCE, 75, Cut.SINCE_WITH, 90)
    assert after.arithmetic == "100 (2021-05-04) − 25 (2021-05-02) = 75"


def test_since_the_beginning_is_all() -> None:
    (whole,) = totals(10, 25, starts=date(2021, 4, 20)).since(date(2021, 4, 20), FIRST + DAY)
    assert (whole.cut, whole.value) == (Cut.TOTAL, 25)


def test_a_period_is_with_both_its_days() -> None:
    window = totals(10, 25, 60, 100).over(FIRST + DAY, FIRST + 2 * DAY)
    assert window is not None
    assert window.value == 50


def test_one_day_needs_that_day_and_the_one_before() -> None:
    series = totals(10, None, 60, 100)
    assert series.one_day(FIRST + 2 * DAY) is None
    assert series.one_day(FIRST + 3 * DAY).value == 40  # type: ignore[union-attr]
    assert [window.value for window in series.every_day()] == [40]


def test_a_reading_may_be_a_few_days_old_and_no_more() -> None:
    series = totals(10, 25)
    assert series.total(FIRST + 8 * DAY).last == FIRST + DAY  # type: ignore[union-attr]
    assert series.total(FIRST + 9 * DAY) is None


def test_daily_values_are_summed_and_a_stock_is_not() -> None:
    flow, stock = Readings.of(daily(3, 4, 5)), Readings.of(daily(3, 4, 5, stock=True))
    assert flow.over(FIRST, FIRST + 2 * DAY).value == 12  # type: ignore[union-attr]
    assert flow.one_day(FIRST + DAY).value == 4  # type: ignore[union-attr]
    assert stock.over(FIRST, FIRST + 2 * DAY).value == 5  # type: ignore[union-attr]
    assert stock.total(FIRST) is None
    assert flow.as_of(FIRST) is None


def test_a_value_that_sticks_out_of_a_period_leaves_room() -> None:
    weeks = tuple(Observation(FIRST + 7 * n * DAY, 70, to=FIRST + (7 * n + 6) * DAY) for n in range(2))
    window = Readings.of(Series("s", "s", "Staff", "killed", weeks)).over(FIRST, FIRST + 9 * DAY)
    assert window is not None
    assert (window.value, window.low, window.high) == (70, 70, 140)


def test_bounds_are_carried_through() -> None:
    told = (Observation(FIRST, 100, 90, 110), Observation(FIRST + DAY, 150, 130, 170))
    series = Readings.of(Series("s", "s", "Staff", "killed", told, cumulative=True))
    window = series.one_day(FIRST + DAY)
    assert window is not None
    assert (window.value, window.low, window.high) == (50, 20, 80)


def test_bounds_without_a_value_are_read_by_their_middle() -> None:
    series = Readings.of(Series("s", "s", "Staff", "killed", (Observation(FIRST, None, 10, 20),), cumulative=True))
    assert series.total(FIRST).value == 15  # type: ignore[union-attr]
    assert Readings.of(Series("s", "s", "Staff", "killed", (Observation(FIRST, None),))).days == ()


def test_nothing_comes_of_nothing() -> None:
    empty = Readings.of(daily())
    assert empty.total(FIRST) is None
    assert empty.over(FIRST, FIRST) is None
    assert empty.since(FIRST, FIRST) == ()
    assert list(empty.every_day()) == []


@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=20), st.data())
def test_a_period_is_the_sum_of_its_days(days: list[int], data: st.DataObject) -> None:
    """What each day brought adds up to what a cumulative and a daily series have for the period."""
    sums = [sum(days[: n + 1]) for n in range(len(days))]
    first = data.draw(st.integers(1, len(days) - 1))
    last = data.draw(st.integers(first, len(days) - 1))
    for readings in (totals(*sums), Readings.of(daily(*days))):
        window = readings.over(FIRST + first * DAY, FIRST + last * DAY)
        assert window is not None
        assert window.value == sum(days[first : last + 1])


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=12))
def test_the_days_since_which_it_fits_are_those_whose_difference_fits(values: list[int]) -> None:
    readings = totals(*values)
    last = FIRST + (len(values) - 1) * DAY
    found = readings.beginnings(last, lambda value: 0 <= value <= 1000)
    assert found == tuple(FIRST + n * DAY for n, v in enumerate(values[:-1]) if 0 <= values[-1] - v <= 1000)


@pytest.mark.parametrize(
    ("value", "told"),
    [(154830.0, "154,830"), (18.5678, "18.57"), (18.6, "18.6"), (0.0042, "0.0042"), (1e300, "1e+300"), (-5.0, "-5")],
)
def test_numbers_are_told_as_people_write_them(value: float, told: str) -> None:
    assert number(value) == told


# --- two series --------------------------------------------------------------------------------------------------


def test_two_totals_are_compared_day_by_day() -> None:
    compared = compare(daily(1, 2, 3, cumulative=True), daily(1, 5, None, 9, cumulative=True))
    assert [(row.last, row.one, row.other) for row in compared.rows] == [(FIRST, 1, 1), (FIRST + DAY, 2, 5)]
    assert compared.equal == 1
    assert compared.furthest is not None
    assert compared.furthest.apart == 3
    assert compared.differs == ()


def test_a_total_is_compared_with_periods_by_what_they_brought() -> None:
    week = Series("w", "w", "Other", "casualties", (Observation(FIRST + DAY, 30, to=FIRST + 3 * DAY),))
    for one, other in ((week, daily(10, 20, 30, 45, cumulative=True)), (daily(10, 20, 30, 45, cumulative=True), week)):
        (row,) = compare(one, other).rows
        assert {row.one, row.other} == {30, 35}
        assert "measure" in compare(one, other).differs


def test_series_of_other_days_have_nothing_in_common() -> None:
    later = daily(1, 2, first=FIRST + 400 * DAY, cumulative=True)
    compared = compare(daily(1, 2, cumulative=True), later)
    assert compared.rows == ()
    assert compared.furthest is None
