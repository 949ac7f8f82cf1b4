"""Hostile figures: clear, bounded, no crash."""

from __future__ import annotations

import math
from datetime import date
from itertools import product

import pytest

from onrecord.model import Figure, FigureKind, FindingKind
from onrecord.reconciling import account, findings
from tests.reconciling.making import APRIL, DAY, MAY, ORLO, at_least, figure, percent, ratio, told

HUGE = 1e308
ODD = [0.0, -5.0, HUGE, -HUGE, math.nan, math.inf, -math.inf, 1e-300, 0.1, 250.0]


@pytest.mark.parametrize(("value", "kind"), list(product(ODD, FigureKind)))
def test_any_number_as_any_kind_of_figure(value: float, kind: FigureKind) -> None:
    odd = figure(
        value, kind=kind, unit="percent" if kind in (FigureKind.SHARE, FigureKind.CHANGE) else "person", noun="child",
        against=APRIL, numerator="AA", denominator="BB", more="AA", less="BB",
    )  # fmt: skip
    record = [told(odd, figure(56, at=9)), told(figure(85), by="Monitor", text="two")]
    for found in findings(record):
        assert found.text
        assert "nan" not in found.text
    assert account(record, believe=["Monitor"]).lines


def test_numbers_too_large_for_a_float_are_told_as_powers() -> None:
    record = [told(ratio(HUGE, MAY), by="A"), told(figure(HUGE), by="B", text="b")]
    (found,) = findings(record)
    assert "10^616" in found.text
    assert account(record, believe=["A", "B"]).lines


@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf])
def test_what_is_no_count_is_left_out(value: float) -> None:
    assert findings([told(figure(value)), told(figure(85), by="Monitor", text="two")]) == ()


def test_a_ratio_of_nothing() -> None:
    (found,) = findings([told(ratio(0, MAY), by="A"), told(figure(9, side="BB"), by="B", text="b")])
    assert found.kind is FindingKind.CONFLICT


def test_changes_in_a_circle_that_cannot_be() -> None:
    up, back = percent(100), percent(100, APRIL, MAY)
    (found,) = findings([told(up, by="A"), told(back, by="B", text="b")])
    assert found.kind is FindingKind.CONFLICT
    assert len(found.statements) == 2


def test_bounds_the_wrong_way_round_and_days_the_wrong_way_round() -> None:
    other = told(figure(85), by="Monitor", text="two")
    assert findings([told(figure(56, low=99, high=1)), other]) == ()
    assert findings([told(figure(56, (MAY[1], MAY[0]))), other]) == ()
    assert findings([told(figure(56, (date.min, date.max))), other]) != ()


def test_thousands_of_identical_claims() -> None:
    record = [
        told(figure(value, DAY, place="Orlo"), by=f"Party {n}", text=f"text {n}", places=[ORLO])
        for n in range(1500)
        for value in (56, 85)
    ]
    found = findings(record)
    assert 0 < len(found) <= 200
    assert "sets of statements say the same" in found[0].text


def test_thousands_of_different_claims() -> None:
    record = [
        told(figure(n + 500, DAY, place="Orlo"), by=f"Party {n}", text=f"text {n}", places=[ORLO]) for n in range(2500)
    ]
    found = findings(record)
    assert len(found) <= 2001
    assert any(one.text.startswith("There may be more conflicts") for one in found)


def test_the_same_figure_again_and_again_in_one_statement() -> None:
    many: list[Figure] = [at_least(n, at=4 * n) for n in range(400)]
    assert findings([told(*many), told(figure(900), by="Monitor", text="two")]) == ()
