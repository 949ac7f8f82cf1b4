"""Figures on the record, made by hand, and an independent judge of what can hold: Fourier and Motzkin's elimination."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from onrecord.model import (
    Act,
    Appearance,
    Factuality,
    Figure,
    FigureKind,
    Observation,
    Party,
    PartyKind,
    Period,
    Place,
    PlaceKind,
    Precision,
    Quotation,
    Series,
    Span,
    Statement,
    Words,
    digest,
)
from onrecord.reconciling.constraints import Constraint
from onrecord.reconciling.stated import Scope

DAY = (date(2021, 5, 4), date(2021, 5, 4))
MAY = (date(2021, 5, 1), date(2021, 5, 31))
APRIL = (date(2021, 4, 1), date(2021, 4, 30))
YEAR = (date(2021, 1, 1), date(2021, 12, 31))
ORLO = Place((Span(0, 4),), "Orlo", "Orlo", PlaceKind.SETTLEMENT, 40.0, 30.0, 3000)
NEAR_ORLO = Place((Span(0, 4),), "Vash", "Vash", PlaceKind.SETTLEMENT, 40.1, 30.1, 3000)
FAR = Place((Span(0, 4),), "Tirm", "Tirm", PlaceKind.SETTLEMENT, 44.0, 30.0, 3000)
REGION = Place((Span(0, 4),), "Northland", "Northland", PlaceKind.REGION, 40.2, 30.0, 120_000)


def period(days: tuple[date, date] | None) -> Period | None:
    return Period(*days, Precision.RANGE, "then", ()) if days else None


def figure(value: float | None, days: tuple[date, date] | None = MAY, **fields: Any) -> Figure:
    """A count of those killed, exact unless ``low`` or ``high`` say otherwise."""
    against = fields.pop("against", None)
    at = fields.pop("at", 0)
    given = {
        "kind": FigureKind.COUNT, "measure": "killed", "side": "AA", "unit": "person", "value": value, "low": value,
        "high": value, "text": f"{value:,}" if value is not None else "dozens",
    } | fields  # fmt: skip
    return Figure(spans=(Span(at, at + 2),), period=period(days), against=period(against), **given)


def at_least(value: float, days: tuple[date, date] | None = MAY, **fields: Any) -> Figure:
    return figure(value, days, high=None, comparator=">=", text=f"at least {value:,}", **fields)


def at_most(value: float, days: tuple[date, date] | None = MAY, **fields: Any) -> Figure:
    return figure(value, days, low=None, comparator="<=", text=f"up to {value:,}", **fields)


def percent(value: float, days: tuple[date, date] = MAY, against: tuple[date, date] = APRIL, **fields: Any) -> Figure:
    given = {"low": value - 0.5, "high": value + 0.5, "comparator": "up", "direction": "up", "unit": "percent"} | fields
    return figure(value, days, kind=FigureKind.CHANGE, against=against, text=f"{value} percent", **given)


def ratio(value: float, days: tuple[date, date] | None = None, **fields: Any) -> Figure:
    """So many of BB for one of AA."""
    given = {"numerator": "BB", "denominator": "AA", "side": None, "unit": None} | fields
    return figure(value, days, kind=FigureKind.RATIO, text=f"{value} to one", **given)


def told(
    *figures: Figure,
    by: str | None = "Ministry",
    text: str = "one",
    n: int = 0,
    published: date | None = date(2021, 6, 1),
    places: Sequence[Place] = (),
    said: tuple[date, date] | None = None,
    hedged: tuple[str, ...] = (),
    factuality: Factuality = Factuality.CERTAIN,
) -> Appearance:
    """A statement with figures, by a claimant or (None) the author, in the document called ``text``."""
    words = Words((Span(n, n + 1),), f"statement {n}")
    kind = PartyKind.UNNAMED if by and by.startswith("unnamed") else PartyKind.ORGANISATION
    claimant = (Party(by, by, kind),) if by else ()
    key = digest(f"{text}|{n}|{by}|{figures}|{places}")[:16]
    statement = Statement(
        key, words, None, None, claimant, (), None, Act.SAY, Quotation.INDIRECT, factuality,
        said=period(said), figures=figures, places=tuple(places),
    )  # fmt: skip
    return Appearance(statement, digest(text), text, published, hedged=hedged)


def series(*values: tuple[date, float], publisher: str = "Staff", **fields: Any) -> Series:
    """Totals until each day of those killed of side BB."""
    observations = tuple(Observation(day, value) for day, value in values)
    given: dict[str, Any] = {"side": "BB", "unit": "person", "cumulative": True} | fields
    return Series("s1", "staff-losses", publisher, "killed", observations, **given)


def can_hold(constraints: Iterable[Constraint]) -> bool:
    """Whether non-negative quantities satisfy all rows, by eliminating one after another in exact fractions."""
    rows: set[tuple[frozenset[tuple[Scope, Fraction]], Fraction, bool]] = set()
    for constraint in constraints:
        rows |= {(frozenset(row.terms), row.bound, row.strict) for row in constraint.rows}
        rows |= {(frozenset({(scope, Fraction(-1))}), Fraction(0), False) for scope in constraint.scopes}
    while True:
        named = sorted({scope for terms, _, _ in rows for scope, _ in terms}, key=lambda scope: scope.key)
        if not named:
            return all(bound > 0 or (bound == 0 and not strict) for _, bound, strict in rows)
        rows = _without(rows, named[0])


def _without(
    rows: set[tuple[frozenset[tuple[Scope, Fraction]], Fraction, bool]], scope: Scope
) -> set[tuple[frozenset[tuple[Scope, Fraction]], Fraction, bool]]:
    above: list[tuple[dict[Scope, Fraction], Fraction, bool]] = []
    below: list[tuple[dict[Scope, Fraction], Fraction, bool]] = []
    rest = set()
    for terms, bound, strict in rows:
        factors = dict(terms)
        factor = factors.pop(scope, Fraction(0))
        if not factor:
            rest.add((terms, bound, strict))
            continue
        scaled = {name: value / abs(factor) for name, value in factors.items()}
        (above if factor > 0 else below).append((scaled, bound / abs(factor), strict))
    for upper, most, tight in above:
        for lower, least, also in below:
            factors = {name: upper.get(name, Fraction(0)) + lower.get(name, Fraction(0)) for name in upper | lower}
            kept = frozenset((name, value) for name, value in factors.items() if value)
            rest.add((kept, most + least, tight or also))
    return rest
