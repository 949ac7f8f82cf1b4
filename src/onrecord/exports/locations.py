"""Places no finer than an export may show them, and none that is told of too recently.

DESIGN.md: never a place finer than the text has it or than 1 km, and no position younger than 14 days on a map.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

from onrecord.model import Place, PlaceKind

YOUNG = timedelta(days=14)
FINEST_M = 1_000
COARSE_M = 10_000
"""A district, region or country of at least this uncertainty, in metres, is no position."""

_DECIMALS = 2  # of a degree: 1.1 km of latitude
_ROUNDED_M = 787  # what rounding both moves a point by at most, at the equator
_COARSE = frozenset((PlaceKind.DISTRICT, PlaceKind.REGION, PlaceKind.COUNTRY))


def is_young(known: date, today: date) -> bool:
    """Whether a text known since a day is younger than 14 days.

    >>> is_young(date(2023, 3, 1), date(2023, 3, 14)), is_young(date(2023, 3, 1), date(2023, 3, 15))
    (True, False)
    """
    return today - known < YOUNG


def is_position(place: Place) -> bool:
    """Whether a place could tell where something stands: all but districts, regions and countries of some extent."""
    return place.kind not in _COARSE or (place.uncertainty_m or 0) < COARSE_M


def coarsened(place: Place) -> Place:
    """The place with coordinates of two decimals, and an uncertainty of 1,000 metres or more that allows for that.

    Coordinates that are none (a latitude of 91) are taken out.
    """
    if place.lat is None or place.lon is None or not (abs(place.lat) <= 90 and abs(place.lon) <= 180):
        return unlocated(place)
    uncertainty = max(FINEST_M, math.ceil((place.uncertainty_m or 0) + _ROUNDED_M))
    return replace(place, lat=round(place.lat, _DECIMALS), lon=round(place.lon, _DECIMALS), uncertainty_m=uncertainty)


def unlocated(place: Place) -> Place:
    """The place without coordinates."""
    return replace(place, lat=None, lon=None, uncertainty_m=None)


def shown(places: tuple[Place, ...], *, young: bool) -> tuple[Place, ...]:
    """The places as an export shows them; where the text is ``young``, positions have no coordinates."""
    return tuple(unlocated(place) if young and is_position(place) else coarsened(place) for place in places)
