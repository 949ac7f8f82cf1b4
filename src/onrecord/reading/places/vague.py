"""Places that are described rather than named: "eastern Ukraine", "the north-east", "the Turkish border", "the city".

Vague is kept vague: a part of a place is half its size, a description is less certain than the name it points back to,
and a village no table knows is somewhere about the town it is said to be near.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from onrecord.model import Place, PlaceKind
from onrecord.reading.places.borders import borders
from onrecord.reading.places.directions import (
    bare_directions,
    directed,
    parts_joined,
    parts_of_peoples_land,
    parts_with_of,
    parts_with_possessive,
)
from onrecord.reading.places.names import Line, Name
from onrecord.reading.places.pointing import Meant, countries_pointed_at, made, pointing_back

_ABOUT = 20_000
"""Metres added about a town for a place that is near it."""
_ROUND = 100_000
"""Metres about a town for an area that is only said to hold it."""
_CONNECT = frozenset({"near", "outside", "of", "in", ",", "from", "around", "at", "north", "south", "east", "west"})


def described(line: Line, meant: Meant, places: list[Place]) -> list[Place]:
    """``places`` with their directions, and the described places besides.

    ``places`` are those of ``meant`` that are no demonyms, in the same order.
    """
    placed = {name.start: place for (name, _), place in zip(_named(meant), places, strict=True)}
    for name, entry in meant:
        if not name.people and entry is None:
            placed[name.start] = _near_known(line, name, placed[name.start], meant)
    found = [directed(line, name, entry, placed[name.start]) for name, entry in _named(meant)]
    taken = {at for place in found for at in _tokens(line, place)}
    pointed = list(pointing_back(line, meant, taken))
    wholes = pointed + [(name.start, name.end, entry) for name, entry in _named(meant) if entry]
    wholes += countries_pointed_at(line, meant)
    parts = [
        *parts_with_possessive(line, wholes),
        *parts_with_of(line, wholes),
        *parts_of_peoples_land(line, meant),
        *parts_joined(line, meant),
    ]
    parts += [*borders(line, meant), *bare_directions(line, meant)]
    back = [made(line, start, end, entry.name, entry.kind, entry) for start, end, entry in pointed]
    return _outermost(found + back, parts)


def _outermost(places: list[Place], parts: list[Place]) -> list[Place]:
    """All of them, but for a described whole ("the enclave") inside its part ("the south of the enclave")."""
    spans = [part.spans[0] for part in parts]
    inside = [any(s.start <= p.spans[0].start and p.spans[0].end <= s.end for s in spans) for p in places]
    return [p for p, within in zip(places, inside, strict=True) if not within or p.text[:1].isupper()] + parts


def _named(meant: Meant) -> Meant:
    return [(name, entry) for name, entry in meant if not name.people]


def _tokens(line: Line, place: Place) -> Iterable[int]:
    start, end = place.spans[0]
    return range(bisect_left(line.starts, start), bisect_left(line.starts, end))


def _near_known(line: Line, name: Name, place: Place, meant: Meant) -> Place:
    """An unknown village or facility is put about the town it is said to be near, with a wide uncertainty."""
    if place.kind not in (PlaceKind.SETTLEMENT, PlaceKind.FACILITY, PlaceKind.DISTRICT):
        return place
    at = bisect_left(meant, name.start, key=lambda m: m[0].start)
    for other, entry in meant[at + 1 : at + 3] + meant[max(0, at - 1) : at]:
        if entry and not other.people and entry.kind is PlaceKind.SETTLEMENT and _connected(line, name, other):
            if _holds(line, name, other):
                kind = place.kind if place.kind is PlaceKind.DISTRICT else PlaceKind.REGION
                return replace(place, kind=kind, lat=entry.lat, lon=entry.lon, uncertainty_m=_ROUND)
            return replace(place, lat=entry.lat, lon=entry.lon, uncertainty_m=entry.uncertainty_m + _ABOUT)
    return place


def _connected(line: Line, name: Name, other: Name) -> bool:
    start, end = sorted((name, other), key=lambda n: n.start)
    between = line.lower[start.end : end.start]
    return (
        len(between) <= 6
        and "and" not in between
        and bool(_CONNECT.intersection(between))
        and not any(line.opens[start.end : end.start + 1])
    )


def _holds(line: Line, name: Name, town: Name) -> bool:
    """ "Kismayo in Jubaland", "Gimbi, West Wollega": what comes after is the larger one."""
    return town.end < name.start and line.lower[name.start - 1] in ("in", ",")
