"""Accounts: what follows from the word of those one believes, beside the word of the others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from onrecord.model import Account, AccountLine, Appearance, Bounds, Finding, Series, normalised
from onrecord.reconciling.arithmetic import shown
from onrecord.reconciling.conflicts import components, conflicts
from onrecord.reconciling.constraints import Constraint, Relation
from onrecord.reconciling.findings import tied
from onrecord.reconciling.implied import tightest
from onrecord.reconciling.naming import down, quantity, up
from onrecord.reconciling.places import Atlas, Contains
from onrecord.reconciling.propagating import Bound, Propagation
from onrecord.reconciling.stated import Scope, Stated, stated
from onrecord.reconciling.wording import conflict_finding

OUTRIGHT = frozenset({Relation.COUNT, Relation.SERIES})


@dataclass(frozen=True, slots=True)
class Side:
    """What one account says of a quantity: the tightest bounds told outright, and those that follow."""

    claimed: tuple[Bound | None, Bound | None]
    implied: tuple[Bound | None, Bound | None]


def account(
    appearances: Iterable[Appearance],
    series: Iterable[Series] = (),
    *,
    believe: Collection[str] = (),
    doubt: Collection[str] = (),
    contains: Contains | None = None,
    known_as: Mapping[str, Collection[str]] | None = None,
) -> Account:
    """What the figures of the believed say and imply, quantity by quantity, beside those of the doubted.

    Names are those of claimants, relays set aside, matched without regard to case and accents, whole or by whole words
    of them; a party goes by every name that ``known_as`` has for its id, and the publisher of a series, who counts as
    its claimant, under each of its own. With no ``doubt`` all others
    are doubted, with no ``believe`` all others are believed. A statement of several claimants is believed when one of
    them is.
    """
    given, published = list(appearances), list(series)
    believed, doubted = _voices(believe), _voices(doubt)
    trusts = _chosen(believed, doubted)
    mistrusts = _chosen(doubted, believed)
    atlas = Atlas(given)
    figures = stated(given, atlas)
    names = _Names(known_as or {})
    ours, conflicting = _sides(figures, published, trusts, names, atlas, contains)
    theirs, _ = _sides(figures, published, lambda some: not trusts(some) and mistrusts(some), names, atlas, contains)
    scopes = sorted(ours | theirs, key=lambda scope: scope.key)
    lines = (_line(scope, ours.get(scope), theirs.get(scope)) for scope in scopes)
    known = {name for one in given for name in names.of(one)} | {name for one in published for name in _publishers(one)}
    unknown = tuple(name for name in (*believe, *doubt) if not any(_called(normalised(name), one) for one in known))
    return Account(tuple(believe), tuple(doubt), tuple(line for line in lines if line), conflicting, unknown)


def _voices(names: Collection[str]) -> tuple[str, ...]:
    return tuple(normalised(name) for name in names)


def _chosen(wanted: Sequence[str], others: Sequence[str]) -> Callable[[Collection[str]], bool]:
    """Whether one of the names is wanted; where none is, whether none of the others is."""
    if wanted:
        return lambda names: any(_called(name, one) for name in wanted for one in names)
    return lambda names: not any(_called(name, one) for name in others for one in names)


def _called(asked: str, name: str) -> bool:
    return bool(asked) and f" {asked} " in f" {name} "


@dataclass(frozen=True, slots=True)
class _Names:
    """Under which names parties go."""

    known_as: Mapping[str, Collection[str]]

    def of(self, appearance: Appearance) -> tuple[str, ...]:
        """The claimants' names; for the author's own the publisher's."""
        claimant = appearance.statement.claimant
        names = [name for party in claimant for name in (party.name, *self.known_as.get(party.id, ()))]
        return tuple(map(normalised, names or [appearance.publisher or "the author"]))


def _publishers(series: Series) -> tuple[str, ...]:
    """The names that a series' publisher speaks under."""
    return tuple(map(normalised, (series.publisher, *series.known_as)))


def _sides(
    figures: Sequence[Stated],
    series: Sequence[Series],
    wanted: Callable[[Collection[str]], bool],
    names: _Names,
    atlas: Atlas,
    contains: Contains | None,
) -> tuple[dict[Scope, Side], tuple[Finding, ...]]:
    """What those whose names are wanted say of each quantity, and where they cannot all be right."""
    told = [one for one in figures if wanted(names.of(one.appearance))]
    published = [one for one in series if wanted(_publishers(one))]
    sides: dict[Scope, Side] = {}
    found: list[Finding] = []
    for together in components(tied(told, figures, published, atlas, contains)):
        spread = Propagation(together).run()
        found += map(conflict_finding, conflicts(spread).found)
        for scope in {scope for scope, _ in spread.bounds}:
            sides[scope] = Side(_ends(spread, scope, outright=True), _ends(spread, scope, outright=False))
    return sides, tuple(sorted(found, key=lambda one: one.id))


def _ends(spread: Propagation, scope: Scope, outright: bool) -> tuple[Bound | None, Bound | None]:
    """The tightest lower and upper bound, of those told outright or of those that follow; none on doubtful grounds."""
    lower, upper = (
        tightest(
            bound
            for bound in spread.bounds[scope, side]
            if bound.via is not None
            and (not bound.inputs and bound.via.relation in OUTRIGHT) == outright
            and _told(spread, bound)
            and not any(spread.constraints[index].one_event for index in bound.grounds)
        )
        for side in (True, False)
    )
    return lower, upper


def _told(spread: Propagation, bound: Bound) -> bool:
    """Whether a figure or a series is behind it, more than that a ratio is of something."""
    relations = {spread.constraints[index].relation for index in bound.grounds}
    return bool(relations & (OUTRIGHT | {Relation.RATE}))


def _line(scope: Scope, ours: Side | None, theirs: Side | None) -> AccountLine | None:
    """A quantity by both accounts, None where neither has a bound of it."""
    claimed, implied = (ours.claimed, ours.implied) if ours else ((None, None), (None, None))
    others_claimed, others_implied = (theirs.claimed, theirs.implied) if theirs else ((None, None), (None, None))
    told = [*claimed, *implied, *others_claimed, *others_implied]
    if not any(told):
        return None
    steps = dict.fromkeys(shown(bound) for bound in implied if bound and bound.inputs)
    return AccountLine(
        quantity(scope), _bounds(claimed), _bounds(implied), _bounds(others_claimed), _bounds(others_implied),
        "; ".join(step for step in steps if step), _meet((*claimed, *implied), (*others_claimed, *others_implied)),
        scope.text,
    )  # fmt: skip


def _bounds(ends: tuple[Bound | None, Bound | None]) -> Bounds | None:
    low, high = ends
    if low is None and high is None:
        return None
    statements = {
        figure.id for end in ends if end for constraint in _behind(end) for figure in constraint.stated
    }  # fmt: skip
    least, most = down(low.value) if low else None, up(high.value) if high else None
    return Bounds(_printed(least), _printed(most), tuple(sorted(statements)))


def _behind(bound: Bound) -> Iterator[Constraint]:
    """The constraints that a bound was made by."""
    if bound.via is not None:
        yield bound.via
    for source in bound.inputs:
        yield from _behind(source)


def _printed(value: Fraction | None) -> float | None:
    """As a float, the largest there is where it is larger still."""
    if value is None:
        return None
    return float(value) if abs(value) < sys.float_info.max else sys.float_info.max


def _meet(ours: Sequence[Bound | None], theirs: Sequence[Bound | None]) -> bool:
    """Whether the two accounts leave a value that both allow."""
    return not any(
        low.value > high.value
        for lows, highs in ((ours, theirs), (theirs, ours))
        for low in lows
        if low and low.lower
        for high in highs
        if high and not high.lower
    )
