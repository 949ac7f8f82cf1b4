"""From what is asked for to the newest views that meet it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from onrecord.errors import LedgerError
from onrecord.ledger import tables as t
from onrecord.ledger.asking.where import Near, Where
from onrecord.ledger.dialects import search
from onrecord.ledger.rows import iso
from onrecord.ledger.tables.derived import spots, tallies, terms

VIEW = t.statement_values.c
_KM = 111.32  # of a degree of latitude
_EARTH = 6371.0088  # km, its mean radius
_POINT = re.compile(r"(-?\d{1,3}(?:\.\d+)?) *, *(-?\d{1,3}(?:\.\d+)?)")
_POINTS = ("settlement", "facility")  # places that a point stands for well enough
_PARTS = ("claimant", "relay", "place")
_WHOLE = ("side", "act", "measure", "factuality", "quotation")
Condition = ColumnElement[bool]


def narrowed(connection: Connection, query: Select[Any], where: Where) -> Select[Any]:
    """The query over ``statement_values``, of the newest views that meet the conditions."""
    newer = t.statement_values.alias("newer").c
    query = query.where(~exists().where(newer.statement == VIEW.statement, newer.nth > VIEW.nth))
    looked_up = list(_looked_up(connection, where))
    if looked_up:  # the rarest leads: it is gone through in its order, the others are looked up for each row of it
        rare, *rest = sorted(looked_up, key=lambda one: one[0])
        query = query.join_from(t.statement_values, terms, terms.c.row == VIEW.row).where(rare[1](terms.c))
        query = query.where(*(_has(condition) for _, condition, _ in rest))
        if not rare[2]:
            query = query.distinct()
    return query.where(*_conditions(connection, where))


def _has(condition: Any) -> Condition:
    other = terms.alias().c
    return exists().where(other.row == VIEW.row, condition(other))


def _looked_up(connection: Connection, where: Where) -> Iterator[tuple[int, Any, bool]]:
    """Of each condition that a term answers: how many views have it, the condition on terms, and whether it is one
    value."""
    for kind in _WHOLE:
        if value := getattr(where, kind):
            yield _count(connection, kind, [value]), _is(kind, [value]), True
    for kind in _PARTS:
        if (part := getattr(where, kind)) and not (kind == "place" and where.within_km):
            values = _values(connection, kind, part)
            yield _count(connection, kind, values), _is(kind, values), len(values) == 1
    for circles in (_circles(connection, where), [where.near] if where.near else []):
        if circles:
            keys = sorted({key for circle in circles for key in near(connection, circle)})
            yield _count(connection, "spot", keys), _is("spot", keys), len(keys) == 1
    if where.caveat and where.caveat != "none":
        kinds = _values(connection, "caveat", "") if where.caveat == "any" else [where.caveat]
        yield _count(connection, "caveat", kinds), _is("caveat", kinds), len(kinds) == 1


def _is(kind: str, values: list[str]) -> Any:
    return lambda c: and_(c.kind == kind, c.value == values[0] if len(values) == 1 else c.value.in_(values))


def _count(connection: Connection, kind: str, values: list[str]) -> int:
    asked = select(func.sum(tallies.c.n)).where(tallies.c.kind == kind, tallies.c.value.in_(values))
    return int(connection.execute(asked).scalar() or 0)


def _values(connection: Connection, kind: str, part: str) -> list[str]:
    """The values of a kind that hold ``part``, in capitals or not."""
    like = func.lower(tallies.c.value).contains(part.lower(), autoescape=True)
    return list(connection.execute(select(tallies.c.value).where(tallies.c.kind == kind, like)).scalars())


def _circles(connection: Connection, where: Where) -> list[Near]:
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
    580
    """
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def _conditions(connection: Connection, where: Where) -> Iterator[Condition]:
    """The conditions that no term answers."""
    yield from _days(where)
    if where.caveat == "none":
        yield ~_has(lambda c: c.kind == "caveat")
    if where.text:
        yield search(connection.dialect.name, where.text).condition
    if where.document:
        named = select(t.sightings.c.document).where(t.sightings.c.key == where.document)
        yield or_(VIEW.document == where.document, VIEW.document.in_(named))
    if where.publisher:
        yield VIEW.document.in_(select(t.sightings.c.document).where(t.sightings.c.publisher == where.publisher))
    if where.state:
        yield _state(connection, where.state)
    if where.finding:
        yield _in_finding(where.finding)


def _days(where: Where) -> Iterator[Condition]:
    if where.said_from or where.said_to:
        yield or_(VIEW.said_from.is_not(None), VIEW.said_to.is_not(None))
    if where.said_from:
        yield or_(VIEW.said_to.is_(None), VIEW.said_to >= iso(where.said_from))
    if where.said_to:
        yield or_(VIEW.said_from.is_(None), VIEW.said_from <= iso(where.said_to))
    if where.about_from or where.about_to:
        f = t.figures.c
        on = [f.statement == VIEW.statement, f.reading == VIEW.reading]
        on.append(or_(f.period_from.is_not(None), f.period_to.is_not(None)))
        if where.about_from:
            on.append(or_(f.period_to.is_(None), f.period_to >= iso(where.about_from)))
        if where.about_to:
            on.append(or_(f.period_from.is_(None), f.period_from <= iso(where.about_to)))
        yield exists().where(*on)


def _state(connection: Connection, state: str) -> Condition:
    from onrecord.ledger.deciding.reviewing import states  # which asks by us

    held = states(connection, "statement")
    if state == "open":
        return VIEW.statement.not_in([id_ for id_, one in held.items() if str(one.status) != "open"])
    return VIEW.statement.in_([id_ for id_, one in held.items() if str(one.status) == state])


def _in_finding(kind: str) -> Condition:
    s, f = t.finding_statements.c, t.findings.c
    on = [s.finding == f.id, s.inputs == f.inputs]
    asked = select(s.statement).where(*on) if kind == "any" else select(s.statement).where(*on, f.kind == kind)
    return VIEW.statement.in_(asked)
