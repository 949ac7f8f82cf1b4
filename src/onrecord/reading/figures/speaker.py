"""Ratios "in our favour": whose favour that is, only who speaks can tell."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Figure, FigureKind
from onrecord.reading.figures.compounds import FAVOURED
from onrecord.reading.figures.drafts import FEWER
from onrecord.reading.figures.wars import War
from onrecord.reading.parsing import Parsed


def spoken_for(parsed: Parsed, figure: Figure, side: str, sides: frozenset[str]) -> Figure:
    """``figure`` with the sides of its ratio, when the words claim it for the speaker's own ``side`` and leave open
    which that is; ``sides`` are all that the text's claimants and figures belong to."""
    if figure.kind is not FigureKind.RATIO or figure.numerator or figure.denominator:
        return figure
    match = FAVOURED.match(parsed.text, figure.spans[-1].end)
    if match is None or match["whose"].lower() != "our":
        return figure
    war = War.of(parsed.document.published, sides)
    other = war.other(side) if war is not None and side in war.parties else None
    if other is None:
        return figure
    many, one = (other, side) if figure.measure in FEWER else (side, other)
    return replace(figure, numerator=many, denominator=one)
