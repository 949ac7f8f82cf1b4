"""Places as the reconciler needs them: which is within which, and which are near."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from onrecord.model import Appearance, Place, PlaceKind, normalised

Contains = Callable[[str, str], bool]
EARTH_KM = 6371.0
WIDE = frozenset({PlaceKind.REGION, PlaceKind.COUNTRY})


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place by name, as a circle: its middle in degrees and how far it reaches in kilometres, None where unknown.

    ``near`` is set where the words say somewhere near it.
    """

    name: str
    lat: float | None = None
    lon: float | None = None
    km: float = 0.0
    wide: bool = False
    near: bool = False

    @property
    def key(self) -> str:
        """What makes two places one: their name, and their middle to a tenth of a degree."""
        if self.lat is None or self.lon is None:
            return normalised(self.name)
        return f"{normalised(self.name)}@{self.lat:.1f},{self.lon:.1f}"


def spot(place: Place) -> Spot:
    """The spot of a place as read."""
    if place.lat is None or place.lon is None or not (math.isfinite(place.lat) and math.isfinite(place.lon)):
        return Spot(place.name, wide=place.kind in WIDE)
    return Spot(place.name, place.lat, place.lon, (place.uncertainty_m or 0) / 1000, place.kind in WIDE)


def distance_km(one: Spot, other: Spot) -> float | None:
    """The distance of two middles along the great circle, None where one is unknown."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    a, b = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def lies_within(part: Spot, whole: Spot, contains: Contains | None = None) -> bool:
    """Whether ``part`` is a place inside ``whole``: as ``contains(whole, part)`` says by name, or by their circles."""
    if contains is not None and contains(whole.name, part.name):
        return True
    apart = distance_km(part, whole)
    return apart is not None and whole.wide and part.km < whole.km and apart <= whole.km


class Atlas:
    """The places that the statements of a record name, by the document and by the name they stand under."""

    def __init__(self, appearances: Iterable[Appearance]) -> None:
        self._named: dict[tuple[str, str], Spot] = {}
        self._texts: dict[str, set[Spot]] = {}
        self._listed: dict[str, tuple[Spot, ...]] = {}
        for appearance in appearances:
            for place in appearance.statement.places:
                self._add(appearance.document, place)

    def _add(self, document: str, place: Place) -> None:
        found = spot(place)
        for name in (place.name, place.text):
            key = (document, normalised(name))
            self._named[key] = min(self._named.get(key, found), found, key=_surest)
        if not found.wide and found.lat is not None:
            self._texts.setdefault(document, set()).add(found)

    def find(self, name: str, document: str) -> Spot:
        """The place a figure names: as its own document has it, else a known place that its name holds, else the name.

        "Orlo and Vash" or "the outskirts of Orlo" is at Orlo where the text names Orlo.
        """
        found = self._named.get((document, normalised(name))) or Spot(name)
        if found.lat is not None:
            return found
        words = f" {normalised(name)} "
        held = [one for one in self.named_in(document) if f" {normalised(one.name)} " in words]
        return min(held, key=_surest, default=found)

    def named_in(self, document: str) -> tuple[Spot, ...]:
        """The towns, districts and sites that a document names."""
        if document not in self._listed:
            self._listed[document] = tuple(sorted(self._texts.get(document, ())))
        return self._listed[document]


def _surest(one: Spot) -> tuple[bool, float, Spot]:
    """Known places first, the narrowest of them first."""
    return one.lat is None, one.km, one
