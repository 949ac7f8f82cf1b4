"""Statements and documents that meet a condition, streamed in the order they were added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, Select, and_, exists, func, null, or_, select

from onrecord.errors import LedgerError
from onrecord.ledger import tables as t
from onrecord.ledger.asking.narrowing import narrowed, sieved
from onrecord.ledger.asking.ordering import next_rows
from onrecord.ledger.asking.sieving import VIEW
from onrecord.ledger.asking.where import Where
from onrecord.ledger.dialects import among
from onrecord.ledger.rows import Json
from onrecord.ledger.searching import search

if TYPE_CHECKING:
    from onrecord.ledger.deciding.reviewing import Reviewed

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A statement: its value in the contract's shape as it stands after review, and where it stands.

    ``found`` is false where a later reading does not find it; ``marked`` is its text with the words searched for
    between ``**``, None where none were. ``row`` is where the next page goes on after. ``state`` is what people made of
    it, "open" where nothing was decided. The value is empty where the words were taken out of the record.
    """

    value: Json
    document: str
    key: str | None
    reader: str
    version: str
    found: bool
    marked: str | None
    row: int
    state: str = "open"


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
    connection: Connection, where: Where, *, sort: str = "added", after: int | None = None, limit: int | None = None
) -> Iterator[Found]:
    """The statements that meet ``where``, each in its newest view, in the order of ``sort`` (one of ``SORTS``, with
    ``-`` before it the other way round); those after the one of the row ``after``, at most ``limit``."""
    sieve = sieved(connection, where)
    left = limit
    while left is None or left > 0:
        size = _AT_ONCE if left is None else min(left, _AT_ONCE)
        rows = next_rows(sieve, sort, after, size)
        yield from _looked_up(connection, rows, where.text)
        if len(rows) < size:
            return
        after, left = [*rows][-1], None if left is None else left - size


def _looked_up(connection: Connection, rows: Mapping[int, str | None], text: str | None) -> list[Found]:
    """The statements of these rows as they stand after review, in their order, with the words of ``text`` marked."""
    from onrecord.ledger.deciding.reviewing import reviewed  # which asks by us

    r, words = t.readings.c, search(connection.dialect.name, text) if text else None
    marked = words.marked if words and words.apart else null()
    asked = select(
        VIEW.row, VIEW.statement, VIEW.value, VIEW.document, key_of(), r.reader, r.version, _lost().label("lost"),
        _decided().label("decided"), marked.label("marked"),
    )  # fmt: skip
    asked = asked.join_from(t.statement_values, t.readings, r.id == VIEW.reading)
    found = {row.row: row for row in connection.execute(asked.where(among(connection, VIEW.row, rows)))}
    touched = [row.statement for row in found.values() if row.decided and row.value]
    after = reviewed(connection, touched) if touched else {}
    return [
        _found(found[row], found[row].marked or marked, after.get(found[row].statement)) for row, marked in rows.items()
    ]


def _found(row: Any, marked: str | None, review: Reviewed | None) -> Found:
    value = review.value if review else msgspec.json.decode(row.value) if row.value else {}
    state = str(review.state.status) if review else "open"
    return Found(value, row.document, row.key, row.reader, row.version, not row.lost, marked, row.row, state)


def documents(
    connection: Connection, where: Where, *, after: str | None = None, offset: int = 0, limit: int | None = None
) -> Iterator[Listed]:
    """The documents with a statement that meets ``where``, all without a condition; those after the id ``after``, and
    of them not the first ``offset``."""
    d = t.documents.c
    asked = select(d.id)
    if where != Where():
        asked = asked.where(d.id.in_(narrowed(connection, select(VIEW.document), where)))
    if after:
        batch = select(d.batch).where(d.id == after).scalar_subquery()
        asked = asked.where(or_(d.batch > batch, and_(d.batch == batch, d.id > after)))
    asked = asked.order_by(d.batch, d.id).offset(offset or None)
    rows = streamed(connection, asked if limit is None else asked.limit(limit))
    while some := [row.id for row in islice(rows, _AT_ONCE)]:
        yield from _listed(connection, some)


def _listed(connection: Connection, ids: Sequence[str]) -> Iterator[Listed]:
    """What is known of these documents, in their order."""
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
    found: dict[str, Any] = {row.id: row for row in connection.execute(asked.where(d.id.in_(ids)))}
    yield from (Listed(*found[id_]) for id_ in ids)


def row_of(connection: Connection, statement: str) -> int:
    """The row of a statement's newest view, after which a page goes on. Raises LedgerError where it is not there."""
    asked = select(VIEW.row).where(VIEW.statement == statement).order_by(VIEW.nth.desc()).limit(1)
    row = connection.execute(asked).scalar()
    if row is None:
        raise LedgerError(f"no statement {statement} in this ledger; onrecord statements prints the ids")
    return int(row)


def page(query: Select[Any], after: int | None, limit: int | None) -> Select[Any]:
    query = query.order_by(VIEW.row)
    if after is not None:
        query = query.where(VIEW.row > after)
    return query if limit is None else query.limit(limit)


def streamed(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    yield from connection.execution_options(yield_per=_AT_ONCE).execute(query)


def key_of() -> Any:
    seen = t.sightings.c
    return select(func.min(seen.key)).where(seen.document == VIEW.document).scalar_subquery().label("key")


def _decided() -> Any:
    """Whether anything was decided on the statement."""
    d = t.decisions.c
    return exists().where(d.of == "statement", d.target == VIEW.statement)


def _lost() -> Any:
    """Whether a later reading does not find the statement."""
    later = t.readings.alias("later").c
    marked = and_(t.unfound.c.statement == VIEW.statement, later.id == t.unfound.c.reading, later.nth > VIEW.nth)
    return exists().where(marked)
