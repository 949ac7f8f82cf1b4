"""A ledger in a folder of its own, and readings to put into it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Table, create_engine, func, select

from onrecord.contract import contract
from onrecord.ledger import Added, Entry, Ledger, open_ledger
from onrecord.ledger import tables as t
from onrecord.ledger.adding import Batch
from onrecord.model import Document, ReaderInfo, Reading
from tests.exports.readings import RICH

Count = Callable[[str], int]
Keep = Callable[..., Added]

STORY = (
    "“We hold the town,” Colonel Ivan Petrenko said on Monday. At least 40 soldiers were killed near Bakhmut, he told "
    "the Courier News. Russian officials said that 1,200 civilians had left. The claims could not be independently "
    "verified. The bridge over the river was destroyed in March."
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def ledger(path: Path, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """A SQLite ledger at ``path``, or with the parameter ``postgresql`` one in a schema of its own."""
    if getattr(request, "param", "sqlite") == "sqlite":
        opened = open_ledger(path, new=True)
        yield opened
        opened.close()
        return
    url = os.environ.get("ONRECORD_TEST_POSTGRESQL")
    if not url:
        pytest.skip("ONRECORD_TEST_POSTGRESQL names no database to test with")
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    schema = f"test_{uuid4().hex}"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    opened = open_ledger(f"{url}?options=-csearch_path%3D{schema}", new=True)
    yield opened
    opened.close()
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    engine.dispose()


def again(ledger: Ledger) -> Ledger:
    """The same ledger, opened by another program."""
    return open_ledger(ledger.store.engine.url.render_as_string(hide_password=False))


@pytest.fixture
def keep(ledger: Ledger) -> Keep:
    """``keep(reading, …)``: adds readings as one batch."""

    def add(*readings: Reading) -> Added:
        return ledger.add([Entry(r.document, r, contract(r)) for r in readings])

    return add


@pytest.fixture
def count(ledger: Ledger) -> Count:
    """``count("statements")``: how many rows a table has."""

    def rows(table: str) -> int:
        with ledger.store.reads() as connection:
            return connection.execute(select(func.count()).select_from(t.metadata.tables[table])).scalar() or 0

    return rows


def dump(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as plain tuples."""
    with ledger.store.reads() as connection:
        return {
            str(table.name): [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in t.GROWING
        }


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """A ledger with a row in every table."""
    reading = replace(RICH, reader=ReaderInfo("first", "1"))
    fewer = replace(reading, reader=ReaderInfo("second", "1"), statements=reading.statements[1:])
    for one in (reading, fewer):
        ledger.add([Entry(one.document, one, contract(one))])
    gone = Document("Words that were taken out.")
    ledger.add([Entry(gone)])
    with ledger.store.writes() as connection:
        redact(connection, gone.id)
        for table in t.ROWS:
            if connection.execute(select(table).limit(1)).first() is None:
                batch = Batch(connection)
                batch.add(reading.document.id, iter([(table, some_row(connection, table))]))
                batch.close()
    return ledger


def some_row(connection: Connection, table: Table) -> dict[str, Any]:
    """A row with something in every column, its references to rows that are there."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.foreign_keys:
            row[column.name] = connection.execute(select(next(iter(column.foreign_keys)).column).limit(1)).scalar()
        else:
            row[column.name] = {str: "[]", int: 1, float: 0.5, bool: True, bytes: b"x"}[column.type.python_type]
    return {name: value for name, value in row.items() if name not in ("document", "batch", "digest")}


def redact(connection: Connection, document: str) -> None:
    """A redaction as the record keeps it: a batch with the tombstone."""
    batch = Batch(connection)
    batch.add(document, iter([(t.redactions, {"by": "A. Editor", "why": "asked by a witness"})]))
    batch.close()
