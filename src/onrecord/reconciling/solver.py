"""The door to the solver: whether constraints can all hold, and which smallest sets of them cannot.

z3 works in exact rationals. The sets are enumerated as MARCO does (Liffiton and others, Fast, flexible MUS enumeration,
2016): a seed that no known set rules out is either shrunk to a smallest set that cannot hold, or ruled out with all
its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.reconciling.constraints import Constraint
from onrecord.reconciling.stated import Scope


def feasible(constraints: Iterable[Constraint]) -> bool:
    """Whether there are non-negative quantities for which all constraints hold."""
    return _Problem(list(constraints)).clash(None) is None


def smallest(constraints: Sequence[Constraint]) -> frozenset[int] | None:
    """The places of constraints that cannot all hold while any fewer of them can; free ones are always granted.

    None where all hold together.
    """
    return _Problem(constraints).smallest(None)


def all_smallest(
    constraints: Sequence[Constraint], known: Iterable[frozenset[int]] = (), tries: int = 300
) -> tuple[set[frozenset[int]], bool]:
    """All such sets besides those ``known``, and whether it is sure that there are no more after so many ``tries``."""
    import z3

    problem = _Problem(constraints)
    seeds = z3.Solver()
    without = {index: z3.Bool(f"without{index}") for index in problem.chosen}  # z3 tries "no" first: seeds are large
    for small in known:
        seeds.add(z3.Or([without[index] for index in small]))
    found: set[frozenset[int]] = set()
    for _ in range(tries):
        if seeds.check() != z3.sat:
            return found, True
        model = seeds.model()
        seed = frozenset(index for index, left_out in without.items() if not z3.is_true(model.eval(left_out)))
        small_set = problem.smallest(seed)
        if small_set is None:
            held = problem.grown(seed)
            seeds.add(z3.Or([z3.Not(without[index]) for index in problem.chosen if index not in held]))
        else:
            found.add(small_set)
            seeds.add(z3.Or([without[index] for index in small_set]))
    return found, False


class _Problem:
    """Constraints as z3 has them, each under a switch of its own; those that are free are always on."""

    def __init__(self, constraints: Sequence[Constraint]) -> None:
        import z3

        self._solver = z3.Solver()
        self._solver.set("core.minimize", True)
        self._quantities: dict[Scope, Any] = {}
        self.chosen: list[int] = []
        self._switches: dict[int, Any] = {}
        for index, constraint in enumerate(constraints):
            rows = z3.And([self._row(constraint, n) for n in range(len(constraint.rows))])
            if constraint.free:
                self._solver.add(rows)
            else:
                self.chosen.append(index)
                self._switches[index] = z3.Bool(f"on{index}")
                self._solver.add(z3.Implies(self._switches[index], rows))

    def clash(self, seed: Iterable[int] | None) -> frozenset[int] | None:
        """Constraints of ``seed`` (all where it is None) that cannot all hold, None where they can."""
        import z3

        switches = [self._switches[index] for index in (self.chosen if seed is None else sorted(seed))]
        answer = self._solver.check(*switches)
        if answer == z3.sat:
            return None
        names = {str(switch) for switch in self._solver.unsat_core()}
        return frozenset(index for index in self.chosen if f"on{index}" in names)

    def smallest(self, seed: Iterable[int] | None) -> frozenset[int] | None:
        """A smallest set within ``seed``: what can be left out of the clash is."""
        core = self.clash(seed)
        for index in sorted(core or ()):
            if core is not None and index in core:
                core = self.clash(core - {index}) or core
        return core

    def grown(self, seed: frozenset[int]) -> frozenset[int]:
        """A largest set around ``seed`` that can hold."""
        for index in self.chosen:
            if index not in seed and self.clash(seed | {index}) is None:
                seed = seed | {index}
        return seed

    def _row(self, constraint: Constraint, n: int) -> Any:
        import z3

        row = constraint.rows[n]
        terms = [z3.RealVal(factor) * self._quantity(scope) for scope, factor in row.terms]
        left = z3.Sum(terms) if terms else z3.RealVal(0)
        bound = z3.RealVal(row.bound)
        return left < bound if row.strict else left <= bound

    def _quantity(self, scope: Scope) -> Any:
        import z3

        if scope not in self._quantities:
            quantity = z3.Real(f"q{len(self._quantities)}")
            self._quantities[scope] = quantity
            self._solver.add(quantity >= 0)
        return self._quantities[scope]
