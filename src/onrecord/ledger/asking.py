"""Asks the record: statements and documents that meet a condition, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, exists, func, null, or_, select

from onrecord.ledger import tables as t
from onrecord.ledger.dialects import search
from onrecord.ledger.rows import Json, iso

_AT_ONCE = 500
_VIEW = t.statement_values.c


@dataclass(frozen=True, slots=True)
class Where:
    """Which statements: all that are given must hold, in the newest view of a statement.

    ``claimant`` is a part of a claimant's name, in capitals or not; ``side`` a claimant's side; ``text`` words of the
    statement (in any form, in quotation marks where they stand together); ``said_from`` and ``said_to`` the days
    between which it may have been said; ``measure`` what a figure in it measures.
    """

    claimant: str | None = None
    side: str | None = None
    act: str | None = None
    text: str | None = None
    said_from: date | None = None
    said_to: date | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A statement: its newest value in the contract's shape, and where it stands.

    ``found`` is false where a later reading does not find it; ``marked`` is its text with the words searched for
    between ``**``, None where none were.
    """

    value: Json
    document: str
    key: str | None
    reader: str
    version: str
    found: bool
    marked: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A document: its first sighting by name, the earliest day it was published, and how much is on the record."""

    id: str
    key: str | None
    title: str | None
    publisher: str | None
    url: str | None
    published: str | None
    sightings: int
    readings: int
    statements: int


def statements(connection: Connection, where: Where) -> Iterator[Found]:
    """The statements that meet ``where``, each in its newest view."""
    key = select(func.min(t.sightings.c.key)).where(t.sightings.c.document == _VIEW.document).scalar_subquery()
    words = search(connection.dialect.name, where.text).marked if where.text else null()
    columns = (_VIEW.value, _VIEW.document, key.label("key"), t.readings.c.reader, t.readings.c.version)
    asked = select(*columns, _lost().label("lost"), words.label("marked"))
    asked = asked.join_from(t.statement_values, t.readings, t.readings.c.id == _VIEW.reading)
    for row in _rows(connection, narrowed(connection, asked, where).order_by(_VIEW.row)):
        value = msgspec.json.decode(row.value) if row.value else {}
        yield Found(value, row.document, row.key, row.reader, row.version, not row.lost, row.marked)


def documents(connection: Connection, where: Where) -> Iterator[Listed]:
    """The documents with a statement that meets ``where``; without a condition, every document."""
    d = t.documents.c
    seen = t.sightings.c

    def of(value: Any, table: Any) -> Any:
        return select(value).where(table.document == d.id).scalar_subquery()

    asked = select(
        d.id,
        *(of(func.min(seen[name]), seen).label(name) for name in ("key", "title", "publisher", "url", "published")),
        of(func.count(), seen).label("sightings"),
        of(func.count(), t.readings.c).label("readings"),
        of(func.count(), t.statements.c).label("statements"),
    )
    if where != Where():
        asked = asked.where(d.id.in_(narrowed(connection, select(_VIEW.document), where)))
    for row in _rows(connection, asked.order_by(d.batch, d.id)):
        yield Listed(*row)


def _rows(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    yield from connection.execution_options(yield_per=_AT_ONCE).execute(query)


def narrowed(connection: Connection, query: Select[Any], where: Where) -> Select[Any]:
    """The query, over the newest views that meet the conditions."""
    newer = t.statement_values.alias("newer").c
    query = query.where(~exists().where(newer.statement == _VIEW.statement, newer.nth > _VIEW.nth))
    who = t.claimants.c
    if where.claimant:
        query = query.where(_of(who, func.lower(who.name).contains(where.claimant.lower(), autoescape=True)))
    if where.side:
        query = query.where(_of(who, who.side == where.side))
    if where.measure:
        query = query.where(_of(t.figures.c, t.figures.c.measure == where.measure))
    if where.act:
        query = query.where(_VIEW.act == where.act)
    if where.said_from or where.said_to:
        query = query.where(or_(_VIEW.said_from.is_not(None), _VIEW.said_to.is_not(None)))
    if where.said_from:
        query = query.where(or_(_VIEW.said_to.is_(None), _VIEW.said_to >= iso(where.said_from)))
    if where.said_to:
        query = query.where(or_(_VIEW.said_from.is_(None), _VIEW.said_from <= iso(where.said_to)))
    if where.text:
        query = query.where(search(connection.dialect.name, where.text).condition)
    return query


def _of(rows: Any, condition: Any) -> Any:
    """Whether the view has such a row."""
    return exists().where(rows.statement == _VIEW.statement, rows.reading == _VIEW.reading, condition)


def _lost() -> Any:
    """Whether a later reading does not find the statement."""
    later = t.readings.alias("later").c
    marked = and_(t.unfound.c.statement == _VIEW.statement, later.id == t.unfound.c.reading, later.nth > _VIEW.nth)
    return exists().where(marked)
