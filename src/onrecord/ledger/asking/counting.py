"""How many statements have each value: the facets of a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from onrecord.ledger import tables as t
from onrecord.ledger.asking.narrowing import VIEW, narrowed
from onrecord.ledger.asking.where import Where
from onrecord.ledger.tables.derived import spots, tallies
from onrecord.ledger.terms import KINDS, values

COUNTED = tuple(kind for kind in KINDS if kind != "spot")
"""What statements are counted by."""
AREAS = ("country", "region")
"""Kinds of places that are wide enough to be shown of any text."""
_MOST = 5000  # statements that a condition is counted over


@dataclass(frozen=True, slots=True)
class Counts:
    """For each value how many statements have it, the most first; ``of`` is how many statements were counted where
    that is not all of them: the first that meet the condition."""

    values: tuple[tuple[str, int], ...]
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Spotted:
    """A place where it lies, and how many statements name it; degrees and metres."""

    key: str
    name: str
    kind: str
    lat: float
    lon: float
    uncertainty_m: int | None
    statements: int


def counts(connection: Connection, by: str, where: Where, limit: int = 50) -> Counts:
    """The values of ``by`` (one of ``COUNTED``) in the statements that meet ``where``.

    All are counted without a condition; with one, the first 5,000 that meet it. Raises ValueError for another ``by``.
    """
    if by not in KINDS:
        raise ValueError(f"statements are not counted by {by}: choose from {', '.join(COUNTED)}")
    if where == Where():
        all_ = tallies.c
        asked = select(all_.value, all_.n).where(all_.kind == by).order_by(all_.n.desc(), all_.value).limit(limit)
        return Counts(tuple((value, n) for value, n in connection.execute(asked)))
    rows = narrowed(connection, select(VIEW.row), where).order_by(VIEW.row).limit(_MOST)
    met = connection.execute(select(func.count()).select_from(rows.subquery())).scalar() or 0
    told = values(by, select(rows.subquery().c.row)).subquery()
    asked = select(told.c.value, func.count()).group_by(told.c.value).order_by(func.count().desc(), told.c.value)
    found = tuple((value, n) for value, n in connection.execute(asked.limit(limit)))
    return Counts(found, met if met == _MOST else None)


def places(connection: Connection, where: Where, limit: int = 2000, *, known_by: date | None = None) -> list[Spotted]:
    """The places that the statements name which meet ``where``, with where they lie, the most named first.

    With ``known_by``, of documents that were not known by that day (published, or else added) only the areas count.
    """
    named = dict(counts(connection, "spot", where, limit).values)
    rows = connection.execute(select(spots).where(spots.c.key.in_(list(named)))).all()
    later = _later(connection, known_by) if known_by else {}
    counted = {row.key: named[row.key] - (0 if row.kind in AREAS else later.get(row.key, 0)) for row in rows}
    found = [Spotted(r.key, r.name, r.kind, r.lat, r.lon, r.uncertainty_m, counted[r.key]) for r in rows]
    return sorted((one for one in found if one.statements > 0), key=lambda one: (-one.statements, one.name))


def _later(connection: Connection, day: date) -> dict[str, int]:
    """How many statements of documents that were not known by ``day`` name each place."""
    d, s, b = t.documents.c, t.sightings.c, t.batches.c
    published = select(func.min(s.published)).where(s.document == d.id).scalar_subquery()
    since = select(d.id).where(d.batch == b.n, func.coalesce(published, b.at) > day.isoformat())
    told = values("spot", select(VIEW.row).where(VIEW.document.in_(since))).subquery()
    return {key: n for key, n in connection.execute(select(told.c.value, func.count()).group_by(told.c.value))}
