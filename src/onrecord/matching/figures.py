"""The figures of statements side by side: which are of one kind, tell the same, or cannot both be told of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING

from onrecord.matching.words import data
from onrecord.model import Figure, FigureKind, Period

if TYPE_CHECKING:
    from onrecord.matching.tellings import Spot

_VAGUE = 0.3
_MOST = 40  # figures of a statement that are compared


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as it is compared: ``slot`` is what may be set against what (kind, family of measures, unit).

    ``who`` is the class of those counted ("" for anybody), ``spot`` where; ``value`` None where it is vague; ``days``
    are the first and last day it covers, None where they are not both known.
    """

    figure: Figure
    slot: str
    who: str
    value: float | None
    low: float
    high: float
    spot: Spot | None
    days: tuple[date, date] | None


def told(figures: Iterable[Figure], spots: Sequence[Spot], said: date | None) -> tuple[Told, ...]:
    """Figures as they are compared; a period after the day on which the figure was ``said`` cannot be its own."""
    found: list[Told] = []
    for figure in islice(figures, _MOST):
        one = _told(figure, spots, said)
        found.append(replace(one, who=_counted_before(one, found)))
    return tuple(found)


def _counted_before(one: Told, before: Sequence[Told]) -> str:
    """Who is counted: a bare number counts those of the last one that named them ("15 civilians and six others")."""
    if one.who or one.figure.noun or not before or before[-1].slot != one.slot:
        return one.who
    return before[-1].who


def _told(figure: Figure, spots: Sequence[Spot], said: date | None) -> Told:
    low = figure.low if figure.low is not None else float("-inf")
    high = figure.high if figure.high is not None else float("inf")
    place = next((one for one in spots if one.name == figure.place), None)
    value = figure.value if figure.value is not None and isfinite(figure.value) else None
    days = _days(figure.period)
    if days and said and said < days[0]:
        days = None
    return Told(figure, _slot(figure), who(figure.noun), value, low, high, place, days)


def _slot(figure: Figure) -> str:
    """What a figure may be set against: harm to people is one family, else the measure or the unit tells.

    "Killed" and "casualties" are one slot, so that a retelling that has one for the other is still found.
    """
    family = data("figures")["families"].get(figure.measure or "", figure.measure or "")
    unit = figure.unit or ""
    if figure.kind is FigureKind.COUNT and unit not in data("figures")["people"] and not family:
        family = unit
    return f"{figure.kind}|{family}"


def who(noun: str | None) -> str:
    """The class of those counted; "" for anybody, the noun itself where no class has it.

    >>> who("troop"), who("person"), who(None)
    ('combatant', '', '')
    """
    word = (noun or "").casefold()
    return next((name for name, nouns in data("figures")["who"].items() if word in nouns), word) if word else ""


def comparable(one: Told, other: Told) -> bool:
    """Whether the two may tell of one thing: one slot, those counted not of two classes, no two sides."""
    if one.slot != other.slot:
        return False
    if one.who and other.who and one.who != other.who and not _wider(one.who, other.who):
        return False
    sides = {one.figure.side, other.figure.side} - {None}
    return len(sides) < 2 or one.figure.kind is not FigureKind.COUNT


def _wider(one: str, other: str) -> bool:
    wide = data("figures")["wide"]
    return one in wide.get(other, ()) or other in wide.get(one, ())


def same_value(one: Told, other: Told) -> bool:
    """Whether the two print the same number, or the same vague words' bounds."""
    if one.value is None or other.value is None:
        return one.value is None and other.value is None and (one.low, one.high) == (other.low, other.high)
    return one.value == other.value


def telling(value: float | None) -> float:
    """How much it tells that two figures are equal, from 0 to 1: round and small numbers come together by chance.

    >>> telling(85) > telling(6) > telling(None), telling(1060) > telling(1000)
    (True, True)
    """
    if value is None:
        return _VAGUE
    digits = len(f"{abs(value):.6g}".replace(".", "").strip("0")) if abs(value) < 1e15 else 1
    return {0: 0.1, 1: 0.35, 2: 0.8}.get(digits, 1.0) if abs(value) > 2 else 0.15


def head(figures: Sequence[Told]) -> tuple[Told, ...]:
    """The figures that are not counted within an earlier one ("56 civilians, among them 11 children").

    A part is of the same slot, smaller, and of a narrower class; shares are never heads.
    """
    heads: list[Told] = []
    for one in figures:
        if one.figure.kind is FigureKind.SHARE:
            continue
        if not any(_part(one, whole) for whole in heads):
            heads.append(one)
    return tuple(heads)


def _part(one: Told, whole: Told) -> bool:
    if one.slot != whole.slot or one.who == whole.who or not one.who or one.value is None:
        return False
    return whole.who in ("", *data("figures")["wide"].get(one.who, ())) and (whole.value or whole.high) > one.value


def contradict(one: Sequence[Told], other: Sequence[Told]) -> bool:
    """Whether the heads of two statements cannot be one claim: some are comparable, and no comparable two are equal."""
    pairs = [(a, b) for a in one for b in other if comparable(a, b)]
    return bool(pairs) and not any(same_value(a, b) for a, b in pairs)


def _days(period: Period | None) -> tuple[date, date] | None:
    if period is None or period.earliest is None or period.latest is None:
        return None
    return period.earliest, period.latest
