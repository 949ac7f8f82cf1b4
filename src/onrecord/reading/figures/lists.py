"""Lists of figures ("tanks – 1361 (+3)"): what their heading says holds for every entry."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.model import FigureKind
from onrecord.reading.figures.dated import Dated, last_day
from onrecord.reading.figures.drafts import Around, Draft
from onrecord.reading.figures.meanings import noun_measure
from onrecord.reading.layout import Line

_FAR = 60  # lines between a heading and its last entry


@dataclass(frozen=True, slots=True, eq=False)
class _Heading:
    measure: str | None
    side: str | None
    dated: Dated | None
    grown: Dated | None


def with_headings(drafts: list[Draft], lines: tuple[Line, ...], around: Around) -> list[Draft]:
    """The drafts of list entries with the measure, side and days of the line that heads the list."""
    headings = dict[int, _Heading | None]()
    for index, draft in enumerate(drafts):
        if draft.m.listed or draft.m.hedged.numeral.signed:
            at = _heading_line(draft.m.start, lines, around.text)
            if at is None:
                continue
            if at not in headings:
                headings[at] = _read(lines[at], around)
            heading = headings[at]
            drafts[index] = draft if heading is None else _headed(draft, heading)
    return drafts


def _heading_line(offset: int, lines: tuple[Line, ...], text: str) -> int | None:
    """The nearest line at or above ``offset`` that ends in a colon, or has one before the figure."""
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if lines[middle].start <= offset else (low, middle)
    for index in range(low - 1, max(-1, low - _FAR), -1):
        line = lines[index]
        until = min(line.end, offset)
        if re.search(r"[a-z]:(?:\s|$)", text[max(line.start, until - 2000) : until]):
            return index
    return None


def _read(line: Line, around: Around) -> _Heading | None:
    tokens = around.tokens
    first, last = tokens.index_at(line.start), tokens.index_at(line.end)
    words = [tokens.doc[i] for i in range(first, min(last, first + 60))]
    measure = next((m for w in words if (m := noun_measure(w)) is not None), None)
    if measure is None:
        return None
    side = around.sides.in_phrase(words) or (around.sides.enemy if any(w.lower_ == "enemy" for w in words) else None)
    dated = around.dates.within(line.start, line.end)
    days = dated[0] if len(dated) == 1 else None
    return _Heading(measure, side, days, last_day(around.text, days))


def _headed(draft: Draft, heading: _Heading) -> Draft:
    """An entry of people keeps the measure of its own words, one of things in a list of losses is equipment."""
    people = draft.unit == "person" or (draft.m.noun is not None and draft.m.noun.people)
    measure = draft.sense.measure if draft.sense.word is not None else None
    if measure is None:
        measure = "equipment" if heading.measure in ("losses", "destroyed") and not people else heading.measure
    change = draft.m.kind is FigureKind.CHANGE
    return replace(
        draft,
        measure=measure,
        side=draft.side or heading.side,
        dated=draft.dated or (heading.grown if change else heading.dated),
    )
