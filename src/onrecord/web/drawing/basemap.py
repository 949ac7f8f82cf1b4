"""The outlines of countries and provinces, from Natural Earth (public domain), as ``frontend/basemap`` made them."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

KINDS = ("province", "coast", "country", "disputed")
"""The kinds of lines, in the order they are drawn: a disputed line lies over all others and is dashed."""


class Box(NamedTuple):
    """A part of the world in degrees; it does not cross the 180th meridian."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Lines of one kind: their points (n, 2) as longitude and latitude, and the box of each (k, 4)."""

    points: tuple[Points, ...]
    boxes: Points

    def within(self, box: Box) -> Iterator[Points]:
        """The lines that touch ``box``."""
        b = self.boxes
        touching = (b[:, 0] <= box.east) & (b[:, 2] >= box.west) & (b[:, 1] <= box.north) & (b[:, 3] >= box.south)
        return (self.points[n] for n in np.flatnonzero(touching))


class Province(NamedTuple):
    """The name of an area of the first order, where it is written, and from which zoom on (0 is the world)."""

    name: str
    lon: float
    lat: float
    zoom: float
    code: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Basemap:
    lines: Mapping[str, Lines]
    provinces: tuple[Province, ...]


@cache
def basemap() -> Basemap:
    """The base map; read once."""
    packed = (files("onrecord.web") / "data" / "basemap.json.gz").read_bytes()
    read = msgspec.json.decode(gzip.decompress(packed))
    scale, origin = np.array(read["scale"]), np.array(read["translate"])
    lines = {kind: _lines(read["lines"][kind], scale, origin) for kind in KINDS}
    return Basemap(lines, tuple(Province(*province) for province in read["provinces"]))


def _lines(packed: list[list[int]], scale: Points, origin: Points) -> Lines:
    """Each line is flat steps on a grid, the first from its origin (TopoJSON's quantised arcs)."""
    points = tuple(np.array(line, dtype=float).reshape(-1, 2).cumsum(axis=0) * scale + origin for line in packed)
    boxes: Any = [(*line.min(axis=0), *line.max(axis=0)) for line in points]
    return Lines(points, np.array(boxes, dtype=float).reshape(-1, 4))
