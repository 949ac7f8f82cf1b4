"""Places and demonyms, against golden files: ``text`` and ``name``, and ``kind``, ``near`` (degrees) or ``list``."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.model import Document, Place
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse
from onrecord.reading.places import find_places
from tests.golden.cases import Case, cases, texts


def _read(text: str) -> list[tuple[str, Place]]:
    found = find_places(parse(Document(text), language_model()))
    return [("places", place) for place in found.places] + [("demonyms", place) for place in found.demonyms]


def _fits(wanted: dict[str, Any], of: str, place: Place) -> bool:
    near = wanted.get("near")
    return (
        wanted["text"] == place.text
        and wanted.get("name", place.name) == place.name
        and wanted.get("kind", place.kind) == place.kind
        and wanted.get("list", "places") == of
        and (near is None or (place.lat is not None and _apart(near, place) < wanted.get("within", 0.3)))
    )


def _apart(point: list[float], place: Place) -> float:
    assert place.lat is not None and place.lon is not None
    return max(abs(point[0] - place.lat), abs(point[1] - place.lon))


@pytest.mark.parametrize("case", cases("places"))
def test_places(case: Case) -> None:
    found = _read(case.text)
    assert any(_fits(case.expected, of, place) for of, place in found) is case.wanted, found


@pytest.mark.parametrize("text", texts("places"))
def test_never_finer_than_a_kilometre(text: str) -> None:
    for _, place in _read(text):
        assert place.lat is None or (place.uncertainty_m or 0) >= 1000
        assert "".join(text[s.start : s.end] for s in place.spans) == place.text
