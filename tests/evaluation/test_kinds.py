"""Attribution by kind: what is counted, over a text of our own with what should be read and what was."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from evaluation import SHARED, kinds
from evaluation.robustness import shared_scorer
from evaluation.variants import Row

TEXT = "The bridge is closed, the mayor said. “We rebuild it,” she told reporters. Some fear a flood."
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the shared scorers are not at {SHARED}")


def attribution(source: str, cue: str, content: str) -> Row:
    return {
        role: [list(found.span())] if words and (found := re.search(re.escape(words), TEXT)) else []
        for role, words in (("source", source), ("cue", cue), ("content", content))
    }


MAYOR = attribution("the mayor", "said", "The bridge is closed")
SHE = attribution("she", "told reporters", "“We rebuild it,”")
SOME = attribution("Some", "fear", "a flood")


def counted(gold: list[Row], read: list[Row]) -> Counter[tuple[str, str]]:
    row = {"text": TEXT, "attributions": gold}
    return Counter(kinds.counts(row, read, shared_scorer(), kinds.speech_words()))


def test_each_is_counted_under_its_kinds() -> None:
    total = counted([MAYOR, SHE, SOME], [])
    assert {kind: total[kind, "gold"] for kind in kinds.KINDS} == {
        "all": 3,
        "cue of speech": 2,
        "other cue": 1,
        "quoted": 1,
        "plain": 2,
        "source a pronoun": 1,
        "source with a name": 0,
        "source a noun": 2,
        "no source": 0,
    }


def test_what_is_read_as_it_should_be_is_right_in_all() -> None:
    total = counted([MAYOR, SHE], [SHE, MAYOR])
    assert all(kinds.share(total, "all", what) == 100 for what in kinds.SHARES)


def test_a_wrong_source_is_found_but_not_right() -> None:
    total = counted([MAYOR], [{**MAYOR, "source": SHE["source"]}])
    assert (total["all", "found"], total["all", "right"], total["all", "precision"]) == (1, 0, 0)


def test_what_was_never_said_costs_precision_of_its_kind() -> None:
    total = counted([MAYOR], [MAYOR, SOME])
    assert kinds.share(total, "all", "precision") == 50
    assert kinds.share(total, "other cue", "precision") == 0


def test_steps_stand_side_by_side() -> None:
    told = kinds.beside({"rules": counted([MAYOR], []), "both": counted([MAYOR], [MAYOR])})
    assert "| all | 1 | 0.0 | 100.0 | 100.0 | 100.0 | 100.0 | 100.0 | 100.0 |" in told


@pytest.mark.parametrize(
    ("source", "wanted"),
    [("Some", False), ("The mayor", False), ("The mayor of Orlivka", True), ("Orlivka", True), ("the mayor", False)],
)
def test_a_capital_that_begins_a_sentence_makes_no_name(source: str, wanted: bool) -> None:
    assert kinds.named(source, TEXT) is wanted
