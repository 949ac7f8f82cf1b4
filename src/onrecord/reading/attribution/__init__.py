"""Who is credited with which words: by rules over the parse, by a trained network, or by both together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reading.steps import Attribute


@cache
def best() -> Attribute:
    """The network and the rules together where the network's weights are there, else the rules alone.

    Better than either on PolNeAR dev and on the war stories: figures in ``docs/quality.md``.
    """
    from onrecord.reading.attribution.learned.network import weights_are_there
    from onrecord.reading.attribution.learned.with_rules import LearnedWithRules
    from onrecord.reading.attribution.rules import attribute

    return LearnedWithRules() if weights_are_there() else attribute
