"""Statements, figures and documents that meet a condition, streamed in the order they were added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, exists, func, null, or_, select

from onrecord.ledger import tables as t
from onrecord.ledger.asking.narrowing import VIEW, narrowed
from onrecord.ledger.asking.where import Where
from onrecord.ledger.dialects import search
from onrecord.ledger.rows import Json

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A statement: its newest value in the contract's shape, and where it stands.

    ``found`` is false where a later reading does not find it; ``marked`` is its text with the words searched for
    between ``**``, None where none were. ``row`` is where the next page goes on after.
    """

    value: Json
    document: str
    key: str | None
    reader: str
    version: str
    found: bool
    marked: str | None
    row: int


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure: the whole of it in the contract's shape, its statement, and where it stands."""

    value: Json
    statement: str
    document: str
    key: str | None
    text: str
    claimant: str
    row: int


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


def statements(
    connection: Connection, where: Where, *, after: int | None = None, limit: int | None = None
) -> Iterator[Found]:
    """The statements that meet ``where``, each in its newest view; those after the row ``after``, at most ``limit``."""
    words = search(connection.dialect.name, where.text).marked if where.text else null()
    columns = (VIEW.value, VIEW.document, _key(), t.readings.c.reader, t.readings.c.version)
    asked = select(*columns, _lost().label("lost"), words.label("marked"), VIEW.row)
    asked = asked.where(t.readings.c.id == VIEW.reading)
    for row in _rows(connection, _page(narrowed(connection, asked, where), after, limit)):
        value = msgspec.json.decode(row.value) if row.value else {}
        yield Found(value, row.document, row.key, row.reader, row.version, not row.lost, row.marked, row.row)


def figures(
    connection: Connection, where: Where, *, after: int | None = None, limit: int | None = None
) -> Iterator[FoundFigure]:
    """The figures of the statements that meet ``where`` (with its ``measure``, those of that measure)."""
    f = t.figures.c
    asked = select(f.whole, f.statement, VIEW.document, _key(), VIEW.text, _credited(), VIEW.row)
    asked = asked.where(f.statement == VIEW.statement, f.reading == VIEW.reading)
    if where.measure:
        asked = asked.where(f.measure == where.measure)
    for row in _rows(connection, _page(narrowed(connection, asked, where), after, limit).order_by(f.n)):
        whole = msgspec.json.decode(row.whole) if row.whole else {}
        yield FoundFigure(whole, row.statement, row.document, row.key, row.text, row.claimant or "", row.row)


def documents(
    connection: Connection, where: Where, *, after: str | None = None, limit: int | None = None
) -> Iterator[Listed]:
    """The documents with a statement that meets ``where``, all without a condition; those after the id ``after``."""
    d, seen = t.documents.c, t.sightings.c

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
        asked = asked.where(d.id.in_(narrowed(connection, select(VIEW.document), where)))
    if after:
        batch = select(d.batch).where(d.id == after).scalar_subquery()
        asked = asked.where(or_(d.batch > batch, and_(d.batch == batch, d.id > after)))
    asked = asked.order_by(d.batch, d.id)
    for row in _rows(connection, asked if limit is None else asked.limit(limit)):
        yield Listed(*row)


def _page(query: Select[Any], after: int | None, limit: int | None) -> Select[Any]:
    query = query.order_by(VIEW.row)
    if after is not None:
        query = query.where(VIEW.row > after)
    return query if limit is None else query.limit(limit)


def _rows(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    yield from connection.execution_options(yield_per=_AT_ONCE).execute(query)


def _key() -> Any:
    seen = t.sightings.c
    return select(func.min(seen.key)).where(seen.document == VIEW.document).scalar_subquery().label("key")


def _credited() -> Any:
    """The first claimant's name."""
    c = t.claimants.c
    named = select(c.name).where(c.statement == VIEW.statement, c.reading == VIEW.reading, c.n == 0)
    return named.scalar_subquery().label("claimant")


def _lost() -> Any:
    """Whether a later reading does not find the statement."""
    later = t.readings.alias("later").c
    marked = and_(t.unfound.c.statement == VIEW.statement, later.id == t.unfound.c.reading, later.nth > VIEW.nth)
    return exists().where(marked)
