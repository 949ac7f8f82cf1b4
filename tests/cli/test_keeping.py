"""``onrecord add`` and ``onrecord verify`` end to end: what is kept, what is told, with which exit code."""

from __future__ import annotations

import gzip
import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import cli, pipeline
from onrecord.documents import Ask
from onrecord.ledger import Where, open_ledger
from onrecord.model import Decision, Judgement
from onrecord.reading.attribution.rules import attribute as by_rules
from onrecord.reading.reader import Reader
from tests.documents.hosts import answer, serving
from tests.documents.test_archives import record

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


def test_another_reader_stands_beside_the_default(ledger: Path, corpus: Path, reader: Reader) -> None:
    ruled = Reader(attribute=by_rules, model=reader.model)
    with closing(open_ledger(ledger, new=True)) as kept:
        for one in (ruled, ruled, reader):
            list(pipeline.add(kept, [corpus], Ask(), print, reader=one))
        assert {(version, n) for _, version, n in kept.readers()} == {
            (ruled.info.version, 60),
            (reader.info.version, 60),
        }


def test_a_text_is_read_again_on_the_day_that_a_person_set(ledger: Path) -> None:
    onrecord("add", ledger, "-", stdin=STORY)
    ((document,),) = rows(ledger, "SELECT id FROM documents")
    ids = rows(ledger, "SELECT id FROM statements ORDER BY id")
    assert rows(ledger, "SELECT count(*) FROM statement_values WHERE said_from IS NOT NULL") == [(0,)]
    assert "0 new statements, 0 read" in onrecord("reread", ledger).stderr
    with closing(open_ledger(ledger)) as kept:
        kept.decide(
            [Decision(Judgement.CORRECT, "document", str(document), "An Editor", field="published", value="2023-03-07")]
        )
    again = onrecord("reread", ledger, document)
    assert again.exit_code == 0, again.output
    assert "0 new documents, 0 new sightings, 0 new statements" in again.stderr
    assert "(100.0%)" in again.stderr
    said = "SELECT DISTINCT said_from FROM statement_values WHERE nth = 2 AND said_from IS NOT NULL"
    assert rows(ledger, said) == [("2023-03-06",)]
    assert rows(ledger, "SELECT id FROM statements ORDER BY id") == ids
    assert len(rows(ledger, "SELECT id FROM readings")) == 2
    assert "0 new statements, 0 read" in onrecord("reread", ledger).stderr
    with closing(open_ledger(ledger)) as kept:
        assert [one.value["said"]["earliest"] for one in kept.statements(Where(said_from=date(2023, 3, 6)))]
    onrecord("add", ledger, "-", "--published", "2022-01-04", stdin=STORY)  # seen on another day: people's day holds
    assert len(rows(ledger, "SELECT id FROM readings")) == 2
    assert onrecord("verify", ledger).exit_code == 0


def test_a_document_to_read_again_that_is_not_there(ledger: Path, corpus: Path) -> None:
    onrecord("add", ledger, corpus)
    told = onrecord("reread", ledger, "nothing")
    assert told.exit_code == 1
    assert "no text of nothing in this ledger" in told.stderr
    assert onrecord("reread", ledger.with_name("none.db")).exit_code == 1


def test_another_reader_reads_what_is_on_the_record(ledger: Path, corpus: Path, reader: Reader) -> None:
    ruled = Reader(attribute=by_rules, model=reader.model)
    with closing(open_ledger(ledger, new=True)) as kept:
        list(pipeline.add(kept, [corpus], Ask(), print, reader=ruled))
        added = list(pipeline.read_again(kept, None, print, reader=reader))
        assert sum(one.readings for one in added) == 60
        assert sum(one.sightings + one.documents for one in added) == 0
        assert not any(one.readings for one in pipeline.read_again(kept, None, print, reader=reader))


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


# --- from everywhere ---------------------------------------------------------------------------------------------


def article(text: str) -> bytes:
    return f"<html><body><article><p>{text}</p></article></body></html>".encode()


def test_feeds_and_archives_are_added(ledger: Path, tmp_path: Path) -> None:
    item = f"<item><guid>g</guid><link>https://courier.example/a</link><description>{STORY}</description></item>"
    (tmp_path / "feed.xml").write_text(f"<rss version='2.0'><channel><title>Courier</title>{item}</channel></rss>")
    (tmp_path / "crawl.warc.gz").write_bytes(b"".join(gzip.compress(record(n)) for n in range(2)) + b"cut")
    result = onrecord("add", ledger, tmp_path / "feed.xml", tmp_path / "crawl.warc.gz")
    assert result.exit_code == 1
    assert "3 new documents, 3 new sightings, " in result.stderr
    assert "2 snapshots" in result.stderr
    assert "broken archive" in result.stderr
    kept = rows(ledger, "SELECT key, publisher FROM sightings ORDER BY key")
    assert kept == [
        ("feed.xml: g", "Courier"),
        ("https://courier.example/0", None),
        ("https://courier.example/1", None),
    ]
    assert rows(ledger, "SELECT at, body FROM snapshots LIMIT 1") == [("2023-03-07T12:00:00.000+00:00", None)]
    again = onrecord("add", ledger, tmp_path / "crawl.warc.gz").stderr
    assert "0 new documents, 0 new sightings, 0 new statements, 0 read" in again
    assert onrecord("verify", ledger).exit_code == 0


def test_a_page_that_changes_is_a_revision_and_one_that_does_not_is_not_sent_again(ledger: Path) -> None:
    with serving() as host:
        url = f"http://127.0.0.1:{host.port}/a"
        command = ("add", "--allow-network", "--allow-private", ledger, url)
        host.says("127.0.0.1/a", answer(article(STORY), "200 OK", "Content-Type: text/html", 'ETag: "1"'))
        assert "1 new document, " in onrecord(*command).stderr
        host.says("127.0.0.1/a", answer(b"", "304 Not Modified"))
        unchanged = onrecord(*command)
        assert unchanged.exit_code == 0, unchanged.stderr
        assert "0 new documents, 0 new sightings, " in unchanged.stderr
        assert 'If-None-Match: "1"' in host.requests[-1]
        host.says("127.0.0.1/a", answer(article(STORY.replace("40", "60")), "200 OK", "Content-Type: text/html"))
        assert "1 revision, " in onrecord(*command).stderr
    assert rows(ledger, "SELECT count(*) FROM documents") == [(2,)]
    assert rows(ledger, "SELECT url, document <> former FROM revisions") == [(url, 1)]
    answers = "SELECT status, body IS NULL, document IS NULL FROM snapshots WHERE url = ? ORDER BY at"
    with closing(sqlite3.connect(ledger)) as raw:
        assert raw.execute(answers, (url,)).fetchall() == [(200, 0, 0), (304, 1, 0), (200, 0, 0)]
    assert onrecord("verify", ledger).exit_code == 0


def test_an_answer_without_a_document_is_kept_too(ledger: Path) -> None:
    with serving() as host:
        result = onrecord("add", "--allow-network", "--allow-private", ledger, f"http://127.0.0.1:{host.port}/none")
    assert result.exit_code == 1
    assert "the host answers 404, not found" in result.stderr
    assert rows(ledger, "SELECT status FROM snapshots ORDER BY url") == [(404,), (404,)]  # the page, and robots.txt


def test_the_network_is_used_only_when_it_is_allowed(ledger: Path) -> None:
    with serving() as host:
        url = f"http://127.0.0.1:{host.port}/a"
        assert "add --allow-network" in onrecord("add", ledger, url).stderr
        assert "--allow-private permits it" in onrecord("add", ledger, "--allow-network", url).stderr
        assert host.asked == []
    result = onrecord("add", ledger, "--follow", "a.txt")
    assert result.exit_code == 2
    assert "go with --allow-network" in result.stderr


def test_copies_are_marked_as_they_come_in(ledger: Path, tmp_path: Path) -> None:
    words = " ".join(f"{STORY} Part {n}." for n in range(6))
    corpus = tmp_path / "wire.jsonl"
    corpus.write_text(
        "".join(json.dumps({"text": words.replace("Part 3", one)}) + "\n" for one in ("Part 3", "Item 3"))
    )
    result = onrecord("add", ledger, corpus)
    assert "1 copy of what is there" in result.stderr
    ((document, kind, likeness),) = rows(ledger, "SELECT document, kind, likeness FROM copies")
    assert kind == "near"
    opened = open_ledger(ledger)
    (copy,) = opened.copies(str(document))
    opened.close()
    assert copy.likeness == likeness
