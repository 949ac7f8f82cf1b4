"""Which places lie within so many kilometres of others."""

from __future__ import annotations

import math
import re

from sqlalchemy import Connection, and_, func, or_, select

from onrecord.errors import LedgerError
from onrecord.ledger.asking.where import Near, Where
from onrecord.ledger.tables.derived import spots

_KM = 111.32  # of a degree of latitude
_EARTH = 6371.0088  # km, its mean radius
_POINT = re.compile(r"(-?\d{1,3}(?:\.\d+)?) *, *(-?\d{1,3}(?:\.\d+)?)")
_POINTS = ("settlement", "facility")  # places that a point stands for well enough


def circles(connection: Connection, where: Where) -> list[Near]:
    """Around the place that is asked for: a point, or every place of that name. Raises LedgerError for none."""
    if where.within_km is None or where.place is None:
        return []
    if point := _POINT.fullmatch(where.place.strip()):
        lat, lon = float(point[1]), float(point[2])
        if abs(lat) > 90 or abs(lon) > 180:
            raise LedgerError(f"{where.place}: no point of the earth; write latitude,longitude: 48.59,38.00")
        return [Near(lat, lon, where.within_km)]
    s = spots.c
    asked = select(s.lat, s.lon).where(func.lower(s.name) == where.place.lower())
    found = [Near(lat, lon, where.within_km) for lat, lon in connection.execute(asked)]
    if not found:
        raise LedgerError(
            f"{where.place}: no place of this name in this ledger has coordinates; write latitude,longitude"
        )
    return found


def near(connection: Connection, circle: Near) -> list[str]:
    """The keys of the places that lie within a circle: by a box first, then along great circles (haversine).

    A region or country, whose point stands for the whole of it, only where it is known as exactly as that.
    """
    high = circle.km / _KM
    wide = 180.0 if abs(circle.lat) + high >= 89 else high / math.cos(math.radians(abs(circle.lat) + high))
    s = spots.c
    exact = or_(
        s.kind.in_(_POINTS), s.uncertainty_m <= circle.km * 1000, and_(s.lat == circle.lat, s.lon == circle.lon)
    )
    box = select(s.key, s.lat, s.lon).where(s.lat.between(circle.lat - high, circle.lat + high), exact)
    if wide < 180:
        sides = [s.lon.between(circle.lon - wide + turn, circle.lon + wide + turn) for turn in (-360, 0, 360)]
        box = box.where(or_(*sides))
    return [key for key, lat, lon in connection.execute(box) if distance(circle.lat, circle.lon, lat, lon) <= circle.km]


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points along a great circle.

    >>> round(distance(50.45, 30.52, 48.59, 38.0))
    578
    """
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))
