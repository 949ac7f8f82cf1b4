"""What reference series have for the quantities that figures are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.model import Series
from onrecord.reconciling.constraints import Constraint, observed
from onrecord.reconciling.places import Spot
from onrecord.reconciling.series_windows import Readings
from onrecord.reconciling.stated import Scope
from onrecord.reconciling.vocabulary import measure_within, who_is, who_within


def observations(told: Sequence[Constraint], series: Iterable[Series]) -> Iterator[Constraint]:
    """For each quantity over longer than an event, what a series of the same side and measure has for its days."""
    scopes = sorted({s for c in told for s in c.scopes if not s.event}, key=lambda scope: scope.key)
    seen: set[tuple[str, Scope]] = set()  # a publisher's series in another file tells the same again
    for one in sorted(series, key=lambda one: (one.publisher, one.name, one.id)):
        readings = Readings.of(one)
        for scope in scopes:
            if not _about(scope, one):
                continue
            whole = _whole(scope, one)
            window = readings.over(scope.first, scope.last)
            if (one.publisher, whole) in seen or window is None or window.last != scope.last:
                continue
            seen.add((one.publisher, whole))
            yield observed(whole, one, window, tuple(_assumptions(scope, one)))


def _about(scope: Scope, series: Series) -> bool:
    """Whether a series counts what a quantity is of, or what that is a part of."""
    return (
        not series.stock
        and series.unit in (scope.unit, None)
        and series.side == scope.side
        and _measured(scope, series)
        and _people(scope, series) is not None
    )


def _measured(scope: Scope, series: Series) -> bool:
    return scope.measure in (series.measure, *series.read_as) or bool(measure_within(scope.measure, series.measure))


def _people(scope: Scope, series: Series) -> str | None:
    """Who the series is taken to count: those of the quantity where that names nobody closer."""
    counted = who_is(series.noun)
    if who_within(scope.who, counted):
        return counted
    return scope.who if scope.who in (counted, "person") else None


def _whole(scope: Scope, series: Series) -> Scope:
    """What the series itself is of, on the days of a quantity."""
    same = scope.measure in (series.measure, *series.read_as)
    place = scope.place if scope.place and scope.place.name == series.place else None
    if series.place and place is None:
        place = Spot(series.place)
    measure = scope.measure if same else series.measure
    return replace(scope, measure=measure, who=_people(scope, series) or scope.who, place=place, text=None)


def _assumptions(scope: Scope, series: Series) -> Iterator[str]:
    if scope.measure != series.measure and scope.measure in series.read_as:
        yield f"“{scope.measure}” is what the series “{series.name}” counts as “{series.measure}”"
    if series.definition:
        yield f"{series.name} counts: {series.definition}"
    if series.hedge:
        yield f"{series.name} is hedged: {series.hedge}"
    if series.noun and _people(scope, series) != who_is(series.noun):
        yield f"those counted are those whom the series “{series.name}” counts ({series.noun})"
