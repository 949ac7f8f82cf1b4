"""Places that are described rather than named: "eastern Ukraine", "the north-east", "the Turkish border", "the city".

Vague is kept vague: a part of a place is half its size, a description is less certain than the name it points back to,
and a village no table knows is somewhere about the town it is said to be near.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.model import Place, PlaceKind, Span
from onrecord.reading.lexicon import lexicon
from onrecord.reading.places.gazetteer import Entry, country_of, entries
from onrecord.reading.places.names import Line, Name

Meant = list[tuple[Name, Entry | None]]

_WINDOW = 120
"""Tokens: how far back a description may point."""
_WIDEST = 400_000
"""Metres: "the region" is hardly the Middle East."""
_ABOUT = 20_000
"""Metres added about a town for a place that is near it."""
_CONNECT = frozenset({"near", "outside", "of", "in", ",", "from", "around", "at", "north", "south", "east", "west"})


def described(line: Line, meant: Meant, places: list[Place]) -> list[Place]:
    """``places`` with their directions, and the described places besides.

    ``places`` are those of ``meant`` that are no demonyms, in the same order.
    """
    placed = {name.start: place for (name, _), place in zip(_named(meant), places, strict=True)}
    for name, entry in meant:
        if not name.people and entry is None:
            placed[name.start] = _near_known(line, name, placed[name.start], meant)
    found = [_directed(line, name, entry, placed[name.start]) for name, entry in _named(meant)]
    taken = {at for place in found for at in _tokens(line, place)}
    more = [*_borders(line, meant), *_parts_of_countries(line, meant), *_bare_directions(line, meant)]
    more += _pointing_back(line, meant, taken)
    return found + [place for place in more if place]


def _named(meant: Meant) -> Meant:
    return [(name, entry) for name, entry in meant if not name.people]


def _tokens(line: Line, place: Place) -> range:
    start, end = place.spans[0]
    return range(bisect_left(line.starts, start), bisect_left(line.starts, end))


def _made(line: Line, start: int, end: int, name: str, kind: PlaceKind, like: Entry) -> Place:
    text = line.printed(start, end)
    span = Span(line.starts[start], line.starts[start] + len(text))
    return Place((span,), text, name, kind, like.lat, like.lon, max(1000, like.uncertainty_m), like.geonameid)


# --- directions -------------------------------------------------------------------------------------------------


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
    own = [e for e in entries(f"{direction} {entry.name}".lower()) if e.curated]
    if own:
        return own[0]
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


def _directed(line: Line, name: Name, entry: Entry | None, place: Place) -> Place:
    found = _direction_before(line, name.start)
    if found is None or entry is None or entry.kind in (PlaceKind.FACILITY, PlaceKind.OTHER):
        return place
    start, direction = found
    if line.capital[start] and not line.opens[start]:  # "East Hampton" is a name
        return place
    part = _part(entry, direction)
    return _made(line, start, name.end, part.name, part.kind, part)


def _parts_of_countries(line: Line, meant: Meant) -> Iterator[Place]:
    """ "Ukraine's east", "Ukraine’s eastern regions", "northern Syrian territories"."""
    for name, entry in meant:
        if entry is None or entry.kind is not PlaceKind.COUNTRY:
            continue
        at = name.end
        if at < len(line.words) and line.words[at] in ("'s", "’s", "’", "'"):
            ends = _direction_at(line, at + 1)
            if ends:
                end, direction = ends
                end += end < len(line.words) and line.lower[end] in _list("areas")
                part = _part(entry, direction, f"{_adjective(direction)} {entry.name}")
                yield _made(line, name.start, end, part.name, part.kind, part)
        elif name.people and at < len(line.words) and line.lower[at] in _list("areas") - {"border"}:
            before = _direction_before(line, name.start)
            if before:
                part = _part(entry, before[1])
                yield _made(line, before[0], at + 1, part.name, part.kind, part)


def _direction_at(line: Line, at: int) -> tuple[int, str] | None:
    """The direction that starts at token ``at``: where it ends, and its word."""
    if at >= len(line.words) or line.lower[at] not in _directions():
        return None
    if at + 2 < len(line.words) and line.words[at + 1] in ("-", "–") and line.lower[at + 2] in _directions():
        return at + 3, line.lower[at] + "-" + line.lower[at + 2]
    return at + 1, line.lower[at]


def _adjective(direction: str) -> str:
    return direction if direction.endswith(("ern", "central")) else direction + "ern"


def _bare_directions(line: Line, meant: Meant) -> Iterator[Place]:
    """ "in the east": of the country the text is mostly about."""
    country = _main_country(meant)
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
        if direction.endswith("ern") or direction == "central" or (after.isalpha() and after not in _list("after")):
            continue
        part = _part(country, direction, f"{_adjective(direction)} {country.name}")
        yield _made(line, at, end, part.name, part.kind, part)


def _main_country(meant: Meant) -> Entry | None:
    """The country that half of all mentioned places, demonyms left out, lie in."""
    counted = Counter(entry.country for name, entry in meant if entry and entry.country and not name.people)
    if not counted:
        return None
    code, count = counted.most_common(1)[0]
    return country_of(code) if count * 2 >= sum(counted.values()) else None


# --- borders ----------------------------------------------------------------------------------------------------


def _borders(line: Line, meant: Meant) -> Iterator[Place]:
    """ "the Turkish border", "the Turkish-Syrian border", "Syria's border with Turkey"."""
    by_end = {name.end: (name, entry) for name, entry in meant if entry}
    for at, word in enumerate(line.lower):
        if word not in ("border", "frontier"):
            continue
        one = by_end.get(at)
        if one is None or one[1].kind is not PlaceKind.COUNTRY:
            continue
        two = by_end.get(one[0].start - 1) if line.words[one[0].start - 1] in ("-", "–") else None
        start = two[0].start if two else one[0].start
        name = line.printed(start, at + 1)
        yield _made(line, start, at + 1, name, PlaceKind.REGION, _between(one[1], two[1]) if two else one[1])


def _between(one: Entry, other: Entry) -> Entry:
    """A point between two countries, nearer to the smaller one."""
    share = one.uncertainty_m / (one.uncertainty_m + other.uncertainty_m)
    return replace(
        one,
        lat=round(one.lat + (other.lat - one.lat) * share, 2),
        lon=round(one.lon + (other.lon - one.lon) * share, 2),
        uncertainty_m=min(one.uncertainty_m, other.uncertainty_m),
        geonameid=None,
    )


# --- descriptions that point back -------------------------------------------------------------------------------


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(lexicon("places")["descriptions"][name])


def _pointing_back(line: Line, meant: Meant, taken: set[int]) -> Iterator[Place]:
    """ "the city", "the rebel-held town", "the disputed region": the last one named, or the one the text is about."""
    sites = {
        "settlement": _mentioned(meant, (PlaceKind.SETTLEMENT,)),
        "region": [site for site in _mentioned(meant, (PlaceKind.REGION,)) if site[1].uncertainty_m < _WIDEST],
    }
    for at, word in enumerate(line.lower):
        kind = "settlement" if word in _list("settlement") else "region" if word in _list("region") else None
        start = _description(line, at, taken) if kind and at not in taken else None
        if kind is None or start is None:
            continue
        entry = _antecedent(sites[kind], at)
        if entry and not (word == "village" and entry.population > 50_000):
            vague = replace(entry, uncertainty_m=round(entry.uncertainty_m * 1.5))
            yield _made(line, start, at + 1, entry.name, entry.kind, vague)


def _description(line: Line, at: int, taken: set[int]) -> int | None:
    """Where the description whose noun is at ``at`` starts, None where it is none."""
    after = at + 1
    if after < len(line.words) and (
        line.lower[after] in ("of", "called", "named", "-", "council", "hall", "centre", "center")
        or after in taken
        or line.capital[after]
    ):
        return None
    for start in range(at - 1, max(-1, at - 6), -1):
        if line.lower[start] in _list("determiners"):
            return start
        if start in taken or not (line.lower[start].isalpha() or line.words[start] == "-") or line.opens[start]:
            return None
    return None


def _mentioned(meant: Meant, kinds: tuple[PlaceKind, ...]) -> list[tuple[int, Entry]]:
    return [(name.start, e) for name, e in meant if e and e.kind in kinds and not name.people]


def _antecedent(sites: list[tuple[int, Entry]], at: int) -> Entry | None:
    """The place the text is about if it was named not long before, else the last one named."""
    last = bisect_left(sites, at, key=lambda site: site[0])
    near = [entry for start, entry in sites[max(0, last - 12) : last] if at - start <= _WINDOW]
    about = _about(sites)
    if about and (about in near or not near):
        return about
    return near[-1] if near else None


def _about(sites: list[tuple[int, Entry]]) -> Entry | None:
    """The place named three times or more and as often as all others together."""
    counted = Counter(entry for _, entry in sites)
    if not counted:
        return None
    entry, count = counted.most_common(1)[0]
    return entry if count >= 3 and count * 2 >= len(sites) else None


# --- unknown places near known ones -----------------------------------------------------------------------------


def _near_known(line: Line, name: Name, place: Place, meant: Meant) -> Place:
    """An unknown village or facility is put about the town it is said to be near, with a wide uncertainty."""
    if place.kind not in (PlaceKind.SETTLEMENT, PlaceKind.FACILITY, PlaceKind.DISTRICT):
        return place
    at = bisect_left(meant, name.start, key=lambda m: m[0].start)
    for other, entry in meant[at + 1 : at + 3] + meant[max(0, at - 1) : at]:
        if entry and not other.people and entry.kind is PlaceKind.SETTLEMENT and _connected(line, name, other):
            return replace(place, lat=entry.lat, lon=entry.lon, uncertainty_m=entry.uncertainty_m + _ABOUT)
    return place


def _connected(line: Line, name: Name, other: Name) -> bool:
    start, end = sorted((name, other), key=lambda n: n.start)
    between = line.lower[start.end : end.start]
    return len(between) <= 6 and bool(_CONNECT.intersection(between)) and not any(line.opens[start.end : end.start + 1])
