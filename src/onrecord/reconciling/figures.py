"""The constraints that the figures of a record make, one for all figures that say the same of the same quantity."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from onrecord.model import FigureKind, Period
from onrecord.reconciling.constraints import Constraint, Relation, apart, bounded, changed, greater, ratio
from onrecord.reconciling.naming import claimant, days, quoted, where
from onrecord.reconciling.stated import Scope, Stated
from onrecord.reconciling.vocabulary import who_is, who_within

RATE_UNIT = re.compile(r"person per (?:(\d+) )?(day|week|month|year)")
DAYS_OF = {"day": 1, "week": 7, "month": 30, "year": 365}


def constraints_of(figures: Sequence[Stated], beside: Sequence[Stated] | None = None) -> list[Constraint]:
    """All constraints that ``figures`` make by themselves: counts first, then what ties them together.

    A ratio that says neither where nor when is read as of what its text counts, in ``figures`` or else in ``beside``.
    """
    texts: dict[str, list[Stated]] = defaultdict(list)
    for one in figures if beside is None else beside:
        if one.figure.kind is FigureKind.COUNT and one.scope:
            texts[one.appearance.document].append(one)
    counts = (one for one in figures if one.figure.kind is FigureKind.COUNT and one.scope)
    ties = (tie for one in figures for tie in _ties(one, texts[one.appearance.document]))
    return [*_counts(counts), *ties]


def _counts(counts: Iterable[Stated]) -> Iterator[Constraint]:
    alike: dict[tuple[Scope, Fraction | None, Fraction | None, str | None], list[Stated]] = defaultdict(list)
    for one in counts:
        if one.scope:
            alike[one.scope, one.low, one.high, one.rule].append(one)
    for (scope, low, high, rule), told in alike.items():
        rules = (rule,) if rule else ()
        yield Constraint(
            Relation.COUNT, (scope,), bounded(scope, low, high), tuple(told),
            assumptions=rules, low=low, value=told[0].value, high=high,
        )  # fmt: skip


def _ties(one: Stated, counts: Sequence[Stated]) -> Iterator[Constraint]:
    match one.figure.kind:
        case FigureKind.CHANGE:
            yield from _change(one)
        case FigureKind.RATIO | FigureKind.COMPARISON:
            yield from _between_sides(one, counts)
        case FigureKind.SHARE:
            yield from _share(one, counts)
        case FigureKind.RATE:
            yield from _rate(one)


def _change(one: Stated) -> Iterator[Constraint]:
    """A change of so many per cent, or of so many, between two periods that the text tells."""
    scope, before = one.scope, _span(one.figure.against)
    if scope is None or before is None or before == (scope.first, scope.last):
        return
    earlier = replace(scope, first=before[0], last=before[1])
    way = -1 if "down" in (one.figure.direction, one.figure.comparator) else 1
    rules = (one.rule,) if one.rule else ()
    if one.figure.unit == "percent":
        yield changed(scope, earlier, one, way, rules)
    elif one.figure.unit == "person":
        low, high = (one.low, one.high) if way > 0 else (_minus(one.high), _minus(one.low))
        rows = apart(scope, earlier, low, high)
        yield Constraint(
            Relation.DIFFERENCE, (scope, earlier), rows, (one,),
            assumptions=rules, low=low, value=way * one.value, high=high,
        )  # fmt: skip


def _between_sides(one: Stated, counts: Sequence[Stated]) -> Iterator[Constraint]:
    """So many of one side for one of the other, or more of one than of the other."""
    over, under = (
        (one.figure.numerator, one.figure.denominator)
        if one.figure.kind is FigureKind.RATIO
        else (one.figure.more, one.figure.less)
    )
    if over is None or under is None or over == under:
        return
    for scope, assumptions in _covered(one, counts, {over, under}):
        x, y = replace(scope, side=over), replace(scope, side=under)
        if one.figure.kind is FigureKind.RATIO:
            yield ratio(x, y, one, assumptions)
        else:
            yield greater(x, y, one, assumptions)


def _covered(one: Stated, counts: Sequence[Stated], sides: set[str]) -> Iterator[tuple[Scope, tuple[str, ...]]]:
    """What a ratio is of: as it says; else what its text counts of one of the sides over a longer time."""
    rules = (one.rule,) if one.rule else ()
    if one.scope and (one.figure.place or not one.scope.event):
        yield replace(one.scope, text=None), rules
        return
    found = {
        replace(count.scope, who=who_is(one.figure.noun))
        for count in counts
        if count.scope and not count.scope.event and count.scope.side in sides
        and (count.scope.measure, count.scope.unit) == (one.figure.measure, "person")
        and (one.scope is None) and (one.figure.place is None or _placed(count.scope, one.figure.place))
    }  # fmt: skip
    for scope in sorted(found, key=lambda s: s.key):
        covers = f"{claimant(one)}’s {quoted(one)} covers {where(scope)} and {days(scope)}, which the text does not say"
        yield scope, (covers, *rules)


def _placed(scope: Scope, place: str) -> bool:
    return scope.place is not None and scope.place.name == place


def _share(one: Stated, counts: Sequence[Stated]) -> Iterator[Constraint]:
    """A share of those that the same statement counts."""
    if one.figure.noun is None:
        return
    who = who_is(one.figure.noun)
    hundred = 100 if one.figure.unit == "percent" else 1
    scaled = replace(one, value=one.value / hundred, low=_over(one.low, hundred), high=_over(one.high, hundred))
    for count in counts:
        scope = count.scope
        if count.id == one.id and scope and scope.measure == one.figure.measure and who_within(who, scope.who):
            yield ratio(replace(scope, who=who), scope, scaled, (one.rule,) if one.rule else ())


def _rate(one: Stated) -> Iterator[Constraint]:
    """So many a day, over the days told: as many times that, if it holds for all of them."""
    unit = RATE_UNIT.fullmatch(one.figure.unit or "")
    if one.scope is None or unit is None:
        return
    span = (one.scope.last - one.scope.first).days + 1
    times = Fraction(span, int(unit[1] or 1) * DAYS_OF[unit[2]])
    low, high = _times(one.low, times), _times(one.high, times)
    holds = f"{quoted(one)} {unit[0].removeprefix('person ')} holds on average for {days(one.scope)}"
    rules = (one.rule,) if one.rule else ()
    yield Constraint(
        Relation.RATE, (one.scope,), bounded(one.scope, low, high), (one,),
        assumptions=(holds, *rules), low=low, value=one.value * times, high=high,
    )  # fmt: skip


def _span(period: Period | None) -> tuple[date, date] | None:
    if period is None or period.earliest is None or period.latest is None or period.earliest > period.latest:
        return None
    return period.earliest, period.latest


def _minus(number: Fraction | None) -> Fraction | None:
    return None if number is None else -number


def _over(number: Fraction | None, divisor: int) -> Fraction | None:
    return None if number is None else number / divisor


def _times(number: Fraction | None, factor: Fraction) -> Fraction | None:
    return None if number is None else number * factor
