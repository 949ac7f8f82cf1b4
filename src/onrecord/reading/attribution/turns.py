"""Where a sentence turns from one speaker to another: "X said …, while Y denied …" credits X with the first half."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.model import Span
from onrecord.reading.layout import Layout
from onrecord.reading.steps import Attribution, Spans

_TURN = re.compile(r"(?:,?\s+(?:while|whilst|whereas)|,\s+(?:but|though|although))\s+$", re.IGNORECASE)
_SHORTEST = 12  # characters of a content that is left
_APART = 60  # characters between a speaker and the cue


def turned(found: Sequence[Attribution], text: str, layout: Layout) -> list[Attribution]:
    """The attributions, each content ending where another speaker takes over; what is in quotation marks stays."""
    return [_cut(one, found, text, layout) for one in found]


def takes_over(one: Attribution, found: Iterable[Attribution], text: str, layout: Layout) -> bool:
    """Whether ``one`` takes over within the content of one that is found."""
    return any(_turn(other, one, text, layout) for other in found)


def _cut(one: Attribution, found: Sequence[Attribution], text: str, layout: Layout) -> Attribution:
    turns = [at for other in found if other is not one for at in _turn(one, other, text, layout)]
    if not turns or not one.cue:
        return one
    end = min(turns)
    kept = tuple(Span(span.start, min(span.end, end)) for span in one.content if span.start < end)
    return replace(one, content=kept) if _length(kept) >= _SHORTEST else one


def _turn(one: Attribution, other: Attribution, text: str, layout: Layout) -> list[int]:
    """Where in the content of ``one`` the words begin that turn to ``other``, its source before its cue."""
    if not other.source or not other.cue:
        return []
    source, cue = other.source[0], other.cue[0]
    inside = any(span.start < source.start and cue.end <= span.end for span in one.content)
    if not inside or not 0 <= cue.start - source.end <= _APART or layout.quotation_at(source.start) is not None:
        return []
    found = _TURN.search(text, one.content[0].start, source.start)
    return [found.start()] if found and found.end() == source.start else []


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)
