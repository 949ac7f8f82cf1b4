"""Two sides, one rule: swap two parties' names and demonyms in a text, and the sides swap and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evaluation.symmetry import SWAPS
from onrecord.contract import contract
from onrecord.model import Reading

TEXTS = (
    "Ukraine's General Staff said on Monday that 1,060 Russian soldiers had been killed near the river.",
    "Russian officials said at least 12 Ukrainian tanks were destroyed. The claim could not be verified.",
    "Two Ukrainian soldiers died, the Russian army said. Ukraine denied it.",
    "“We will not give up,” a Ukrainian commander told reporters. "
    "Russian losses far exceeded those of Ukraine, he said.",
    "Russia attacked the town on Tuesday. "
    "Ukrainian forces shot down 20 of 31 drones, according to Ukraine's air force.",
)
PARTIES = SWAPS["ukraine-2022"]
# Offsets move with the length of the names, ids with the offsets, the map with the country.
APART = frozenset(
    ("id", "spans", "document", "likeness", "lat", "lon", "uncertainty_m", "geonameid", "within", "caveats")
)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if k not in APART}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value


@pytest.mark.parametrize("text", TEXTS)
def test_swapping_the_sides_swaps_the_reading(read: Callable[..., Reading], text: str) -> None:
    one, other = (_plain(contract(read(t, "2023-03-07"))) for t in (text, PARTIES.text(text)))
    for part in ("statements", "figures", "places", "demonyms", "times"):
        assert PARTIES.value(one[part]) == other[part]
