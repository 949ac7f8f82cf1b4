"""``onrecord export`` end to end: to a file and to standard output, whole or not at all."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import cli
from onrecord.exports.formats.lines import Jsonl
from onrecord.model import Party, PartyKind
from tests.cli.test_asking import kept
from tests.exports.readings import MOROZ, RICH


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return kept(tmp_path / "record.db", RICH)


def onrecord(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, [*map(str, arguments)])


def test_it_goes_to_standard_output(ledger: Path) -> None:
    result = onrecord("export", ledger, "csv")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert len(list(csv.DictReader(StringIO(result.stdout)))) == len(RICH.statements)


def test_it_goes_to_a_file(ledger: Path, tmp_path: Path) -> None:
    for format_ in ("csv", "jsonl", "geojson", "parquet", "web-annotation", "prov-json", "ftm", "datasette"):
        out = tmp_path / f"out-{format_}"
        result = onrecord("export", ledger, format_, "-o", out)
        assert (result.exit_code, result.stdout) == (0, ""), result.stderr
        assert out.stat().st_size > 1_000
    assert json.loads((tmp_path / "out-datasette.metadata.json").read_text())["databases"].keys() == {"out-datasette"}
    assert not list(tmp_path.glob(".*"))


def test_bytes_go_to_a_pipe_as_they_are(ledger: Path) -> None:
    from pyarrow import parquet

    result = onrecord("export", ledger, "parquet")
    assert result.exit_code == 0
    assert parquet.read_table(BytesIO(result.stdout_bytes)).num_rows == len(RICH.statements)


def test_conditions_narrow(ledger: Path) -> None:
    by_words = ["--side", "RU", "--text", "tanks"]
    for options, number in ((["--claimant", "moroz"], 3), (by_words, 1), (["--act", "x"], 0)):
        assert len(onrecord("export", ledger, "jsonl", *options).stdout.splitlines()) == number


def test_private_persons_are_named_only_when_asked_for(tmp_path: Path) -> None:
    baker = Party("p1", "Iryna Moroz", PartyKind.PERSON, "baker", "UA")
    said = [replace(s, claimant=(baker,)) if s.claimant == (MOROZ,) else s for s in RICH.statements]
    ledger = kept(tmp_path / "private.db", replace(RICH, statements=tuple(said)))
    assert "Moroz" not in onrecord("export", ledger, "csv").stdout
    assert "private person" in onrecord("export", ledger, "csv").stdout
    assert "Iryna Moroz" in onrecord("export", ledger, "csv", "--with-private").stdout


def test_the_formats_are_listed() -> None:
    result = onrecord("export", "--list")
    names = [line.split("\t")[0] for line in result.stdout.splitlines()]
    assert names == ["csv", "datasette", "ftm", "geojson", "jsonl", "parquet", "prov-json", "web-annotation"]
    assert result.exit_code == 0


def test_what_is_wrong_is_one_line(ledger: Path, tmp_path: Path) -> None:
    for arguments, line in (
        ((ledger, "xlsx"), "onrecord: no export format xlsx; there are: csv"),
        ((tmp_path / "none.db", "csv"), "onrecord: "),
        ((ledger, "csv", "-o", tmp_path / "no" / "where.csv"), "onrecord: cannot be written: "),
        ((ledger, "csv", "-o", ledger), "onrecord: would be overwritten: "),
    ):
        result = onrecord("export", *arguments)
        assert result.exit_code == 1
        assert result.stderr.startswith(line)
        assert result.stderr.count("\n") == 1
    assert onrecord("export", ledger).exit_code == 2


def test_a_run_that_fails_leaves_the_file_as_it_was(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Jsonl, rows: object, out: StringIO) -> None:
        out.write("half a line")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Jsonl, "write", broken)
    out = tmp_path / "out.jsonl"
    out.write_text("before")
    result = onrecord("export", ledger, "jsonl", "-o", out)
    assert result.exit_code == 1
    assert "no space left on device" in result.stderr
    assert out.read_text() == "before"
    assert not list(tmp_path.glob(".*.part"))


def test_a_reader_that_leaves_is_no_fault(ledger: Path) -> None:
    command = f"{sys.executable} -m onrecord.cli export {ledger} jsonl | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
