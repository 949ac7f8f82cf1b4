"""Parties against golden files: attributions are given as words, claimants and relays are expected.

``[[expect]]`` holds ``content``, ``source`` and ``cue`` as exact words (those nearest to the content where they occur
more than once), perhaps ``within`` (number of the outer expectation, from 1), and the reading: ``claimant`` names,
``kind``, ``role``, ``side``, ``relays`` (``?`` before a doubtful one), ``doubtful``.
"""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.model import Document, Span
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse
from onrecord.reading.parties import credit
from onrecord.reading.steps import Attribution, Credit, Spans
from tests.golden.cases import Case, cases


def _spans(text: str, words: str | None, near: int | None = None) -> Spans:
    if not words:
        return ()
    found = [i for i in range(len(text)) if text.startswith(words, i) and _whole(text, i, i + len(words))]
    assert found, f"not in the text: {words}"
    start = found[0] if near is None else min(found, key=lambda i: abs(i - near))
    return (Span(start, start + len(words)),)


def _whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not ((before.isalnum() and text[start].isalnum()) or (after.isalnum() and text[end - 1].isalnum()))


def _attribution(text: str, expected: dict[str, Any]) -> Attribution:
    content = _spans(text, expected["content"])
    source = _nearest(text, expected.get("source"), content)
    cue = _nearest(text, expected.get("cue"), source or content)
    within = expected.get("within")
    return Attribution(source, cue, content, None if within is None else within - 1)


def _nearest(text: str, words: str | None, to: Spans) -> Spans:
    """The occurrence of ``words`` with the fewest characters between it and ``to``."""
    options = [_spans(text, words, at) for at in to[0]]
    return min(options, key=lambda spans: _gap(spans, to) if spans else 0)


def _gap(one: Spans, other: Spans) -> int:
    return max(one[0].start - other[0].end, other[0].start - one[0].end, 0)


_CREDITS: dict[str, tuple[Credit, ...]] = {}


def _credit(case: Case) -> Credit:
    text = case.text
    if text not in _CREDITS:
        parsed = parse(Document(text, publisher=case.file.get("publisher")), language_model())
        _CREDITS[text] = credit(parsed, tuple(_attribution(text, e) for e in case.file["expect"]))
    index: int = case.file["expect"].index(case.expected)
    return _CREDITS[text][index]


@pytest.mark.parametrize("case", cases("parties"))
def test_parties(case: Case) -> None:
    found, expected = _credit(case), case.expected
    assert [p.name for p in found.claimant] == expected["claimant"]
    if "relays" in expected:
        assert [("" if r.certain else "? ") + r.name for r in found.relays] == expected["relays"]
    first = found.claimant[0]
    for field in ("role", "side"):
        if field in expected:
            assert (getattr(first, field) or "") == expected[field]
    if "kind" in expected:
        assert first.kind.value == expected["kind"]
    if "doubtful" in expected:
        assert bool(found.doubts) == expected["doubtful"]
