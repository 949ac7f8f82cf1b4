"""Caveats: words that hedge other statements, and the statements they cover."""

from __future__ import annotations

from onrecord.model import Caveat, Statement
from onrecord.reading.parsing import Parsed


def find_caveats(parsed: Parsed, statements: tuple[Statement, ...]) -> tuple[Caveat, ...]:
    """Every caveat of a document, in order, each with the ids of the statements it covers."""
    return ()
