"""Questions in SQL read what is on the record, and nothing else, whatever they say."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from tests.exports.readings import RICH
from tests.ledger.conftest import Keep, dump

both = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)
postgresql = pytest.mark.parametrize("ledger", ["postgresql"], indirect=True)


NO_QUESTIONS = [
    "DELETE FROM statements",
    "UPDATE documents SET text = ''",
    "INSERT INTO batches (n, at, tool, manifest, previous, hash) VALUES (99, '', '', '', '', '')",
    "DROP TABLE readings",
    "CREATE TABLE mine (a int)",
    "CREATE TEMPORARY TABLE mine (a int)",
    "CREATE VIEW mine AS SELECT 1",
    "WITH gone AS (DELETE FROM statements RETURNING id) SELECT * FROM gone",
    "SELECT 1; DELETE FROM statements",
    "SELECT 1; COMMIT; DROP TABLE readings",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "VACUUM",
    "ANALYZE",
    "REINDEX",
    "",
    " ; ",
    "-- nothing",
    "SELECT 'a\0b'",
    "SELECT '\ud800'",
    "EXPLAIN ANALYZE DELETE FROM statements",
]
BEYOND_SQLITE = [
    "ATTACH '{folder}/other.db' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH main",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA user_version = 7",
    "PRAGMA temp_store_directory = '/'",
    "SELECT * FROM pragma_journal_mode('delete')",
    "SELECT load_extension('x')",
    "SELECT writefile('{folder}/other.db', 'x')",
    "VACUUM INTO '{folder}/other.db'",
    "INSERT INTO statement_words (statement_words) VALUES ('rebuild')",
    "CREATE VIRTUAL TABLE v USING fts5(a)",
    "SAVEPOINT mine",
    "UPDATE sqlite_master SET sql = ''",
    "SELECT fts3_tokenizer('simple', x'00')",
    "SELECT zeroblob(900000000)",
]
BEYOND_POSTGRESQL = [
    "COPY statements TO PROGRAM 'id'",
    "COPY (SELECT 1) TO '/tmp/out'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT \"pg_read_file\"('/etc/passwd')",
    "SELECT U&\"pg\\005fread_file\"('/etc/passwd')",
    "SELECT PG_LS_DIR('/')",
    "SELECT pg_catalog . pg_stat_file('/etc/passwd')",
    "SELECT lo_export(1, '/tmp/out')",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT set_config('role', 'none', true)",
    "SELECT set_config('transaction_read_only', 'off', false)",
    "SELECT query_to_xml('select pg_read_file(''/etc/passwd'')', true, false, '')",
    "SELECT * FROM ts_stat('select pg_read_file(''/etc/passwd'')')",
    "SELECT nextval('mine')",
    "SELECT pg_terminate_backend(1)",
    "SELECT pg_advisory_lock(1)",
    "SELECT pg_sleep(1)",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_shadow",
    "SELECT mine()",
    "SET ROLE postgres",
    "RESET ROLE",
    "DO $$ BEGIN END $$",
    "CALL mine()",
    "LISTEN a",
    "LOCK TABLE statements",
    "SELECT * FROM statements FOR UPDATE",
    "DECLARE c CURSOR FOR SELECT 1",
    "PREPARE p AS SELECT 1",
    "SELECT * INTO mine FROM statements",
    "LOAD 'x'",
    "CREATE EXTENSION dblink",
]


def rows(ledger: Ledger, sql: str, **limits: float) -> list[tuple[object, ...]]:
    with ledger.query(sql, **limits) as answer:  # type: ignore[arg-type]
        return list(answer.rows)


def refused(ledger: Ledger, sql: str) -> str:
    """What is said of a query that is not answered."""
    with pytest.raises(LedgerError) as told:
        pytest.fail(f"{sql} gave {rows(ledger, sql)}")
    return str(told.value)


@both
def test_rows_come_with_their_columns(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    with ledger.query(
        "SELECT act, count(*) AS n, act FROM statement_values WHERE act = 'estimate' GROUP BY act;"
    ) as told:
        assert told.columns == ("act", "n", "act_2")
        assert list(told.rows) == [("estimate", 1, "estimate")]


@both
def test_so_many_rows_and_no_more(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    assert len(rows(ledger, "SELECT id FROM statements", limit=4)) == 4
    assert len(rows(ledger, "SELECT id FROM statements")) == 9


@both
def test_nothing_but_one_question(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    before = dump(ledger)
    for sql in NO_QUESTIONS:
        assert "\n" not in refused(ledger, sql)
    assert dump(ledger) == before


def test_sqlite_reaches_for_nothing_else(ledger: Ledger, path: Path) -> None:
    for sql in BEYOND_SQLITE:
        assert refused(ledger, sql.format(folder=path.parent))
    assert {file.name.split("-")[0] for file in path.parent.iterdir()} == {"record.db"}


def test_sqlite_tells_of_its_tables_and_searches(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    assert "id" in {row[1] for row in rows(ledger, "PRAGMA table_info(documents)")}
    found = "SELECT highlight(statement_words, 0, '[', ']') FROM statement_words WHERE statement_words MATCH 'tanks'"
    assert rows(ledger, found) == [("Ukraine had lost far more [tanks] than Russia",)]


@postgresql
def test_postgresql_reaches_for_nothing_else(ledger: Ledger) -> None:
    engine = create_engine(ledger.store.engine.url)
    with engine.begin() as connection:
        connection.execute(text("CREATE FUNCTION mine() RETURNS int STABLE LANGUAGE sql AS 'SELECT 1'"))
    for sql in BEYOND_POSTGRESQL:
        assert refused(ledger, sql)
    engine.dispose()


@postgresql
def test_postgresql_reads_as_a_role_that_only_reads(ledger: Ledger) -> None:
    assert rows(ledger, "SELECT current_user, current_setting('transaction_read_only')") == [("pg_read_all_data", "on")]
    with ledger.store.reads() as connection:
        assert connection.execute(text("SELECT current_user")).scalar() != "pg_read_all_data"


@both
def test_what_takes_too_long_is_stopped(ledger: Ledger) -> None:
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT max(i) FROM n"
    )
    with pytest.raises(LedgerError, match=r"longer than 0\.2 seconds"):
        rows(ledger, endless, seconds=0.2)


@both
def test_what_cannot_be_answered_is_one_line(ledger: Ledger) -> None:
    for sql in ("SELECT nowhere FROM statements", "SELECT * FROM nothing", "SELEC 1", "SELECT 1 / 0 FROM nothing"):
        with pytest.raises(LedgerError, match="cannot be answered"):
            rows(ledger, sql)


def test_a_ledger_that_is_written_to_is_read_all_the_same(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    with ledger.store.writes(), ledger.query("SELECT count(*) FROM statements") as told:
        assert list(told.rows) == [(9,)]


def test_the_answer_lets_go_of_the_file(ledger: Ledger, keep: Keep, path: Path) -> None:
    keep(RICH)
    with ledger.query("SELECT id FROM statements") as told:
        next(told.rows)
    with pytest.raises((LedgerError, sqlite3.ProgrammingError)):
        next(told.rows)
