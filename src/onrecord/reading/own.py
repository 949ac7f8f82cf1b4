"""The author's own checkable statements: events, figures, control of territory, dates."""

from __future__ import annotations

from onrecord.model import Figure, Time
from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Attribution, Mentioned, Own


def find_own(
    parsed: Parsed,
    attributions: tuple[Attribution, ...],
    times: tuple[Time, ...],
    mentioned: Mentioned,
    figures: tuple[Figure, ...],
) -> tuple[Own, ...]:
    """The author's own checkable statements, in order; none overlaps an attributed content by half or more."""
    return ()
