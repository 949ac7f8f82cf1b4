"""Which of many places are near enough to be those of one event, without comparing all with all."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from onrecord.reconciling.events import near
from onrecord.reconciling.places import EARTH_KM, Spot
from onrecord.reconciling.vocabulary import same_event

ROOM = 1.001
"""How much wider than it must be a cube is, for what rounding does to distances."""

Cube = tuple[int, int, int]


class Nearby:
    """The places of ``spots`` that may be one event's with any one of them."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        known = set(spots)
        towns = [spot for spot in known if not spot.wide]
        areas = [spot for spot in known if spot.wide and spot.km <= same_event("area")]
        self._named: dict[str, list[Spot]] = defaultdict(list)
        for spot in known:
            self._named[spot.key].append(spot)
        self._close = Cubes(max(same_event("kilometres"), same_event("told_apart")), towns)
        self._towns = Cubes(same_event("area"), towns)
        self._areas = Cubes(same_event("area"), areas)
        self._found: dict[Spot, frozenset[Spot]] = {}

    def of(self, spot: Spot) -> frozenset[Spot]:
        """Those near ``spot``, itself among them where it is one of them."""
        if spot not in self._found:
            self._found[spot] = frozenset(other for other in self._about(spot) if near(spot, other) is not None)
        return self._found[spot]

    def _about(self, spot: Spot) -> Iterator[Spot]:
        """All that can be near by name, as a town beside a town, or as a town within an area."""
        yield from self._named.get(spot.key, ())
        if not spot.wide:
            yield from self._close.about(spot)
            yield from self._areas.about(spot)
        elif spot.km <= same_event("area"):
            yield from self._towns.about(spot)


class Cubes:
    """Places by cubes of ``km`` a side that the globe is cut into; those without coordinates are in none.

    No two that are at most so far apart are further than one cube from each other, at the poles and at the date line
    as anywhere, as the straight way through the globe is no longer than the great circle.
    """

    def __init__(self, km: float, spots: Iterable[Spot]) -> None:
        self._side = max(km, 1.0) * ROOM
        self._spots: dict[Cube, list[Spot]] = defaultdict(list)
        for spot in spots:
            cube = self._cube(spot)
            if cube is not None:
                self._spots[cube].append(spot)

    def about(self, spot: Spot) -> Iterator[Spot]:
        """The places in the cube of ``spot`` and in the 26 around it."""
        cube = self._cube(spot)
        if cube is None:
            return
        for x, y, z in product((-1, 0, 1), repeat=3):
            yield from self._spots.get((cube[0] + x, cube[1] + y, cube[2] + z), ())

    def _cube(self, spot: Spot) -> Cube | None:
        if spot.lat is None or spot.lon is None:
            return None
        lat, lon = math.radians(spot.lat), math.radians(spot.lon)
        at = (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
        x, y, z = (math.floor(EARTH_KM * one / self._side) for one in at)
        return x, y, z
