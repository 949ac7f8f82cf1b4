"""The smallest sets that cannot hold: all of them, none too large, against an independent judge."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reconciling import solver
from onrecord.reconciling.conflicts import components, smallest
from onrecord.reconciling.constraints import Constraint, Relation, apart, bounded, part, scaled, summed
from onrecord.reconciling.propagating import Propagation
from onrecord.reconciling.stated import Scope
from tests.reconciling.making import MAY, can_hold

SCOPES = [Scope("killed", "person", "person", side, None, *MAY) for side in "ABCD"]
NUMBERS = st.integers(0, 12).map(Fraction)


def made(relation: Relation, *scopes: Scope, rows: Any, name: str) -> Constraint:
    """A constraint that must be granted: its name stands for who says it."""
    return Constraint(relation, scopes, rows, assumptions=(name,))


@st.composite
def constraint(draw: st.DrawFn, number: int) -> Constraint:
    kind = draw(st.sampled_from(["count", "count", "count", "scale", "part", "difference", "sum"]))
    x, y, z = draw(st.permutations(SCOPES))[:3]
    low = draw(NUMBERS)
    high = low + draw(NUMBERS)
    name = f"n{number}"
    match kind:
        case "scale":
            factor = Fraction(draw(st.integers(1, 6)), draw(st.integers(1, 4)))
            return made(Relation.SCALE, x, y, rows=scaled(x, y, factor, factor + draw(NUMBERS) / 4), name=name)
        case "part":
            return replace(part(x, y), assumptions=(name,))
        case "difference":
            return made(Relation.DIFFERENCE, x, y, rows=apart(x, y, low, high), name=name)
        case "sum":
            return summed(x, (y, z), (name,))
        case _:
            ends = draw(st.sampled_from([(low, high), (low, None), (None, high), (low, low)]))
            return made(Relation.COUNT, x, rows=bounded(x, *ends), name=name)


@st.composite
def systems(draw: st.DrawFn) -> list[Constraint]:
    return [draw(constraint(number)) for number in range(draw(st.integers(2, 7)))]


def by_hand(constraints: list[Constraint]) -> set[frozenset[str]]:
    """All smallest sets that cannot hold, by trying every one."""
    found: set[frozenset[str]] = set()
    for size in range(1, len(constraints) + 1):
        for chosen in combinations(constraints, size):
            names = frozenset(one.assumptions[0] for one in chosen)
            if not any(small <= names for small in found) and not can_hold(chosen):
                found.add(names)
    return found


def by_machine(constraints: list[Constraint]) -> set[frozenset[str]]:
    found: set[frozenset[str]] = set()
    for together in components(constraints):
        clashes, _ = smallest(Propagation(together).run())
        found |= {frozenset(together[index].assumptions[0] for index in clash.grounds) for clash in clashes}
    return found


@given(systems())
@settings(max_examples=120)
def test_all_smallest_clashes_are_found_and_nothing_else(constraints: list[Constraint]) -> None:
    assert by_machine(constraints) == by_hand(constraints)


@given(systems())
@settings(max_examples=25)
def test_the_solver_and_elimination_agree(constraints: list[Constraint]) -> None:
    assert solver.feasible(constraints) == can_hold(constraints)
    found, sure = solver.all_smallest(constraints)
    assert sure
    assert {frozenset(constraints[n].assumptions[0] for n in one) for one in found} == by_hand(constraints)


def test_two_ratios_that_clash_do_not_both_hold_of_nought() -> None:
    x, y = SCOPES[:2]
    twice, thrice = (
        made(Relation.SCALE, x, y, rows=scaled(x, y, Fraction(n), Fraction(n)), name=f"{n}") for n in (2, 3)
    )
    assert by_machine([twice, thrice]) == {frozenset({"2", "3"})}


def test_changes_in_a_circle() -> None:
    x, y, z = SCOPES[:3]
    doubled = [
        made(Relation.SCALE, a, b, rows=scaled(a, b, Fraction(2), Fraction(2)), name=name)
        for name, a, b in (("xy", x, y), ("yz", y, z), ("zx", z, x))
    ]
    assert by_machine(doubled) == {frozenset({"xy", "yz", "zx"})}


def test_a_circle_that_dampens_still_bounds() -> None:
    """x is ten more than half of x: it is twenty, which thirty is not, nor ten."""
    x, y = SCOPES[:2]
    circle = [
        made(Relation.SCALE, y, x, rows=scaled(y, x, Fraction(1, 2), Fraction(1, 2)), name="half"),
        made(Relation.DIFFERENCE, x, y, rows=apart(x, y, Fraction(10), Fraction(10)), name="ten more"),
    ]
    ends = {"low": (Fraction(30), None), "high": (None, Fraction(15)), "right": (Fraction(20), Fraction(20))}
    counts = [made(Relation.COUNT, x, rows=bounded(x, *end), name=name) for name, end in ends.items()]
    assert by_machine([*circle, *counts]) == by_hand([*circle, *counts])
    assert frozenset({"half", "ten more", "high"}) in by_machine([*circle, *counts])


@pytest.mark.parametrize("times", [1, 40])
def test_saying_it_again_adds_no_new_kind_of_clash(times: int) -> None:
    x = SCOPES[0]
    least = [made(Relation.COUNT, x, rows=bounded(x, Fraction(9), None), name=f"least{n}") for n in range(times)]
    most = made(Relation.COUNT, x, rows=bounded(x, None, Fraction(5)), name="most")
    assert len(by_machine([*least, most])) == times
