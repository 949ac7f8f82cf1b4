"""From token ranges to attributions: trimmed, ordered, nested."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from onrecord.model import Span
from onrecord.reading.attribution.rules.candidates import Candidate, Range
from onrecord.reading.attribution.turns import turned
from onrecord.reading.holding import holders
from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Attribution, Spans

_LEADING = frozenset((",", ":", ";", "-", "–", "—", "―", ")", ".", "that", "..."))
_TRAILING = frozenset((".", ",", ":", ";", "-", "–", "—", "―", "(", "and", "but"))


def attributions(parsed: Parsed, found: list[Candidate]) -> tuple[Attribution, ...]:
    """The candidates as attributions in the order of their cues, the nested ones knowing where they are nested."""
    made = [a for c in sorted(found, key=lambda c: c.head) if (a := _attribution(parsed.doc, c)) is not None]
    return nested(turned(made, parsed.text, parsed.layout))


def _attribution(doc: Doc, candidate: Candidate) -> Attribution | None:
    cue = _chars(doc, [candidate.cue]) if candidate.cue[0] < candidate.cue[1] else ()
    source = _chars(doc, [_trimmed(doc, candidate.source)]) if candidate.source else ()
    content = _chars(doc, [_trimmed(doc, r) for r in candidate.content])
    return Attribution(source, cue, content) if content else None


def _trimmed(doc: Doc, words: Range) -> Range:
    start, end = words
    while start < end and (doc[start].is_space or doc[start].lower_ in _LEADING):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].lower_ in _TRAILING):
        end -= 1
    return start, end


def _chars(doc: Doc, ranges: list[Range]) -> Spans:
    """Character spans of the ranges that hold a word, in order, touching ones joined."""
    spans: list[Span] = []
    for start, end in sorted(ranges):
        if start >= end or not any(t.text[:1].isalnum() for t in doc[start:end]):
            continue
        last = doc[end - 1]
        span = Span(doc[start].idx, last.idx + len(last))
        if spans and span.start <= spans[-1].end:
            span = Span(spans[-1].start, max(spans[-1].end, span.end))
            spans.pop()
        spans.append(span)
    return tuple(spans)


def nested(made: list[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with ``within``: the one with the shortest content that holds all of another's words."""
    return tuple(replace(a, within=holder) for a, holder in zip(made, _holders(made), strict=True))


def _holders(made: list[Attribution]) -> list[int | None]:
    round_each = holders([a.content for a in made], [(_bounds(a),) for a in made])
    sizes = [_length(a) for a in made]
    return [
        min((j for j in round_it if sizes[j] > sizes[i]), key=sizes.__getitem__, default=None)
        for i, round_it in enumerate(round_each)
    ]


def _bounds(attribution: Attribution) -> Span:
    words = attribution.content + attribution.cue
    return Span(min(s.start for s in words), max(s.end for s in words))


def _length(attribution: Attribution) -> int:
    return sum(end - start for start, end in attribution.content)
