"""What somebody might put on the record to break the matcher, or to make it wait."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from onrecord.matching import match, retrieve
from onrecord.matching.linking import Linker
from tests.matching.made import DAY, figure, party, told

WATCH = "Orsk Monitoring Centre"


def test_nothing_at_all() -> None:
    found = match([])
    assert (found.edges, found.claims, found.drifts) == ((), (), ())


@pytest.mark.parametrize("content", ["", " ", "…", "\x00\x00", "\ud800", "9" * 4_000, "a" * 100_000, "of the and"])
def test_contents_that_say_nothing(content: str) -> None:
    found = match([told("a", content, party(WATCH)), told("b", content, party(WATCH)), told("c", content)])
    assert sum(len(claim.statements) for claim in found.claims) == 3


@pytest.mark.parametrize("value", [0, -1, 1e308, -1e308, float("inf"), float("-inf"), float("nan"), 1e-300, 10**18])
def test_figures_beyond_reason(value: float) -> None:
    one = told("a", "they counted them in Velin", party(WATCH), figures=(figure(str(value), value),))
    other = told(
        "b", "they counted them in Velin", party(WATCH), figures=(figure("57", 57),), published=DAY + timedelta(1)
    )
    found = match(
        [one, other, told("c", "they counted them in Velin", party(WATCH), figures=(figure(str(value), value),))]
    )
    assert sum(len(claim.statements) for claim in found.claims) == 3


@pytest.mark.parametrize("day", [date.min, date.max])
def test_days_at_the_end_of_the_calendar(day: date) -> None:
    words = "the dam of Velin broke last week, over the weekend, on Monday, on 1 January and in December"
    assert len(match([told("a", words, published=day), told("b", words, published=DAY)]).claims) > 0


def test_contents_of_ten_megabytes() -> None:
    words = "shells fell on the bus station of Velin in the night. " * 200_000
    found = match([told("a", words, party(WATCH)), told("b", words + "No.", party(WATCH)), told("c", words)])
    assert all(len(claim.summary) < 400 for claim in found.claims)
    assert retrieve(words, [words, words])


def test_thousands_of_identical_claims_are_compared_with_neighbours_only(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    weigh = Linker._weigh

    def counted(self: Linker, one: object, other: object) -> object:
        nonlocal compared
        compared += 1
        return weigh(self, one, other)  # type: ignore[arg-type]

    monkeypatch.setattr(Linker, "_weigh", counted)
    same = [
        told(
            f"text {n}",
            "57 civilians were killed at the bus station",
            party(WATCH),
            figures=(figure("57", 57, on=DAY),),
        )
        for n in range(2_000)
    ]
    found = match(same)
    assert [len(claim.statements) for claim in found.claims] == [2_000]
    assert found.claims[0].independent_origins == 1
    assert compared < 60 * len(same)


def test_a_thousand_figures_in_a_statement() -> None:
    figures = tuple(figure(str(n), n) for n in range(1_000))
    one, other = (told(key, "they published the list", party(WATCH), figures=figures) for key in "ab")
    assert len(match([one, other]).claims) == 1


def test_names_of_nothing_but_marks() -> None:
    names = ("???", "unnamed: ", "")
    found = match([told(f"text {n}", "the road is closed", party(name)) for n, name in enumerate(names)])
    assert sum(len(claim.statements) for claim in found.claims) == 3
