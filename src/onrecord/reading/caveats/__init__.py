"""Caveats: words that hedge other statements, and the statements they cover."""

from __future__ import annotations

from bisect import bisect_left

from onrecord.model import Caveat, Span, Statement, identifier
from onrecord.reading.caveats.found import Found, Reach, found_in
from onrecord.reading.caveats.scope import scope_of
from onrecord.reading.parsing import Parsed


def find_caveats(parsed: Parsed, statements: tuple[Statement, ...]) -> tuple[Caveat, ...]:
    """Every caveat of a document, in order, each with the ids of the statements it covers.

    A hedge inside a statement covers that statement, a relative clause the one it hangs on, "the claim" the
    last statement, "the claims" those right before it as far back as statements of that kind run. Where
    nothing says what is hedged ("it was not clear who fired"), it covers none; ``certain`` is False where
    its reach is doubtful.
    """
    cues = {span for s in statements if s.cue is not None for span in s.cue.spans}
    starts = [s.content.spans[0].start for s in statements]
    return tuple(
        _caveat(parsed, found, _near(statements, starts, found)) for found in found_in(parsed) if found.span not in cues
    )


def _near(statements: tuple[Statement, ...], starts: list[int], found: Found) -> tuple[Statement, ...]:
    """The statements that may be covered; more would make a text full of caveats slow."""
    at = bisect_left(starts, found.span.end)
    return statements[max(0, at - 60) : at + 20]


def caveat_spans(parsed: Parsed) -> tuple[Span, ...]:
    """The clauses that only hedge: neither a statement of the author's own nor an attribution."""
    return tuple(found.span for found in found_in(parsed) if found.reach is not Reach.WITHIN)


def _caveat(parsed: Parsed, found: Found, statements: tuple[Statement, ...]) -> Caveat:
    covers, certain = scope_of(parsed, found, statements)
    return Caveat(
        id=identifier(parsed.document, "caveat", (found.span,)),
        spans=(found.span,),
        text=parsed.text[found.span.start : found.span.end],
        kind=found.kind,
        covers=covers,
        certain=certain,
    )
