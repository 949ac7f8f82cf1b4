"""Figures as they can be held against each other: exact bounds, who is counted, on which days, at which place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from onrecord.model import Act, Appearance, Factuality, Figure, FigureKind, PartyKind, Period, normalised
from onrecord.reconciling.beside import at_least, of_those, only_near
from onrecord.reconciling.places import Atlas, Spot, spot
from onrecord.reconciling.series_nearness import allowed
from onrecord.reconciling.vocabulary import counted, same_event, who_is, who_within

ASSERTED = frozenset({Factuality.CERTAIN, Factuality.PROBABLE, Factuality.POSSIBLE})
UNASSERTED = frozenset({Act.ORDER, Act.ADVISE, Act.SUGGEST, Act.PROMISE, Act.EXPECT, Act.ASK, Act.DENY, Act.WARN})
COUNTED_UNITS = ("person", None)
Counted = tuple[str, str]
"""A measure, and of which people or things."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a quantity is of: a measure of some people or things of a side, at a place, over days (both inclusive).

    ``who`` is a class of people, ``unit`` "person" or the thing counted. ``place`` is None for everywhere; where a text
    tells neither place nor side, ``text`` is its document, so that two such texts are not taken for one.
    """

    measure: str
    who: str
    unit: str
    side: str | None
    place: Spot | None
    first: date
    last: date
    text: str | None = None

    @property
    def counted(self) -> Counted:
        """What is counted, wherever and whenever."""
        return self.measure, self.who

    @property
    def event(self) -> bool:
        """Whether it is short enough to be one event."""
        return (self.last - self.first).days < same_event("days")

    @property
    def key(self) -> str:
        """What orders scopes, whatever the order they came in."""
        place = f"{self.place.key}{'~' if self.place.near else ''}" if self.place else ""
        return f"{self.measure}|{self.who}|{self.unit}|{self.side}|{place}|{self.first}|{self.last}|{self.text}"


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of a statement, with exact bounds: ``low`` and ``high``, None where it is open.

    ``scope`` is None where its days are not told. ``value`` is as printed, ``rule`` how a word of nearness was read.
    """

    appearance: Appearance
    figure: Figure
    value: Fraction
    low: Fraction | None
    high: Fraction | None
    scope: Scope | None
    rule: str | None = None

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.appearance.statement.id

    @property
    def key(self) -> str:
        """What orders stated figures, whatever the order they came in."""
        spans = ",".join(f"{start}-{end}" for start, end in self.figure.spans)
        return f"{self.appearance.published or ''}|{self.id}|{spans}|{self.figure.kind}"

    @property
    def names(self) -> frozenset[str]:
        """The claimants' names, the unnamed by their document; the author's own by the publisher, else the document."""
        text = self.appearance.document
        parties = self.appearance.statement.claimant
        names = [text if party.kind is PartyKind.UNNAMED else normalised(party.name) for party in parties]
        return frozenset(names or [normalised(self.appearance.publisher or "") or text])


def exact(value: float) -> Fraction:
    """A number as printed, exactly: decimals as they are, a third as 1/3.

    >>> exact(39.5), exact(0.3333333333333333)
    (Fraction(79, 2), Fraction(1, 3))
    """
    return Fraction(value).limit_denominator(1_000_000) if abs(value) < 2**52 else Fraction(int(value))


def stated(appearances: Iterable[Appearance], atlas: Atlas) -> list[Stated]:
    """The figures that can be held against others, in an order of their own; a statement given twice counts once."""
    seen = {appearance.statement.id: appearance for appearance in sorted(appearances, key=_arrival)}
    found = [one for appearance in seen.values() for one in _of(appearance, atlas)]
    return sorted(found, key=lambda one: one.key)


def _arrival(appearance: Appearance) -> tuple[str, str, str]:
    """Later publication first, so that the earliest is the one kept."""
    day = appearance.published or date.max
    return f"{date.max.toordinal() - day.toordinal():08}", appearance.document, repr(appearance.hedged)


def _of(appearance: Appearance, atlas: Atlas) -> list[Stated]:
    statement = appearance.statement
    if statement.factuality not in ASSERTED or statement.act in UNASSERTED:
        return []
    found = [one for figure in statement.figures if (one := _stated(appearance, figure, atlas))]
    kept = [one for one in found if not (_part_of_another(one, found) or _bounded_besides(one, found))]
    return [replace(one, high=None) if _open_above(one, found) else one for one in kept]


def _stated(appearance: Appearance, figure: Figure, atlas: Atlas) -> Stated | None:
    """The figure with exact bounds; None for vague words, what is no number, and what counts nothing known."""
    numbers = [n for n in (figure.value, figure.low, figure.high) if n is not None]
    if not counted(figure.measure) or not all(map(math.isfinite, numbers)):
        return None
    if figure.kind is FigureKind.COMPARISON:
        return Stated(appearance, figure, Fraction(1), None, None, _scope(appearance, figure, atlas))
    room = allowed(figure) if figure.value is not None else None
    if figure.value is None or room is None or (figure.kind is FigureKind.COUNT and figure.value < 0):
        return None
    low, high = _bound(room.low), _bound(room.high)
    if low is not None and high is not None and low > high:
        return None
    return Stated(appearance, figure, exact(figure.value), low, high, _scope(appearance, figure, atlas), room.rule)


def _bound(value: float) -> Fraction | None:
    return exact(value) if math.isfinite(value) else None


def _scope(appearance: Appearance, figure: Figure, atlas: Atlas) -> Scope | None:
    """What it is of; None where its days are not told, can be read in more than one way, or are yet to come."""
    days = _days(appearance, figure)
    if days is None or figure.measure is None:
        return None
    place = _place(appearance, figure.place, atlas) if figure.place else None
    return Scope(
        figure.measure, who_is(figure.noun), _unit(figure), figure.side, place, *days,
        text=_unplaced(appearance, figure, days),
    )  # fmt: skip


def _place(appearance: Appearance, name: str, atlas: Atlas) -> Spot:
    """The place a figure names, marked where its statement tells it as what something happened near."""
    found = atlas.find(name, appearance.document)
    if found.wide:
        return found
    printed = {one.text for one in appearance.statement.places if spot(one).key == found.key}
    words, town = normalised(name), normalised(found.name)
    within = words != town and f" {town} " in f" {words} "  # "the outskirts of Orlo"
    return replace(found, near=within or only_near(appearance, sorted({name, *printed})))


def _unplaced(appearance: Appearance, figure: Figure, days: tuple[date, date]) -> str | None:
    """The document, where no place is told of a figure that is of what happened on a few days, of nobody's side, or a
    part of what the text tells before ("30,000 of those losses")."""
    short = (days[1] - days[0]).days < same_event("days")
    bound = short or figure.side is None or of_those(appearance, figure)
    return appearance.document if figure.place is None and bound else None


def _unit(figure: Figure) -> str:
    """What is counted; a ratio's, share's and change's unit is not that of what it is about."""
    if figure.kind is not FigureKind.COUNT or figure.unit in COUNTED_UNITS:
        return "person"
    return str(figure.unit)


def _days(appearance: Appearance, figure: Figure) -> tuple[date, date] | None:
    if _ambiguous(figure) or figure.period is None:
        return None
    first, last = figure.period.earliest, figure.period.latest
    if first is None or last is None or first > last or _foretold(appearance, first):
        return None
    return first, last


def _ambiguous(figure: Figure) -> bool:
    return len({(period.earliest, period.latest) for period in figure.candidates}) > 1


def _foretold(appearance: Appearance, first: date) -> bool:
    """Whether it would have been said before it happened: then the day was read wrongly."""
    said: Period | None = appearance.statement.said
    return bool(said and said.latest and said.latest < first)


def _part_of_another(one: Stated, others: list[Stated]) -> bool:
    """Whether a statement has a higher count of the same thing: then this is a part of it.

    "21: 15 here and six there". So is what is so many more than another count.
    """
    if one.figure.kind is not FigureKind.COUNT or one.scope is None:
        return False
    return one.figure.tally == "increment" or any(
        other.figure.kind is FigureKind.COUNT
        and other.scope is not None
        and other.value > one.value
        and _covers(other.scope, one.scope)
        for other in others
    )


def _open_above(one: Stated, others: list[Stated]) -> bool:
    """Whether a bare count is of some of them only: those known or seen, or a part of what is told with "at least":
    of "at least 58, 11 children among them" more may be children."""
    if one.figure.kind is not FigureKind.COUNT or one.figure.comparator != "=" or one.scope is None:
        return False
    return at_least(one.appearance, one.figure) or any(
        other.figure.kind is FigureKind.COUNT
        and other.figure.comparator in (">", ">=")
        and other.scope is not None
        and who_within(one.scope.who, other.scope.who)
        and _of_one(other.scope, one.scope)
        for other in others
    )


def _bounded_besides(one: Stated, others: list[Stated]) -> bool:
    """Whether a statement gives a bare number that it gives with a bound as well: "56 killed: at least 56 died"."""
    return one.figure.comparator == "=" and any(
        other.figure.kind is one.figure.kind is FigureKind.COUNT
        and other.figure.comparator != "="
        and other.value == one.value
        and other.scope is not None
        and one.scope is not None
        and (_covers(other.scope, one.scope) or _covers(one.scope, other.scope))
        for other in others
    )


def _covers(other: Scope, one: Scope) -> bool:
    """Whether two counts of a statement are of the same days, measure and people."""
    return (other.who == one.who or who_within(other.who, one.who)) and _of_one(other, one)


def _of_one(other: Scope, one: Scope) -> bool:
    """Whether two counts of a statement are of the same days and measure; of an event, at any places of it."""
    return (
        (other.measure, other.unit, other.first, other.last) == (one.measure, one.unit, one.first, one.last)
        and (other.side is None or one.side is None or other.side == one.side)
        and (one.event or other.place == one.place)
    )
