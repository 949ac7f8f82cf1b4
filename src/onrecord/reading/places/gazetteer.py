"""What a name can mean: countries, regions, states and the towns and areas of the gazetteer, as one kind of entry."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from onrecord.model import PlaceKind
from onrecord.reading.countries import Country, by_demonym, by_name, countries
from onrecord.reading.lexicon import lexicon
from onrecord.reading.places.added import added
from onrecord.reading.places.pack import Gazetteer, Listed, loose, pack, plain, unpack

_KINDS = {0: PlaceKind.SETTLEMENT, 1: PlaceKind.REGION, 2: PlaceKind.DISTRICT}
_LEAST_UNCERTAINTY = 1_000
"""Metres: nothing is ever shown finer than 1 km."""

_LEAST_AREA = 25
"""Kilometres about an area of the first order, whose extent is only known by its towns."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place a name may mean. ``curated`` entries come from our own tables, ``main`` is whether the name looked up
    is the entry's own and not another one of it."""

    name: str
    kind: PlaceKind
    lat: float
    lon: float
    uncertainty_m: int
    geonameid: int | None = None
    country: str | None = None
    admin1: str | None = None
    population: int = 0
    curated: bool = False
    main: bool = True


@cache
def world() -> Gazetteer:
    """The gazetteer that was built with the package; an empty one where it is missing."""
    file = files("onrecord.reading") / "data" / "gazetteer" / "world.gaz"
    return unpack(file.read_bytes() if file.is_file() else pack(()))


def entries(key: str) -> tuple[Entry, ...]:
    """What ``key`` (a name as ``plain`` writes it) can mean: our own tables first, then what the user added."""
    return _entries(key, added())


@lru_cache(maxsize=50_000)
def _entries(key: str, more: tuple[Gazetteer, ...]) -> tuple[Entry, ...]:
    listed = {place.geonameid or place: place for gazetteer in (*more, world()) for place in gazetteer.look_up(key)}
    return tuple(_own().get(key, ())) + tuple(_entry(place, key) for place in listed.values())


def entries_like(key: str) -> tuple[Entry, ...]:
    """The towns and areas that have a name like ``key`` in another romanisation, where none has it as it is."""
    return _entries_like(key, added())


@lru_cache(maxsize=50_000)
def _entries_like(key: str, more: tuple[Gazetteer, ...]) -> tuple[Entry, ...]:
    listed = {p.geonameid or p: p for gazetteer in (*more, world()) for p in gazetteer.look_up_loosely(key)}
    return tuple(replace(_entry(p, key), main=loose(plain(p.name)) == loose(key)) for p in listed.values())


def area_of(country: str, admin1: str) -> Entry | None:
    """The area of the first order with that code."""
    return _areas().get((country, admin1))


def area_called(key: str) -> Entry | None:
    """The area of the first order called after the town ``key``: "Lugansk region", "Deir Ezzor province"."""
    for town in entries(key):
        if town.admin1 and town.country and town.kind is PlaceKind.SETTLEMENT:
            area = area_of(town.country, town.admin1)
            if area and plain(area.name).replace("al ", "")[:4] == plain(town.name).replace("al ", "")[:4]:
                return area
    return None


@lru_cache(maxsize=10_000)
def people(words: str) -> Entry | None:
    """The place whose demonym ``words`` is: a region's own first ("Chechen"), else the country's."""
    return _demonyms().get(words) or (_of_country(country) if (country := by_demonym(words)) else None)


def country_entry(words: str) -> Entry | None:
    """The country that ``words`` names, with feeds' lost apostrophes and compounds ("Syrias", "US-led")."""
    country = by_name(words)
    return _of_country(country) if country else None


@lru_cache(maxsize=512)
def country_of(code: str) -> Entry | None:
    """The entry of the country with that code."""
    return next((_of_country(c) for c in countries() if c.code == code), None)


@cache
def abbreviations() -> dict[str, Entry]:
    """States of the United States by postal code and by abbreviation without dots: read only where they are printed
    as such ("Austin, TX", "Lexington, Neb.")."""
    found = {}
    for row in lexicon("regions")["state"]:
        state = _state(row)
        found[row["code"].lower()] = state
        found |= {plain(name.replace(".", "")): state for name in row["names"]}
    return found


@cache
def _own() -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for name, entry in [*_region_names(), *_country_names(), *_state_names()]:
        of_name = found.setdefault(plain(name.replace(".", "")), [])
        if all((e.name, e.kind) != (entry.name, entry.kind) for e in of_name):
            of_name.append(entry)
    return found


@cache
def small_ends() -> frozenset[str]:
    """The small words in which names of our own tables end: "corridor", "camp"."""
    return frozenset(last for name, _ in _region_names() if (last := name.rpartition(" ")[2]).islower())


def _region_names() -> list[tuple[str, Entry]]:
    return [(name, _region(row)) for row in lexicon("regions")["region"] for name in (row["name"], *row["names"])]


def _country_names() -> list[tuple[str, Entry]]:
    return [(name, _of_country(c)) for c in countries() for name in (c.name, *c.names) if name != "Northern Ireland"]


def _state_names() -> list[tuple[str, Entry]]:
    return [(row["name"], _state(row)) for row in lexicon("regions")["state"]]


@cache
def _demonyms() -> dict[str, Entry]:
    found = {}
    rows = [(row, _region(row)) for row in lexicon("regions")["region"]]
    rows += [(row, _state(row)) for row in lexicon("regions")["state"]]
    for row, entry in rows:
        for demonym in row.get("demonyms", ()):
            found[demonym] = found[demonym + "s"] = entry
    return found


def _region(row: dict[str, Any]) -> Entry:
    lat, lon = row["point"]
    return Entry(
        name=row["name"],
        kind=PlaceKind(row["kind"]),
        lat=lat,
        lon=lon,
        uncertainty_m=row["km"] * 1000,
        country=row.get("country"),
        curated=True,
    )


def _state(row: dict[str, Any]) -> Entry:
    area = area_of("US", row["code"])
    if area is None:  # no gazetteer was built
        return Entry(row["name"], PlaceKind.REGION, 39.8, -99.0, 2_300_000, country="US", curated=True)
    return replace(area, name=row["name"], curated=True)


@cache
def _of_country(country: Country) -> Entry:
    return Entry(
        name=country.name,
        kind=PlaceKind.COUNTRY,
        lat=country.lat,
        lon=country.lon,
        uncertainty_m=max(country.uncertainty_m, _LEAST_UNCERTAINTY),
        geonameid=country.geonameid,
        country=country.code,
        curated=True,
    )


@cache
def _areas() -> dict[tuple[str, str], Entry]:
    return {(a.country, a.admin1): _entry(a, plain(a.name)) for a in world().areas()}


def _entry(listed: Listed, key: str) -> Entry:
    return Entry(
        name=listed.name,
        kind=_KINDS.get(listed.order, PlaceKind.OTHER),
        lat=listed.lat,
        lon=listed.lon,
        uncertainty_m=_extent(listed),
        geonameid=listed.geonameid or None,
        country=listed.country,
        admin1=listed.admin1 or None,
        population=listed.population,
        main=_is_main(listed, key),
    )


def _is_main(listed: Listed, key: str) -> bool:
    return plain(listed.name) in (key, key + " city", key + " county", key + " parish")


def _extent(listed: Listed) -> int:
    """Metres: an area's radius, or that of a town of so many people at about 2,000 a square kilometre."""
    if listed.km:
        return max(listed.km, _LEAST_AREA if listed.order == 1 else 1) * 1000
    return _LEAST_UNCERTAINTY + round(13 * math.sqrt(listed.population))
