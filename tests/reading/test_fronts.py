"""What stands over a story on its first line: days, headlines, agencies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Document
from onrecord.reading.fronts import breaks
from onrecord.reading.layout import LineKind, lay_out
from onrecord.reading.reader import Reader

TITLE = "Shells kill two in Orlivka’s port"
STORY = "Two people died in the port, the mayor said."


def lines(text: str, title: str | None = None) -> list[str]:
    return [text[line.start : line.end] for line in lay_out(text, title).lines]


@pytest.mark.parametrize(
    "day",
    [
        "21 Jul 2016", "Tuesday 19 Jul 2016", "Mon, Jul 18 2016", "July 20, 2016", "19.07.2016 (updated 14:57)",
        "2016-07-19 06:00", "Posted on July 20 2016", "Date of publication 18 July 2016", "Published: 3 May 2023",
    ],
)  # fmt: skip
def test_a_day_over_the_headline_is_a_line_of_its_own(day: str) -> None:
    assert lines(f"{day} {TITLE} {STORY}", TITLE) == [day, TITLE, STORY]


@pytest.mark.parametrize(
    "text", ["On 21 July 2016 two people died.", "21 July 2016 was a quiet day.", "3 May saw rain."]
)
def test_a_day_that_the_sentence_tells_stays_in_it(text: str) -> None:
    assert lines(text) == [text]


def test_a_headline_ends_where_the_title_does_whatever_marks_it_lost() -> None:
    printed = "Shells kill two in Orlivkas port"
    assert lines(f"3 May 2023 {printed} Reuters {STORY}", TITLE) == ["3 May 2023", printed, "Reuters", STORY]


@pytest.mark.parametrize(
    "text",
    [
        f"Nobody saw it coming. {TITLE} Again the port was hit.",  # not over the text
        f"{TITLE} and the fire goes on.",  # the words go on: the title is the first sentence, cut
    ],
)
def test_a_title_that_is_part_of_a_sentence_is_no_headline(text: str) -> None:
    assert lines(text, TITLE) == [text]


def test_a_headline_is_told_as_one() -> None:
    assert lay_out(f"{TITLE} {STORY}", TITLE).lines[0].kind is LineKind.HEADING


@given(st.text(max_size=80), st.text(max_size=30))
def test_breaks_are_inside_the_text_and_in_order(text: str, title: str) -> None:
    found = list(breaks(text, title))
    assert found == sorted(found)
    assert all(0 <= at < len(text) for at in found)


def test_a_number_behind_a_headline_is_no_part_of_a_name(reader: Reader) -> None:
    title = "One dead in raid on Orlivka Monitor"
    reading = reader(Document(f"{title} One woman was killed on Monday, a monitor said.", title=title))
    assert [(f.text, f.noun) for f in reading.figures][:2] == [("One", None), ("One", "woman")]
