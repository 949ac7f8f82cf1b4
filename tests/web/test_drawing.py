"""The pictures: places where they are and as wide as they are uncertain, axes with round numbers, series as lines."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.drawing.axes import round_days, round_numbers
from onrecord.web.drawing.basemap import KINDS, Box, basemap
from onrecord.web.drawing.charts import Stated, chart
from onrecord.web.drawing.maps import Spot, View, around, fitted
from onrecord.web.drawing.timelines import Dated, timeline

KYIV = Spot("Kyiv", 30.52, 50.45, 15_000, 3, False, "/a")
CRIMEA = Spot("Crimea", 34.2, 45.2, 120_000, 2, True, "/b")
degrees = st.floats(-180, 180), st.floats(-85, 85)


def test_the_base_map_has_lines_of_every_kind() -> None:
    assert all(len(basemap().lines[kind].points) > 20 for kind in KINDS)


def test_the_line_between_crimea_and_the_mainland_is_disputed() -> None:
    isthmus = Box(33.3, 45.9, 34.6, 46.3)
    assert list(basemap().lines["disputed"].within(isthmus))
    assert not list(basemap().lines["country"].within(isthmus))


def test_a_circle_is_as_wide_as_the_place_is_uncertain() -> None:
    view = View(around([KYIV, CRIMEA]))
    crimea, kyiv = view.marks([KYIV, CRIMEA])
    assert (crimea.spot, kyiv.spot) == (CRIMEA, KYIV)
    assert crimea.radius == pytest.approx(view.pixels(120_000), abs=0.1)
    kilometres, pixels = view.bar()
    assert pixels == pytest.approx(view.pixels(kilometres * 1000), abs=0.1)


def test_what_is_out_of_view_is_not_drawn() -> None:
    assert View(Box(10, 40, 20, 50)).marks([KYIV]) == []


@given(st.lists(st.builds(Spot, st.just("x"), *degrees, st.floats(0, 2e6), st.just(1), st.booleans(), st.just("/x"))))
def test_every_place_is_in_the_view_around_them(spots: list[Spot]) -> None:
    view = View(around(spots))
    assert len(view.marks(spots)) == len(spots)
    assert -180 <= view.box.west < view.box.east <= 180 and -85 <= view.box.south < view.box.north <= 85


@given(*degrees, st.floats(0, 400), st.floats(0, 200))
def test_a_fitted_box_stays_on_the_world(west: float, south: float, wide: float, high: float) -> None:
    box = fitted(Box(west, south, west + wide, south + high))
    assert -180 <= box.west < box.east <= 180 and -85 <= box.south < box.north <= 85


@given(st.floats(-1e12, 1e12), st.floats(0.001, 1e12))
def test_round_numbers_are_within_and_few(low: float, wide: float) -> None:
    numbers = round_numbers(low, low + wide)
    assert len(numbers) <= 12
    slack = wide * 1e-6 + 4 * math.ulp(abs(low) + wide)  # what a number of that size can tell apart
    assert all(low - slack <= n <= low + wide + slack for n in numbers)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 40_000))
def test_round_days_are_within_and_few(first: date, days: int) -> None:
    last = min(date(2200, 1, 1), first + timedelta(days))
    found = round_days(first, last)
    assert len(found) <= 10
    assert all(first <= day <= last for day, _ in found)


def test_a_series_is_a_line_and_what_is_stated_a_bar() -> None:
    observed = [(date(2023, 3, n), float(100 * n), float(100 * n), float(100 * n)) for n in range(1, 8)]
    stated = Stated(date(2023, 3, 7), date(2023, 3, 7), 650, 750, True, "about 700", "/s")
    drawn = chart(observed, [stated])
    assert drawn is not None
    assert drawn.line.count("L") == 6 and not drawn.band
    bar = drawn.bars[0]
    last = drawn.line.rpartition("L")[2].split()
    assert bar.y <= float(last[1]) <= bar.y + bar.height
    assert bar.x <= float(last[0]) <= bar.x + bar.width


def test_many_days_on_a_pixel_keep_their_highest_and_lowest() -> None:
    heights = [(n * 7919) % 1000 for n in range(20_000)]
    first = date(1970, 1, 1)
    observed = [(first + timedelta(n), float(h), float(h), float(h)) for n, h in enumerate(heights)]
    drawn = chart(observed)
    assert drawn is not None
    points = [tuple(map(float, part.split())) for part in drawn.line[1:].split("L")]
    assert len(points) <= 4 * (drawn.right - drawn.left + 1)
    assert points == sorted(points, key=lambda point: point[0])
    spread = [y for _, y in points]
    assert max(spread) - min(spread) == pytest.approx((drawn.bottom - drawn.top) / 1.05, rel=0.01)


def test_nothing_is_drawn_of_nothing() -> None:
    assert chart([]) is None


days = st.dates(date(2020, 1, 1), date(2025, 1, 1))
pairs = st.none() | st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(st.builds(Dated, st.text(max_size=3), st.just("/x"), pairs, pairs), max_size=60))
def test_no_two_bars_of_a_timeline_cover_each_other(dated: list[Dated]) -> None:
    drawn = timeline(dated)
    if drawn is None:
        assert not any(one.said or one.about for one in dated)
        return
    said, about = drawn.lanes
    assert len(said.bars) + said.left_over == sum(one.said is not None for one in dated)
    assert len(about.bars) + about.left_over == sum(one.about is not None for one in dated)
    for lane in drawn.lanes:
        for n, one in enumerate(lane.bars):
            assert all(one.y != o.y or one.x + one.width <= o.x or o.x + o.width <= one.x for o in lane.bars[n + 1 :])
