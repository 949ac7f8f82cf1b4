"""Findings in words: a sentence a reporter can use, what it assumes, and the sum behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.model import Finding, FindingKind, digest
from onrecord.reconciling.arithmetic import ROUNDED, Worked, clash, worked
from onrecord.reconciling.conflicts import ALIKE, Conflict
from onrecord.reconciling.constraints import Constraint, Relation
from onrecord.reconciling.implied import Implied
from onrecord.reconciling.naming import bounds, claimant, days, joined, quantity, quoted, span, told_in
from onrecord.reconciling.stated import Scope, Stated


def conflict_finding(conflict: Conflict) -> Finding:
    """The finding that a conflict makes."""
    assumptions = (*_assumed(conflict.constraints), *_of_one_thing(conflict.constraints, conflict.figures))
    told = _tells(conflict.figures, conflict.constraints)
    opening = f"{'; '.join(told)}. {'These cannot all hold' if len(told) > 1 else 'This cannot hold'}"
    granted = f" if {'; if '.join(assumptions)}" if assumptions else ""
    alike = f" ({conflict.alike:,} sets of statements say the same.)" if conflict.alike > ALIKE else ""
    return _finding(
        FindingKind.CONFLICT, conflict.figures, conflict.constraints, assumptions,
        _clash(conflict), f"{opening}{granted}.{alike}",
    )  # fmt: skip


def implied_finding(one: Implied) -> Finding:
    """The finding that an implied figure makes."""
    assumptions = tuple(_assumed(one.constraints))
    told = _tells(one.figures, one.constraints)
    low, high = one.low.value if one.low else None, one.high.value if one.high else None
    granted = f", if {'; if '.join(assumptions)}" if assumptions else ""
    text = f"{'; '.join(told)}. From this follows for {quantity(one.scope)}: {bounds(low, high)}{granted}."
    results = [worked(bound) for bound in (one.low, one.high) if bound]
    rounded = (ROUNDED,) if any(result.rounded for result in results) else ()
    steps = dict.fromkeys((*(step for result in results for step in result.steps), *rounded))
    return _finding(FindingKind.IMPLIED, one.figures, one.constraints, assumptions, "; ".join(steps), text)


def more_finding(scopes: Sequence[Scope]) -> Finding:
    """What says that a limit was met: there may be more conflicts than are told."""
    about = quantity(min(scopes, key=lambda scope: scope.key))
    text = (
        f"There may be more conflicts than are listed here about {about}, and {len(scopes) - 1:,} quantities tied to "
        "it: too many figures hang together to try all of them."
    )
    return Finding(digest(f"bounded|{about}")[:16], FindingKind.CONFLICT, (), (), "", text)


def _finding(
    kind: FindingKind,
    figures: Sequence[Stated],
    constraints: Iterable[Constraint],
    assumptions: tuple[str, ...],
    arithmetic: str,
    text: str,
) -> Finding:
    statements = tuple(dict.fromkeys(one.id for one in figures))
    series = tuple(dict.fromkeys(one.series.id for one in constraints if one.series))
    hedges = tuple(dict.fromkeys(words for one in figures for words in one.appearance.hedged))
    basis = "|".join((kind, *sorted(one.key for one in figures), *sorted(series), *sorted(assumptions), arithmetic))
    return Finding(digest(basis)[:16], kind, statements, assumptions, arithmetic, text, series, hedges)


def _clash(conflict: Conflict) -> str:
    ratios = [one for one in conflict.constraints if one.relation is Relation.SCALE]
    if len(ratios) == 2 == len(conflict.constraints) and ratios[0].scopes == ratios[1].scopes:
        times = " times, against ".join(str(Worked(one.low, one.value, one.high)) for one in ratios)
        return f"{quantity(ratios[0].scopes[0])} is {times} times {quantity(ratios[0].scopes[1])}"
    if conflict.lower is not None:
        return clash(conflict.lower, conflict.upper)
    told = [f"{quoted(one)} is {bounds(one.low, one.high)}" for one in conflict.figures]
    return "; ".join((*told, "no values satisfy all of these at once"))


def _assumed(constraints: Iterable[Constraint]) -> Iterator[str]:
    yield from dict.fromkeys(sentence for one in constraints for sentence in one.assumptions)


def _of_one_thing(constraints: Sequence[Constraint], figures: Sequence[Stated]) -> Iterator[str]:
    """That figures of a few days are about one event, that a bare figure is exact, and that all count alike."""
    counts = [one for one in figures if one.figure.kind == "count" and one.scope]
    if len(counts) > 1 and all(one.scope and one.scope.event for one in counts):
        placed = next((one.scope.place.name for one in counts if one.scope and one.scope.place), None)
        when = days(counts[0].scope) if counts[0].scope else ""
        yield f"they are about one event ({', '.join(part for part in (placed, when) if part)})"
    yield from _everywhere(counts)
    yield from _in_between(counts)
    if any(one.figure.comparator == "=" for one in counts) and len(counts) > 1:
        yield "a figure that is printed without a bound is meant exactly"
    if len(figures) + sum(one.relation is Relation.SERIES for one in constraints) > 1:
        measures = sorted({one.figure.measure for one in figures if one.figure.measure})
        yield f"all mean the same by {joined([f'“{measure}”' for measure in measures])}"


def _everywhere(counts: Sequence[Stated]) -> Iterator[str]:
    """That what is counted over longer than an event, and without a place, is of all of them."""
    if any(one.scope and not (one.scope.event or one.scope.place or one.scope.text) for one in counts):
        yield "a figure without a place covers all fronts"


def _in_between(counts: Sequence[Stated]) -> Iterator[str]:
    """That a toll told earlier was final where a higher one was told on a later day."""
    dated = [(one.appearance.published, one.value) for one in counts if one.scope and one.scope.event]
    told = sorted((day, value) for day, value in dated if day)
    if len(told) > 1 and told[0][0] < told[-1][0] and told[0][1] < told[-1][1]:
        yield f"no more were found between {span(told[0][0], told[0][0])} and {span(told[-1][0], told[-1][0])}"


def _tells(figures: Sequence[Stated], constraints: Iterable[Constraint]) -> list[str]:
    """Who gives which figures for what: a clause for each statement, and for each series."""
    by_statement: dict[str, list[Stated]] = {}
    for one in figures:
        by_statement.setdefault(one.id, []).append(one)
    said = [f"{claimant(told[0])}{told_in(told[0])} gives {joined(_amounts(told))}" for told in by_statement.values()]
    return said + [_series(one) for one in constraints if one.series]


def _amounts(told: Sequence[Stated]) -> list[str]:
    """The figures of a statement, with what they are of told once where that is the same."""
    about: dict[str, list[str]] = {}
    for one in told:
        what = quantity(one.scope) if one.scope else str(one.figure.measure)
        about.setdefault(what, []).append(quoted(one))
    return [f"{joined(amounts)} for {what}" for what, amounts in about.items()]


def _series(one: Constraint) -> str:
    if one.series is None or one.window is None:
        return ""
    name = f"{one.series.publisher}’s series “{one.series.name}”"
    return f"{name} gives {bounds(one.low, one.high)} for {days(one.scopes[0])}"
