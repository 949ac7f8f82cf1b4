"""Revisions: a later figure by the same claimant on the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from onrecord.matching.figures import Told
from onrecord.matching.tellings import Telling
from onrecord.matching.words import Phrases, data, tokens, weigh
from onrecord.model import FigureKind, Update

Thing = tuple[str, str, str, str, object]
"""The claimant's key, and the slot, those counted, place and days (or the day it counts from) of a figure."""

_FACTOR = 5.0  # beyond it two figures are of two things
_ALIKE = 0.4  # of the words, where the text gives no days
_GAP = 7  # days between two tellings, where the text gives none


def updates(claims: Sequence[Sequence[Telling]]) -> list[tuple[int, Update]]:
    """The revisions, each with the place in ``claims`` of the claim that revises an earlier one.

    Two figures are of one thing when the claimant, what is counted, the place and the days are the same; a total that
    runs to the present is one thing with an earlier total from the same day. The later must be told on a later day, or
    say that it replaces another. Where the text gives no days, the words must be alike and the texts of one week.
    """
    found: dict[tuple[int, int], Update] = {}
    for things in _by_thing(claims).values():
        first: dict[int, tuple[Telling, Told]] = {}
        for at, one, figure in things:
            first.setdefault(at, (one, figure))
        trail = sorted(first.items(), key=lambda entry: _when(entry[1][0]))
        for (at, earlier), (to, later) in pairwise(trail):
            if why := _revises(*earlier, *later):
                found.setdefault((at, to), Update(earlier[0].id, later[0].id, why))
    return [(to, update) for (_, to), update in sorted(found.items())]


def _by_thing(claims: Sequence[Sequence[Telling]]) -> dict[Thing, list[tuple[int, Telling, Told]]]:
    found: dict[Thing, list[tuple[int, Telling, Told]]] = defaultdict(list)
    for at, members in enumerate(claims):
        for one in members:
            for figure in one.heads:
                if figure.figure.kind is FigureKind.COUNT and figure.figure.tally != "increment":
                    for thing in _things(one, figure):
                        found[thing].append((at, one, figure))
    return {thing: things for thing, things in found.items() if len({at for at, _, _ in things}) > 1}


def _things(one: Telling, figure: Told) -> Iterator[Thing]:
    place = figure.spot.key if figure.spot else ""
    counted: object = figure.days
    if figure.days and figure.figure.tally == "total":
        counted = figure.days[0]
    if not counted and not place:
        return
    for key in one.voice.keys:
        yield key, figure.slot, figure.who, place, counted


def _when(one: Telling) -> tuple[date, bool, int]:
    """On one day, what says that it replaces another comes after it."""
    return _day(one) or date.max, says_revised(one), one.n


def _day(one: Telling) -> date | None:
    said = one.at.statement.said
    return said.latest if said and said.latest else one.day


def _revises(one: Telling, figure: Told, other: Telling, later: Told) -> str | None:
    """Why the second is a revision of the first, None where it is not."""
    if figure.value is None or later.value is None or figure.value == later.value:
        return None
    if max(figure.value, later.value) > _FACTOR * min(figure.value, later.value):
        return None
    earlier_day, later_day = _day(one), _day(other)
    says = says_revised(other)
    after = bool(earlier_day and later_day and earlier_day < later_day)
    if not after and not (says and earlier_day == later_day):
        return None
    if not figure.days and not _close(one, other):
        return None
    what = f"{figure.figure.text} became {later.figure.text}"
    return f"{what}, said to replace it" if says else f"{what}, told later of the same by the same claimant"


def says_revised(one: Telling) -> bool:
    """Whether a statement says that its figure replaces another."""
    return bool(list(_revised().found(tokens(one.text))))


@cache
def _revised() -> Phrases:
    return Phrases({"revised": data("voices")["revised"]})


def _close(one: Telling, other: Telling) -> bool:
    if not one.day or not other.day or abs((one.day - other.day).days) > _GAP:
        return False
    return weigh(one.words & other.words) >= _ALIKE * max(1.0, min(one.mass, other.mass))
