"""The author's own statements, against golden files; attributions are those of the file."""

from __future__ import annotations

import pytest

from onrecord.model import Document
from onrecord.reading.figures import find_figures
from onrecord.reading.language import language_model
from onrecord.reading.own import find_own
from onrecord.reading.parsing import parse
from onrecord.reading.places import find_places
from onrecord.reading.times import find_times
from tests.golden.cases import Case, cases
from tests.golden.test_stance import attributions


@pytest.mark.parametrize("case", cases("own"))
def test_own(case: Case) -> None:
    parsed = parse(Document(case.text, published=case.published), language_model())
    times, mentioned = find_times(parsed), find_places(parsed)
    figures = find_figures(parsed, times, mentioned)
    credited = attributions({"text": case.text, "expect": case.file.get("attributions", [])})
    found = {
        case.text[o.content[0].start : o.content[-1].end]: str(o.factuality)
        for o in find_own(parsed, credited, times, mentioned, figures)
    }
    if case.wanted:
        assert found.get(case.expected["content"]) == case.expected["factuality"], found
    else:
        assert case.expected["content"] not in found
