"""Borders, put between two countries: "the Turkish border", "the Turkish-Syrian border"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.model import Place, PlaceKind
from onrecord.reading.places.gazetteer import Entry, country_of
from onrecord.reading.places.names import Line
from onrecord.reading.places.pointing import Meant, made, main_country
from onrecord.reading.places.resolving import kilometres

_NEAR = 60
"""Tokens: how far back a place tells whose border with another country it is."""
_APART = 1.3
"""Neighbours' centres are no farther apart than their radii together, and three tenths."""


def borders(line: Line, meant: Meant) -> Iterator[Place]:
    """The borders of a text, each near the place named last that lies in the other country, or in the text's own."""
    by_end = {name.end: at for at, (name, entry) in enumerate(meant) if entry}
    own = main_country(meant)
    for at, word in enumerate(line.lower):
        here = by_end.get(at) if word in ("border", "frontier") else None
        if here is None:
            continue
        name, one = meant[here]
        if one is None or one.kind is not PlaceKind.COUNTRY:
            continue
        joined = by_end.get(name.start - 1) if line.words[name.start - 1] in ("-", "–") else None
        start = name.start if joined is None else meant[joined][0].start
        other = _across(meant, here, one, own) if joined is None else meant[joined][1]
        yield made(line, start, at + 1, line.printed(start, at + 1), PlaceKind.REGION, _between(one, other))


def _across(meant: Meant, here: int, one: Entry, own: Entry | None) -> Entry | None:
    """The neighbour that the text was speaking of just before, or speaks of most."""
    start = meant[here][0].start
    for name, entry in reversed(meant[:here]):
        if start - name.start > _NEAR:
            break
        country = country_of(entry.country) if entry and entry.country and not name.people else None
        if country and country.country != one.country and _neighbours(one, country):
            return country
    return own if own and own.country != one.country and _neighbours(one, own) else None


def _neighbours(one: Entry, other: Entry) -> bool:
    return kilometres(one, other) * 1000 < _APART * (one.uncertainty_m + other.uncertainty_m)


def _between(one: Entry, other: Entry | None) -> Entry:
    """A point between two countries, nearer to the smaller one; the country itself where there is no other."""
    if other is None:
        return one
    share = one.uncertainty_m / (one.uncertainty_m + other.uncertainty_m)
    return replace(
        one,
        lat=round(one.lat + (other.lat - one.lat) * share, 2),
        lon=round(one.lon + (other.lon - one.lon) * share, 2),
        uncertainty_m=min(one.uncertainty_m, other.uncertainty_m),
        geonameid=None,
    )
