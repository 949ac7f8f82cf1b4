"""``onrecord statements`` and ``onrecord documents`` end to end: filters, formats, and text that would do harm."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import cli
from onrecord.cli.commands import options
from onrecord.contract import contract
from onrecord.ledger import Entry, Status, open_ledger
from onrecord.ledger.asking.ordering import SORTS
from onrecord.model import Act, Factuality, Quotation, Reading
from tests.exports.readings import RICH, everything


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return kept(tmp_path / "record.db", RICH)


def kept(path: Path, *readings: Reading) -> Path:
    with closing(open_ledger(path, new=True)) as opened:
        opened.add([Entry(r.document, r, contract(r)) for r in readings])
    return path


def onrecord(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, [*map(str, arguments)])


def test_a_table_says_who_and_what(ledger: Path) -> None:
    result = onrecord("statements", ledger, "--text", "tanks")
    assert result.exit_code == 0
    first, second, blank = result.stdout.split("\n")[:3]
    assert first.endswith("Russian Ministry of Defence (RU) · say · certain · crossing.txt")
    assert second.strip() == "Ukraine had lost far more **tanks** than Russia"
    assert blank == ""


def test_csv_has_a_column_for_each_field(ledger: Path) -> None:
    rows = list(csv.DictReader(StringIO(onrecord("statements", ledger, "--format", "csv").stdout)))
    assert len(rows) == 9
    assert rows[1]["claimant"] == "Iryna Moroz"
    assert (rows[1]["said_from"], rows[1]["said_to"], rows[1]["found"]) == ("2023-03-05", "2023-03-05", "true")
    assert {row["document"] for row in rows} == {"crossing.txt"}


def test_jsonl_is_the_contract_with_its_document(ledger: Path) -> None:
    rows = [json.loads(line) for line in onrecord("statements", ledger, "--format", "jsonl").stdout.splitlines()]
    told = json.loads(json.dumps(contract(RICH)))["statements"]
    assert [{name: row[name] for name in one} for row, one in zip(rows, told, strict=True)] == told
    assert {(row["document"], row["document_id"]) for row in rows} == {("crossing.txt", RICH.document.id)}
    assert rows[1]["spans"] == told[1]["content"]["spans"]


@pytest.mark.parametrize(
    ("given", "number"),
    [
        (["--claimant", "moroz"], 3),
        (["--side", "RU"], 2),
        (["--act", "estimate"], 1),
        (["--measure", "displaced"], 1),
        (["--said-from", "2023-03-01", "--said-to", "2023-03-06"], 1),
        (["--side", "RU", "--act", "estimate"], 0),
    ],
)
def test_options_narrow(given: list[str], number: int, ledger: Path) -> None:
    assert len(onrecord("statements", ledger, "--format", "jsonl", *given).stdout.splitlines()) == number
    assert len(onrecord("documents", ledger, *given).stdout.splitlines()) == bool(number)


def test_documents_are_listed(ledger: Path) -> None:
    (row,) = csv.DictReader(StringIO(onrecord("documents", ledger, "--format", "csv").stdout))
    assert (row["id"], row["published"], row["statements"]) == (RICH.document.id, "2023-03-07", "9")
    assert "2023-03-07 · crossing.txt" in onrecord("documents", ledger).stdout


def test_text_steers_neither_terminal_nor_spreadsheet(tmp_path: Path) -> None:
    ledger = kept(tmp_path / "odd.db", everything("=HYPERLINK(1)\x1b[31m\u202e"), everything("+1 \x9b31m"))
    for command in ("statements", "documents"):
        for format_ in ("table", "csv"):
            printed = onrecord(command, ledger, "--format", format_).stdout
            assert printed
            assert not set(printed) & {"\x1b", "\x9b", "\u202e"}
    rows = csv.DictReader(StringIO(onrecord("statements", ledger, "--format", "csv").stdout))
    assert all(row["text"].startswith("'") and row["claimant"].startswith("'") for row in rows)


def test_a_reader_that_leaves_is_no_fault(ledger: Path) -> None:
    command = f"{sys.executable} -m onrecord.cli statements {ledger} | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_no_ledger_is_one_line(tmp_path: Path) -> None:
    for command in ("statements", "documents"):
        result = onrecord(command, tmp_path / "none.db")
        assert result.exit_code == 1
        assert result.stderr.startswith("onrecord: ")
        assert result.stderr.count("\n") == 1
        assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("given", "number"),
    [
        (["--place", "nowhere"], 0),
        (["--place-name", "Velyka"], 0),
        (["--caveat", "none", "--side", "UA"], 4),
        (["--state", "open"], 9),
        (["--state", "rejected"], 0),
        (["--document", "crossing.txt"], 9),
        (["--document", "other.txt"], 0),
        (["--publisher", "nobody"], 0),
        (["--factuality", "denied"], 0),
        (["--finding", "any"], 0),
        (["--limit", "2"], 2),
    ],
)
def test_every_condition_is_an_option(given: list[str], number: int, ledger: Path) -> None:
    assert len(onrecord("statements", ledger, "--format", "jsonl", *given).stdout.splitlines()) == number


def test_choices_are_those_of_the_model() -> None:
    assert set(options.ACTS) == set(Act)
    assert set(options.FACTUALITIES) == set(Factuality)
    assert set(options.QUOTATIONS) == set(Quotation)
    assert set(options.STATES) <= set(Status)
    assert {order.removeprefix("-") for order in options.ORDERS} == set(SORTS)


def test_pages_go_on_after_an_id(ledger: Path) -> None:
    first = [json.loads(line)["id"] for line in onrecord("statements", ledger, "--format", "jsonl").stdout.splitlines()]
    rest = onrecord("statements", ledger, "--format", "jsonl", "--after", first[3], "--limit", "3").stdout.splitlines()
    assert [json.loads(line)["id"] for line in rest] == first[4:7]
    assert onrecord("statements", ledger, "--after", "nothing").stderr.startswith("onrecord: no statement nothing")


def test_statements_come_in_the_order_asked_for(ledger: Path) -> None:
    rows = [json.loads(line) for line in onrecord("statements", ledger, "--format", "jsonl").stdout.splitlines()]
    said = onrecord("statements", ledger, "--format", "jsonl", "--sort", "-said").stdout.splitlines()
    days = [(one["said"] or {}).get("earliest") or "" for one in map(json.loads, said)]
    assert days == sorted(days, reverse=True)
    assert len(said) == len(rows)
    last = onrecord("statements", ledger, "--format", "jsonl", "--sort", "-added", "--limit", "1").stdout
    assert json.loads(last)["id"] == rows[-1]["id"]


def test_claimants_and_figures_are_listed(ledger: Path) -> None:
    assert "Iryna Moroz (UA) · person" in onrecord("claimants", ledger).stdout
    row, *_ = csv.DictReader(StringIO(onrecord("figures", ledger, "--measure", "displaced", "--format", "csv").stdout))
    assert row["document"] == "crossing.txt"
    lines = onrecord("figures", ledger, "--format", "jsonl").stdout.splitlines()
    for figure in map(json.loads, lines):
        assert figure["statement"] is None or set(figure["statement"]) == {"id", "document", "spans"}
    assert onrecord("figures", ledger).stdout


@pytest.mark.parametrize("format_", ["table", "jsonl"])
def test_anything_is_shown_by_its_id(format_: str, ledger: Path) -> None:
    statement = RICH.statements[1]
    ids = [statement.id, RICH.document.id, "crossing.txt", RICH.caveats[0].id, statement.claimant[0].id]
    for id_ in ids:
        printed = onrecord("show", ledger, id_, "--format", format_)
        assert (printed.exit_code, bool(printed.stdout)) == (0, True)
    assert statement.content.text[:20] in onrecord("show", ledger, statement.id).stdout
    assert onrecord("show", ledger, "nothing").exit_code == 1


def test_a_query_is_answered_in_each_format(ledger: Path) -> None:
    sql = "SELECT act, count(*) AS n FROM statement_values WHERE act = 'estimate' GROUP BY act"
    assert onrecord("query", ledger, sql).stdout == "act | n\nestimate | 1\n"
    assert onrecord("query", ledger, sql, "--format", "csv").stdout == "act,n\nestimate,1\n"
    assert json.loads(onrecord("query", ledger, sql, "--format", "jsonl").stdout) == {"act": "estimate", "n": 1}
    refused = onrecord("query", ledger, "DELETE FROM statements")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
