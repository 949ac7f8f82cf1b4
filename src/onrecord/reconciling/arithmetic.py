"""The sums behind a bound, as a reader can check them: each step with the value printed and what it allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from onrecord.reconciling.constraints import ZERO, Constraint, Relation
from onrecord.reconciling.naming import bounds, down, number, quoted, up
from onrecord.reconciling.propagating import Bound
from onrecord.reconciling.stated import Scope

ROUNDED = "bounds rounded outwards to whole numbers"


@dataclass(frozen=True, slots=True)
class Worked:
    """A quantity as worked out: its bounds, the value that the printed ones give, and the steps to it."""

    low: Fraction | None
    value: Fraction | None
    high: Fraction | None
    steps: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.value is None:
            return bounds(self.low, self.high)
        if self.low == self.value == self.high:
            return number(self.value)
        allowed = bounds(self.low, self.high)
        return f"{number(_whole(self.value))} ({allowed})"

    @property
    def rounded(self) -> bool:
        """Whether a bound is told rounded."""
        return (self.low is not None and down(self.low) != self.low) or (
            self.high is not None and up(self.high) != self.high
        )


def worked(bound: Bound) -> Worked:
    """How a bound comes about, from the figures it rests on."""
    if bound.via is None:
        return Worked(ZERO, None, None)
    if not bound.inputs:
        return _printed(bound)
    sources = {source.scope: worked(source) for source in bound.inputs}
    result = _step(bound.via, bound.scope, bound.lower, sources)
    before = tuple(step for source in sources.values() for step in source.steps)
    end = result.low if bound.lower else result.high
    if end is not None and end != bound.value:  # carried round a circle until it no longer changes
        result = Worked(bound.value, None, None) if bound.lower else Worked(None, None, bound.value)
        result = replace(result, steps=(*result.steps, f"and so on, going round: {result}"))
    return replace(result, steps=(*before, *result.steps))


def shown(bound: Bound) -> str:
    """The steps to a bound in one line."""
    result = worked(bound)
    rounded = f"; {ROUNDED}" if result.rounded else ""
    return "; ".join(dict.fromkeys(result.steps)) + rounded


def clash(lower: Bound, upper: Bound | None) -> str:
    """The steps to two bounds that clash, and how they do."""
    least = worked(lower)
    if upper is None:
        return "; ".join((*least.steps, "and so on: going round, each would have to be higher than it is"))
    most = worked(upper)
    ends = f"at least {_told(down(lower.value), least)}, against at most {_told(up(upper.value), most)}"
    rounded = (ROUNDED,) if least.rounded or most.rounded else ()
    return "; ".join(dict.fromkeys((*least.steps, *most.steps, ends, *rounded)))


def _told(value: Fraction, result: Worked) -> str:
    """A bound, with the value it comes from where that is another."""
    whole = None if result.value is None else _whole(result.value)
    return number(value) if whole in (None, value) else f"{number(value)} (from {number(whole or ZERO)})"


def _printed(bound: Bound) -> Worked:
    """The bounds of a figure or series as told."""
    via = bound.via
    assert via is not None  # noqa: S101 - the caller has looked
    if via.relation is Relation.SERIES and via.window:
        return Worked(via.low, via.value, via.high, (via.window.arithmetic,))
    if via.relation is Relation.RATE:
        rate, days = via.stated[0].value, (bound.scope.last - bound.scope.first).days + 1
        step = f"{quoted(via.stated[0])} ({number(rate)}) over {days} days = {Worked(via.low, via.value, via.high)}"
        return Worked(via.low, via.value, via.high, (step,))
    if via.relation is Relation.COUNT:
        return Worked(via.low, via.value, via.high)
    low = bound.value if bound.lower else None
    return Worked(low, None, None if bound.lower else bound.value)


def _step(via: Constraint, scope: Scope, lower: bool, sources: dict[Scope, Worked]) -> Worked:
    first = next(iter(sources.values()))
    match via.relation:
        case Relation.SCALE:
            return _times(via, first) if scope == via.scopes[0] else _divided(via, first)
        case Relation.DIFFERENCE:
            return _plus(via, first, 1 if scope == via.scopes[0] else -1)
        case Relation.SUM:
            return _summed(via, scope, sources)
        case Relation.SAME:
            return first
        case _:
            return Worked(first.low, first.value, None) if lower else Worked(None, first.value, first.high)


def _times(via: Constraint, one: Worked) -> Worked:
    low, value, high = (_both(a, b) for a, b in zip(_ends(via), _ends(one), strict=True))
    result = Worked(low, value, high)
    return Worked(low, value, high, (f"{Worked(via.low, via.value, via.high)} × {one} = {result}",))


def _divided(via: Constraint, one: Worked) -> Worked:
    factors = (via.high, via.value, via.low)
    low, value, high = (a / b if a is not None and b else None for a, b in zip(_ends(one), factors, strict=True))
    result = Worked(low, value, high)
    return Worked(low, value, high, (f"{one} ÷ {Worked(via.low, via.value, via.high)} = {result}",))


def _plus(via: Constraint, one: Worked, way: int) -> Worked:
    differences = _ends(via) if way > 0 else tuple(reversed(_ends(via)))
    low, value, high = (
        None if a is None or b is None else a + way * b for a, b in zip(_ends(one), differences, strict=True)
    )
    sign = "+" if way > 0 else "−"
    result = Worked(low, value, high)
    return Worked(low, value, high, (f"{one} {sign} {Worked(via.low, via.value, via.high)} = {result}",))


def _summed(via: Constraint, scope: Scope, sources: dict[Scope, Worked]) -> Worked:
    """The whole of its parts, or what the other parts leave of the whole."""
    whole = via.scopes[0]
    if scope == whole:
        parts = list(sources.values())
        low, value, high = (_sum(list(ends)) for ends in zip(*map(_ends, parts), strict=True))
        told = " + ".join(map(str, parts))
    else:
        rest = [source for name, source in sources.items() if name != whole]
        taken = [_sum(list(ends)) for ends in zip(*map(_ends, rest), strict=True)] or [ZERO, ZERO, ZERO]
        minus = (taken[2], taken[1], taken[0])
        low, value, high = (
            None if a is None or b is None else a - b for a, b in zip(_ends(sources[whole]), minus, strict=True)
        )
        told = " − ".join((str(sources[whole]), *map(str, rest)))
    result = Worked(low, value, high)
    return Worked(low, value, high, (f"{told} = {result}",))


def _ends(one: Worked | Constraint) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    return one.low, one.value, one.high


def _both(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a * b


def _sum(numbers: list[Fraction | None]) -> Fraction | None:
    known = [number for number in numbers if number is not None]
    return sum(known, ZERO) if len(known) == len(numbers) else None


def _whole(value: Fraction) -> Fraction:
    """To the nearest whole number from a hundred on."""
    return Fraction(round(value)) if value >= 100 else value
