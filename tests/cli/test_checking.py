"""``onrecord check`` and ``account`` end to end, on a story of our own and on the first story."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord import cli, pipeline
from onrecord.cli.checking import bounds
from onrecord.cli.commands.checking import KINDS, STATES
from onrecord.model import Bounds, FindingKind, FindingState
from onrecord.reading.reader import Reader

OURS = Path(__file__).parents[2] / "samples" / "bakhmut.txt"
SHARED = Path(__file__).parents[3] / "shared"
STORY = SHARED / "stories" / "bakhmut-2023-03-07.txt"
LOSSES = SHARED / "reference" / "general_staff" / "russia_losses_personnel.json"
AREA = SHARED / "reference" / "economist" / "area_controlled_by_russia.csv"
first_story = pytest.mark.skipif(not STORY.is_file(), reason="the first story is not beside this checkout")

GAINS = {
    "2023-01-31": 20_000,
    "2023-02-23": 23_000,
    "2023-02-24": 24_000,
    "2023-02-28": 28_000,
    "2023-03-06": 30_000,
    "2023-03-07": 31_060,
}


@pytest.fixture(autouse=True)
def one_reader(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    monkeypatch.setattr(pipeline, "_reader", lambda: reader)


def onrecord(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, [*map(str, arguments)])


def findings(ledger: Path, *options: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in onrecord("check", ledger, "--format", "jsonl", *options).stdout.splitlines()]


@pytest.fixture
def losses(tmp_path: Path) -> Path:
    """Made-up totals in the shape of the General Staff's."""
    rows = [{"date": day, "day": 1, "personnel": value, "personnel*": "about"} for day, value in GAINS.items()]
    path = tmp_path / "losses.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


@pytest.fixture
def ledger(tmp_path: Path, losses: Path) -> Path:
    path = tmp_path / "record.db"
    for command in (("add", path, OURS, "--published", "2023-03-07"), ("series", "add", path, losses), ("match", path)):
        assert onrecord(*command).exit_code == 0
    return path


# --- a story of our own ------------------------------------------------------------------------------------------


def test_figures_are_set_beside_their_claimants_series(ledger: Path) -> None:
    (misfit,) = [one for one in findings(ledger, "--kind", "series") if one["fits"] is False]
    assert misfit["kind"] == "series"
    assert misfit["state"] == "open"
    assert "31,060 in total since 2022-02-24" in misfit["text"]
    assert "7,060 since the reading of 2023-02-24 (8,060 with that day)" in misfit["text"]
    assert "1,060 for one day, to 2023-03-07" in misfit["text"]
    assert "31,060 (2023-03-07) − 30,000 (2023-03-06) = 1,060" in misfit["arithmetic"]
    (statement,) = misfit["statements"]
    assert statement["document"] == "bakhmut.txt"
    text = OURS.read_text(encoding="utf-8")
    assert "1,060 Russian soldiers" in "".join(text[start:end] for start, end in statement["spans"])


def test_findings_are_told_in_words(ledger: Path) -> None:
    result = onrecord("check", ledger)
    assert " · series · open\n" in result.stdout
    assert "    assumes: " in result.stdout
    assert "    arithmetic: " in result.stdout
    assert result.stderr.splitlines()[-1].startswith("onrecord: ")
    rows = list(csv.DictReader(StringIO(onrecord("check", ledger, "--format", "csv").stdout)))
    assert {row["state"] for row in rows} == {"open"}


def test_checking_twice_says_the_same_and_adds_nothing(ledger: Path) -> None:
    first, proof = findings(ledger), onrecord("verify", ledger).stdout
    assert findings(ledger) == first
    assert onrecord("verify", ledger).stdout == proof


def test_an_open_finding_may_fail_a_run(ledger: Path) -> None:
    assert onrecord("check", ledger, "--fail-on", "series").exit_code == 3
    assert onrecord("check", ledger, "--fail-on", "conflict, series").exit_code == 3
    assert onrecord("check", ledger).exit_code == 0
    wrong = onrecord("check", ledger, "--fail-on", "verdict")
    assert wrong.exit_code == 2
    assert "verdict is none of conflict" in wrong.stderr


def test_a_judgement_closes_a_finding_until_what_it_rests_on_changes(ledger: Path, losses: Path) -> None:
    (misfit,) = [one for one in findings(ledger, "--kind", "series") if one["fits"] is False]
    from onrecord.ledger import open_ledger
    from onrecord.model import Decision, Judgement

    opened = open_ledger(ledger)
    opened.decide([Decision(Judgement.CONFIRM, "finding", misfit["id"], "A. Editor")])
    opened.close()
    assert onrecord("check", ledger, "--fail-on", "series").exit_code == 0
    assert [one["id"] for one in findings(ledger, "--state", "confirmed")] == [misfit["id"]]
    losses.write_text(losses.read_text(encoding="utf-8").replace("30000", "30010"), encoding="utf-8")
    onrecord("series", "add", ledger, losses)
    assert [one["id"] for one in findings(ledger, "--state", "stale")] == [misfit["id"]]


def test_without_a_day_it_asks(tmp_path: Path, losses: Path) -> None:
    story = tmp_path / "undated.txt"
    story.write_text("Ukraine’s General Staff said that 1,060 Russian soldiers had been killed.", encoding="utf-8")
    ledger = tmp_path / "undated.db"
    onrecord("add", ledger, story)
    onrecord("series", "add", ledger, losses)
    (found,) = findings(ledger, "--kind", "series")
    assert found["asks"] == "On which day was it said, or the text published?"
    assert found["fits"] is None


def test_an_account_is_one_sides_word(ledger: Path) -> None:
    result = onrecord("account", ledger, "--believe", "Sergei Shoigu", "--format", "jsonl")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert any(line["claimed"] or line["implied"] for line in lines)
    table = onrecord("account", ledger, "--believe", "Sergei Shoigu", "--doubt", "Oleksiy Danilov").stdout
    assert table.startswith("As told by Sergei Shoigu, beside Oleksiy Danilov:")
    assert onrecord("account", ledger, "--believe", "Sergei Shoigu", "--format", "csv").stdout.startswith("quantity,")


def test_a_name_that_nobody_bears_is_told(ledger: Path) -> None:
    result = onrecord("account", ledger, "--believe", "Nobody At All")
    assert result.exit_code == 1
    assert "no claimant on the record is called Nobody At All" in result.stderr
    assert onrecord("account", ledger).exit_code == 2


def test_kinds_and_states_are_those_of_the_model() -> None:
    assert set(KINDS) == set(FindingKind)
    assert set(STATES) == set(FindingState)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, None), (Bounds(None, None), None), (Bounds(3, 3), "3"), (Bounds(7473, 8244), "7,473 to 8,244"),
        (Bounds(None, 1e6), "at most 1,000,000"), (Bounds(0.5, None), "at least 0.5"),
    ],
)  # fmt: skip
def test_bounds_in_words(given: Bounds | None, words: str | None) -> None:
    assert bounds(given) == words


# --- the first story ---------------------------------------------------------------------------------------------


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "first.db"
    onrecord("add", path, STORY, "--published", "2023-03-07")
    for series in (LOSSES, AREA):
        assert onrecord("series", "add", path, series).exit_code == 0
    assert onrecord("match", path).exit_code == 0
    yield path


@first_story
def test_the_figures_of_the_first_story(first: Path) -> None:
    """The findings (a) to (e) that the first story is read for."""
    every = findings(first)
    (since,) = [one for one in every if "1,060" in one["text"] and one["kind"] == "series"]
    assert since["fits"] is False
    for number in ("154,830", "8,010", "8,980", "1,060", "2023-03-07", "occurs on 19 of the series’ 1,625 days"):
        assert number in since["text"]
    january = [one for one in every if one["kind"] == "implied" and "7,473" in one["text"] and "8,244" in one["text"]]
    assert len(january) == 1
    (losses,) = [one for one in every if one["kind"] == "conflict" and "21,740" in one["text"]]
    assert "77,000" in losses["arithmetic"]
    assert any("all fronts" in assumption for assumption in losses["assumptions"])
    (area,) = [one for one in every if "nearly 20 percent" in one["text"]]
    assert "18.57 percent on 2023-03-07" in area["text"]
    assert any("nearly 20 percent" in assumption and "18 to 20" in assumption for assumption in area["assumptions"])
    for one in (since, *january, losses):
        assert any("independently verified" in caveat for caveat in one["caveats"])


@first_story
def test_the_first_story_without_its_day(tmp_path: Path) -> None:
    path = tmp_path / "undated.db"
    onrecord("add", path, STORY)
    onrecord("series", "add", path, LOSSES)
    (since,) = [one for one in findings(path, "--kind", "series") if "1,060" in one["text"]]
    assert since["asks"]
    assert since["fits"] is None
