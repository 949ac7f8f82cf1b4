"""Implied figures: what ratios, changes, shares and sums make of figures that are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from onrecord.reconciling.constraints import ZERO, Constraint, Relation
from onrecord.reconciling.propagating import Bound, Propagation
from onrecord.reconciling.stated import Scope, Stated

MAKES = frozenset({Relation.SCALE, Relation.DIFFERENCE, Relation.SUM, Relation.RATE})
TELLS = frozenset({Relation.COUNT, Relation.RATE, Relation.SERIES})
ALIKE = 20
"""How many sets of figures that imply the same are told one by one."""


@dataclass(frozen=True, slots=True)
class Implied:
    """Bounds of a quantity that no figure tells, and what they follow from."""

    scope: Scope
    low: Bound | None
    high: Bound | None
    constraints: tuple[Constraint, ...]
    figures: tuple[Stated, ...]


def implied(spread: Propagation) -> list[Implied]:
    """The implied figures of quantities that hang together; none from figures that clash, none of what is told."""
    told = {c.scopes[0] for c in spread.constraints if c.relation is Relation.COUNT}
    clashing = list(spread.clashes)
    found: list[Implied] = []
    for scope in sorted({scope for scope, _ in spread.bounds} - told, key=lambda scope: scope.key):
        found.extend(_of(spread, scope, clashing))
    return found


def tightest(bounds: Iterable[Bound]) -> Bound | None:
    """Of lower or of upper bounds the one that allows least; of equals that on the fewest grounds.

    >>> tightest([]) is None
    True
    """
    best: Bound | None = None
    for bound in bounds:
        if best is None or bound.tighter(best) or (not best.tighter(bound) and _grounds(bound) < _grounds(best)):
            best = bound
    return best


def _grounds(bound: Bound) -> tuple[int, list[int]]:
    return len(bound.grounds), sorted(bound.grounds)


def _of(spread: Propagation, scope: Scope, clashing: Sequence[frozenset[int]]) -> Iterator[Implied]:
    by_grounds: dict[frozenset[int], list[Bound]] = {}
    for lower in (True, False):
        for bound in spread.bounds[scope, lower]:
            if _worth_telling(spread, bound) and not any(clash <= bound.grounds for clash in clashing):
                by_grounds.setdefault(bound.grounds, []).append(bound)
    for grounds in sorted(by_grounds, key=sorted):
        bounds = by_grounds[grounds]
        low = tightest(bound for bound in bounds if bound.lower)
        high = tightest(bound for bound in bounds if not bound.lower)
        yield from _told(spread, scope, low, high, grounds)


def _worth_telling(spread: Propagation, bound: Bound) -> bool:
    """Whether a ratio, change, share, sum or rate made it, in one step, of figures that are told."""
    if bound.via is None or bound.via.relation not in MAKES or any(source.inputs for source in bound.inputs):
        return False
    grounds = [spread.constraints[index] for index in bound.grounds]
    told = any(one.relation in TELLS for one in grounds) and not any(one.one_event for one in grounds)
    return told and (not bound.lower or bound.value > ZERO)


def _told(
    spread: Propagation, scope: Scope, low: Bound | None, high: Bound | None, grounds: frozenset[int]
) -> Iterator[Implied]:
    rest = tuple(spread.constraints[index] for index in sorted(grounds))
    choices = product(*(one.stated for one in rest if one.stated))
    for choice in islice(choices, ALIKE):
        yield Implied(scope, low, high, rest, choice)
