"""Bounds of quantities, each with the smallest sets of constraints it follows from, and the sets that clash.

Bounds are carried from quantity to quantity along the rows, in exact fractions, and every bound keeps its grounds, as
in an assumption-based truth maintenance system (de Kleer, An assumption-based TMS, 1986). Where each row ties two
quantities, the sets that cannot all hold are paths from a lower to an upper bound, or to a circle that raises its own
bound, and all of them are found; sums of more are left to the solver.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product

from onrecord.reconciling.constraints import ONE, ZERO, Constraint, Relation, Row
from onrecord.reconciling.stated import Scope

GROUNDS = 14
"""How many constraints a bound may rest on."""
OWN = 2000
"""How many bounds of its own a quantity may have on one side …"""
CARRIED = 96
"""… and how many that come from others."""
INPUTS = 12
"""Of how many bounds of each summand a sum is made."""
CLASHES = 2000
"""How many clashing sets are kept of quantities that hang together."""
STEPS = 400_000
"""How many bounds are tried for quantities that hang together."""


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A lower or upper bound of a quantity: ``grounds`` are the constraints it needs, ``used`` those it was carried by.

    ``via`` is the constraint that made it from ``inputs``, each of which counts ``gains`` times.
    """

    scope: Scope
    lower: bool
    value: Fraction
    strict: bool = False
    grounds: frozenset[int] = frozenset()
    used: frozenset[int] = frozenset()
    via: Constraint | None = None
    inputs: tuple[Bound, ...] = ()
    gains: tuple[Fraction, ...] = ()

    def tighter(self, other: Bound) -> bool:
        """Whether it allows less than ``other`` does."""
        if self.value != other.value:
            return (self.value > other.value) == self.lower
        return self.strict and not other.strict

    @property
    def divisions(self) -> int:
        """How many ratios were taken the other way round."""
        own = self.via is not None and self.via.relation is Relation.SCALE and self.scope != self.via.scopes[0]
        return own + sum(bound.divisions for bound in self.inputs)

    @property
    def trail(self) -> tuple[Fraction, ...]:
        """Its value, and those it was made from."""
        return (self.value, *(value for source in self.inputs for value in source.trail))

    def dominates(self, other: Bound) -> bool:
        """Whether ``other`` says no more, on no fewer grounds."""
        return self.grounds <= other.grounds and not other.tighter(self)


Step = tuple[int, Row, tuple[Scope, Fraction], tuple[Bound, ...]]
"""Which constraint, by which of its rows, bounds which quantity of it, by which bounds of the others."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Constraints that cannot all hold: a lower bound above an upper one, or one that a circle raises (no ``upper``).

    Both are None where the solver found it."""

    grounds: frozenset[int]
    lower: Bound | None
    upper: Bound | None

    @property
    def rank(self) -> tuple[int, int, list[Fraction]]:
        """What comes first is easiest to follow: ratios taken as they are told, few steps; by no names of sides."""
        ends = [bound for bound in (self.lower, self.upper) if bound]
        divisions = sum(bound.divisions for bound in ends)
        return divisions, sum(len(bound.used) for bound in ends), [value for bound in ends for value in bound.trail]


@dataclass(slots=True)
class Propagation:
    """The bounds of quantities that hang together; ``bounded`` where a limit was met, so that some may be missing."""

    constraints: Sequence[Constraint]
    bounds: dict[tuple[Scope, bool], list[Bound]] = field(default_factory=lambda: defaultdict(list))
    clashes: dict[frozenset[int], Clash] = field(default_factory=dict)
    bounded: bool = False
    _rows: dict[tuple[Scope, bool], list[tuple[int, Row]]] = field(default_factory=lambda: defaultdict(list))
    _queue: deque[Bound] = field(default_factory=deque)
    _events: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self._events = frozenset(index for index, one in enumerate(self.constraints) if one.one_event)

    def run(self) -> Propagation:
        """Carries all bounds as far as they go."""
        for scope in {scope: None for constraint in self.constraints for scope in constraint.scopes}:
            nought = Bound(scope, True, ZERO)
            self.bounds[scope, True].append(nought)
            self._queue.append(nought)
        rows = [(index, row) for index, one in enumerate(self.constraints) for row in one.rows]
        for index, row in rows:
            for scope, factor in row.terms if len(row.terms) > 1 else ():
                self._rows[scope, factor > 0].append((index, row))
        for index, row in rows:
            if len(row.terms) == 1:
                self._keep((index, row, row.terms[0], ()))
        steps = 0
        while self._queue:
            for step in self._carried(self._queue.popleft()):
                self._keep(step)
                steps += 1
            if steps > STEPS:
                self.bounded = True
                break
        return self

    def _carried(self, bound: Bound) -> Iterator[Step]:
        """By what something follows from ``bound`` for the other quantities of its rows."""
        for index, row in self._rows[bound.scope, bound.lower]:
            for target in row.terms if index not in bound.used else ():
                if target[0] != bound.scope:
                    for inputs in self._inputs(row, target[0], bound):
                        yield index, row, target, inputs

    def _inputs(self, row: Row, target: Scope, bound: Bound) -> Iterator[tuple[Bound, ...]]:
        """Bounds for all quantities of a row but the target, ``bound`` among them."""
        if len(row.terms) == 2:
            yield (bound,)
            return
        others = [term for term in row.terms if term[0] not in (target, bound.scope)]
        known = [self.bounds[scope, factor > 0] for scope, factor in others]
        if any(len(bounds) > INPUTS for bounds in known):
            self.bounded = True
        for chosen in product(*(_tightest(bounds) for bounds in known)):
            yield (bound, *chosen)

    def _made(self, step: Step, grounds: frozenset[int]) -> Bound:
        """The bound that a row gives for its target: what the others leave of it."""
        index, row, (scope, factor), inputs = step
        factors = dict(row.terms)
        gains = tuple(-factors[bound.scope] / factor for bound in inputs)
        value = row.bound / factor + sum((g * b.value for g, b in zip(gains, inputs, strict=True)), ZERO)
        used = frozenset((index,)).union(*(bound.used for bound in inputs)) if inputs else frozenset()
        return Bound(
            scope, factor < 0, value, row.strict or any(bound.strict for bound in inputs),
            grounds, used, self.constraints[index], inputs, gains,
        )  # fmt: skip

    def _keep(self, step: Step) -> None:
        """Keeps a bound that says something new, and every clash it makes; it is worked out if it may be kept."""
        index, _, _, inputs = step
        own = () if self.constraints[index].free else (index,)
        grounds = frozenset(own).union(*(bound.grounds for bound in inputs))
        if not self._allowed(grounds):
            return
        made = self._made(step, grounds)
        known = self.bounds[made.scope, made.lower]
        rivals = known if made.inputs else known[:1]  # what is told outright rests on nothing that another rests on
        if any(bound.dominates(made) for bound in rivals):
            return
        if _raises_itself(made):
            self._clash(Clash(made.grounds, made, None))
            return
        made = _settled(made)
        if len(known) > (CARRIED if made.inputs else OWN):
            self.bounded = True
            return
        if made.inputs:
            known[:] = [bound for bound in known if not made.dominates(bound)]
        known.append(made)
        self._queue.append(made)
        for other in self.bounds[made.scope, not made.lower]:
            if len(self.clashes) >= CLASHES:
                self.bounded = True
                break
            lower, upper = (made, other) if made.lower else (other, made)
            if lower.value > upper.value or (lower.value == upper.value and (lower.strict or upper.strict)):
                self._clash(Clash(made.grounds | other.grounds, lower, upper))

    def _clash(self, clash: Clash) -> None:
        if not self._allowed(clash.grounds):
            return
        known = self.clashes.get(clash.grounds)
        if known is None and len(self.clashes) >= CLASHES:
            self.bounded = True
        elif known is None or clash.rank < known.rank:
            self.clashes[clash.grounds] = clash

    def _allowed(self, grounds: frozenset[int]) -> bool:
        """Not too many grounds, and no two assumptions that two figures are of one event."""
        if len(grounds) > GROUNDS:
            self.bounded = True
            return False
        return len(grounds & self._events) <= 1


def minimal(clashes: Sequence[Clash]) -> list[Clash]:
    """The clashes that hold no other."""
    kept: list[Clash] = []
    holding: dict[int, list[frozenset[int]]] = defaultdict(list)
    for clash in sorted(clashes, key=lambda one: (len(one.grounds), sorted(one.grounds))):
        if not any(small <= clash.grounds for index in clash.grounds for small in holding[index]):
            kept.append(clash)
            holding[min(clash.grounds, default=-1)].append(clash.grounds)
    return kept


def _raises_itself(made: Bound) -> bool:
    """Whether a lower bound was carried round a circle back to its quantity, higher, and by a factor of one or more."""
    return made.lower and any(gain >= ONE and made.value > bound.value for bound, gain in _rounds(made))


def _settled(made: Bound) -> Bound:
    """A bound carried round a circle that dampens it, as it is after endless rounds: x >= g x + c makes c / (1 - g)."""
    values = [(made.value - gain * bound.value) / (1 - gain) for bound, gain in _rounds(made) if ZERO < gain < ONE]
    best = max([made.value, *values]) if made.lower else min([made.value, *values])
    return made if best == made.value else replace(made, value=best)


def _rounds(made: Bound) -> Iterator[tuple[Bound, Fraction]]:
    """The bounds of the same quantity and side that a bound was made from, each with how often it counts."""
    if made.inputs:
        yield from (
            (bound, gain)
            for bound, gain in _behind(made, ONE)
            if bound.scope == made.scope and bound.lower == made.lower
        )


def _behind(bound: Bound, gain: Fraction) -> Iterator[tuple[Bound, Fraction]]:
    """The bounds that a bound was made from, each with how often it counts."""
    for source, times in zip(bound.inputs, bound.gains, strict=True):
        yield source, gain * times
        yield from _behind(source, gain * times)


def _tightest(bounds: Sequence[Bound]) -> list[Bound]:
    return sorted(
        bounds, key=lambda b: (b.value, b.strict, sorted(b.grounds)), reverse=bool(bounds and bounds[0].lower)
    )[:INPUTS]
