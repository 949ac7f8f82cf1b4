"""Statements and documents that meet a condition, streamed in the order they were added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, exists, func, or_, select

from onrecord.errors import LedgerError
from onrecord.ledger import tables as t
from onrecord.ledger.asking.narrowing import narrowed, sieved
from onrecord.ledger.asking.ordering import next_rows
from onrecord.ledger.asking.sieving import VIEW
from onrecord.ledger.asking.where import Where
from onrecord.ledger.rows import Json
from onrecord.ledger.searching import search

_AT_ONCE = 500
_FEW = 50  # pages: of more, all that were decided on are asked for once, and not those of every page
_DECIDED = select(t.decisions.c.target).where(t.decisions.c.of == "statement").distinct()


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
    sieve, many = sieved(connection, where), limit is None or limit > _FEW * _AT_ONCE
    decided = set(connection.execute(_DECIDED).scalars()) if many else None
    left = limit
    while left is None or left > 0:
        size = _AT_ONCE if left is None else min(left, _AT_ONCE)
        rows = next_rows(sieve, sort, after, size)
        yield from _after_review(connection, _looked_up(connection, rows, where.text), decided)
        if len(rows) < size:
            return
        after, left = [*rows][-1], None if left is None else left - size


def _looked_up(connection: Connection, rows: Mapping[int, str | None], text: str | None) -> list[Found]:
    """The views of these rows, in their order, with the words of ``text`` marked."""
    r, words = t.readings.c, search(connection.dialect.name, text) if text else None
    asked = select(VIEW.row, VIEW.value, VIEW.document, key_of(), r.reader, r.version, _lost().label("lost"))
    if words and words.apart:
        asked = asked.add_columns(words.marked.label("marked"))
    asked = asked.join_from(t.statement_values, t.readings, r.id == VIEW.reading).where(VIEW.row.in_(rows))
    found = {row.row: row for row in connection.execute(asked)}
    return [_found(found[row], found[row].marked if words and words.apart else marked) for row, marked in rows.items()]


def _found(row: Any, marked: str | None) -> Found:
    value = msgspec.json.decode(row.value) if row.value else {}
    return Found(value, row.document, row.key, row.reader, row.version, not row.lost, marked, row.row)


def _after_review(connection: Connection, found: list[Found], decided: set[str] | None) -> Iterator[Found]:
    """The statements, those that anything was ``decided`` on as they stand after it; looked up where that is None."""
    from onrecord.ledger.deciding.reviewing import reviewed  # which asks by us

    told = [str(one.value["id"]) for one in found if one.value]
    if decided is None:
        decided = set(connection.execute(_DECIDED.where(t.decisions.c.target.in_(told))).scalars())
    touched = [id_ for id_ in told if id_ in decided]
    after = reviewed(connection, touched) if touched else {}
    for one in found:
        review = after.get(one.value.get("id", ""))
        yield replace(one, value=review.value, state=str(review.state.status)) if review else one


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


def _lost() -> Any:
    """Whether a later reading does not find the statement."""
    later = t.readings.alias("later").c
    marked = and_(t.unfound.c.statement == VIEW.statement, later.id == t.unfound.c.reading, later.nth > VIEW.nth)
    return exists().where(marked)
