"""``onrecord add`` and ``onrecord verify`` end to end: what is kept, what is told, with which exit code."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import cli, pipeline
from onrecord.ledger import open_ledger
from onrecord.reading.reader import Reader

STORY = "“We hold the town,” Colonel Ivan Petrenko said on Monday. At least 40 soldiers were killed, he told reporters."
ADDING = """
import sys
from onrecord.ledger import Entry, open_ledger
from onrecord.model import Document
ledger = open_ledger(sys.argv[1], new=True)
for n in range(400):
    ledger.add([Entry(Document(f"Text {n}, {part}. " * 50)) for part in range(5)])
"""


@pytest.fixture(autouse=True)
def _one_reader(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_reader", lambda: reader)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    rows = [{"id": f"d{n}", "text": f"{STORY} {n}", "published": "2023-03-07"} for n in range(60)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def onrecord(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli.main, [*map(str, arguments)], input=stdin)


def rows(ledger: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(ledger)) as raw:
        return raw.execute(query).fetchall()


def test_what_is_read_is_kept_and_proven(ledger: Path, corpus: Path) -> None:
    result = onrecord("add", ledger, corpus)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "60 new documents, 60 new sightings, " in result.stderr
    assert rows(ledger, "SELECT count(*), min(published) FROM sightings") == [(60, "2023-03-07")]
    assert rows(ledger, "SELECT count(*) FROM batches") == [(3,)]
    proof = onrecord("verify", ledger)
    assert proof.exit_code == 0
    assert proof.stdout.startswith("verified: 60 documents, ")


def test_adding_again_adds_nothing(ledger: Path, corpus: Path) -> None:
    onrecord("add", ledger, corpus)
    before = onrecord("verify", ledger).stdout
    again = onrecord("add", ledger, corpus)
    assert again.stderr == "onrecord: 0 new documents, 0 new sightings, 0 new statements, 0 read\n"
    assert onrecord("verify", ledger).stdout == before


def test_every_way_in_of_read_is_one_of_add(ledger: Path, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    (folder / "b.html").write_text(f"<html><body><article><p>{STORY * 3}</p></article></body></html>", encoding="utf-8")
    assert onrecord("add", ledger, folder).exit_code == 0
    assert onrecord("add", ledger, "-", "--published", "2023-03-07", stdin=STORY).exit_code == 0
    kept = rows(ledger, "SELECT key, published FROM sightings ORDER BY key")
    assert kept == [("-", "2023-03-07"), ("a.txt", None), ("b.html", None)]
    assert rows(ledger, "SELECT count(*) FROM documents") == [(2,)]


def test_bad_documents_are_told_and_kept_out(ledger: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "mixed.jsonl"
    lines = [json.dumps({"text": STORY}), "{broken", json.dumps({"text": "half \ud800 one"}), json.dumps({"text": " "})]
    corpus.write_text("\n".join(lines))
    result = onrecord("add", ledger, corpus, tmp_path / "none.txt")
    assert result.exit_code == 1
    assert "1 new document, " in result.stderr
    assert "; 4 not added (see above)" in result.stderr
    assert "line 2" in result.stderr
    assert "cannot be kept: mixed.jsonl:3" in result.stderr
    assert rows(ledger, "SELECT count(*) FROM documents") == [(1,)]


def test_a_fault_of_the_reader_costs_its_document_only(
    ledger: Path, corpus: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        info = reader.info

        def __call__(self, document: object) -> object:
            if getattr(document, "key", "") == "d7":
                raise RuntimeError("a fault")
            return reader(document)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "_reader", Failing)
    result = onrecord("add", ledger, corpus)
    assert result.exit_code == 1
    assert "59 new documents" in result.stderr
    monkeypatch.setattr(pipeline, "_reader", lambda: reader)
    assert "1 new document, " in onrecord("add", ledger, corpus).stderr


def test_what_was_altered_is_told(ledger: Path, corpus: Path) -> None:
    onrecord("add", ledger, corpus)
    with closing(sqlite3.connect(ledger, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER hold_documents")
        raw.execute("UPDATE documents SET text = replace(text, '40', '400')")
    result = onrecord("verify", ledger)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "altered: the guards of documents are gone" in result.stderr
    assert result.stderr.count("the text is not the one that was added") == 60


def test_a_last_hash_that_was_kept_is_looked_for(ledger: Path, corpus: Path) -> None:
    onrecord("add", ledger, corpus)
    last = onrecord("verify", ledger).stdout.split()[-1]
    assert onrecord("verify", ledger, "--held", last).exit_code == 0
    assert onrecord("verify", ledger, "--held", "0" * 64).exit_code == 1


def test_no_ledger_is_one_line(ledger: Path, tmp_path: Path) -> None:
    assert onrecord("verify", ledger).stderr.count("\n") == 1
    ledger.write_text("a letter")
    for result in (onrecord("verify", ledger), onrecord("add", ledger, tmp_path)):
        assert result.exit_code == 1
        assert result.stderr == f"onrecord: {ledger}: this file is no ledger; name another file\n"
    assert ledger.read_text() == "a letter"


def test_a_kill_at_any_moment_leaves_whole_batches(ledger: Path) -> None:
    seen = 0
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", ADDING, str(ledger)])
        while process.poll() is None and not _documents(ledger) > seen:
            time.sleep(0.01)
        time.sleep(random.random() * 0.3)
        process.kill()
        process.wait()
        opened = open_ledger(ledger)
        proof = opened.verify()
        opened.close()
        assert proof.faults == 0
        assert proof.documents % 5 == 0
        assert proof.documents >= seen
        seen = proof.documents
        if seen == 2000:
            break
    subprocess.run([sys.executable, "-c", ADDING, str(ledger)], check=True)
    assert rows(ledger, "SELECT count(*), count(DISTINCT id) FROM documents") == [(2000, 2000)]


def _documents(ledger: Path) -> int:
    try:
        return int(str(rows(ledger, "SELECT count(*) FROM documents")[0][0]))
    except sqlite3.OperationalError:
        return -1


def test_an_interrupted_run_is_completed_by_the_next(ledger: Path, corpus: Path) -> None:
    command = [sys.executable, "-m", "onrecord.cli", "add", str(ledger), str(corpus)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and _documents(ledger) < 1:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode in (0, 130), told
    assert "Traceback" not in told
    assert onrecord("add", ledger, corpus).exit_code == 0
    assert rows(ledger, "SELECT count(*) FROM documents") == [(60,)]
    assert onrecord("verify", ledger).exit_code == 0
