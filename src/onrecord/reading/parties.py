"""Whom source words denote: names, titles, pronouns and roles to one Party per document, and who relayed."""

from __future__ import annotations

from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Attribution, Credit


def credit(parsed: Parsed, attributions: tuple[Attribution, ...]) -> tuple[Credit, ...]:
    """One credit an attribution, in the same order."""
    return tuple(Credit(()) for _ in attributions)
