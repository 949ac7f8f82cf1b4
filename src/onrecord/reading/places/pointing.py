"""Descriptions that point back at a place: "the city", "the rebel-held town", "the disputed region", "the country"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.model import Place, PlaceKind, Span
from onrecord.reading.lexicon import lexicon
from onrecord.reading.places.gazetteer import Entry, country_of
from onrecord.reading.places.names import Line, Name

Meant = list[tuple[Name, Entry | None]]
Pointed = tuple[int, int, Entry]
"""Tokens ``[start, end)`` and the place they mean."""

_WINDOW = 120
"""Tokens: how far back a description may point."""
_WIDEST = 400_000
"""Metres: "the region" is hardly the Middle East."""


def made(line: Line, start: int, end: int, name: str, kind: PlaceKind, like: Entry) -> Place:
    text = line.printed(start, end)
    span = Span(line.starts[start], line.starts[start] + len(text))
    return Place((span,), text, name, kind, like.lat, like.lon, max(1000, like.uncertainty_m), like.geonameid)


def countries_pointed_at(line: Line, meant: Meant) -> Iterator[Pointed]:
    """ "the country", which is no place of its own but may have a south."""
    country = main_country(meant)
    for at, word in enumerate(line.lower[:-1] if country else ()):
        if country and word in words("determiners") and line.lower[at + 1] in words("country"):
            yield at, at + 2, country


def main_country(meant: Meant) -> Entry | None:
    """The country that two fifths of all mentioned places, demonyms left out, lie in, and more than in any other."""
    counted = Counter(entry.country for name, entry in meant if entry and entry.country and not name.people)
    if not counted:
        return None
    code, count = counted.most_common(1)[0]
    return country_of(code) if count * 5 >= 2 * sum(counted.values()) else None


@cache
def words(name: str) -> frozenset[str]:
    return frozenset(lexicon("places")["descriptions"][name])


def pointing_back(line: Line, meant: Meant, taken: set[int]) -> Iterator[Pointed]:
    """ "the city", "the rebel-held town", "the disputed region": the last one named, or the one the text is about."""
    sites = {
        "settlement": _mentioned(meant, (PlaceKind.SETTLEMENT,)),
        "region": [site for site in _mentioned(meant, (PlaceKind.REGION,)) if site[1].uncertainty_m < _WIDEST],
    }
    for at, word in enumerate(line.lower):
        kind = "settlement" if word in words("settlement") else "region" if word in words("region") else None
        start = _description(line, at, taken) if kind and at not in taken else None
        if kind is None or start is None:
            continue
        entry = _antecedent([site for site in sites[kind] if _called_so(site[1], word)], at)
        if entry and not (word == "village" and entry.population > 50_000):
            yield start, at + 1, replace(entry, uncertainty_m=round(entry.uncertainty_m * 1.5))


def _called_so(entry: Entry, noun: str) -> bool:
    """A corridor is pointed at by "the corridor" only; other names fit any noun."""
    last = entry.name.rpartition(" ")[2]
    return not last.islower() or last == noun


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
        if line.lower[start] in words("determiners"):
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
