"""The findings of a record: figures that cannot all hold, and what they imply together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.model import Appearance, Finding, Series, Update
from onrecord.reconciling.conflicts import components, conflicts
from onrecord.reconciling.constraints import Constraint
from onrecord.reconciling.figures import constraints_of
from onrecord.reconciling.implied import implied
from onrecord.reconciling.linking import Links
from onrecord.reconciling.observing import observations
from onrecord.reconciling.places import Atlas, Contains
from onrecord.reconciling.propagating import Propagation
from onrecord.reconciling.stated import stated
from onrecord.reconciling.wording import conflict_finding, implied_finding, more_finding


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
    revisions = tuple(updates)
    clashing: list[Finding] = []
    following: list[Finding] = []
    for together in components(constraints(appearances, series, contains)):
        spread = Propagation(together).run()
        found = conflicts(spread, revisions)
        clashing += map(conflict_finding, found.found)
        if found.bounded:
            clashing.append(more_finding(sorted({s for c in together for s in c.scopes}, key=lambda s: s.key)))
        following += map(implied_finding, implied(spread))
    return tuple(_once(clashing)) + tuple(_once(following))


def constraints(
    appearances: Iterable[Appearance],
    series: Iterable[Series] = (),
    contains: Contains | None = None,
    beside: Iterable[Appearance] = (),
) -> list[Constraint]:
    """What the figures say, what series have for the same quantities, and what ties those to one another.

    ``beside`` are statements that say nothing here, but tell what a text is about, and what series are asked for.
    """
    given = list(appearances)
    every = [*given, *beside]
    atlas = Atlas(every)
    figures = stated(every, atlas)
    told = constraints_of(stated(given, atlas), figures)
    about = constraints_of(figures) if len(every) > len(given) else told
    told += observations(about, series)
    scopes = {scope for constraint in told for scope in constraint.scopes}
    return [*told, *Links(scopes, atlas, contains).all()]


def _once(found: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once, in an order of its own."""
    yield from sorted({one.id: one for one in found}.values(), key=lambda one: (one.statements, one.id))
