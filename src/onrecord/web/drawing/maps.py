"""Draws places on the base map at their true precision: a circle as wide as the place is uncertain, never a pin."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.web.drawing.basemap import KINDS, Basemap, Box, Points, Province
from onrecord.web.showing import shown

_DEGREE = 111_320  # metres of a degree of latitude
_NEAREST = 0.7  # pixels: points of a line that lie nearer to the one before are left out
_PROVINCES = 60  # degrees: on a wider map the outlines of provinces are no more than grey
_WRITTEN = 26  # names of provinces on one map
_NAMED = 14  # names of places
_LETTER, _LINE = 7.0, 16.0  # pixels that a letter and a line of a name take at most
_MARGIN = 1.15
_SMALLEST = 4.0  # pixels: the least radius that can be seen and pressed


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: ``uncertainty_m`` is how far off it may lie, ``area`` whether it is a region, not a point."""

    name: str
    lon: float
    lat: float
    uncertainty_m: float
    count: int
    area: bool
    link: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A spot as it is drawn, in pixels."""

    spot: Spot
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map, in pixels; ``centred`` where it is written about ``x`` and not from it on."""

    text: str
    x: float
    y: float
    centred: bool
    kind: str

    @property
    def left(self) -> float:
        return self.x - len(self.text) * _LETTER / 2 if self.centred else self.x

    @property
    def right(self) -> float:
        return self.left + len(self.text) * _LETTER

    def within(self, width: float) -> bool:
        return self.left >= 0 and self.right <= width and self.y >= _LINE

    def covers(self, other: Label) -> bool:
        apart = self.right < other.left or other.right < self.left
        return not apart and abs(self.y - other.y) < _LINE


@dataclass(frozen=True, slots=True)
class View:
    """A part of the world on ``width`` pixels: equirectangular, true to scale at its middle latitude."""

    box: Box
    width: int = 1000

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, at the middle."""
        return max(0.1, math.cos(math.radians((self.box.south + self.box.north) / 2)))

    @property
    def scale(self) -> float:
        """Pixels of a degree of latitude."""
        return self.width / ((self.box.east - self.box.west) * self.squeeze)

    @property
    def height(self) -> int:
        return round((self.box.north - self.box.south) * self.scale)

    def placed(self, points: Points) -> Points:
        """Pixels of points given as longitude and latitude."""
        west_north = np.array((self.box.west, self.box.north))
        at: Points = (points - west_north) * np.array((self.scale * self.squeeze, -self.scale))
        return at

    def pixels(self, metres: float) -> float:
        return metres / _DEGREE * self.scale

    def marks(self, spots: Iterable[Spot]) -> list[Mark]:
        """The spots in view, the widest first, so that a small one is never under a large one."""
        drawn = [self._mark(spot) for spot in spots]
        seen = [
            m for m in drawn if -m.radius <= m.x <= self.width + m.radius and -m.radius <= m.y <= self.height + m.radius
        ]
        return sorted(seen, key=lambda mark: (-mark.radius, mark.spot.name))

    def _mark(self, spot: Spot) -> Mark:
        x, y = self.placed(np.array((spot.lon, spot.lat)))
        return Mark(
            spot, round(float(x), 1), round(float(y), 1), round(max(_SMALLEST, self.pixels(spot.uncertainty_m)), 1)
        )

    def outlines(self, basemap: Basemap) -> list[tuple[str, str]]:
        """The lines in view: for each kind, the ``d`` of one SVG path."""
        wide = self.box.east - self.box.west > _PROVINCES
        kinds = [kind for kind in KINDS if not (wide and kind == "province")]
        return [(kind, self._path(list(basemap.lines[kind].within(self.box)))) for kind in kinds]

    def _path(self, lines: Sequence[Points]) -> str:
        if not lines:
            return ""
        starts = np.cumsum([0, *(len(line) for line in lines)])
        at = np.round(self.placed(np.concatenate(lines)), 1)
        kept = np.flatnonzero(_kept(at, starts))
        begins = np.isin(kept, starts[:-1])
        pairs = zip(begins.tolist(), at[kept].tolist(), strict=True)
        return "".join(f"{'M' if first else 'L'}{x:g} {y:g}" for first, (x, y) in pairs)

    def labels(self, marks: Iterable[Mark], basemap: Basemap) -> list[Label]:
        """The names to write: of the places told of most, then of provinces, the largest first, each where it covers
        no other."""
        told = sorted(marks, key=lambda mark: (-mark.spot.count, mark.spot.name))
        placed = [self._beside(mark) for mark in told if 0 <= mark.x <= self.width and 0 <= mark.y <= self.height]
        written: list[Label] = []
        for label in (*placed[:_NAMED], *self._provinces(basemap)):
            if label.within(self.width) and not any(label.covers(other) for other in written):
                written.append(label)
        return written

    @staticmethod
    def _beside(mark: Mark) -> Label:
        """The name of an area in its middle, that of a point beside it."""
        x = mark.x if mark.spot.area else mark.x + mark.radius + 5
        return Label(shown(mark.spot.name, 40), round(x, 1), mark.y + 4, mark.spot.area, "place")

    def _provinces(self, basemap: Basemap) -> list[Label]:
        zoom = math.log2(360 / (self.box.east - self.box.west)) + 2.6
        inside = [p for p in basemap.provinces if p.zoom <= zoom and self._holds(p)]
        chosen = sorted(inside, key=lambda p: (p.zoom, p.name))[:_WRITTEN]
        placed = [self.placed(np.array((p.lon, p.lat))) for p in chosen]
        return [
            Label(p.name, round(float(x), 1), round(float(y), 1), True, "province")
            for p, (x, y) in zip(chosen, placed, strict=True)
        ]

    def _holds(self, province: Province) -> bool:
        return self.box.west < province.lon < self.box.east and self.box.south < province.lat < self.box.north

    def bar(self) -> tuple[int, float]:
        """A round number of kilometres for the scale, and its length in pixels: at most a fifth of the width."""
        most = self.width / 5 / self.pixels(1000)
        ten = 10 ** math.floor(math.log10(max(most, 1e-3)))
        km = max(n * ten for n in (1, 2, 5) if n * ten <= most)
        return max(1, round(km)), round(self.pixels(max(1, round(km)) * 1000), 1)


def around(spots: Iterable[Spot], least: float = 2.0) -> Box:
    """A box that holds all spots with some room, at least ``least`` degrees high; the world where there are none."""
    held = list(spots)
    if not held:
        return Box(-180, -60, 180, 80)
    room = [spot.uncertainty_m / _DEGREE for spot in held]
    south = min(s.lat - r for s, r in zip(held, room, strict=True))
    north = max(s.lat + r for s, r in zip(held, room, strict=True))
    wide = max(0.1, math.cos(math.radians(min(80.0, abs(south + north) / 2))))
    west = min(s.lon - r / wide for s, r in zip(held, room, strict=True))
    east = max(s.lon + r / wide for s, r in zip(held, room, strict=True))
    return fitted(Box(west, south, east, north), least, _MARGIN)


def fitted(box: Box, least: float = 2.0, margin: float = 1.0, shape: float = 1.6) -> Box:
    """The box with a margin, brought to ``shape`` (width by height on the page) and kept on the world."""
    high = max(least, (box.north - box.south) * margin)
    middle = min(85.0, max(-85.0, (box.south + box.north) / 2))
    squeeze = max(0.1, math.cos(math.radians(middle)))
    wide = max((box.east - box.west) * margin, high * shape / squeeze)
    high = max(high, wide * squeeze / shape)
    wide, high = min(360.0, wide), min(170.0, high)
    west = min(180 - wide, max(-180.0, (box.west + box.east - wide) / 2))
    south = min(85 - high, max(-85.0, middle - high / 2))
    return Box(*(round(x, 4) for x in (west, south, west + wide, south + high)))


def _kept(points: Points, starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which points of lines are drawn: not those so near to the one before that they cannot be told apart, both ends of
    every line, and nothing of a line too small to be seen. ``starts`` is where each line begins, and the last ends.
    """
    steps = np.abs(np.diff(points, axis=0, prepend=points[:1])).max(axis=1)
    kept = np.diff(np.floor(steps.cumsum() / _NEAREST), prepend=0) > 0
    kept[starts[:-1]] = kept[starts[1:] - 1] = True
    high, low = np.maximum.reduceat(points, starts[:-1]), np.minimum.reduceat(points, starts[:-1])
    seen = (high - low).max(axis=1) >= _NEAREST
    drawn: NDArray[np.bool_] = kept & np.repeat(seen, np.diff(starts))
    return drawn
