"""``onrecord claims`` and ``drift``: in every format, as DESIGN.md has them."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import cli
from onrecord.contract import contract
from onrecord.ledger import Entry, open_ledger
from onrecord.model import Reading
from tests.exports.readings import RICH, everything
from tests.ledger.test_claiming import ALONE, CLAIM, DRIFTS, EDGE, IDS

FIRST = RICH.statements[0]


def onrecord(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, [*map(str, arguments)])


def kept(path: Path, reading: Reading) -> Path:
    with closing(open_ledger(path, new=True)) as opened:
        opened.add([Entry(reading.document, reading, contract(reading))])
    return path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = kept(tmp_path / "record.db", RICH)
    with closing(open_ledger(path)) as opened:
        opened.keep_matching(("matcher", "1"), [EDGE], [CLAIM, ALONE], DRIFTS)
    return path


def reference(n: int) -> dict[str, object]:
    spans = [[start, end] for start, end in RICH.statements[n].content.spans]
    return {"id": IDS[n], "document": "crossing.txt", "spans": spans}


def test_claims_are_printed_as_the_design_has_them(ledger: Path) -> None:
    lines = [json.loads(line) for line in onrecord("claims", ledger, "--format", "jsonl").stdout.splitlines()]
    told = lines[0]
    assert told["claimant"][0]["name"] == "Iryna Moroz"
    assert told["statements"] == [reference(0), reference(1)]
    assert told["origins"][0] == {"party": "Iryna Moroz", "document": "crossing.txt", "said": "2023-03-05"}
    assert told["independent_origins"] == 2
    assert told["updates"] == [{"from": reference(0), "to": reference(1), "why": "a later figure"}]
    assert lines[1]["claimant"] is None


def test_claims_are_told_in_words(ledger: Path) -> None:
    table = onrecord("claims", ledger).stdout
    assert "c1 · Iryna Moroz; Oleh Lys (UA) · 3 texts, 2 independent origins" in table
    assert "from Iryna Moroz, said 2023-03-05" in table
    assert "revised: crossing.txt: “" in table
    assert "c2 · the author · 1 text, 1 independent origin" in table
    rows = list(csv.DictReader(StringIO(onrecord("claims", ledger, "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == ["c1", "c2"]


def test_claims_are_narrowed(ledger: Path) -> None:
    def ids(*options: object) -> list[str]:
        return [
            json.loads(line)["id"]
            for line in onrecord("claims", ledger, "--format", "jsonl", *options).stdout.splitlines()
        ]

    assert ids("--claimant", "moroz") == ["c1"]
    assert ids("--claimant", "nobody") == []
    assert ids("--limit", 1) == ["c1"]


def test_drift_is_printed_as_the_design_has_it(ledger: Path) -> None:
    lines = [json.loads(line) for line in onrecord("drift", ledger, "--format", "jsonl").stdout.splitlines()]
    (change,) = [line for line in lines if line["class"] == "change"]
    assert (change["from"], change["to"]) == (reference(0), reference(1))
    assert (change["field"], change["from_value"], change["to_value"]) == ("value", "40", "50")
    assert change["to_spans"] == [[4, 6], [8, 9]]
    table = onrecord("drift", ledger).stdout
    assert "value (change): 40 → 50" in table
    assert "told in crossing.txt: “" in table
    rows = list(csv.DictReader(StringIO(onrecord("drift", ledger, "--format", "csv").stdout)))
    assert {row["from_text"] for row in rows} == {FIRST.content.text}


def test_a_ledger_that_was_not_matched_says_so(tmp_path: Path) -> None:
    path = kept(tmp_path / "new.db", RICH)
    for command in ("claims", "drift"):
        result = onrecord(command, path)
        assert (result.exit_code, result.stdout) == (0, "")
        assert "match them with: onrecord match" in result.stderr


def test_matching_says_what_is_new_and_twice_is_nothing(tmp_path: Path) -> None:
    path = kept(tmp_path / "new.db", RICH)
    first, again = onrecord("match", path), onrecord("match", path)
    assert first.exit_code == again.exit_code == 0
    assert "claims" in first.stderr
    assert again.stderr.endswith("nothing new: every claim, edge and drift was on the record\n")
    assert len(onrecord("claims", path, "--format", "jsonl").stdout.splitlines()) > 1


def test_text_steers_no_terminal(tmp_path: Path) -> None:
    reading = everything("=HYPERLINK(1)\x1b[31m\u202e")
    path = kept(tmp_path / "odd.db", reading)
    onrecord("match", path)
    for format_ in ("table", "csv"):
        printed = onrecord("claims", path, "--format", format_).stdout
        assert printed
        assert not set(printed) & {"\x1b", "\x9b", "\u202e"}


@pytest.mark.parametrize("command", ["match", "claims", "drift"])
def test_no_ledger_is_one_line(command: str, tmp_path: Path) -> None:
    result = onrecord(command, tmp_path / "none.db")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
