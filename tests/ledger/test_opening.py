"""Opening a ledger: what is one, what is none, and what may be written; each complaint is one line."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from onrecord.errors import LedgerError
from onrecord.ledger import REVISIONS, Entry, Ledger, open_ledger
from onrecord.ledger import tables as t
from onrecord.ledger.adding import add_batch
from onrecord.ledger.dialects import complaint, guard, unguarded
from onrecord.ledger.tables.derived import derived
from onrecord.model import Document
from tests.ledger.conftest import dump


def test_a_new_ledger_is_made_only_when_asked(path: Path) -> None:
    with pytest.raises(LedgerError, match=r"no such ledger.*onrecord add"):
        open_ledger(path)
    assert not path.exists()
    open_ledger(path, new=True).close()
    open_ledger(path).close()
    assert sqlite3.connect(path).execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_migrated_tables_are_those_of_the_code(ledger: Ledger) -> None:
    with ledger.store.reads() as connection:
        options = {
            "include_name": lambda name, kind, parents: kind != "table" or not name.startswith("statement_words")
        }
        tables: Any = [t.metadata, derived]
        assert compare_metadata(MigrationContext.configure(connection, opts=options), tables) == []


def test_the_known_versions_are_those_there_are_steps_for() -> None:
    script = ScriptDirectory(str(Path(t.__file__).parents[1] / "migrations"))
    assert [step.revision for step in script.walk_revisions()][::-1] == list(REVISIONS)


def test_a_newer_ledger_is_left_alone(path: Path) -> None:
    open_ledger(path, new=True).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match="newer onrecord"):
        open_ledger(path)


@pytest.mark.parametrize("data", [b"a letter to the editor", b"\x00" * 5000, b"SQLite format 3\0" + b"\x07" * 5000])
def test_a_file_that_is_no_ledger_is_left_as_it_is(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    for new in (True, False):
        with pytest.raises(LedgerError, match=r"no ledger|damaged"):
            open_ledger(path, new=new)
    assert path.read_bytes() == data


def test_the_database_of_another_program_is_left_as_it_is(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(LedgerError, match="holds other tables"):
        open_ledger(path, new=True)


def test_places_that_cannot_be_one(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="is a folder"):
        open_ledger(tmp_path, new=True)
    with pytest.raises(LedgerError, match="cannot be opened"):
        open_ledger(tmp_path / "nowhere" / "record.db", new=True)
    with pytest.raises(LedgerError, match="SQLite file or a PostgreSQL"):
        open_ledger("mysql://user@host/name", new=True)
    with pytest.raises(LedgerError, match="no URL"):
        open_ledger("://", new=True)


def test_a_password_is_never_told() -> None:
    with pytest.raises(LedgerError) as told:
        open_ledger("mysql://user:geheim@host/name")
    assert "geheim" not in str(told.value)


def test_a_ledger_that_may_only_be_read(path: Path, ledger: Ledger) -> None:
    ledger.add([Entry(Document("The bridge is closed."))])
    reading = open_ledger(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(LedgerError, match="may only be read"):
        reading.add([Entry(Document("The bridge is open."))])
    assert reading.verify().documents == 1


def test_a_damaged_page_is_told(path: Path, ledger: Ledger) -> None:
    ledger.add([Entry(Document("The bridge is closed. " * 3000))])
    ledger.close()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(LedgerError, match="damaged"):
        open_ledger(path).verify()


def test_what_a_database_says_is_one_line() -> None:
    told = complaint(DBAPIError("SELECT", {}, Exception("odd\nthing")), "x.db")
    assert str(told) == "x.db: the database says: odd thing"


def test_no_room_on_the_disk_is_told_and_costs_nothing(ledger: Ledger) -> None:
    ledger.add([Entry(Document("Kept before."))])
    before = dump(ledger)
    with pytest.raises(LedgerError, match="no room"), ledger.store.writes() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        add_batch(connection, [Entry(Document("much " * 100_000))])
    assert dump(ledger) == before
    assert ledger.verify().faults == 0


# --- the record only grows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [str(table.name) for table in t.GROWING])
def test_no_table_loses_or_changes_a_row(table: str, filled: Ledger, path: Path) -> None:
    before = dump(filled)
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {_first(table)} = {_first(table)}"):
        with sqlite3.connect(path) as raw, pytest.raises(sqlite3.IntegrityError, match="only grows"):
            raw.execute(statement)
    assert dump(filled) == before
    assert before[table]


def test_the_store_says_so_in_a_line(filled: Ledger) -> None:
    with pytest.raises(LedgerError, match=r"only grows.*redaction"), filled.store.writes() as connection:
        connection.execute(t.statements.delete())


def test_guards_are_made_anew_after_alembic_dropped_them(ledger: Ledger) -> None:
    with ledger.store.writes() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("covers", recreate="always"):
            pass
        assert unguarded(connection) == ["covers"]
        guard(connection)
        assert unguarded(connection) == []


def _first(table: str) -> str:
    return t.metadata.tables[table].columns.keys()[0]
