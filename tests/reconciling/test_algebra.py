"""What must hold of findings whatever the figures are: order, repetition, wider claims, fewer claims, sides swapped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from onrecord.model import Appearance, Figure, Finding, FindingKind
from onrecord.reconciling import account, findings
from onrecord.reconciling.conflicts import components, conflicts
from onrecord.reconciling.findings import constraints
from onrecord.reconciling.propagating import Propagation
from tests.reconciling.making import (
    APRIL,
    DAY,
    MAY,
    NEAR_ORLO,
    ORLO,
    YEAR,
    at_least,
    at_most,
    can_hold,
    figure,
    percent,
    ratio,
    told,
)  # fmt: skip

SIDES = {"AA": "BB", "BB": "AA"}


@st.composite
def figures(draw: st.DrawFn, at: int) -> Figure:
    days = draw(st.sampled_from([MAY, APRIL, YEAR, DAY]))
    value = draw(st.integers(0, 300))
    side = draw(st.sampled_from(["AA", "BB"]))
    more: dict[str, Any] = {"side": side, "at": at}
    match draw(st.sampled_from(["exact", "exact", "least", "most", "percent", "ratio", "casualties", "placed"])):
        case "least":
            return at_least(value, days, **more)
        case "most":
            return at_most(value, days, **more)
        case "percent":
            return percent(draw(st.integers(1, 90)), **more)
        case "ratio":
            return ratio(draw(st.integers(1, 9)), MAY, numerator=side, denominator=SIDES[side], at=at)
        case "casualties":
            return figure(value, days, measure="casualties", **more)
        case "placed":
            return figure(value, DAY, place=draw(st.sampled_from(["Orlo", "Vash"])), **more)
        case _:
            return figure(value, days, **more)


@st.composite
def records(draw: st.DrawFn) -> list[Appearance]:
    """Statements of a few claimants in a few texts, each with one or two figures."""
    return [
        told(
            *(draw(figures(at=4 * m)) for m in range(draw(st.integers(1, 2)))),
            by=draw(st.sampled_from(["Ministry", "Monitor", "Staff", "unnamed: sources"])),
            text=draw(st.sampled_from(["a", "b", "c"])), n=n, places=[ORLO, NEAR_ORLO],
        )
        for n in range(draw(st.integers(1, 5)))
    ]  # fmt: skip


def at_odds(found: Sequence[Finding]) -> set[frozenset[str]]:
    return {frozenset(one.statements) for one in found if one.kind is FindingKind.CONFLICT}


@given(records(), st.randoms())
@settings(max_examples=60)
def test_order_does_not_matter(record: list[Appearance], random: Any) -> None:
    shuffled = random.sample(record, len(record))
    assert findings(shuffled) == findings(record)


@given(records())
@settings(max_examples=40)
def test_hearing_it_twice_changes_nothing(record: list[Appearance]) -> None:
    assert findings([*record, *record]) == findings(record)


@given(records())
@settings(max_examples=60)
def test_removing_a_claim_never_creates_a_conflict(record: list[Appearance]) -> None:
    whole = at_odds(findings(record))
    for n in range(len(record)):
        assert at_odds(findings(record[:n] + record[n + 1 :])) <= whole


@given(records())
@settings(max_examples=60)
def test_every_conflict_is_smallest_and_truly_impossible(record: list[Appearance]) -> None:
    for together in components(constraints(record)):
        free = [one for one in together if one.free]
        for conflict in conflicts(Propagation(together).run()).found:
            granted = list(conflict.constraints)
            assert not can_hold([*granted, *free])
            for n in range(len(granted)):
                assert can_hold([*granted[:n], *granted[n + 1 :], *free])


@given(records(), st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
def test_a_wider_claim_never_narrows_a_bound(record: list[Appearance], data: st.DataObject) -> None:
    assume(can_hold(constraints(record)))  # from what cannot hold everything follows, and no bound means anything
    n = data.draw(st.integers(0, len(record) - 1))
    wider = [*record[:n], widened(record[n]), *record[n + 1 :]]
    before = {(line.quantity, line.document): line for line in account(record).lines}
    for line in account(wider).lines:
        was = before.get((line.quantity, line.document))
        assert was is not None
        for now, then in ((line.claimed, was.claimed), (line.implied, was.implied)):
            if now is not None and now.low is not None:
                assert then is not None
                assert then.low is not None
                assert now.low <= then.low
            if now is not None and now.high is not None:
                assert then is not None
                assert then.high is not None
                assert now.high >= then.high


@given(records())
@settings(max_examples=60)
def test_swap_the_sides_and_the_findings_swap(record: list[Appearance]) -> None:
    swapped = [swap(one) for one in record]
    new_ids = {one.statement.id: other.statement.id for one, other in zip(record, swapped, strict=True)}
    found = {frozenset(new_ids[s] for s in one.statements) for one in findings(record)}
    assert {frozenset(one.statements) for one in findings(swapped)} == found
    mirrored = sorted(re.sub("AA|BB", lambda m: SIDES[m[0]], f.arithmetic) for f in findings(swapped))
    assert mirrored == sorted(f.arithmetic for f in findings(record))


def widened(appearance: Appearance) -> Appearance:
    """The same statement, each count with a wider interval."""
    wider = tuple(
        replace(f, low=None if f.low is None else max(0, f.low - 7), high=None if f.high is None else f.high + 7)
        if f.kind == "count" else f
        for f in appearance.statement.figures
    )  # fmt: skip
    return replace(appearance, statement=replace(appearance.statement, figures=wider))


def swap(appearance: Appearance) -> Appearance:
    """The same statement with the two sides' names swapped."""
    turned = tuple(
        replace(f, side=_other(f.side), numerator=_other(f.numerator), denominator=_other(f.denominator))
        for f in appearance.statement.figures
    )
    return replace(appearance, statement=replace(appearance.statement, figures=turned))


def _other(side: str | None) -> str | None:
    return SIDES.get(side, side) if side else None
