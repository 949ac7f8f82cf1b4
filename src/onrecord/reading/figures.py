"""Stated quantities: what is counted, how many, of which side, when and where."""

from __future__ import annotations

from onrecord.model import Figure, Time
from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Mentioned


def find_figures(parsed: Parsed, times: tuple[Time, ...], mentioned: Mentioned) -> tuple[Figure, ...]:
    """Every quantity of a document, in order."""
    return ()
