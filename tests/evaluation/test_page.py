"""The page on quality: what commands write has a place on it, and what they write is a table."""

from __future__ import annotations

import tomllib

import pytest

from evaluation import gaps, page
from evaluation.__main__ import FLOORS, place

CORPORA = ("dev", "stories-attribution")
TABLES = (
    *(f"{table}: {corpus}" for table in ("joint", "kinds") for corpus in CORPORA),
    *("robustness: both", "symmetry", "fields", "gaps"),
)


def test_words_go_between_their_marks_and_nowhere_else() -> None:
    text = "one\n<!-- a -->\nold\n<!-- end -->\ntwo\n<!-- b -->\nkept\n<!-- end -->\n"
    assert page.filled(text, "a", "new") == text.replace("old", "new")


def test_a_name_without_marks_is_told() -> None:
    with pytest.raises(KeyError, match="<!-- c -->"):
        page.filled("no marks", "c", "new")


def test_words_are_written_as_they_are() -> None:
    assert r"\1 \g<0>" in page.filled("<!-- a --><!-- end -->", "a", r"\1 \g<0>")


def test_many_figures_stand_in_several_tables() -> None:
    told = page.wide({"many": {f"figure {n}": float(n) for n in range(page.WIDEST + 1)}})
    assert [part.count("\n") for part in told.split("\n\n")] == [2, 2]


@pytest.mark.parametrize("name", TABLES)
def test_every_command_has_its_marks(name: str) -> None:
    assert page.filled(page.QUALITY.read_text(encoding="utf-8"), name, "")


def test_every_table_with_a_floor_has_its_marks() -> None:
    text = page.QUALITY.read_text(encoding="utf-8")
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    assert [name for name in floors if f"<!-- {place(name)[0]} -->" not in text] == []


def test_gaps_are_told_with_their_step_and_once() -> None:
    found = list(gaps.gaps())
    assert found
    assert len(found) == len(set(found))
    assert {step for step, _ in found} <= {path.name for path in gaps.GOLDEN.iterdir()}
