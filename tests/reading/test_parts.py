"""Long texts in parts: nothing lost at a cut, spans and ids those of the whole text."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Document, statement_id
from onrecord.reading import parts
from onrecord.reading.reader import Reader

STORY = """The mayor of Orlivka said on Monday that two people had died. The claim could not be verified.
“We had no warning,” said Marta Hrynko, a nurse. Shells fell on the market.
Rebels vowed to keep fighting, according to the Tass agency.
"""


@given(st.text(max_size=300), st.integers(1, 40))
def test_parts_cover_the_text(text: str, longest: int) -> None:
    spans = list(parts.cut(text, longest))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(end - start <= longest for start, end in spans)


def test_a_long_text_is_read_in_parts(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    text = STORY * 6
    whole = reader(Document(text))
    monkeypatch.setattr("onrecord.reading.reader.cut", partial(parts.cut, longest=2 * len(STORY)))
    in_parts = reader(Document(text))
    assert [s.content for s in in_parts.statements] == [s.content for s in whole.statements]
    assert [s.id for s in in_parts.statements] == [s.id for s in whole.statements]
    assert [c.covers for c in in_parts.caveats] == [c.covers for c in whole.caveats]
    assert in_parts.notes[-1].endswith("read in 3 parts")


def test_ids_stand_on_the_words_of_the_whole_text(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(STORY * 3)
    monkeypatch.setattr("onrecord.reading.reader.cut", partial(parts.cut, longest=len(STORY)))
    reading = reader(document)
    assert [s.id for s in reading.statements] == [
        statement_id(document, s.content, s.cue, s.source) for s in reading.statements
    ]
    for statement in reading.statements:
        assert [document.text[a:b] for a, b in statement.content.spans] == statement.content.text.split(" … ")
