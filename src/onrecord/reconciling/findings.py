"""The findings of a record: figures that cannot all hold, and what they imply together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.model import Appearance, Finding, Series, Update
from onrecord.reconciling.conflicts import components, conflicts
from onrecord.reconciling.constraints import Constraint
from onrecord.reconciling.figures import constraints_of
from onrecord.reconciling.implied import implied
from onrecord.reconciling.linking import Links
from onrecord.reconciling.observing import observations
from onrecord.reconciling.places import Atlas, Contains
from onrecord.reconciling.propagating import Propagation
from onrecord.reconciling.stated import Stated, stated
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
    appearances: Iterable[Appearance], series: Iterable[Series] = (), contains: Contains | None = None
) -> list[Constraint]:
    """What the figures say, what series have for the same quantities, and what ties those to one another."""
    given = list(appearances)
    atlas = Atlas(given)
    figures = stated(given, atlas)
    return tied(figures, figures, series, atlas, contains)


def tied(
    told: Sequence[Stated], every: Sequence[Stated], series: Iterable[Series], atlas: Atlas, contains: Contains | None
) -> list[Constraint]:
    """What the figures ``told`` say, what series have for the quantities of ``every`` figure, and what ties those to
    one another. The figures that are not told say nothing here, but tell what a text counts."""
    published = list(series)
    found = constraints_of(told, every)
    if published:
        found += observations(constraints_of(every) if len(every) > len(told) else found, published)
    scopes = {scope for constraint in found for scope in constraint.scopes}
    return [*found, *Links(scopes, atlas, contains).all()]


def _once(found: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once, in an order of its own."""
    yield from sorted({one.id: one for one in found}.values(), key=lambda one: (one.statements, one.id))
