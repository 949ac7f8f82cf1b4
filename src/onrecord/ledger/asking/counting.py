"""How many statements have each value: the facets of a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, exists, func, or_, select

from onrecord.ledger import tables as t
from onrecord.ledger.asking.narrowing import sieved
from onrecord.ledger.asking.sieving import VIEW
from onrecord.ledger.asking.where import Where
from onrecord.ledger.tables.derived import spots, tallies, terms
from onrecord.ledger.terms import ALL, KINDS

COUNTED = tuple(kind for kind in KINDS if kind not in ("spot", "review"))
"""What statements are counted by."""
AREAS = ("country", "region")
"""Kinds of places that are wide enough to be shown of any text."""
MOST = 20_000
"""Statements that a condition is counted over."""


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

    All are counted without a condition; with one, the first 20,000 that meet it. Raises ValueError for another ``by``.
    """
    return facets(connection, [by], where, limit)[by]


def facets(
    connection: Connection, kinds: Sequence[str], where: Where, limit: int = 50, most: int = MOST
) -> dict[str, Counts]:
    """The counts of several kinds at once, as ``counts`` has them, with a condition over the first ``most``."""
    if wrong := [kind for kind in kinds if kind not in KINDS]:
        raise ValueError(f"statements are not counted by {wrong[0]}: choose from {', '.join(COUNTED)}")
    if where == Where():
        return {kind: _of_all(connection, kind, limit) for kind in kinds}
    first = sieved(connection, where).rows(limit=most, marked=False).subquery()
    c, known = tallies.c, {}
    for id_, kind, value in connection.execute(select(c.id, c.kind, c.value).where(c.kind.in_([*kinds, ALL]))):
        known[id_] = kind, value
    term = terms.c.term
    of_kinds = select(c.id).where(c.kind.in_([*kinds, ALL]))
    asked = select(term, func.count()).join_from(first, terms, terms.c.row == first.c[0]).group_by(term)
    found: dict[str, list[tuple[str, int]]] = {kind: [] for kind in (*kinds, ALL)}
    for id_, n in connection.execute(asked.where((term + 0).in_(of_kinds))):
        kind, value = known[id_]
        found[kind].append((value, n))
    number = sum(n for _, n in found[ALL])
    met = number if number == most else None
    return {kind: Counts(tuple(sorted(found[kind], key=_most_first)[:limit]), met) for kind in kinds}


def _of_all(connection: Connection, kind: str, limit: int) -> Counts:
    n = tallies.c
    asked = select(n.value, n.n).where(n.kind == kind).order_by(n.n.desc(), n.value).limit(limit)
    return Counts(tuple((value, count) for value, count in connection.execute(asked)))


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


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
    """How many statements of documents that were not known by ``day`` name each place: added later, and not known to
    have been published by then."""
    d, s, b = t.documents.c, t.sightings.c, t.batches.c
    since = select(func.min(b.n)).where(b.at > (day + timedelta(1)).isoformat()).scalar_subquery()
    seen = t.sightings.alias("seen").c
    before = exists().where(s.document == d.id, s.published <= day.isoformat())
    after = select(seen.document).where(or_(seen.published.is_(None), seen.published > day.isoformat()))
    young = select(d.id).where(d.id.in_(after), d.batch >= since, ~before)
    n = tallies.c
    counted = select(n.value, func.count()).join_from(tallies, terms, terms.c.term == n.id).where(n.kind == "spot")
    counted = counted.where(terms.c.row.in_(select(VIEW.row).where(VIEW.document.in_(young)))).group_by(n.value)
    return {row[0]: row[1] for row in connection.execute(counted)}
