"""Stated quantities: what is counted, how many, of which side, when and where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from onrecord.model import Figure, Time
from onrecord.reading.figures.comparisons import comparisons
from onrecord.reading.figures.compounds import Hedged, hedged, joined, paired
from onrecord.reading.figures.designations import is_quantity
from onrecord.reading.figures.drafts import Around, compared, drafted, finished
from onrecord.reading.figures.events import covered, same_events, totals
from onrecord.reading.figures.harmed import harmed_sides
from onrecord.reading.figures.lists import with_headings
from onrecord.reading.figures.numerals import Numeral, numerals
from onrecord.reading.figures.periods import Dates
from onrecord.reading.figures.sharing import shared, shared_measures
from onrecord.reading.figures.sides import Sides
from onrecord.reading.figures.singles import singles
from onrecord.reading.figures.tally import tally_of
from onrecord.reading.figures.units import Measured, measured
from onrecord.reading.figures.where import Lands
from onrecord.reading.figures.words import Tokens
from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Mentioned


def find_figures(parsed: Parsed, times: tuple[Time, ...], mentioned: Mentioned) -> tuple[Figure, ...]:
    """Every quantity of a document, in order."""
    if not len(parsed.doc):
        return ()
    text, tokens = parsed.lined, Tokens.of(parsed)
    sides = Sides.of(text, tokens, mentioned)
    dates = Dates.of(text, times, parsed.document.published, frozenset(sides.at.values()))
    around = Around(text, tokens, sides, dates, Lands.of(text, tokens, mentioned.places))
    read = shared(text, _measured(text, tokens, times))
    counted = frozenset(_tokens_of(read, tokens))
    read = sorted([*read, *singles(tokens, counted)], key=lambda m: (m.start, m.end))
    drafts = with_headings([drafted(m, around) for m in read], parsed.layout.lines, around)
    drafts = shared_measures(text, harmed_sides(drafts, around), sides)
    drafts = harmed_sides(drafts, around)  # those that took their measure from the figure before
    drafts = totals(covered(same_events(drafts, around), around), around)
    told = [finished(replace(draft, tally=tally_of(draft, around)), around) for draft in drafts]
    others = [compared(c, around) for c in comparisons(parsed.doc, around.sides, counted)]
    return tuple(sorted([*told, *others], key=lambda figure: figure.spans))


def _measured(text: str, tokens: Tokens, times: tuple[Time, ...]) -> list[Measured]:
    found = _quantities(text, times)
    read = (measured(text, tokens, h, tuple(found[at : at + 2])) for at, h in enumerate(found, 1))
    return [m for m in read if m is not None]


def _quantities(text: str, times: tuple[Time, ...]) -> list[Hedged]:
    """The numerals that count or measure something, joined to ranges and ratios, with their hedges."""
    starts = [t.spans[0].start for t in times]
    longest = max((t.spans[-1].end - t.spans[0].start for t in times), default=0)

    def kept(numeral: Numeral) -> bool:
        first = bisect_left(starts, numeral.start - longest)
        return is_quantity(text, numeral, times[first : bisect_right(starts, numeral.end)])

    ranges = [n for n in joined(text, numerals(text)) if kept(n)]
    return [hedged(text, one, of, ratio) for one, of, ratio in paired(text, ranges)]


def _tokens_of(read: list[Measured], tokens: Tokens) -> Iterator[int]:
    for m in read:
        index = tokens.index_at(m.start)
        while index < len(tokens.doc) and tokens.starts[index] < m.end:
            yield index
            index += 1
