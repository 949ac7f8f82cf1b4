"""``onrecord read`` end to end: what is printed, where, and with which exit code."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord import cli, exports, pipeline
from onrecord.cli.commands import options, reading
from onrecord.documents import LONGEST
from onrecord.reading.language import language_model
from onrecord.reading.reader import Reader

STORY = "“We hold the town,” Colonel Ivan Petrenko said on Monday. At least 40 soldiers were killed, he told reporters."
COMMAND = [sys.executable, "-m", "onrecord.cli", "read"]


@pytest.fixture(autouse=True)
def _one_reader(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_reader", lambda: reader)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps({"id": f"d{n}", "text": f"{STORY} {n}"}) + "\n" for n in range(4)))
    return path


def onrecord(*arguments: object, stdin: str | bytes | None = None, **env: str) -> Result:
    return CliRunner().invoke(cli.main, ["read", *map(str, arguments)], input=stdin, env=env)


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_help_names_the_formats_and_the_limit() -> None:
    assert tuple(exports.FORMATS) == reading.FORMATS
    assert options.LONGEST == LONGEST
    assert onrecord("--help").exit_code == 0
    assert CliRunner().invoke(cli.main, ["--version"]).output.startswith("onrecord ")


def test_a_table_is_printed_without_colour(story: Path) -> None:
    result = onrecord(story, "--published", "2023-03-07", COLUMNS="80")
    assert result.exit_code == 0
    assert "Ivan Petrenko" in result.stdout
    assert "\x1b" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert result.stderr == ""


@pytest.mark.parametrize(("given", "columns"), [("20", 80), ("150", 150), ("900", 200)])
def test_the_width_is_between_80_and_200(story: Path, given: str, columns: int) -> None:
    lines = onrecord(story, "--width", given).stdout.splitlines()
    assert max(map(len, lines)) <= columns


def test_jsonl_has_the_text_as_given_and_the_day(story: Path) -> None:
    (row,) = rows(onrecord(story, "--format", "jsonl", "--published", "2023-03-07T10:00").stdout)
    assert row["document"]["text"] == STORY
    assert row["document"]["key"] == "story.txt"
    assert row["document"]["published"] == "2023-03-07"
    assert row["statements"]


@pytest.mark.parametrize("format_", ["html", "markdown"])
def test_the_other_formats(story: Path, format_: str) -> None:
    result = onrecord(story, "--format", format_)
    assert result.exit_code == 0
    assert "Petrenko" in result.stdout


def test_standard_input() -> None:
    (row,) = rows(onrecord("-", "--format", "jsonl", stdin=STORY).stdout)
    assert row["document"]["text"] == STORY


def test_a_bad_document_is_one_line_and_the_others_are_kept(story: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = onrecord(tmp_path / "none.txt", story, tmp_path / "empty.txt", "--format", "jsonl")
    assert result.exit_code == 1
    assert len(rows(result.stdout)) == 1
    assert result.stderr.splitlines() == [
        f"onrecord: no such file: {tmp_path / 'none.txt'}: check the name",
        f"onrecord: no text: {tmp_path / 'empty.txt'}: it is empty or white space only",
        "onrecord: 1 document read, 2 not read (see above)",
    ]


def test_another_language_is_read_and_told(tmp_path: Path) -> None:
    (tmp_path / "uk.txt").write_text("Армія повідомила про втрати у понеділок, сказав речник військового командування.")
    result = onrecord(tmp_path / "uk.txt", "--format", "jsonl")
    assert result.exit_code == 0
    assert result.stderr == "onrecord: uk.txt: looks like Ukrainian; read with English rules\n"
    (row,) = rows(result.stdout)
    assert row["notes"][0] == "looks like Ukrainian; read with English rules"


def test_keys_used_twice_are_told_once(story: Path) -> None:
    result = onrecord(story, story, story, "--format", "jsonl")
    assert result.exit_code == 0
    assert len(rows(result.stdout)) == 3
    assert "keys used more than once: 2 (the first is story.txt)" in result.stderr


def test_a_date_that_is_none(story: Path) -> None:
    result = onrecord(story, "--published", "2023-13-45")
    assert result.exit_code == 1
    assert (
        result.stderr
        == "onrecord: not a date: 2023-13-45: write it as YYYY-MM-DD, for example --published 2023-03-07\n"
    )
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments", [(), ("a.txt", "--format", "pdf"), ("a.txt", "--resume"), ("a.txt", "--longest", "0")]
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    assert onrecord(*arguments).exit_code == 2


@pytest.mark.parametrize("name", ["a\x1b[31mred\x07.txt", "\u202etxt.exe", "line\nend.txt", "\udcff.txt"])
def test_hostile_names_do_not_reach_the_terminal(name: str) -> None:
    result = onrecord(name)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert not set(result.stderr) & set("\x1b\x07\u202e\udcff")


def test_hostile_text_does_not_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The army\x00 said\x07 on Monday that \x1b[31m40 soldiers\x1b[0m were \u202ekilled."
    )
    result = onrecord(tmp_path / "a.txt")
    assert result.exit_code == 0
    assert not set(result.stdout) & set("\x00\x07\x1b\u202e")


def test_a_fault_of_the_reader_costs_one_document(
    corpus: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Faulty:
        def __call__(self, document: Any) -> Any:
            if document.key == "d1":
                raise ZeroDivisionError("\x1b[31m")
            return reader(document)

    monkeypatch.setattr(pipeline, "_reader", Faulty)
    result = onrecord(corpus, "--format", "jsonl")
    assert result.exit_code == 1
    assert [row["document"]["key"] for row in rows(result.stdout)] == ["d0", "d2", "d3"]
    assert result.stderr.startswith("onrecord: reading failed: d1: ZeroDivisionError in test_read.py, line ")
    assert "please report it" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_language_model_is_one_line(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr("onrecord.reading.language.model_path", lambda package: None)
    monkeypatch.setattr(pipeline, "_reader", lambda: Reader(model=language_model.__wrapped__()))
    result = onrecord(story)
    assert result.exit_code == 1
    assert result.stderr.startswith("onrecord: language model: none is installed; run `pip install ")
    assert len(result.stderr.splitlines()) == 1


def test_a_fault_elsewhere_is_one_line_too(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.cli.reading.write", lambda *_, **__: 1 / 0)
    result = onrecord(story)
    assert result.exit_code == 1
    assert result.stderr.startswith("onrecord: stopped: ZeroDivisionError")
    assert len(result.stderr.splitlines()) == 1


# --- output files ------------------------------------------------------------------------------------------------


def test_a_file_is_written_whole(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = onrecord(corpus, "--format", "jsonl", "-o", out)
    assert result.stdout == ""
    assert len(rows(out.read_text(encoding="utf-8"))) == 4
    assert sorted(tmp_path.iterdir()) == [corpus, out]


def test_an_old_result_stays_when_nothing_was_read_or_writing_broke_off(tmp_path: Path, story: Path) -> None:
    out = tmp_path / "out.html"
    out.write_text("old")
    assert onrecord(tmp_path / "none.txt", "--format", "html", "-o", out).exit_code == 1
    assert out.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == [out, story]


def test_what_cannot_be_written(story: Path, tmp_path: Path) -> None:
    result = onrecord(story, "-o", tmp_path / "none" / "out.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"onrecord: cannot be written: {tmp_path / 'none' / 'out.txt'}: no such file")
    assert onrecord(story, "-o", tmp_path).exit_code == 1


def test_an_input_is_not_overwritten(story: Path) -> None:
    result = onrecord(story, "-o", story)
    assert result.exit_code == 1
    assert "would be overwritten" in result.stderr
    assert story.read_text(encoding="utf-8") == STORY


def test_a_device_is_written_to_and_not_replaced(story: Path) -> None:
    assert onrecord(story, "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("left_as", ["out.jsonl", ".out.jsonl.part"])
def test_resume_goes_on_after_the_last_whole_line(corpus: Path, tmp_path: Path, left_as: str) -> None:
    out, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    onrecord(corpus, "--format", "jsonl", "-o", whole)
    lines = whole.read_bytes().splitlines(keepends=True)
    (tmp_path / left_as).write_bytes(lines[0] + lines[2] + lines[1][:40])
    result = onrecord(corpus, "--format", "jsonl", "-o", out, "--resume")
    assert result.exit_code == 0
    assert sorted(out.read_bytes().splitlines(keepends=True)) == sorted(lines)
    assert "2 documents read, 2 there already" in result.stderr
    assert not (tmp_path / ".out.jsonl.part").exists()


def test_resume_when_all_is_there_changes_nothing(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    onrecord(corpus, "--format", "jsonl", "-o", out)
    before = out.read_bytes()
    assert onrecord(corpus, "--format", "jsonl", "-o", out, "--resume").exit_code == 0
    assert out.read_bytes() == before


def test_resume_refuses_a_file_of_something_else(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("notes of mine\nmore\n")
    result = onrecord(corpus, "--format", "jsonl", "-o", tmp_path / "out.jsonl", "--resume")
    assert result.exit_code == 1
    assert "cannot be resumed" in result.stderr
    assert (tmp_path / "out.jsonl").read_text() == "notes of mine\nmore\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus.jsonl", "out.jsonl"]


# --- as a process ------------------------------------------------------------------------------------------------


def test_a_story_is_read_by_the_installed_command(story: Path) -> None:
    done = subprocess.run([*COMMAND, story], capture_output=True, check=True)
    assert b"Petrenko" in done.stdout


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, onrecord.cli as c\n"
        "try: c.main(['read', '--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('spacy', 'trafilatura', 'rich', 'numpy', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


def test_a_reader_that_leaves_ends_it_quietly(corpus: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, corpus, "--format", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait(60) == 0
    assert errors == b""


def test_interruption_keeps_what_is_done(tmp_path: Path) -> None:
    corpus, out = tmp_path / "long.jsonl", tmp_path / "out.jsonl"
    corpus.write_text("".join(json.dumps({"id": f"d{n}", "text": STORY * 20 + str(n)}) + "\n" for n in range(2_000)))
    part = tmp_path / ".out.jsonl.part"
    process = subprocess.Popen([*COMMAND, corpus, "--format", "jsonl", "-o", out], stderr=subprocess.PIPE, text=True)
    for _ in range(600):
        if part.exists() and part.stat().st_size:
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert len(errors.splitlines()) == 1
    assert errors.startswith("onrecord: interrupted: ")
    assert "--resume" in errors
    assert not out.exists()
    assert rows(part.read_text(encoding="utf-8"))[0]["document"]["key"] == "d0"
