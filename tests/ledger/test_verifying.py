"""Verify names what was altered: the file is tampered with through sqlite3, its guards dropped."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from onrecord.ledger import Entry, Ledger
from onrecord.ledger import tables as t
from onrecord.ledger.chain import batch_hash, row_digest, rows_hash
from onrecord.ledger.tables import hashed
from onrecord.model import Document
from tests.exports.readings import RICH
from tests.ledger.conftest import Keep, dump, redact

DOCUMENT = RICH.document.id


@pytest.fixture
def raw(ledger: Ledger, keep: Keep, path: Path) -> sqlite3.Connection:
    """The file of a ledger of three batches, opened by another program that drops and re-creates the guards."""
    for n in range(2):
        ledger.add([Entry(Document(f"Short text {n}."))])
    keep(RICH)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def altered(raw: sqlite3.Connection, ledger: Ledger, *statements: str) -> list[str]:
    """What verify tells after the statements were run with the guards out of the way."""
    guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        raw.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        raw.execute(statement)
    for _, made in guards:
        raw.execute(made)
    told: list[str] = []
    assert ledger.verify(told.append).faults == len(told)
    return told


def test_an_unaltered_ledger_is_proven(filled: Ledger) -> None:
    told: list[str] = []
    proof = filled.verify(told.append)
    assert told == []
    assert (proof.documents, proof.batches, proof.faults) == (2, len(dump(filled)["batches"]), 0)
    assert len(proof.last) == 64


def test_a_changed_text_is_named(raw: sqlite3.Connection, ledger: Ledger) -> None:
    told = altered(raw, ledger, f"UPDATE documents SET text = 'x' || substr(text, 2) WHERE id = '{DOCUMENT}'")
    assert f"documents {DOCUMENT}: the text is not the one that was added" in told
    assert f"documents {DOCUMENT}: its values are not as they were added" in told


def test_moved_words_are_named(raw: sqlite3.Connection, ledger: Ledger) -> None:
    id_ = RICH.statements[0].id
    told = altered(raw, ledger, f"UPDATE statements SET spans = '[[0, 5]]' WHERE id = '{id_}'")
    assert f"statements {id_}: its words do not stand where it says in {DOCUMENT}" in told


@pytest.mark.parametrize("spans", ["none", "[[0]]", "{}", '[["a", 2]]', "[[0, 99999999]]"])
def test_spans_that_are_none_are_named(raw: sqlite3.Connection, ledger: Ledger, spans: str) -> None:
    told = altered(raw, ledger, f"UPDATE figures SET spans = '{spans}' WHERE n = 0")
    assert any("its words do not stand" in line for line in told)


@pytest.mark.parametrize("table", ["sightings", "readings", "parties", "claimants", "relays", "covers", "places"])
def test_a_changed_value_is_named(raw: sqlite3.Connection, ledger: Ledger, table: str) -> None:
    column = {"covers": "batch", "readings": "version", "sightings": "title"}.get(table, "name")
    value = "1" if column == "batch" else "'somebody'"
    told = altered(raw, ledger, f"UPDATE {table} SET {column} = {value} WHERE rowid = 1")
    assert [line for line in told if line.startswith(f"{table} ") and "not as they were added" in line]


@pytest.mark.parametrize("table", ["statement_values", "figures", "sightings"])
def test_a_row_taken_out_is_counted(raw: sqlite3.Connection, ledger: Ledger, table: str) -> None:
    (before,) = raw.execute(f"SELECT count(*) FROM {table} WHERE batch = 3").fetchone()
    told = altered(raw, ledger, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table} WHERE batch = 3)")
    assert told == [f"{table}: batch 3 has {before - 1} rows of the {before} that were added"]


def test_a_row_slipped_in_is_counted(raw: sqlite3.Connection, ledger: Ledger) -> None:
    told = altered(raw, ledger, f"INSERT INTO parties VALUES ('new', 'Nobody', '{DOCUMENT}', 2, 'none')")
    assert "parties new: its values are not as they were added" in told
    assert "parties: batch 2 has 1 rows of the 0 that were added" in told


def test_a_row_made_to_fit_is_found_by_its_batch(raw: sqlite3.Connection, ledger: Ledger) -> None:
    row = dict(raw.execute("SELECT * FROM claimants LIMIT 1").fetchone())
    row["name"] = "Somebody"
    new = row_digest(t.claimants, row)
    told = altered(
        raw, ledger, f"UPDATE claimants SET name = 'Somebody', digest = '{new}' WHERE digest = '{row['digest']}'"
    )
    assert told == ["claimants: batch 3 has other rows than were added"]


def test_a_batch_made_to_fit_is_found_by_the_chain(raw: sqlite3.Connection, ledger: Ledger) -> None:
    id_, old = raw.execute("SELECT id, digest FROM sightings WHERE batch = 1").fetchone()
    row = dict(raw.execute("SELECT * FROM sightings WHERE batch = 1").fetchone()) | {"title": "Another title"}
    batch = dict(raw.execute("SELECT * FROM batches WHERE n = 1").fetchone())
    manifest = json.loads(batch["manifest"]) | {"sightings": rows_hash([row_digest(t.sightings, row)])}
    batch["manifest"] = json.dumps(manifest)
    told = altered(
        raw,
        ledger,
        f"UPDATE sightings SET title = 'Another title', digest = '{row_digest(t.sightings, row)}' WHERE id = '{id_}'",
        f"UPDATE batches SET manifest = '{batch['manifest']}', hash = '{batch_hash(batch)}' WHERE n = 1",
    )
    assert told == ["batch 2 does not follow the batch before it"]
    assert old != row_digest(t.sightings, row)


def test_a_batch_taken_out_is_named(raw: sqlite3.Connection, ledger: Ledger) -> None:
    told = altered(
        raw,
        ledger,
        "DELETE FROM bands WHERE batch = 2",
        "DELETE FROM sightings WHERE batch = 2",
        "DELETE FROM documents WHERE batch = 2",
        "DELETE FROM batches WHERE n = 2",
    )
    assert told == ["batch 2 is missing"]


def test_a_record_that_was_cut_is_found_by_the_hash_held(raw: sqlite3.Connection, ledger: Ledger) -> None:
    held = ledger.verify().last
    about = [str(table.name) for table in t.GROWING if table is not t.batches]
    told = altered(
        raw, ledger, *(f"DELETE FROM {name} WHERE batch = 3" for name in about), "DELETE FROM batches WHERE n = 3"
    )
    assert told == []
    ledger.verify(told.append, held=held)
    assert told == [f"no batch has the hash {held}: the record was cut or made anew"]


def test_a_whole_table_taken_out_is_counted(raw: sqlite3.Connection, ledger: Ledger) -> None:
    (before,) = raw.execute("SELECT count(*) FROM relays").fetchone()
    assert altered(raw, ledger, "DELETE FROM relays") == [f"relays: batch 3 has 0 rows of the {before} that were added"]


def test_a_guard_that_is_gone_is_named(raw: sqlite3.Connection, ledger: Ledger) -> None:
    raw.execute("DROP TRIGGER keep_figures")
    told: list[str] = []
    ledger.verify(told.append)
    assert told == ["the guards of figures are gone"]


def test_a_redaction_opens_its_document_and_no_other(raw: sqlite3.Connection, ledger: Ledger) -> None:
    with ledger.store.writes() as connection:
        redact(connection, DOCUMENT)
    raw.execute(f"UPDATE documents SET text = '' WHERE id = '{DOCUMENT}'")
    raw.execute(f"UPDATE statement_values SET text = '', value = '' WHERE document = '{DOCUMENT}'")
    found = raw.execute("SELECT rowid FROM statement_words WHERE statement_words MATCH 'tanks'").fetchall()
    assert found == []
    for statement in (
        f"DELETE FROM documents WHERE id = '{DOCUMENT}'",
        f"UPDATE documents SET digest = '' WHERE id = '{DOCUMENT}'",
        f"UPDATE documents SET text = '' WHERE id <> '{DOCUMENT}'",
        "UPDATE redactions SET why = ''",
        "DELETE FROM redactions",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            raw.execute(statement)
    told: list[str] = []
    assert ledger.verify(told.append).faults == 0, told


def test_every_column_but_the_digest_is_hashed() -> None:
    left_out = {(str(table.name), c.name) for table in t.ROWS for c in table.columns if c.name not in hashed(table)}
    assert left_out == {(str(table.name), "digest") for table in t.ROWS} | {("statement_values", "row")}
