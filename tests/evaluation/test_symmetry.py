"""The swap of two parties: what it changes in a text, and what it holds for a difference."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.symmetry import SWAPS, compared, overlap, spans

UKRAINE, ARMENIA, GAZA, SYRIA = (SWAPS[name] for name in ("ukraine-2022", "nagorno-karabakh", "gaza-2023", "syria"))


@pytest.mark.parametrize(
    ("parties", "text", "other"),
    [
        (UKRAINE, "Kyiv said Russia’s army hit a Ukrainian town.", "Moscow said Ukraine’s army hit a Russian town."),
        (ARMENIA, "An Armenian and two Azerbaijanis", "An Azerbaijani and two Armenians"),
        (GAZA, "An Israeli and a Palestinian met Israelis.", "A Palestinian and an Israeli met Palestinians."),
        (SYRIA, "Turks and Syrians; the Syrian Observatory", "Syrians and Turks; the Syrian Observatory"),
    ],
)
def test_names_demonyms_capitals_and_articles_swap(parties: Any, text: str, other: str) -> None:
    assert parties.text(text) == other
    assert parties.text(other) == text


def test_words_that_only_contain_a_name_stay() -> None:
    assert UKRAINE.text("Prorussian Ukrainesque") == "Prorussian Ukrainesque"


def test_codes_swap_only_as_whole_values() -> None:
    assert ARMENIA.value({"side": "AM", "text": "at 8 AM"}) == {"side": "AZ", "text": "at 8 AM"}


def test_small_letters_swap_in_values() -> None:
    assert UKRAINE.value(["russian army"]) == ["ukrainian army"]


def statement(side: str, **other: Any) -> dict[str, Any]:
    told: dict[str, Any] = dict.fromkeys(
        ("cue", "source", "channel", "act", "quotation", "factuality", "said"), None
    ) | {key: [] for key in ("relays", "caveats", "figures", "places")}
    return told | {"content": {"spans": [[0, 8]]}, "claimant": {"name": "the army", "side": side}} | other


def wrong(one: dict[str, Any], other: dict[str, Any]) -> list[set[str]]:
    moved = [{"content": spans(one, "content"), "cue": [], "source": []}]
    return list(compared({"statements": [one], "caveats": []}, {"statements": [other], "caveats": []}, moved, UKRAINE))


def test_a_statement_of_the_other_party_swaps() -> None:
    assert wrong(statement("UA"), statement("RU")) == [set()]


def test_a_side_that_stays_is_told_apart() -> None:
    assert wrong(statement("UA"), statement("UA")) == [{"claimant (side)"}]


def test_a_field_that_differs_is_told() -> None:
    assert wrong(statement("UA"), statement("RU", act="deny")) == [{"act"}]


def test_a_statement_that_is_not_read_again_is_told() -> None:
    assert wrong(statement("UA"), statement("RU", content={"spans": [[20, 30]]})) == [{"statement"}]


def test_overlap_is_of_characters() -> None:
    assert overlap([[0, 10]], [[5, 10]]) == 0.5
    assert overlap([], []) == 0


@pytest.mark.parametrize(
    ("source", "which"),
    [("a Ukrainian officer", "first"), ("Moscow", "second"), ("Ukraine and Russia", None), ("officials", None)],
)
def test_a_source_may_name_one_party(source: str, which: str | None) -> None:
    assert UKRAINE.which(source) == which
