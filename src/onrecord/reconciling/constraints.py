"""Constraints over non-negative quantities: what a figure, a series or an assumption says, as exact linear rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from onrecord.model import Series
from onrecord.reconciling.series_windows import Window
from onrecord.reconciling.stated import Scope, Stated, exact

ZERO, ONE = Fraction(0), Fraction(1)


class Relation(StrEnum):
    """What a constraint says of its quantities, the first of which is the one it is about."""

    COUNT = "count"  # low <= x <= high
    SERIES = "series"  # the same, from a series
    RATE = "rate"  # so many a day, over so many days
    SCALE = "scale"  # low * y <= x <= high * y: a ratio, a share, a change of so many per cent
    DIFFERENCE = "difference"  # low <= x - y <= high
    MORE = "more"  # x > y
    PART = "part"  # x <= y
    SAME = "same"  # x = y
    SUM = "sum"  # x = y + z + …


@dataclass(frozen=True, slots=True)
class Row:
    """The sum of factor times quantity over ``terms`` is at most ``bound``, below it where ``strict``."""

    terms: tuple[tuple[Scope, Fraction], ...]
    bound: Fraction = ZERO
    strict: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Constraint:
    """What is said of ``scopes``, by whom, and what it takes to say it.

    ``stated`` are the figures that say it, all with the same bounds of the same quantity; empty where it follows from
    words alone. ``assumptions`` are sentences that must be granted. ``one_event`` marks an assumption that two figures
    are about one event: no conflict rests on two of these. ``low``, ``value`` and ``high`` are those of the figure.
    """

    relation: Relation
    scopes: tuple[Scope, ...]
    rows: tuple[Row, ...]
    stated: tuple[Stated, ...] = ()
    series: Series | None = None
    window: Window | None = None
    assumptions: tuple[str, ...] = ()
    one_event: bool = False
    low: Fraction | None = None
    value: Fraction | None = None
    high: Fraction | None = None

    @property
    def free(self) -> bool:
        """Whether it holds by the words alone: a day is within its month, a town within its country."""
        return not (self.stated or self.series or self.assumptions)

    @property
    def joins(self) -> bool:
        """Whether it ties quantities to one another."""
        return len(self.scopes) > 1

    @property
    def key(self) -> str:
        """What orders constraints, whatever the order they came in."""
        about = "; ".join(scope.key for scope in self.scopes)
        by = self.stated[0].key if self.stated else f"{self.series.id}" if self.series else ""
        return f"{about}|{self.relation}|{by}|{self.low}|{self.high}|{'; '.join(self.assumptions)}"


def bounded(scope: Scope, low: Fraction | None, high: Fraction | None) -> tuple[Row, ...]:
    """Rows for ``low <= scope <= high``."""
    below = (Row(((scope, ONE),), high),) if high is not None else ()
    above = (Row(((scope, -ONE),), -low),) if low is not None else ()
    return below + above


def scaled(x: Scope, y: Scope, low: Fraction | None, high: Fraction | None) -> tuple[Row, ...]:
    """Rows for ``low * y <= x <= high * y``, with ``y >= 1``: else two ratios that clash both hold of 0 and 0."""
    below = (_row({x: ONE, y: -high}),) if high is not None else ()
    above = (_row({x: -ONE, y: low}),) if low is not None else ()
    return (*below, *above, Row(((y, -ONE),), -ONE))


def apart(x: Scope, y: Scope, low: Fraction | None, high: Fraction | None) -> tuple[Row, ...]:
    """Rows for ``low <= x - y <= high``."""
    below = (_row({x: ONE, y: -ONE}, high),) if high is not None else ()
    above = (_row({x: -ONE, y: ONE}, -low),) if low is not None else ()
    return below + above


def part(x: Scope, y: Scope, assumptions: tuple[str, ...] = (), one_event: bool = False) -> Constraint:
    """``x`` is counted within ``y``."""
    return Constraint(Relation.PART, (x, y), (_row({x: ONE, y: -ONE}),), assumptions=assumptions, one_event=one_event)


def same(x: Scope, y: Scope, assumptions: tuple[str, ...]) -> Constraint:
    """``x`` and ``y`` are one quantity, of one event."""
    rows = (_row({x: ONE, y: -ONE}), _row({x: -ONE, y: ONE}))
    return Constraint(Relation.SAME, (x, y), rows, assumptions=assumptions, one_event=True)


def summed(whole: Scope, parts: tuple[Scope, ...], assumptions: tuple[str, ...] = ()) -> Constraint:
    """``whole`` is the sum of ``parts``."""
    less = dict.fromkeys(parts, -ONE)
    more = dict.fromkeys(parts, ONE)
    rows = (_row({whole: ONE} | less), _row({whole: -ONE} | more))
    return Constraint(Relation.SUM, (whole, *parts), rows, assumptions=assumptions)


def greater(x: Scope, y: Scope, stated: Stated, assumptions: tuple[str, ...] = ()) -> Constraint:
    """``x`` is more than ``y``."""
    row = Row(((y, ONE), (x, -ONE)), ZERO, strict=True)
    return Constraint(Relation.MORE, (x, y), (row,), (stated,), assumptions=assumptions)


def ratio(x: Scope, y: Scope, stated: Stated, assumptions: tuple[str, ...] = ()) -> Constraint:
    """``x`` is so many times ``y``."""
    return _scale(x, y, stated, (stated.low, stated.value, stated.high), assumptions)


def changed(x: Scope, y: Scope, stated: Stated, way: int, assumptions: tuple[str, ...] = ()) -> Constraint:
    """``x`` is so many per cent above ``y``, or below it where ``way`` is -1."""
    bounds = [None if n is None else 1 + way * n / 100 for n in (stated.low, stated.value, stated.high)]
    low, value, high = bounds if way > 0 else reversed(bounds)
    return _scale(x, y, stated, (low, value, high), assumptions)


def observed(scope: Scope, series: Series, window: Window, assumptions: tuple[str, ...] = ()) -> Constraint:
    """What a series has for the days of ``scope``."""
    low, value, high = exact(window.low), exact(window.value), exact(window.high)
    rows = bounded(scope, low, high)
    return Constraint(
        Relation.SERIES, (scope,), rows, (), series, window, assumptions, low=low, value=value, high=high
    )  # fmt: skip


def _scale(
    x: Scope, y: Scope, stated: Stated, bounds: tuple[Fraction | None, ...], assumptions: tuple[str, ...]
) -> Constraint:
    low, value, high = bounds
    rows = scaled(x, y, low, high)
    return Constraint(
        Relation.SCALE, (x, y), rows, (stated,), assumptions=assumptions, low=low, value=value, high=high
    )  # fmt: skip


def _row(factors: dict[Scope, Fraction], bound: Fraction = ZERO) -> Row:
    """A row without the quantities that a factor of nought takes out."""
    return Row(tuple((scope, factor) for scope, factor in factors.items() if factor), bound)
