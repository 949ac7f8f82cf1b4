"""Lines in capitals are read as if in small letters, and every offset stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord import Document, Reader
from onrecord.reading.language import language_model
from onrecord.reading.recasing import recased


@given(st.text(max_size=200).map(str.upper))
def test_every_letter_keeps_its_place(text: str) -> None:
    assert len(recased(text, language_model())) == len(text)


def test_names_keep_their_capitals() -> None:
    line = "ON MONDAY, UKRAINE AND NATO SAID RUSSIA’S ARMY WAS “NEAR”. OFFICIALS DENIED IT."
    expected = "On Monday, Ukraine and NATO said Russia’s army was “near”. Officials denied it."
    assert recased(line, language_model()) == expected


def test_only_lines_in_capitals_change() -> None:
    for line in ("UN and EU talks on Syria", "BBC", "The SDF, ISIS and the FSA fought.", "تقرير من حلب عن القصف"):
        assert recased(line, language_model()) == line


def test_a_story_in_capitals_says_the_same(reader: Reader) -> None:
    story = "The bridge at Orlivka was hit on Monday, the regional governor said."
    plain, loud = reader(Document(story)).statements, reader(Document(story.upper())).statements
    assert [s.content.spans for s in plain] == [s.content.spans for s in loud]
    assert [s.cue.text.upper() for s in plain if s.cue] == [s.cue.text for s in loud if s.cue]
