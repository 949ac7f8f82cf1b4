"""Parties against golden files: attributions are given as words, claimants and relays are expected.

``[[expect]]`` holds ``content``, ``source`` and ``cue`` as exact words (nearest to the content where they occur more than
once; ``at`` tells which occurrence of the content), perhaps ``within`` (number of the outer expectation, from 1), and
the reading: ``claimant`` names, ``kind``, ``role``, ``side``, ``relays`` (``?`` before a doubtful one), ``doubtful``.
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
    source = expected.get("source")
    cue = expected.get("cue")
    starts = content[0].start if expected.get("before", False) else None
    near = [content[0].start, content[0].end]
    anchor = near[0] if starts is not None else None
    options = [_spans(text, source, at) for at in near] if source else [()]
    best = min(options, key=lambda s: _gap(s, content) if s else 0)
    if anchor is not None:
        best = options[0]
    cues = [_spans(text, cue, at) for at in ([best[0].start, best[0].end] if best else near)] if cue else [()]
    chosen = min(cues, key=lambda s: _gap(s, best or content) if s else 0)
    within = expected.get("within")
    return Attribution(best, chosen, content, None if within is None else within - 1)


def _gap(one: Spans, other: Spans) -> int:
    return max(one[0].start - other[0].end, other[0].start - one[0].end, 0)


_CREDITS: dict[str, tuple[Credit, ...]] = {}


def _credit(case: Case) -> Credit:
    text = case.text
    if text not in _CREDITS:
        parsed = parse(Document(text, publisher=case.file.get("publisher")), language_model())
        _CREDITS[text] = credit(parsed, tuple(_attribution(text, e) for e in case.file["expect"]))
    return _CREDITS[text][case.file["expect"].index(case.expected)]


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
