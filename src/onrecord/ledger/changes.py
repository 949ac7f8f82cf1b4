"""What a run has otherwise than what stands: of rows that share an id, the one of the highest run holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache
from typing import Any

from sqlalchemy import Connection, FromClause, Select, Table, and_, exists, func, select
from sqlalchemy.sql import ColumnElement

from onrecord.ledger.chain import Row

Key = tuple[Any, ...]

_AT_ONCE = 1000
_KEPT_BY_THE_RECORD = frozenset({"matching", "nth", "gone", "batch", "digest", "document"})


def newest(table: Table, key: tuple[str, ...] = ("id",)) -> ColumnElement[bool]:
    """The condition that a row is the newest of its id."""
    later = _later(table).c
    return ~exists().where(and_(*(later[name] == table.c[name] for name in key), later.nth > table.c.nth))


@cache
def _later(table: Table) -> FromClause:
    """The table by another name; made once, since it has many columns to be named anew."""
    return table.alias("later")


def stands(table: Table, key: tuple[str, ...] = ("id",)) -> ColumnElement[bool]:
    """The condition that a row is the newest of its id, and that the newest run still finds it."""
    return and_(newest(table, key), ~table.c.gone)


def next_nth(connection: Connection, table: Table) -> int:
    """The number of the next run."""
    return (connection.execute(select(func.max(table.c.nth))).scalar() or 0) + 1


def standing_rows(connection: Connection, table: Table, key: tuple[str, ...] = ("id",)) -> Iterator[tuple[Key, Row]]:
    """The rows that stand, by their ids, without what the record keeps of its own."""
    names = [column.name for column in table.columns if column.name not in _KEPT_BY_THE_RECORD]
    query: Select[Any] = select(*(table.c[name] for name in names)).where(stands(table, key))
    with closing(connection.execute(query.execution_options(yield_per=_AT_ONCE))) as result:
        for row in result.mappings():
            yield tuple(row[name] for name in key), dict(row)


def changed(new: Mapping[Key, Row], there: Iterator[tuple[Key, Row]]) -> tuple[list[Key], list[tuple[Key, Row]]]:
    """The ids of ``new`` that are not there or there otherwise, and what is there and no longer in ``new``."""
    same: set[Key] = set()
    lost: list[tuple[Key, Row]] = []
    for key, row in there:
        if key not in new:
            lost.append((key, row))
        elif new[key] == row:
            same.add(key)
    return [key for key in new if key not in same], lost
