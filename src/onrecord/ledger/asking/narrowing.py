"""From what is asked for to the newest views that meet it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, literal_column, null, or_, select

from onrecord.errors import LedgerError
from onrecord.ledger import tables as t
from onrecord.ledger.asking.where import Near, Where
from onrecord.ledger.dialects import expected, search
from onrecord.ledger.rows import iso
from onrecord.ledger.tables.derived import spots, tallies, terms
from onrecord.ledger.terms import LONG

VIEW = t.statement_values.c
_FEW = 10_000  # statements that are gone through and put in order for one page
_FEWER = 1000  # statements that are looked up in the text index one by one
_SEVERAL = 4  # values
# PostgreSQL takes a text apart anew, in 50 µs, to see whether words stand together: of more texts than these that hold
# the words, it is quicker to go through all in their order until a page is full.
_PHRASED = 300
_NOTHING: Any = null().label("marked")
_KM = 111.32  # of a degree of latitude
_EARTH = 6371.0088  # km, its mean radius
_POINT = re.compile(r"(-?\d{1,3}(?:\.\d+)?) *, *(-?\d{1,3}(?:\.\d+)?)")
_POINTS = ("settlement", "facility")  # places that a point stands for well enough
_PARTS = ("claimant", "relay", "place")
_WHOLE = ("side", "act", "measure", "factuality", "quotation")
Condition = ColumnElement[bool]


def narrowed(connection: Connection, query: Select[Any], where: Where) -> Select[Any]:
    """The query over ``statement_values``, of the newest views that meet the conditions."""
    sieve = sieved(connection, where)
    query = query.where(_newest(), *(_has(VIEW.row, term) for term in sieve.terms), *sieve.conditions)
    return query.where(search(connection.dialect.name, where.text).condition) if where.text else query


@dataclass(frozen=True, slots=True)
class Term:
    """What is asked of the terms of a statement: one of some values of a kind; ``number`` statements have one."""

    kind: str
    values: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Sieve:
    """The conditions, looked up: on terms, those that statements have most rarely first, and on the views."""

    connection: Connection
    terms: tuple[Term, ...]
    conditions: tuple[Condition, ...]
    text: str | None = None

    def rows(self, after: int | None = None, limit: int | None = None, *, marked: bool = True) -> Select[Any]:
        """The rows of the newest views that are let through, in their order, and the text with the words ``marked``.

        What few statements have is gone through, and all else looked up for each of them.
        """
        lead = next((term for term in self.terms if len(term.values) == 1 or term.number <= _FEW), None)
        others = [term for term in self.terms if term is not lead]
        if self.text is not None:
            row, asked = self._searched(self.text, lead)
            others = list(self.terms)
        elif lead:
            row, asked = terms.c.row, select(terms.c.row, _NOTHING).where(_is(terms.c, lead))
            asked = asked.distinct() if len(lead.values) > 1 else asked
        else:
            row, asked = VIEW.row, select(VIEW.row, _NOTHING).where(_newest())
        asked = asked.where(*(_has(row, term) for term in others))
        if self.conditions:
            asked = asked.where(VIEW.row == row, *self.conditions)
        if after is not None:
            asked = asked.where(row > after)
        asked = asked.order_by(row)
        asked = asked if marked else asked.with_only_columns(row)
        return asked if limit is None else asked.limit(limit)

    def _searched(self, text: str, lead: Term | None) -> tuple[Any, Select[Any]]:
        """The rows that hold the words, among those of ``lead`` where few have it."""
        found = search(self.connection.dialect.name, text)
        row = found.row
        marked: Any = found.marked.label("marked")
        asked: Select[Any] = select(row, marked).where(found.matches)
        if lead and lead.number <= _FEWER:
            rows = select(terms.c.row).where(_is(terms.c, lead)).distinct()
            return row, asked.where(row.in_(self.connection.execute(rows).scalars().all()))
        if row is not VIEW.row:  # the index has the words of older views too
            return row, asked.where(_any_term(row))
        most = _PHRASED if '"' in text else 2 * _FEW
        if expected(self.connection, select(row).where(found.matches)) <= most:
            hits = select(row).where(found.matches).cte("hits").prefix_with("MATERIALIZED").c.row
            return row, asked.with_only_columns(row, marked).where(row == hits, _newest())
        if lead and len(lead.values) == 1:
            return terms.c.row, asked.with_only_columns(terms.c.row, marked).where(
                _is(terms.c, lead), row == terms.c.row
            )
        return row, asked.where(_newest())


def sieved(connection: Connection, where: Where) -> Sieve:
    """The conditions of ``where``, looked up once. Raises LedgerError for what cannot be asked."""
    looked_up = sorted(_looked_up(connection, where), key=lambda term: term.number)
    return Sieve(connection, tuple(looked_up), tuple(_conditions(connection, where)), where.text or None)


def _newest() -> Condition:
    newer = t.statement_values.alias("newer").c
    return ~exists().where(newer.statement == VIEW.statement, newer.nth > VIEW.nth)


def _is(c: Any, term: Term) -> Condition:
    value = c.value == term.values[0] if len(term.values) == 1 else c.value.in_(term.values)
    return and_(c.kind == term.kind, value)


def _has(row: Any, term: Term) -> Condition:
    """Whether the view has such a term: looked up row by row, whatever else the planner would like."""
    other = terms.alias().c
    has = _is(other, term)
    if len(term.values) > _SEVERAL:  # one look at the terms of the row, and not one for each value
        has = and_(other.kind == term.kind, other.value.concat("").in_(term.values))
    asked: Select[Any] = select(literal_column("1")).where(other.row == row, has).limit(1)
    return asked.scalar_subquery().is_not(None)


def _any_term(row: Any) -> Condition:
    """Whether the view is the newest of its statement: only those have terms."""
    other = terms.alias().c
    return select(literal_column("1")).where(other.row == row).limit(1).scalar_subquery().is_not(None)


def _without(row: Any, kind: str) -> Condition:
    other = terms.alias().c
    asked: Select[Any] = select(literal_column("1")).where(other.row == row, other.kind == kind).limit(1)
    return asked.scalar_subquery().is_(None)


def _looked_up(connection: Connection, where: Where) -> Iterator[Term]:
    """The conditions that terms answer."""
    for kind in _WHOLE:
        if value := getattr(where, kind):
            yield _term(connection, kind, [value])
    for kind in _PARTS:
        if (part := getattr(where, kind)) and not (kind == "place" and where.within_km):
            yield _term(connection, kind, _values(connection, kind, part))
    if where.place_name:
        yield _term(connection, "place", [where.place_name])
    for circles in (_circles(connection, where), [where.near] if where.near else []):
        if circles:
            yield _term(connection, "spot", sorted({key for circle in circles for key in near(connection, circle)}))
    if where.caveat and where.caveat != "none":
        kinds = _values(connection, "caveat", "") if where.caveat == "any" else [where.caveat]
        yield _term(connection, "caveat", kinds)
    for kind, first, last in (("said", where.said_from, where.said_to), ("about", where.about_from, where.about_to)):
        if first or last:
            yield _term(connection, kind, _months(connection, kind, first, last))


def _months(connection: Connection, kind: str, first: date | None, last: date | None) -> list[str]:
    """The months that a statement is said in, or about, if it may be so between two days."""
    asked = select(tallies.c.value).where(tallies.c.kind == kind, tallies.c.value != LONG)
    if first:
        asked = asked.where(tallies.c.value >= first.isoformat()[:7])
    if last:
        asked = asked.where(tallies.c.value <= last.isoformat()[:7])
    return [*connection.execute(asked).scalars(), LONG]


def _term(connection: Connection, kind: str, values: Sequence[str]) -> Term:
    return Term(kind, tuple(values), _count(connection, kind, values))


def _count(connection: Connection, kind: str, values: Sequence[str]) -> int:
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
    578
    """
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def _conditions(connection: Connection, where: Where) -> Iterator[Condition]:
    """The conditions that no term answers."""
    yield from _days(where)
    if where.caveat == "none":
        yield _without(VIEW.row, "caveat")
    if where.document:
        named = select(t.sightings.c.document).where(t.sightings.c.key == where.document).distinct()
        yield VIEW.document.in_([where.document, *connection.execute(named).scalars()])
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
