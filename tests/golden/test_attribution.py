"""Attribution by rules, against golden files."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.model import Document, Words
from onrecord.reading.attribution.rules import attribute
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse
from onrecord.reading.steps import Spans
from tests.golden.cases import Case, cases, texts


def _read(text: str, title: str | None = None) -> list[dict[str, Any]]:
    parsed = parse(Document(text, title=title), language_model())

    def words(spans: Spans) -> str | None:
        return Words.of(text, spans).text if spans else None

    return [
        {
            "source": words(a.source),
            "cue": words(a.cue),
            "content": [text[s.start : s.end] for s in a.content],
            "within": a.within,
        }
        for a in attribute(parsed)
    ]


@pytest.mark.parametrize("case", cases("attribution"))
def test_attribution(case: Case) -> None:
    found = _read(case.text, case.file.get("title"))
    if case.wanted:
        wanted = {"source": None, "cue": None, "within": None, **case.expected}
        assert wanted in found, found
    else:
        assert not any(all(a.get(k) == v for k, v in case.expected.items() if k != "gap") for a in found)


@pytest.mark.parametrize("text", texts("attribution"))
def test_spans_slice_to_words(text: str) -> None:
    for attribution in _read(text):
        assert all(words.strip() == words for words in attribution["content"])
