"""A statement with what is compared of it: who speaks, its words, figures, places and days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import cos, hypot, radians

from onrecord.matching.figures import Told, head, told
from onrecord.matching.voices import Voice, Voices, name_key
from onrecord.matching.words import stems, weigh
from onrecord.model import Appearance, Factuality, Place, PlaceKind

_KM = 111.0  # a degree of latitude
_NEAR = 10.0  # kilometres within which two points are one place: gazetteers differ by less
_AREA = 25.0  # kilometres within which two places may be one event's: UCDP's where_prec 2
_FINE = frozenset({PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.FACILITY, PlaceKind.OTHER})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to compare: its name, and its point and reach in kilometres where a gazetteer knows it."""

    key: str
    name: str
    fine: bool
    country: bool
    lat: float | None
    lon: float | None
    reach: float

    def same(self, other: Spot) -> bool:
        if self.key == other.key:
            return True
        return self.fine and other.fine and self._away(other) <= _NEAR

    def within(self, other: Spot) -> bool:
        """Whether this place may lie in the other, which is wider."""
        if other.fine:
            return False
        return other.lat is None or self._away(other) <= max(other.reach, _NEAR)

    def far(self, other: Spot) -> bool:
        """Whether the two cannot be one place told otherwise: neither near each other nor one in the other."""
        return not (self.within(other) or other.within(self) or self._away(other) <= _AREA)

    def _away(self, other: Spot) -> float:
        """Kilometres between the points; a great many where one has none."""
        if self.lat is None or other.lat is None or self.lon is None or other.lon is None:
            return 1e6
        north = (self.lat - other.lat) * _KM
        east = (self.lon - other.lon) * _KM * cos(radians((self.lat + other.lat) / 2))
        return hypot(north, east)


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement as it is compared. ``day`` is the day it is known from: of its text, else when it was said.

    ``words`` are stems without those of its places; ``mass`` is their weight. ``n`` is its place in the record's order.
    """

    n: int
    at: Appearance
    voice: Voice
    words: frozenset[str]
    mass: float
    order: tuple[str, ...]
    figures: tuple[Told, ...]
    heads: tuple[Told, ...]
    slots: frozenset[str]
    numbers: frozenset[tuple[float, float]]
    values: frozenset[tuple[str, float]]
    spots: tuple[Spot, ...]
    fine: tuple[Spot, ...]
    day: date | None

    @property
    def id(self) -> str:
        return self.at.statement.id

    def without(self, words: frozenset[str]) -> Telling:
        """The telling as if it had not said these words."""
        rest = self.words - words
        return replace(self, words=rest, mass=weigh(rest))

    @property
    def text(self) -> str:
        return self.at.statement.content.text


def spot(place: Place) -> Spot:
    return Spot(
        str(place.geonameid or name_key(place.name)),
        place.name,
        place.kind in _FINE,
        place.kind is PlaceKind.COUNTRY,
        place.lat,
        place.lon,
        (place.uncertainty_m or 0) / 1000,
    )


def in_order(appearances: Iterable[Appearance]) -> list[Appearance]:
    """The appearances, each statement once, the earliest first, whatever order they come in."""
    by_id: dict[str, Appearance] = {}
    for appearance in appearances:
        known = by_id.get(appearance.statement.id)
        if known is None or _when(appearance) < _when(known):
            by_id[appearance.statement.id] = appearance
    return sorted(by_id.values(), key=_when)


def _when(appearance: Appearance) -> tuple[str, str, tuple[tuple[int, int], ...], str]:
    statement = appearance.statement
    day = appearance.published.isoformat() if appearance.published else "9"
    return day, appearance.document, statement.content.spans, statement.id


def tellings(appearances: Iterable[Appearance], voices: Voices) -> list[Telling]:
    """The statements as they are compared, in the order they come."""
    return [_telling(n, appearance, voices) for n, appearance in enumerate(appearances)]


def _told_by(appearance: Appearance) -> date | None:
    """The day by which a statement was made; None where it is about what is to come."""
    statement = appearance.statement
    said = statement.said.latest if statement.said else None
    return (
        None
        if statement.factuality is Factuality.EXPECTED
        else min(filter(None, (said, appearance.published)), default=None)
    )


def _named(text: str) -> Iterator[str]:
    return (word for word in text.split() if word[0].isupper())


def _telling(n: int, appearance: Appearance, voices: Voices) -> Telling:
    statement = appearance.statement
    spots = tuple({(one := spot(place)).key: one for place in statement.places}.values())
    placed = {word for place in statement.places for word in stems(" ".join(_named(f"{place.text} {place.name}")))}
    order = tuple(dict.fromkeys(stems(statement.content.text)))
    words = frozenset(order) - placed
    figures = told(statement.figures, spots, _told_by(appearance))
    return Telling(
        n,
        appearance,
        voices.of(statement.claimant),
        words,
        weigh(words),
        order,
        figures,
        head(figures),
        frozenset(figure.slot for figure in figures),
        frozenset(
            (figure.low, figure.high) if figure.value is None else (figure.value, figure.value) for figure in figures
        ),
        frozenset((figure.slot, figure.value) for figure in figures if figure.value is not None),
        spots,
        tuple(one for one in spots if one.fine),
        appearance.published or (statement.said.earliest if statement.said else None),
    )
