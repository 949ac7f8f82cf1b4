"""Opens a ledger: a SQLite file by its path, or a database by its URL, at the version of this onrecord."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from onrecord.errors import LedgerError
from onrecord.ledger.dialects import WRITES, complaint, prepare, reading, write_ahead
from onrecord.ledger.tables import batches

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
"""The versions of the tables that this onrecord knows, oldest first."""


class Store:
    """The database of a ledger: connections to read and to write by, with one line for what goes wrong."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place

    @contextmanager
    def reads(self) -> Iterator[Connection]:
        """A connection that sees the record as it was when it began."""
        with told(self.place), self.engine.connect() as connection:
            reading(
                connection
            ).begin()  # rolled back when it closes: of a damaged file SQLite does not even commit that it read
            yield connection

    @contextmanager
    def writes(self) -> Iterator[Connection]:
        """A connection whose work is all there at the end, or nothing of it; one writer at a time."""
        with told(self.place), self.engine.connect() as connection:
            writer = connection.execution_options(**{WRITES: True})
            with writer.begin():
                yield writer


@contextmanager
def told(place: str) -> Iterator[None]:
    """What the database complains of, as a LedgerError of one line."""
    try:
        yield
    except DBAPIError as error:
        raise complaint(error, place) from error


def open_store(url_or_path: str | Path, *, new: bool) -> Store:
    """The store at a path or URL, brought to this version; with ``new`` it is made where there is none.

    Raises LedgerError for a file that is no ledger, a newer version, a place that cannot be reached or written.
    """
    url = _url(url_or_path)
    place = url.render_as_string() if _is_url(url_or_path) else str(url_or_path)
    _see(url, place, new)
    try:
        engine = create_engine(_unchanging(url))
    except (NoSuchModuleError, ImportError):
        raise LedgerError(f"{place}: no driver for {url.drivername}; use a file or postgresql+psycopg://…") from None
    prepare(engine)
    store = Store(engine, place)
    with store.reads() as connection:
        missing = _missing(connection, place, new)
    if missing:
        with told(place):
            write_ahead(engine)
        with store.writes() as connection:
            if _missing(connection, place, new):
                from onrecord.ledger.upgrading import upgrade  # takes as long to import as all the rest

                upgrade(connection)
    return store


def _is_url(url_or_path: str | Path) -> bool:
    return isinstance(url_or_path, str) and "://" in url_or_path


def _url(url_or_path: str | Path) -> URL:
    if not _is_url(url_or_path):
        return URL.create("sqlite", database=str(url_or_path))
    try:
        url = make_url(str(url_or_path))
    except ArgumentError:
        raise LedgerError(f"{url_or_path}: this is no URL of a database; write postgresql://user@host/name") from None
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(f"{url.render_as_string()}: a ledger is a SQLite file or a PostgreSQL database")
    return url


def _see(url: URL, place: str, new: bool) -> None:
    """Refuses what is plainly no ledger before SQLite makes a file of it.

    The file itself is left to SQLite: to open and close it here would drop the locks that another connection of this
    process holds on it.
    """
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith("file:"):
        return
    try:
        path = Path(url.database)
        if path.is_dir():
            raise LedgerError(f"{place}: this is a folder; name a file in it")
        if not path.exists() and not new:
            raise LedgerError(f"{place}: no such ledger; make one with: onrecord add {place} PATH")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise LedgerError(f"{place}: it cannot be opened: {why.lower()}") from None


def _unchanging(url: URL) -> URL:
    """The URL of a file that this user can but read, in a folder that takes no other file: one that does not change.

    Else SQLite would ask for two files beside it, even to read. Where one of them is there, somebody writes.
    """
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith("file:"):
        return url
    path = Path(url.database)
    if os.access(path.parent, os.W_OK) or os.access(path, os.W_OK) or Path(f"{path}-wal").exists():
        return url
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query={"immutable": "1", "uri": "true"})


def _missing(connection: Connection, place: str, new: bool) -> bool:
    """Whether tables are to be made or brought up to date; refuses another program's, and a newer version's."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables and batches.name in tables:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if version not in REVISIONS:
            raise LedgerError(f"{place}: it was made by a newer onrecord (tables {version}); use that one, or upgrade")
        return bool(version != REVISIONS[-1])
    if tables:
        raise LedgerError(f"{place}: this database is no ledger: it holds other tables; name another")
    if not new:
        raise LedgerError(f"{place}: this is no ledger: it is empty; fill it with: onrecord add {place} PATH")
    return True
