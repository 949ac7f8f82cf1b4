"""A question to PostgreSQL: in a transaction that can only read, as a role that can only read where there is one.

The query is declared as a cursor by the extended protocol, which takes one SELECT and nothing else: no COPY, no DO, no
second statement. Functions that act (volatile ones, and any that somebody added) are refused by their names, wherever
these stand in the query, since for a superuser they would reach files, other sessions and the role itself.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from onrecord.errors import LedgerError
from onrecord.ledger.asking.querying.answer import Answer, each_once
from onrecord.ledger.opening import Store, told

_AT_ONCE = 500
_WORD = re.compile(r"[^\W\d][\w$]*")
_ESCAPED = re.compile(r"u&\s*[\"']", re.IGNORECASE)  # names that are written in code points could not be seen
_HARMLESS = {"clock_timestamp", "currval", "gen_random_uuid", "lastval", "random", "timeofday"}
_SECRET = {"pg_authid", "pg_shadow", "pg_largeobject", "pg_user_mapping", "pg_user_mappings", "pg_hba_file_rules",
           "pg_ident_file_mappings", "pg_file_settings", "pg_subscription"}  # fmt: skip
_ACTING = text(
    "SELECT DISTINCT proname FROM pg_proc WHERE (provolatile = 'v' OR pronamespace <> 'pg_catalog'::regnamespace) "
    "AND prorettype::regtype::text NOT IN ('trigger', 'event_trigger', 'internal', 'tsm_handler', 'language_handler', "
    "'index_am_handler', 'table_am_handler', 'fdw_handler')"
)
_READER = "pg_read_all_data"


def ask(store: Store, sql: str, limit: int | None, seconds: float) -> Answer:
    """The answer, from a connection of its own. Raises LedgerError for what is refused."""
    with told(store.place):
        connection = store.engine.connect()
    driver: Any = connection.connection.dbapi_connection
    cursor = driver.cursor(name="asked")
    cursor.itersize = _AT_ONCE
    try:
        _refuse(connection, sql)
        _lowered(connection, seconds)
        cursor.execute(sql)
        columns = each_once([column.name for column in cursor.description or ()])
    except (connection.dialect.loaded_dbapi.Error, DBAPIError, UnicodeEncodeError) as error:
        _closed(connection, cursor)
        raise _complaint(error, seconds) from None
    except LedgerError:
        _closed(connection, cursor)
        raise
    return Answer(columns, _rows(connection, cursor, limit, seconds), lambda: _closed(connection, cursor))


def _refuse(connection: Connection, sql: str) -> None:
    acting = set(connection.execute(_ACTING).scalars()) - _HARMLESS | _SECRET
    if _ESCAPED.search(sql):
        raise LedgerError("the query may not write names or texts in code points (U&); write them as they are")
    if named := sorted(acting & {word.lower() for word in _WORD.findall(sql)}):
        raise LedgerError(f"the query may only read the tables of this ledger: {named[0]} is refused")


def _lowered(connection: Connection, seconds: float) -> None:
    """Gives up every right but that to read, and sets the clock."""
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
    may = text("SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = :role")
    if connection.execute(may, {"role": _READER}).scalar():
        connection.exec_driver_sql(f"SET LOCAL ROLE {_READER}")


def _rows(connection: Connection, cursor: Any, limit: int | None, seconds: float) -> Iterator[tuple[Any, ...]]:
    until = time.monotonic() + seconds
    try:
        for row in islice(cursor, limit):
            yield row
            if time.monotonic() > until:
                raise _too_long(seconds)
    except (connection.dialect.loaded_dbapi.Error, DBAPIError) as error:
        raise _complaint(error, seconds) from None
    finally:
        _closed(connection, cursor)


def _closed(connection: Connection, cursor: Any) -> None:
    if connection.closed:
        return
    with suppress(connection.dialect.loaded_dbapi.Error, DBAPIError):
        cursor.close()
    connection.invalidate()  # with its role and its limits
    connection.close()


def _complaint(error: Exception, seconds: float) -> LedgerError:
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    if "statement timeout" in said:
        return _too_long(seconds)
    if "multiple commands" in said:
        return LedgerError("the query is several statements; write one SELECT")
    if "permission denied" in said or "read-only transaction" in said:
        return LedgerError(f"the query may only read the tables of this ledger: {said.splitlines()[0]}")
    line = said.splitlines()[0] if said else "it says nothing"
    return LedgerError(f"the query cannot be answered: {line}")


def _too_long(seconds: float) -> LedgerError:
    return LedgerError(f"the query took longer than {seconds:g} seconds and was stopped; ask for less")
