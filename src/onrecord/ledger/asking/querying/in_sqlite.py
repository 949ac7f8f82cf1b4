"""A question to a SQLite file: opened for reading alone, by an authorizer that lets through what only reads."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.errors import LedgerError
from onrecord.ledger.asking.querying.answer import Answer, each_once
from onrecord.ledger.opening import Store

_STEPS = 10_000  # of SQLite's machine between two looks at the clock
_LONGEST = 64_000_000  # bytes of a value: more than any text on the record
_LIMITS = {
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LENGTH: _LONGEST,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 300,  # a pattern of many wildcards takes time that no clock ends
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 100,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_TOLD = {  # pragmas that only tell; data_version is asked by the text index itself
    "data_version", "foreign_key_list", "index_info", "index_list", "index_xinfo", "table_info", "table_list",
    "table_xinfo",
}  # fmt: skip
_REFUSED = {"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"}


def ask(store: Store, sql: str, limit: int | None, seconds: float) -> Answer:
    """The answer, from a connection of its own. Raises LedgerError for what is refused."""
    connection = _opened(store)
    try:
        until = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        cursor = connection.execute(sql)
        if cursor.description is None:
            raise LedgerError("the query gives no rows; write SELECT …")
        columns = each_once([column[0] for column in cursor.description])
    except (sqlite3.Error, sqlite3.Warning, UnicodeEncodeError, OverflowError) as error:
        connection.close()
        raise _complaint(error, seconds) from None
    except LedgerError:
        connection.close()
        raise
    return Answer(columns, _rows(connection, cursor, limit, seconds), connection.close)


def _opened(store: Store) -> sqlite3.Connection:
    database = store.engine.url.database or ""
    uri = database if database.startswith("file:") else Path(database).absolute().as_uri()
    try:
        connection = sqlite3.connect(f"{uri}{'&' if '?' in uri else '?'}mode=ro", uri=True, isolation_level=None)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA busy_timeout = 60000")
        # To take up the text index declares a table, which the authorizer would refuse.
        connection.execute("SELECT rowid FROM statement_words LIMIT 0")
    except sqlite3.Error as error:
        raise LedgerError(f"{store.place}: it cannot be read: {error}") from None
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    connection.set_authorizer(_allowed)
    return connection


def _allowed(action: int, one: str | None, other: str | None, database: str | None, inner: str | None) -> int:
    """Whether a step of a statement may be: those that read tables, and functions that reach for nothing else."""
    if action in _READS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and (other or "").lower() not in _REFUSED:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and (one or "").lower() in _TOLD:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _rows(
    connection: sqlite3.Connection, cursor: sqlite3.Cursor, limit: int | None, seconds: float
) -> Iterator[tuple[Any, ...]]:
    try:
        yield from islice(cursor, limit)
    except (sqlite3.Error, OverflowError) as error:
        raise _complaint(error, seconds) from None
    finally:
        connection.close()


def _complaint(error: Exception, seconds: float) -> LedgerError:
    said = str(error)
    if "interrupted" in said:
        return LedgerError(f"the query took longer than {seconds:g} seconds and was stopped; ask for less")
    if "not authorized" in said or "prohibited" in said:
        return LedgerError(f"the query may only read the tables of this ledger: {said}")
    if "one statement at a time" in said:
        return LedgerError("the query is several statements; write one SELECT")
    return LedgerError(f"the query cannot be answered: {' '.join(said.split())}")
