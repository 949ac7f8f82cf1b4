"""The findings of a record: figures that cannot all hold, and what they imply together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from onrecord.model import Appearance, Finding, Series, Update

Contains = Callable[[str, str], bool]


def findings(
    appearances: Iterable[Appearance],
    series: Iterable[Series] = (),
    *,
    updates: Iterable[Update] = (),
    contains: Contains | None = None,
) -> tuple[Finding, ...]:
    """The conflicts and implied figures of ``appearances``, conflicts first, the same whatever their order.

    ``series`` are reference figures to hold beside them; ``updates`` (the matcher's) are revisions and so no
    conflicts. ``contains(whole, part)`` tells whether one named place lies within another, beside what the
    statements' own places tell by their coordinates. What had to be left out for its size is a finding as well.
    """
    raise NotImplementedError
