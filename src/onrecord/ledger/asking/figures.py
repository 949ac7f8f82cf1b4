"""Figures that meet a condition, those of statements first, then those that stand in none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, exists, or_, select

from onrecord.ledger import tables as t
from onrecord.ledger.asking.found import key_of, page, streamed
from onrecord.ledger.asking.narrowing import narrowed
from onrecord.ledger.asking.sieving import VIEW
from onrecord.ledger.asking.where import Where
from onrecord.ledger.rows import Json, iso

_LOOSE = {"measure", "about_from", "about_to", "document"}
_F = t.figures.c


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure: the whole of it in the contract's shape, its statement, and where it stands.

    ``statement`` and ``row`` are None for one that stands in no statement; ``text`` and ``spans`` are the statement's
    content."""

    value: Json
    statement: str | None
    document: str
    key: str | None
    text: str
    claimant: str
    row: int | None
    spans: Json | list[list[int]]


def figures(
    connection: Connection, where: Where, *, after: int | None = None, limit: int | None = None
) -> Iterator[FoundFigure]:
    """The figures of the statements that meet ``where`` (with its ``measure``, those of that measure).

    At the end come those that stand in no statement, where nothing is asked of the statement and all are asked for.
    """
    asked = select(_F.whole, _F.statement, VIEW.document, key_of(), VIEW.text, _credited(), VIEW.row, VIEW.spans)
    asked = asked.where(_F.statement == VIEW.statement, _F.reading == VIEW.reading, *_narrow(where))
    for row in streamed(connection, page(narrowed(connection, asked, where), after, limit).order_by(_F.n)):
        spans = msgspec.json.decode(row.spans) if row.spans else []
        yield FoundFigure(
            _whole(row), row.statement, row.document, row.key, row.text, row.claimant or "", row.row, spans
        )
    given = {name for name in where.__dataclass_fields__ if getattr(where, name) is not None}
    if limit is None and after is None and given <= _LOOSE:
        yield from _loose(connection, where)


def _loose(connection: Connection, where: Where) -> Iterator[FoundFigure]:
    """The figures that the newest reading of a document has in no statement."""
    r, later = t.readings.c, t.readings.alias("later").c
    key = select(t.sightings.c.key).where(t.sightings.c.document == _F.document).order_by(t.sightings.c.key).limit(1)
    asked = select(_F.whole, _F.document, key.scalar_subquery().label("key")).join_from(
        t.figures, t.readings, r.id == _F.reading
    )
    asked = asked.where(_F.statement.is_(None), *_narrow(where), *_about(where))
    asked = asked.where(~exists().where(later.document == r.document, later.nth > r.nth))
    if where.document:
        named = select(t.sightings.c.document).where(t.sightings.c.key == where.document)
        asked = asked.where(or_(_F.document == where.document, _F.document.in_(named)))
    for row in streamed(connection, asked.order_by(_F.batch, _F.document, _F.n)):
        yield FoundFigure(_whole(row), None, row.document, row.key, "", "", None, [])


def _narrow(where: Where) -> list[Any]:
    return [_F.measure == where.measure] if where.measure else []


def _about(where: Where) -> Iterator[Any]:
    if where.about_from or where.about_to:
        yield or_(_F.period_from.is_not(None), _F.period_to.is_not(None))
    if where.about_from:
        yield or_(_F.period_to.is_(None), _F.period_to >= iso(where.about_from))
    if where.about_to:
        yield or_(_F.period_from.is_(None), _F.period_from <= iso(where.about_to))


def _whole(row: Any) -> Json:
    value: Json = msgspec.json.decode(row.whole) if row.whole else {}
    return value


def _credited() -> Any:
    """The first claimant's name."""
    c = t.claimants.c
    named = select(c.name).where(c.statement == VIEW.statement, c.reading == VIEW.reading, c.n == 0)
    return named.scalar_subquery().label("claimant")
