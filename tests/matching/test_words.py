"""Words, names and days as they are compared."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.matching.dates import days
from onrecord.matching.retrieval import Retriever, retrieve
from onrecord.matching.voices import name_key
from onrecord.matching.words import capitals, stems, weigh, weight


def test_names_of_one_thing_are_one_word() -> None:
    assert stems("Daesh took control of the base") == stems("ISIL captured the base")
    assert stems("ISILs raids") == stems("IS raids")


def test_us_is_a_country_in_capitals_only() -> None:
    assert "united states" in stems("US bombers")
    assert "united states" in stems("U.S.-led raids")
    assert "united states" not in stems("they told us of bombers")


def test_rare_words_weigh_more_and_none_weighs_without_end() -> None:
    assert weight("kill") < weight("civilian") < weight("zzyzx")
    assert weight("zzyzx") == weight("qwxyz")
    assert weigh([]) == 0


def test_a_sentence_begins_with_a_capital() -> None:
    assert capitals("Bombers hit the Dravian lines. Nobody at Orsk knew") == ["dravian", "orsk"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 3 May 2023", "2023-05-03", "2023-05-03"),
        ("on May 3rd", "2024-05-03", "2024-05-03"),
        ("in December", "2023-12-01", "2023-12-31"),
        ("yesterday", "2024-05-09", "2024-05-09"),
        ("on Friday", "2024-05-10", "2024-05-10"),
        ("on Saturday", "2024-05-04", "2024-05-04"),
        ("over the weekend", "2024-05-04", "2024-05-05"),
    ],
)
def test_days_in_words(text: str, first: str, last: str) -> None:
    (found,) = days(text, date(2024, 5, 10))
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["they may march", "31 February 2024", "May 99", "12345", "on 40 March"])
def test_words_that_name_no_day(text: str) -> None:
    assert all(one.first.month != 2 for one in days(text, date(2024, 5, 10)))
    assert not days(text.lower(), None)


def test_without_the_day_of_the_text_what_hangs_on_it_is_not_told() -> None:
    assert not days("on Friday, yesterday and on May 3", None)
    assert days("on May 3, 2024", None)


def test_spellings_sound_alike_and_others_do_not() -> None:
    assert name_key("Kharkiv") == name_key("Harkiv")
    assert name_key("Orsk") != name_key("Omsk")


def test_retrieval_finds_other_forms_and_spellings() -> None:
    claims = ["A dam near Nowa Kachowka was blown up", "Grain ships left the harbour", "The dam supplies water"]
    assert retrieve("#NovaKakhovka dams were blown up", claims)[0][0] == 0
    assert Retriever([]).best("anything") == []
    assert retrieve("zzz", claims) == []
    assert len(retrieve("the dam was water and grain ships", claims, limit=2)) == 2
