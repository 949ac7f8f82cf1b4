"""A redaction leaves a tombstone and not a byte of the words, and what it did not touch is proven as before."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Text, select

from onrecord.contract import contract
from onrecord.errors import DecisionError, LedgerError
from onrecord.ledger import Entry, Ledger, Status
from onrecord.ledger import tables as t
from onrecord.ledger.adding import Batch
from onrecord.model import Decision, Document, Judgement, ReaderInfo, Snapshot, place_id
from tests.exports.readings import BRIDGE, RICH, everything
from tests.ledger.conftest import STORY, Keep, dump, some_row

J = Judgement
both = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)
GONE = RICH.document.id
KEPT = Document(STORY, key="kept.txt", title="What stays")
BY = ("A. Editor", "asked by a witness")
# Words that say nothing of a document: lists of the program's own, and what the untouched document says too.
COMMON = {
    "figures",
    "onrecord",
    "statement",
    "estimate",
    "settlement",
    "document",
    "organisation",
    "February",
    "verified",
}


def worked_out(ledger: Ledger, statement: str) -> None:
    """A row that quotes the statement in every table of what is worked out."""
    quote = RICH.document.text[:200]
    with ledger.store.writes() as connection:
        for table in (t.matchings, t.edges, t.claims, t.claim_statements, t.drifts, t.findings, t.finding_statements):
            quoting = {c.name: quote for c in table.columns if isinstance(c.type, Text) and c.name in QUOTING}
            row = some_row(connection, table) | quoting | {"gone": False, "claim": "[]", "finding": "[]"}
            known = {name: statement if name in ("statement", "one", "told") else row[name] for name in row}
            batch = Batch(connection)
            batch.add(None, iter([(table, {c.name: known[c.name] for c in table.columns if c.name in known})]))
            batch.close()


QUOTING = {"reasons", "claimant", "parties", "summary", "origins", "updates", "from_value", "to_value", "assumptions",
           "arithmetic", "text", "hedges", "asks"}  # fmt: skip


@pytest.fixture
def told(ledger: Ledger, keep: Keep) -> Ledger:
    """A ledger in which a document is read twice, reviewed, fetched and quoted, beside one that is to stay."""
    page = RICH.document.text.replace("\n", "</p>\n<p>").encode()
    feed = b"<rss><item><description>&lt;p&gt;" + RICH.document.text[40:400].encode() + b"</description></item></rss>"
    other = b"<rss><item>Another story altogether, of which nothing is taken out.</item></rss>"
    bodies = ((page, GONE), (feed, None), (other, None))
    urls = ("https://example.org/rival-tolls-after-the-crossing", "https://example.org/feed", "https://example.org/2")
    snapshots = [
        Snapshot(url, url, f"2023-03-07T10:00:0{n}+00:00", 200, sha256(body).hexdigest(), "text/html", body=body,
                 document=document)
        for n, (url, (body, document)) in enumerate(zip(urls, bodies, strict=True))
    ]  # fmt: skip
    ledger.add([Entry(KEPT), Entry(RICH.document, RICH, contract(RICH))], snapshots)
    keep(replace(RICH, reader=ReaderInfo("another", "2"), statements=RICH.statements[1:]))
    rise = RICH.statements[2].id
    ledger.decide(
        [
            Decision(J.ACCEPT, "statement", rise, "B", why="“Our lines have not moved”, she told me too"),
            Decision(J.CORRECT, "statement", rise, "B", field="claimant", value="two aid workers"),
            Decision(J.COMMENT, "party", "p1", "B", why="Colonel Iryna Moroz of the 5th"),
            Decision(J.MERGE, "party", "p1", "B", other="p5"),
        ]
    )
    worked_out(ledger, rise)
    # What is decided of what quotes the document keeps none of its words.
    ledger.decide(
        [
            Decision(J.CONFIRM, "finding", "[]", "C"),
            Decision(J.ACCEPT, "claim", "[]", "C"),
            Decision(J.COMMENT, "place", place_id(BRIDGE), "C", why="where?"),
        ]
    )
    return ledger


@both
def test_no_word_is_left_in_any_table(told: Ledger, ledger: Ledger) -> None:
    before = dump(ledger)
    done = ledger.redact(GONE, *BY)
    assert (done.new, done.copies) == (True, ())
    assert done.rows > 100
    left = str({name: rows for name, rows in dump(ledger).items() if name != "alembic_version"})
    own = set(re.findall(r"\w{7,}", STORY)) | COMMON
    assert [word for word in re.findall(r"\w{7,}", RICH.document.text) if word not in own and word in left] == []
    assert "Another story altogether" in left
    assert {name: len(rows) for name, rows in before.items()} == {
        name: len(rows) - (name in ("batches", "redactions")) for name, rows in dump(ledger).items()
    }


@both
def test_what_was_there_is_told_and_proven(told: Ledger, ledger: Ledger) -> None:
    held = ledger.verify().last
    ledger.redact(GONE, *BY)
    faults: list[str] = []
    assert ledger.verify(faults.append, held=held).faults == 0, faults
    with ledger.store.reads() as connection:
        (tomb,) = connection.execute(select(t.redactions)).all()
    assert (tomb.by, tomb.why, tomb.document) == (*BY, GONE)
    decisions = list(ledger.decisions(by="B"))
    assert [(d.judgement, d.by) for d in decisions] == [(j, "B") for j in (J.ACCEPT, J.CORRECT, J.COMMENT, J.MERGE)]
    assert {d.saw for d in decisions} | {d.value for d in decisions} == {None}
    assert ledger.state(RICH.statements[2].id).status is Status.CORRECTED
    assert len(list(ledger.statements())) == 9
    assert ledger.text(GONE) == ""
    assert list(ledger.queue(by="C")) == []
    assert ledger.clusters() == {"p1": "p1", "p5": "p1"}


@both
def test_the_words_do_not_come_back(told: Ledger, ledger: Ledger, keep: Keep) -> None:
    exported = list(ledger.decisions())
    ledger.redact(GONE, *BY)
    before = dump(ledger)
    keep(replace(RICH, reader=ReaderInfo("better", "9")))
    ledger.add([Entry(replace(RICH.document, title="Another title"))])
    assert ledger.to_read(RICH.document, ReaderInfo("better", "9")) is None
    assert ledger.decide(exported).there == 7
    with pytest.raises(DecisionError, match="taken out of the record"):
        ledger.decide([Decision(J.CORRECT, "statement", RICH.statements[0].id, "B", field="channel", value="briefing")])
    assert dump(ledger) == before


@both
def test_a_second_redaction_changes_nothing(told: Ledger, ledger: Ledger) -> None:
    ledger.redact(GONE, *BY)
    before = dump(ledger)
    assert (ledger.redact(GONE, "B", "again").new, dump(ledger)) == (False, before)


@both
def test_what_is_not_there_or_has_no_reason_is_told(told: Ledger, ledger: Ledger) -> None:
    before = dump(ledger)
    for document, by, why in (("0" * 32, *BY), (GONE, "", "why"), (GONE, "who", " ")):
        with pytest.raises(LedgerError):
            ledger.redact(document, by, why)
    assert dump(ledger) == before


@both
def test_copies_are_named_and_left(told: Ledger, ledger: Ledger) -> None:
    copy = Document(RICH.document.text.replace("“", '"').replace("”", '"'))
    ledger.add([Entry(copy)])
    assert ledger.redact(GONE, *BY).copies == (copy.id,)
    assert ledger.text(copy.id) == copy.text


@both
def test_other_rows_stay_guarded(told: Ledger, ledger: Ledger) -> None:
    ledger.redact(GONE, *BY)
    with ledger.store.reads() as connection:
        kept = connection.execute(select(t.snapshots.c.id).where(t.snapshots.c.body.is_not(None))).scalar_one()
    changes: list[Any] = [
        t.documents.update().where(t.documents.c.id == KEPT.id).values(text=""),
        t.snapshots.update().where(t.snapshots.c.id == kept).values(url="https://example.org/other"),
        t.snapshots.update().where(t.snapshots.c.id == kept).values(body=b"other"),
        t.claims.update().values(digest="0"),
        t.findings.update().values(id="other"),
        t.decisions.delete(),
    ]
    for change in changes:
        with pytest.raises(LedgerError, match="only grows"), ledger.store.writes() as connection:
            connection.execute(change)


# --- the file ----------------------------------------------------------------------------------------------------


def test_not_a_byte_of_the_words_is_left_in_the_file(told: Ledger, path: Path) -> None:
    secret = [word.encode() for word in ("Velyka Rika", "have not moved", "Iryna Moroz", "rival-tolls", "crossing.txt")]
    held = b"".join(file.read_bytes() for file in path.parent.glob("record.db*"))
    assert [word for word in secret if word not in held] == []
    told.redact(GONE, *BY)
    left = b"".join(file.read_bytes() for file in path.parent.glob("record.db*"))
    assert told.state("[]", of="finding").status is Status.CONFIRMED
    indexed = [b"moroz", b"velyka", b"vostok"]  # in the text index, in small letters
    assert [word for word in secret + indexed if word in left] == []
    assert b"Petrenko" in left
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO statement_words (statement_words, rank) VALUES ('integrity-check', 1)")
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_reader_that_holds_the_file_is_told_and_the_next_run_wipes_it(
    told: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.ledger import dialects

    monkeypatch.setattr(dialects, "_WAIT", 0)
    told.store.engine.dispose()  # connections from now on do not wait
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("BEGIN")
        raw.execute("SELECT count(*) FROM documents").fetchone()
        with pytest.raises(LedgerError, match=r"run (this|it) again"):
            told.redact(GONE, *BY)
        raw.execute("COMMIT")
    assert told.text(GONE) == ""
    assert not told.redact(GONE, *BY).new
    assert b"Iryna Moroz" not in b"".join(file.read_bytes() for file in path.parent.glob("record.db*"))


@pytest.mark.parametrize("table", [table.name for table in t.ROWS])
def test_every_text_about_a_document_is_emptied_unless_it_is_known_to_be_none_of_its_words(
    table: str, ledger: Ledger
) -> None:
    """A column that a later version adds is emptied too."""
    from onrecord.ledger.redacting import _KEPT, _stays

    for column in t.metadata.tables[table].columns:
        if isinstance(column.type, Text) and not column.primary_key and not column.foreign_keys:
            assert _stays(column) == (column.name in _KEPT)


def test_hostile_text_is_taken_out(ledger: Ledger, keep: Keep) -> None:
    reading = everything("'; DROP TABLE statements; -- \x1b[31m 😀")
    keep(reading)
    ledger.redact(reading.document.id, *BY)
    rows = dump(ledger)
    assert not any("DROP TABLE" in str(rows[table]) for table in ("documents", "statement_values", "figures", "places"))
    assert ledger.verify().faults == 0
