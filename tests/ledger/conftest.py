"""A ledger in a folder of its own, and readings to put into it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import URL, Connection, Table, create_engine, func, make_url, select

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


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty ledger: to copy it is faster than to make its tables for every test."""
    path = tmp_path_factory.mktemp("empty") / "record.db"
    open_ledger(path, new=True).close()
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """PostgreSQL, with a database of an empty ledger to copy; skips where none is named."""
    url = os.environ.get("ONRECORD_TEST_POSTGRESQL")
    if not url:
        pytest.skip("ONRECORD_TEST_POSTGRESQL names no database to test with (.ci/with-postgresql starts one)")
    server = Server(make_url(url).set(drivername="postgresql+psycopg"))
    yield server
    server.close()


class Server:
    """Makes and drops databases with an empty ledger."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine = create_engine(url, isolation_level="AUTOCOMMIT")
        self.made: list[str] = []
        self.empty = self.database("template0")
        open_ledger(self.empty, new=True).close()

    def database(self, template: str = "") -> str:
        """The URL of a new database, of an empty ledger where nothing else is asked for."""
        name = f"test_{uuid4().hex}"
        source = template or make_url(self.empty).database
        with self.engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {source}")
        url = self.url.set(database=name).render_as_string(hide_password=False)
        self.made.append(url)
        return url

    def drop(self, url: str) -> None:
        """Drops a database that was made, whoever is still connected to it."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")
        self.made.remove(url)

    def close(self) -> None:
        """Drops what is left."""
        for url in [*self.made]:
            self.drop(url)
        self.engine.dispose()


@pytest.fixture
def place(path: Path, empty: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The path of an empty SQLite ledger, or with the parameter ``postgresql`` the URL of one there."""
    yield from _place(path, empty, request)


@pytest.fixture
def ledger(path: Path, empty: Path, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """An empty SQLite ledger at ``path``, or with the parameter ``postgresql`` one there."""
    for place in _place(path, empty, request):
        opened = open_ledger(place)
        yield opened
        opened.close()


def _place(path: Path, empty: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if getattr(request, "param", "sqlite") == "sqlite":
        shutil.copy(empty, path)
        yield str(path)
        return
    server: Server = request.getfixturevalue("server")
    url = server.database()
    yield url
    server.drop(url)


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
