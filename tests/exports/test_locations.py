"""Places in exports: a kilometre at the finest, and no position while its text is young."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.exports.locations import is_young, shown
from onrecord.model import Place, PlaceKind, Span

TODAY = date(2023, 3, 20)


def place(kind: PlaceKind, lat: float | None, lon: float | None, uncertainty: int | None) -> Place:
    return Place((Span(0, 4),), "Here", "Here", kind, lat, lon, uncertainty, 1)


degrees = st.floats(-89, 89), st.floats(-180, 180)
extents = st.none() | st.integers(0, 5_000_000)


@given(*degrees, extents, st.sampled_from(PlaceKind))
def test_no_place_is_finer_than_a_kilometre(lat: float, lon: float, extent: int | None, kind: PlaceKind) -> None:
    (now,) = shown((place(kind, lat, lon, extent),), young=False)
    assert now.lat is not None and now.lon is not None and now.uncertainty_m is not None
    assert now.uncertainty_m >= 1_000
    assert (round(now.lat, 2), round(now.lon, 2)) == (now.lat, now.lon)
    moved = math.hypot((now.lat - lat) * 111_320, (now.lon - lon) * 111_320 * math.cos(math.radians(lat)))
    assert now.uncertainty_m >= (extent or 0) + moved - 1  # the place is still within it


@given(*degrees, extents)
def test_a_young_position_has_no_coordinates(lat: float, lon: float, extent: int | None) -> None:
    for kind in (PlaceKind.SETTLEMENT, PlaceKind.FACILITY, PlaceKind.OTHER):
        (now,) = shown((place(kind, lat, lon, extent),), young=True)
        assert (now.lat, now.lon, now.uncertainty_m) == (None, None, None)
        assert (now.name, now.geonameid) == ("Here", 1)


@pytest.mark.parametrize("kind", [PlaceKind.DISTRICT, PlaceKind.REGION, PlaceKind.COUNTRY])
def test_what_is_wide_is_no_position(kind: PlaceKind) -> None:
    wide, narrow = shown((place(kind, 48.0, 38.0, 40_000), place(kind, 48.0, 38.0, 3_000)), young=True)
    assert (wide.lat, wide.lon) == (48.0, 38.0)
    assert narrow.lat is None


@pytest.mark.parametrize(("lat", "lon"), [(91.0, 0.0), (0.0, 181.0), (math.nan, 0.0), (None, 0.0), (0.0, None)])
def test_coordinates_that_are_none_are_left_out(lat: float | None, lon: float | None) -> None:
    (now,) = shown((place(PlaceKind.SETTLEMENT, lat, lon, 5),), young=False)
    assert (now.lat, now.lon, now.uncertainty_m) == (None, None, None)


def test_young_is_less_than_fourteen_days() -> None:
    assert is_young(TODAY - timedelta(days=13), TODAY)
    assert not is_young(TODAY - timedelta(days=14), TODAY)
    assert is_young(TODAY + timedelta(days=3), TODAY)
