"""``onrecord series`` end to end: added once, listed, shown, compared; what is wrong is one line."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import cli

ROWS = [
    {"date": f"2022-03-{day:02}", "day": day, "personnel": 100 * day, "personnel*": "about"} for day in range(1, 11)
]


def onrecord(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, [*map(str, arguments)])


def written(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def losses(tmp_path: Path) -> Path:
    return written(tmp_path / "losses.json", ROWS)


@pytest.fixture
def ledger(tmp_path: Path, losses: Path) -> Path:
    path = tmp_path / "record.db"
    assert onrecord("series", "add", path, losses).exit_code == 0
    return path


def test_adding_says_what_is_new_and_twice_is_nothing_new(tmp_path: Path, losses: Path) -> None:
    ledger = tmp_path / "new.db"
    first, again = (onrecord("series", "add", ledger, losses) for _ in range(2))
    assert "read as general-staff-personnel: general-staff-personnel" in first.stderr
    assert first.stderr.endswith("1 new series\n")
    assert again.stderr.endswith("0 new series, 1 there already\n")
    assert first.stdout == again.stdout == ""


def test_a_series_is_listed_in_every_format(ledger: Path) -> None:
    table = onrecord("series", "list", ledger).stdout
    assert "general-staff-personnel · General Staff of the Armed Forces of Ukraine" in table
    assert "RU soldier killed, cumulative, 10 from 2022-03-01 to 2022-03-10" in table
    (row,) = csv.DictReader(StringIO(onrecord("series", "list", ledger, "--format", "csv").stdout))
    assert (row["name"], row["kind"], row["observations"]) == ("general-staff-personnel", "cumulative", "10")
    (line,) = onrecord("series", "list", ledger, "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["licence"] == "MIT"


def test_a_series_is_shown_between_days(ledger: Path) -> None:
    shown = onrecord("series", "show", ledger, "general-staff-personnel", "--from", "2022-03-09")
    assert shown.stdout.endswith("2022-03-09  900\n2022-03-10  1,000\n")
    assert "wounded are not told apart" in shown.stdout
    options = ("--to", "2022-03-01", "--format", "jsonl")
    (line,) = onrecord("series", "show", ledger, "general-staff-personnel", *options).stdout.splitlines()
    assert json.loads(line) == {
        "day": "2022-03-01", "to": None, "value": 100.0, "low": None, "high": None, "source": None,
    }  # fmt: skip
    rows = list(
        csv.DictReader(
            StringIO(onrecord("series", "show", ledger, "general-staff-personnel", "--format", "csv").stdout)
        )
    )
    assert len(rows) == 10


def test_two_series_are_laid_beside_each_other(ledger: Path, tmp_path: Path) -> None:
    other = [{**row, "personnel": row["personnel"] + (7 if row["day"] == 5 else 0)} for row in ROWS[3:]]  # type: ignore[operator]
    onrecord("series", "add", ledger, written(tmp_path / "other.json", other), "--as", "other")
    compared = onrecord("series", "compare", ledger, "general-staff-personnel", "other")
    assert "7 values of the same days, 6 of them equal" in compared.stdout
    assert "furthest apart, 2022-03-05: 500 and 507 (+7)" in compared.stdout
    lines = onrecord(
        "series", "compare", ledger, "general-staff-personnel", "other", "--format", "jsonl"
    ).stdout.splitlines()
    assert json.loads(lines[1]) == {
        "first": "2022-03-05",
        "last": "2022-03-05",
        "one": 500.0,
        "other": 507.0,
        "apart": 7.0,
    }
    as_csv = onrecord("series", "compare", ledger, "general-staff-personnel", "other", "--format", "csv").stdout
    assert as_csv.startswith("first,last,one,other,apart\n")


def test_the_kinds_of_files_are_listed() -> None:
    listed = onrecord("series", "loaders").stdout
    assert "general-staff-personnel\t" in listed
    assert "{" not in listed


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "record.db", "none.csv"),
        ("add", "record.db", "odd.csv"),
        ("add", "record.db", "losses.json", "--as", "none.toml"),
        ("show", "record.db", "none"),
        ("compare", "record.db", "general-staff-personnel", "none"),
        ("list", "none.db"),
    ],
)
def test_what_is_wrong_is_one_line(
    arguments: tuple[str, ...], ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "odd.csv", "=HYPERLINK(1)\x1b[31m,b\n1,2\n")
    result = onrecord("series", *arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("onrecord: ")
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr


def test_text_steers_neither_terminal_nor_spreadsheet(tmp_path: Path) -> None:
    described = (
        'about = "x"\ncolumns = ["when"]\nday = "when"\nby = ["who"]\n[[series]]\nname = "x"\npublisher = "{who}"\n'
        'measure = "killed"\nvalue = "n"\ndefinition = "=HYPERLINK(1)"\n'
    )
    loader = written(tmp_path / "mine.toml", described)
    file = written(tmp_path / "mine.csv", "when,who,n\n2022-03-01,=A\x1b[31m,1\n")
    ledger = tmp_path / "odd.db"
    assert onrecord("series", "add", ledger, file, "--as", loader).exit_code == 0
    for command in (("list", ledger), ("list", ledger, "--format", "csv"), ("show", ledger, "x")):
        printed = onrecord("series", *command).stdout
        assert "\x1b" not in printed
    (row,) = csv.DictReader(StringIO(onrecord("series", "list", ledger, "--format", "csv").stdout))
    assert row["definition"].startswith("'=")
    assert row["publisher"].startswith("'=")
