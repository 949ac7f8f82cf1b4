"""Figures, against golden files."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onrecord.model import Document, Figure, Period
from onrecord.reading.figures import find_figures
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse
from onrecord.reading.places import find_places
from onrecord.reading.times import find_times
from tests.golden.cases import Case, cases, texts


def _read(text: str, published: date | None = None) -> tuple[Figure, ...]:
    parsed = parse(Document(text, published=published), language_model())
    return find_figures(parsed, find_times(parsed), find_places(parsed))


def _days(period: Period | None) -> list[str]:
    return [] if period is None else [str(period.earliest), str(period.latest)]


def _field(figure: Figure, name: str) -> Any:
    value = getattr(figure, name)
    if name in ("period", "against"):
        return _days(value)
    if value is None:
        return "open" if name in ("low", "high") else "none"
    return value.value if name == "kind" else value


def _holds(figure: Figure, expected: dict[str, Any]) -> bool:
    return all(
        _field(figure, k) == (pytest.approx(v) if isinstance(v, float) else v)
        for k, v in expected.items()
        if k != "gap"
    )


@pytest.mark.parametrize("case", cases("figures"))
def test_figures(case: Case) -> None:
    found = _read(case.text, case.published)
    if case.wanted:
        assert any(_holds(f, case.expected) for f in found), [
            f for f in found if f.text == case.expected["text"]
        ] or found
    else:
        assert not any(f.text == case.expected["text"] for f in found)


@pytest.mark.parametrize("text", texts("figures"))
def test_spans_slice_to_text(text: str) -> None:
    for figure in _read(text):
        assert all(text[s.start : s.end].strip() for s in figure.spans)
        assert figure.text == text[figure.spans[0].start : figure.spans[-1].end]
