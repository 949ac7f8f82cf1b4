"""Time expressions: recognised, typed and resolved against the publication date (TIMEX3)."""

from __future__ import annotations

from onrecord.model import Time
from onrecord.reading.parsing import Parsed


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """Every time expression of a document, in order, without overlap."""
    return ()
