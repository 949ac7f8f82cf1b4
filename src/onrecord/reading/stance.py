"""How words are put: act, quotation, factuality, channel and the day on which they were said."""

from __future__ import annotations

from onrecord.model import Act, Factuality, Quotation, Time
from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Attribution, Stance


def stances(
    parsed: Parsed, attributions: tuple[Attribution, ...], times: tuple[Time, ...]
) -> tuple[Stance, ...]:
    """One stance an attribution, in the same order."""
    return tuple(Stance(Act.SAY, Quotation.INDIRECT, Factuality.CERTAIN) for _ in attributions)
