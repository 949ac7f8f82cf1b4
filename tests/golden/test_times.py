"""Times, against golden files."""

from __future__ import annotations

from typing import Any

import pytest
from spacy.language import Language

from onrecord.model import Document, Time
from onrecord.reading.parsing import parse
from onrecord.reading.times import find_times
from tests.golden.cases import Case, cases


def _field(time: Time, name: str) -> Any:
    """A field as golden files write it: "none" for what is not told, candidates as pairs of days."""
    if name == "candidates":
        return [[str(c.earliest), str(c.latest)] for c in time.candidates]
    value = getattr(time, {"from": "from_"}.get(name, name))
    return "none" if value is None else str(value)


@pytest.mark.parametrize("case", cases("times"))
def test_times(case: Case, model: Language) -> None:
    found = find_times(parse(Document(case.text, published=case.published), model))
    words = case.expected["text"]
    named = [time for time in found if time.text == words]
    if not case.wanted:
        assert not named
        return
    fields = [name for name in case.expected if name not in ("text", "gap")]
    readings = [{name: _field(time, name) for name in fields} for time in named]
    assert {name: case.expected[name] for name in fields} in readings, (readings, [time.text for time in found])
