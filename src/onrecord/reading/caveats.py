"""Caveats: words that hedge other statements, and the statements they cover."""

from __future__ import annotations

from onrecord.model import Caveat, Span, Statement, identifier
from onrecord.reading.caveats_found import Found, Reach, found_in
from onrecord.reading.caveats_scope import scope_of
from onrecord.reading.parsing import Parsed


def find_caveats(parsed: Parsed, statements: tuple[Statement, ...]) -> tuple[Caveat, ...]:
    """Every caveat of a document, in order, each with the ids of the statements it covers.

    A hedge inside a statement covers that statement, a relative clause the one it hangs on, "the claim" the last
    statement, "the claims" those right before it as far back as statements of that kind run. Where nothing says
    what is hedged ("it was not clear who fired"), it covers none; ``certain`` is False where its reach is doubtful.
    """
    return tuple(_caveat(parsed, found, statements) for found in found_in(parsed))


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
