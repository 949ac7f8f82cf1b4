"""Conflicts: the smallest sets of figures and assumptions that cannot all hold, as far as they are of one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from math import prod

from onrecord.model import Update
from onrecord.reconciling import solver
from onrecord.reconciling.constraints import Constraint, Relation
from onrecord.reconciling.propagating import Bound, Clash, Propagation, minimal
from onrecord.reconciling.series_speakers import speaks
from onrecord.reconciling.stated import Scope, Stated
from onrecord.reconciling.vocabulary import same_event

ALIKE = 200
"""How many sets of statements that say the same are told one by one …"""
TRIED = 20_000
"""… of how many."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Constraints that cannot all hold, with one figure for each that is stated.

    ``lower`` and ``upper`` are the bounds that clash, None where only the solver found it. ``alike`` is how many sets
    of figures say the same.
    """

    constraints: tuple[Constraint, ...]
    figures: tuple[Stated, ...]
    lower: Bound | None
    upper: Bound | None
    alike: int = 1


@dataclass(frozen=True, slots=True)
class Conflicts:
    """All conflicts of quantities that hang together; ``bounded`` where there may be more than were found."""

    found: tuple[Conflict, ...]
    bounded: bool = False


def components(constraints: Iterable[Constraint]) -> list[list[Constraint]]:
    """Constraints by the quantities that hang together, each in an order of its own.

    >>> components([])
    []
    """
    ordered = sorted(constraints, key=lambda constraint: constraint.key)
    above: dict[Scope, Scope] = {}

    def top(scope: Scope) -> Scope:
        while (up := above.setdefault(scope, scope)) != scope:
            above[scope] = above[up]
            scope = above[scope]
        return scope

    for constraint in ordered:
        for scope in constraint.scopes:
            above[top(scope)] = top(constraint.scopes[0])
    found: dict[Scope, list[Constraint]] = defaultdict(list)
    for constraint in ordered:
        found[top(constraint.scopes[0])].append(constraint)
    return list(found.values())


def conflicts(spread: Propagation, updates: Iterable[Update] = ()) -> Conflicts:
    """The conflicts among constraints whose bounds were carried."""
    clashes, sure = smallest(spread)
    revised = frozenset(frozenset((update.from_, update.to)) for update in updates)
    found = [conflict for clash in clashes for conflict in _told(spread.constraints, clash, revised)]
    return Conflicts(tuple(_least_assumed(found)), spread.bounded or not sure)


def smallest(spread: Propagation) -> tuple[list[Clash], bool]:
    """The smallest clashes: those carried, and where sums are in play those that only the solver sees."""
    clashes = minimal(list(spread.clashes.values()))
    hard = [index for index, one in enumerate(spread.constraints) if not one.one_event]
    if not any(spread.constraints[index].relation is Relation.SUM for index in hard):
        return clashes, True
    known = [_reduced(spread, clash) for clash in clashes]
    place = {index: n for n, index in enumerate(hard)}
    given = [frozenset(map(place.__getitem__, c.grounds)) for c in known if c.grounds <= place.keys()]
    more, sure = solver.all_smallest([spread.constraints[index] for index in hard], given)
    added = [Clash(frozenset(hard[n] for n in one), None, None) for one in more]
    return minimal([*known, *added]), sure


def _reduced(spread: Propagation, clash: Clash) -> Clash:
    """The clash without what the solver can do without."""
    kept = sorted(clash.grounds)
    free = [one for one in spread.constraints if one.free]
    found = solver.smallest([*(spread.constraints[index] for index in kept), *free])
    if found is None or len(found) == len(kept):
        return clash
    return Clash(frozenset(kept[n] for n in found), None, None)


def _told(constraints: Sequence[Constraint], clash: Clash, revised: frozenset[frozenset[str]]) -> Iterator[Conflict]:
    """A conflict for each choice of figures that say the same, as far as they can be of one thing.

    None where only series clash.
    """
    rest = tuple(constraints[index] for index in sorted(clash.grounds))
    said = [one for one in rest if one.stated]
    if not said:
        return
    every = islice(product(*(one.stated for one in said)), TRIED)
    choices = (choice for choice in every if _of_one_thing(rest, said, choice, revised))
    alike = prod(len(one.stated) for one in said)
    for choice in islice(choices, ALIKE):
        yield Conflict(rest, choice, clash.lower, clash.upper, alike)


def _of_one_thing(
    rest: Sequence[Constraint],
    said: Sequence[Constraint],
    figures: Sequence[Stated],
    revised: frozenset[frozenset[str]],
) -> bool:
    """Whether the figures can be held against each other: no revision, not one voice, of the same order of size."""
    counts = [(one, figure) for one, figure in zip(said, figures, strict=True) if one.relation is Relation.COUNT]
    if any(frozenset((a.id, b.id)) in revised for a, b in combinations(figures, 2)):
        return False
    if any(one.relation in (Relation.SCALE, Relation.DIFFERENCE, Relation.MORE, Relation.RATE) for one in rest):
        return True
    publishers = [one.series for one in rest if one.series]
    voices = {party for _, figure in counts for party in figure.appearance.statement.claimant}
    if any(speaks(party, series) for series in publishers for party in voices):
        return False
    apart = any(one.one_event for one in rest)
    return all(_comparable(a, b, apart) for a, b in combinations([figure for _, figure in counts], 2))


def _comparable(a: Stated, b: Stated, apart: bool) -> bool:
    if a.names & b.names or a.id == b.id:
        return False
    if a.scope is None or b.scope is None or not (a.scope.event and b.scope.event):
        return True
    small, large = sorted((a.value, b.value))
    least = same_event("least_apart" if apart else "least")
    if small == 0:
        return large >= least and not apart  # that nobody was hurt is often told of one attack of many
    return large >= least and large <= same_event("factor") * small


def _least_assumed(found: Sequence[Conflict]) -> list[Conflict]:
    """Of conflicts between the same figures, the one that assumes least."""
    kept: dict[tuple[object, ...], Conflict] = {}
    for one in sorted(found, key=_assumed):
        series = tuple(sorted(c.series.id for c in one.constraints if c.series))
        kept.setdefault((frozenset(figure.key for figure in one.figures), series), one)
    return sorted(kept.values(), key=lambda one: [figure.key for figure in one.figures])


def _assumed(one: Conflict) -> tuple[int, int, int, list[str]]:
    """How much is assumed; that a thing is a part is less than that it and others make up the whole."""
    assumptions = [a for constraint in one.constraints for a in constraint.assumptions]
    sums = sum(constraint.relation is Relation.SUM for constraint in one.constraints)
    return len(assumptions), sums, len(one.constraints), assumptions
