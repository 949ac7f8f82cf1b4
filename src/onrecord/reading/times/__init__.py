"""Time expressions: recognised, typed and resolved against the publication date (TIMEX3)."""

from __future__ import annotations

from onrecord.model import Time
from onrecord.reading.parsing import Parsed
from onrecord.reading.times.periods import (
    period_after,
    period_before,
    period_between,
    period_of,
    periods_of,
)

__all__ = ["find_times", "period_after", "period_before", "period_between", "period_of", "periods_of"]


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """Every time expression of a document, in order, without overlap."""
    return ()
