"""Parts of places by their direction: "eastern Ukraine", "Ukraine's east", "the south of the enclave"."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.model import Place, PlaceKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.places.gazetteer import Entry, area_called, entries
from onrecord.reading.places.names import Line, Name
from onrecord.reading.places.pack import plain
from onrecord.reading.places.pointing import Meant, Pointed, made, main_country, words

_OF_A_TOWN = 1_000_000
"""Inhabitants from which "southern X" is a part of the town X, not of the area that is called after it."""
_WIDE = (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.SETTLEMENT)


@cache
def _directions() -> dict[str, tuple[float, float]]:
    return {word: (step[0], step[1]) for word, step in lexicon("places")["directions"].items()}


def _direction_before(line: Line, at: int) -> tuple[int, str] | None:
    """The direction that ends right before token ``at``: where it starts, and its word ("north-eastern")."""
    before = at - 1
    if before < 0 or line.lower[before] not in _directions():
        return None
    if before > 1 and line.words[before - 1] in ("-", "–") and line.lower[before - 2] in _directions():
        return before - 2, line.lower[before - 2] + "-" + line.lower[before]
    return before, line.lower[before]


def _part(entry: Entry, direction: str, name: str | None = None) -> Entry:
    """The part of a place that lies in that direction: half way out, six tenths as wide."""
    own = _named_so(entry, direction)
    if own:
        return own
    east, north = _directions().get(direction.replace("-", ""), (0.0, 0.0))
    reach = entry.uncertainty_m / 111_200 * 0.5
    return replace(
        entry,
        name=name or f"{direction} {entry.name}",
        kind=PlaceKind.DISTRICT if entry.kind is PlaceKind.SETTLEMENT else PlaceKind.REGION,
        lat=round(max(-89.0, min(89.0, entry.lat + north * reach)), 2),
        lon=round(entry.lon + east * reach / max(0.2, math.cos(math.radians(entry.lat))), 2),
        uncertainty_m=round(entry.uncertainty_m * (0.5 if direction == "central" else 0.6)),
        geonameid=None,
    )


def _named_so(entry: Entry, direction: str) -> Entry | None:
    """The part where it has a name and a table of its own ("North Darfur"), or the entry where it is that part."""
    if plain(entry.name).startswith(direction + " ") and entry.kind is not PlaceKind.COUNTRY:
        return entry
    for form in (direction, _adjective(direction)):
        for found in entries(plain(f"{form} {entry.name}")):
            own = found.curated or (found.kind is PlaceKind.REGION and found.country == entry.country)
            if own and found.kind is not PlaceKind.COUNTRY:  # "Sudan's south" is not South Sudan
                return found
    return None


def directed(line: Line, name: Name, entry: Entry | None, place: Place) -> Place:
    found = _direction_before(line, name.start)
    if found is None or entry is None or entry.kind in (PlaceKind.FACILITY, PlaceKind.OTHER):
        return place
    start, direction = found
    of_region = entry.curated and entry.kind is PlaceKind.REGION and entry.admin1 is None
    if (
        line.capital[start] and not line.opens[start] and not of_region
    ):  # "East Hampton" is a name, "West Darfur" a part
        return place
    part = _part(_meant_whole(name, entry, direction), direction)
    own = line.printed(start, name.end) if line.capital[start] and not line.opens[start] else part.name
    return made(line, start, name.end, own, part.kind, part)


def _meant_whole(name: Name, entry: Entry, direction: str) -> Entry:
    """What "southern" is a part of: "southern Idlib" is one of the area that is called after the town."""
    if entry.kind is not PlaceKind.SETTLEMENT or entry.population > _OF_A_TOWN or not direction.endswith("ern"):
        return entry
    return area_called(name.key) or entry


def parts_with_possessive(line: Line, pointed: list[Pointed]) -> Iterator[Place]:
    """ "Ukraine's east", "Ukraine’s eastern regions", "the enclave's north"."""
    for start, at, entry in pointed:
        if entry.kind in _WIDE and at < len(line.words) and line.words[at] in ("'s", "’s", "’", "'"):
            ends = _direction_at(line, at + 1)
            if ends:
                end, direction = ends
                noun = end < len(line.words) and line.lower[end] in words("areas") | words("parts")
                if _is_adjective(direction) and not noun:
                    continue
                end += noun
                part = _part(entry, direction, f"{_adjective(direction)} {entry.name}")
                yield made(line, start, end, part.name, part.kind, part)


def parts_with_of(line: Line, pointed: list[Pointed]) -> Iterator[Place]:
    """ "the south of the enclave", "the east of Syria"."""
    starts = {start: (end, entry) for start, end, entry in pointed if entry.kind in _WIDE}
    for at, word in enumerate(line.lower[:-3]):
        ends = _direction_at(line, at + 1) if word == "the" else None
        if ends is None or line.lower[ends[0] : ends[0] + 1] != ["of"]:
            continue
        found = starts.get(ends[0] + 1)
        if found and not _is_adjective(ends[1]):
            part = _part(found[1], ends[1], f"{_adjective(ends[1])} {found[1].name}")
            yield made(line, at, found[0], part.name, part.kind, part)


def parts_joined(line: Line, meant: Meant) -> Iterator[Place]:
    """The first part of "northern and northeastern Syria", whose second is read with the name."""
    for name, entry in meant:
        second = _direction_before(line, name.start) if entry and not name.people else None
        if entry is None or second is None or line.lower[second[0] - 1 : second[0]] != ["and"]:
            continue
        first = _direction_before(line, second[0] - 1)
        if first and entry.kind in _WIDE:
            part = _part(_meant_whole(name, entry, first[1]), first[1])
            yield made(line, first[0], second[0] - 1, part.name, part.kind, part)


def parts_of_peoples_land(line: Line, meant: Meant) -> Iterator[Place]:
    """ "northern Syrian territories"."""
    for name, entry in meant:
        at = name.end
        if entry and name.people and at < len(line.words) and line.lower[at] in words("areas") - {"border"}:
            before = _direction_before(line, name.start)
            if before and entry.kind is PlaceKind.COUNTRY:
                part = _part(entry, before[1])
                yield made(line, before[0], at + 1, part.name, part.kind, part)


def _direction_at(line: Line, at: int) -> tuple[int, str] | None:
    """The direction that starts at token ``at``: where it ends, and its word."""
    if at >= len(line.words) or line.lower[at] not in _directions():
        return None
    if at + 2 < len(line.words) and line.words[at + 1] in ("-", "–") and line.lower[at + 2] in _directions():
        return at + 3, line.lower[at] + "-" + line.lower[at + 2]
    return at + 1, line.lower[at]


def _is_adjective(direction: str) -> bool:
    return direction.endswith(("ern", "central"))


def _adjective(direction: str) -> str:
    return direction if _is_adjective(direction) else direction + "ern"


def bare_directions(line: Line, meant: Meant) -> Iterator[Place]:
    """ "in the east": of the country the text is mostly about."""
    country = main_country(meant)
    if country is None:
        return
    for at, word in enumerate(line.lower):
        if word != "the" or at == 0 or line.lower[at - 1] not in ("in", "across", "throughout", "on"):
            continue
        ends = _direction_at(line, at + 1)
        if ends is None or line.capital[at + 1]:
            continue
        end, direction = ends
        after = line.lower[end] if end < len(line.words) else "."
        if direction.endswith("ern") or direction == "central" or (after.isalpha() and after not in words("after")):
            continue
        part = _part(country, direction, f"{_adjective(direction)} {country.name}")
        yield made(line, at, end, part.name, part.kind, part)
