"""Who is credited with which words, by rules over the parse and the quotations."""

from __future__ import annotations

from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Attribution


def attribute(parsed: Parsed) -> tuple[Attribution, ...]:
    """The attributions of a document, in the order of their words."""
    return ()
