"""What SQLite and PostgreSQL each have a way of their own for: guards, index of words, locks, and their complaints."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, cast

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Engine,
    Table,
    any_,
    bindparam,
    event,
    func,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from onrecord.errors import LedgerError
from onrecord.ledger.tables import GROWING, documents, snapshots, statement_values
from onrecord.ledger.tables.quoting import QUOTING, bodiless, redacted

REFUSED = "the record only grows"
WRITES = "onrecord_writes"
"""The execution option of a connection that will write: it waits for its turn before it reads."""

_TOLD = 10  # damages of a file, beyond which more say no more
_WAIT = 600  # seconds one writer waits for another: a slow disk takes many for one batch
_AHEAD = 16_000  # pages written ahead before SQLite moves them to their places: the same page is then moved once
_CACHE = 65_536  # KiB of a SQLite file held in memory: ids are hashes, so rows go to all parts of their indexes
_BOUND = 1000  # values in one statement
_COMPLAINTS = (
    (REFUSED, f"{REFUSED}: rows are neither changed nor deleted but by redaction"),
    ("file is not a database", "this file is no ledger; name another file"),
    ("malformed", "the file is damaged; take a copy of it from before"),
    ("readonly", "it may only be read; make the file and its folder writable, or name another file"),
    ("read-only", "it may only be read; ask for the right to write, or name another ledger"),
    ("full", "no room is left on the disk; make room and run it again, what was added stays"),
    ("disk i/o error", "the disk takes or gives no more; see whether there is room on it and whether it is sound"),
    ("locked", "another program writes to it; wait until that is done and run it again"),
    ("unable to open", "it cannot be opened; see whether its folder is there and may be used"),
    ("connection", "the database cannot be reached; see whether it runs and the URL is right"),
)


def prepare(engine: Engine) -> None:
    """Settings of every connection; a writer takes its turn when its transaction begins."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_settings)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "connect", _postgresql_settings)
        event.listen(engine, "begin", _postgresql_begin)


def _sqlite_settings(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver's own transactions would begin too late
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_WAIT * 1000}")
    cursor.execute("PRAGMA foreign_keys = OFF")  # a batch looks them up itself: see Batch.write
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute(f"PRAGMA cache_size = -{_CACHE}")
    cursor.execute(f"PRAGMA wal_autocheckpoint = {_AHEAD}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql_settings(connection: Any, record: object) -> None:
    connection.execute("SET jit = off")  # to compile a query takes longer than any of ours runs
    connection.commit()


def _postgresql_begin(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('onrecord'))")


def reading(connection: Connection) -> Connection:
    """The connection, to read by: the whole transaction sees one state of the record. In SQLite each does so anyway."""
    if connection.dialect.name == "sqlite":
        return connection
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def write_ahead(engine: Engine) -> None:
    """Lets one write while others read. PostgreSQL does so anyway."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Adds rows whose values stand in the order of ``columns``, as fast as the driver takes them.

    Raises DBAPIError, as SQLAlchemy's own way does.
    """
    if not rows:
        return
    into = f"{table.name} ({', '.join(columns)})"
    last = _last_row(connection) if table is statement_values else 0
    if connection.dialect.name == "sqlite":
        _insert(connection, into, len(columns), rows)
    else:
        _copy(connection, into, rows)
    if table is statement_values:  # in one go: by a trigger, row by row, it takes ten times as long
        connection.execute(text(_INDEX[connection.dialect.name]), {"last": last})


def _insert(connection: Connection, into: str, width: int, rows: Sequence[tuple[Any, ...]]) -> None:
    """Many rows a statement: a tenth less than one by one."""
    one = f"({', '.join('?' * width)})"
    many = max(1, _BOUND // width)
    whole = len(rows) - len(rows) % many
    for start in range(0, whole, many):
        values = tuple(chain.from_iterable(rows[start : start + many]))
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES {', '.join([one] * many)}", values)  # noqa: S608 - our names
    if whole < len(rows):
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES {one}", list(rows[whole:]))  # noqa: S608 - our names


def _last_row(connection: Connection) -> int:
    return connection.execute(select(func.max(statement_values.c.row))).scalar() or 0


def _copy(connection: Connection, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    copying, driver = f"COPY {into} FROM STDIN", cast(Any, connection.connection)
    try:
        with driver.cursor() as cursor, cursor.copy(copying) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(copying, None, error) from error


def add_up(connection: Connection, counts: Mapping[int, int]) -> None:
    """Adds to how many statements have each of the ``tallies``, by their ids."""
    if connection.dialect.name == "sqlite":
        pairs = [(n, id_) for id_, n in counts.items()]
        if pairs:
            connection.exec_driver_sql("UPDATE tallies SET n = n + ? WHERE id = ?", pairs)
        return
    added = (
        "UPDATE tallies SET n = tallies.n + m.n FROM unnest(%s::int[], %s::int[]) AS m (id, n) WHERE m.id = tallies.id"
    )
    connection.exec_driver_sql(added, ([*counts], [*counts.values()]))


def among(connection: Connection, column: Any, values: Collection[str] | Collection[int]) -> ColumnElement[bool]:
    """Whether ``column`` is one of many texts or numbers. PostgreSQL takes them as one parameter: it is slow to read
    hundreds."""
    if connection.dialect.name == "sqlite":
        return cast(ColumnElement[bool], column.in_(bindparam(None, list(values), expanding=True)))
    return cast(ColumnElement[bool], column == any_(bindparam(None, list(values), ARRAY(column.type))))


def complaint(error: DBAPIError, place: str) -> LedgerError:
    """One line on what the database complained of."""
    said = str(error.orig).lower()
    for words, line in _COMPLAINTS:
        if words in said:
            return LedgerError(f"{place}: {line}")
    return LedgerError(f"{place}: the database says: {' '.join(str(error.orig).split())}")


# --- guards ------------------------------------------------------------------------------------------------------


def guard(connection: Connection) -> None:
    """Makes anew the triggers that keep the record, and the index over its words; run after every migration."""
    for statement in _guards(connection.dialect.name):
        connection.exec_driver_sql(statement)


def unguarded(connection: Connection) -> list[str]:
    """The tables whose guards are gone."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    else:
        found = connection.execute(
            text(
                "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal "
                "AND tgenabled <> 'D' AND relnamespace = current_schema()::regnamespace"
            )
        )
    names = set(found.scalars())
    return [table.name for table in GROWING if not {f"keep_{table.name}", f"hold_{table.name}"} <= names]


def damaged(connection: Connection) -> list[str]:
    """What SQLite finds wrong with the pages of its file, a line each; PostgreSQL tells when it reads them."""
    if connection.dialect.name != "sqlite":
        return []
    try:
        found = connection.exec_driver_sql(f"PRAGMA quick_check({_TOLD})").scalars().all()
    except DBAPIError as error:
        found = [str(error.orig)]
    return [f"the file is damaged: {' '.join(line.split())}" for line in found if line != "ok"]


def _redacted(table: Table) -> str:
    """The condition under which a row may be changed: its document is redacted, and what proves the row stays."""
    opened = redacted(table, "OLD")
    if opened is None:
        return "FALSE"
    kept = ("batch", "digest", "id" if table is documents else "document")
    names = [*table.primary_key.columns.keys()] if table.name in QUOTING else []
    same = " AND ".join(f"OLD.{name} = NEW.{name}" for name in (*names, *kept) if name in table.columns)
    return f"{same} AND {opened}" + (f" OR {_emptied()}" if table is snapshots else "")


def _emptied() -> str:
    """The condition under which a feed's body may be taken out, and nothing else of its row changed."""
    same = " AND ".join(
        f"COALESCE(OLD.{c.name}, '') = COALESCE(NEW.{c.name}, '')" if c.nullable else f"OLD.{c.name} = NEW.{c.name}"
        for c in snapshots.columns
        if c.name not in ("body", "document")
    )
    return f"({same} AND OLD.document IS NULL AND {bodiless('NEW')})"


def _guards(dialect: str) -> Iterator[str]:
    if dialect == "sqlite":
        for table in GROWING:
            yield from _sqlite_guard(table)
        yield from _SQLITE_SEARCH
    else:
        yield _POSTGRESQL_REFUSE
        for table in GROWING:
            yield from _postgresql_guard(table)
        yield from _POSTGRESQL_SEARCH


def _sqlite_guard(table: Table) -> Iterator[str]:
    name = table.name
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    yield f"DROP TRIGGER IF EXISTS keep_{name}"
    yield f"DROP TRIGGER IF EXISTS hold_{name}"
    yield f"CREATE TRIGGER keep_{name} BEFORE DELETE ON {name} {refuse}"
    yield f"CREATE TRIGGER hold_{name} BEFORE UPDATE ON {name} WHEN NOT ({_redacted(table)}) {refuse}"


def _postgresql_guard(table: Table) -> Iterator[str]:
    name = table.name
    for reference in table.columns:  # looked up row by row they take more time than all else: see Batch.write
        if reference.foreign_keys:
            yield f"ALTER TABLE {name} DROP CONSTRAINT IF EXISTS fk_{name}_{reference.name}"
    yield f"DROP TRIGGER IF EXISTS keep_{name} ON {name}"
    yield f"DROP TRIGGER IF EXISTS hold_{name} ON {name}"
    yield f"CREATE TRIGGER keep_{name} BEFORE DELETE OR TRUNCATE ON {name} EXECUTE FUNCTION onrecord_refuse()"
    yield f"CREATE OR REPLACE FUNCTION onrecord_hold_{name}() RETURNS trigger LANGUAGE plpgsql AS " + (
        f"$$ BEGIN IF {_redacted(table)} THEN RETURN NEW; END IF; RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    yield f"CREATE TRIGGER hold_{name} BEFORE UPDATE ON {name} FOR EACH ROW EXECUTE FUNCTION onrecord_hold_{name}()"


_POSTGRESQL_REFUSE = (
    "CREATE OR REPLACE FUNCTION onrecord_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
)

# --- text search -------------------------------------------------------------------------------------------------

# Kept beside the texts: to take a text apart anew, to see whether words stand together in it, takes 50 µs.
_POSTGRESQL_SEARCH = (
    "DROP INDEX IF EXISTS ix_statement_values_words",
    "CREATE TABLE IF NOT EXISTS statement_words (row integer PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS ix_statement_words_words ON statement_words USING gin (words)",
    "INSERT INTO statement_words SELECT row, to_tsvector('english', text) FROM statement_values "
    "WHERE NOT EXISTS (SELECT FROM statement_words)",
    "CREATE OR REPLACE FUNCTION onrecord_redact_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "UPDATE statement_words SET words = to_tsvector('english', NEW.text) WHERE row = NEW.row; RETURN NULL; END $$",
    "DROP TRIGGER IF EXISTS redact_statement_words ON statement_values",
    "CREATE TRIGGER redact_statement_words AFTER UPDATE ON statement_values "
    "FOR EACH ROW EXECUTE FUNCTION onrecord_redact_words()",
)

# The index holds no words of its own: it points to the rows, and follows a redaction.
_SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS statement_words USING fts5("
    "text, content='statement_values', content_rowid='row', tokenize='porter unicode61 remove_diacritics 2')",
    "DROP TRIGGER IF EXISTS redact_statement_words",
    "CREATE TRIGGER redact_statement_words AFTER UPDATE ON statement_values BEGIN "
    "INSERT INTO statement_words (statement_words, rowid, text) VALUES ('delete', OLD.row, OLD.text); "
    "INSERT INTO statement_words (rowid, text) VALUES (NEW.row, NEW.text); END",
)
_INDEX = {
    "sqlite": "INSERT INTO statement_words (rowid, text) SELECT row, text FROM statement_values WHERE row > :last",
    "postgresql": "INSERT INTO statement_words (row, words) "
    "SELECT row, to_tsvector('english', text) FROM statement_values WHERE row > :last",
}
