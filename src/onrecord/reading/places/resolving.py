"""Which of the places of one name is meant: by what the text says it lies in, by its neighbours, by its size."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from onrecord.model import PlaceKind
from onrecord.reading.places.gazetteer import Entry
from onrecord.reading.places.names import Line, Name, words_of

_KM = 111.2
_MOST_ANCHORS = 40
_AS_GOOD = 0.3
"""Scores less apart than this are no reason to choose."""
_LONGEST_LIST = 3
_WIDEST_DOUBT = 500
"""Kilometres: farther apart, the two are of different countries, and one of them is meant."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What the text speaks of: shares of countries, areas of the first order, and places that are sure."""

    countries: Counter[str]
    areas: Counter[tuple[str, str]]
    anchors: list[tuple[str, Entry]]
    own: dict[str, tuple[Entry, int]]
    total: int


def resolved(found: list[Name], line: Line) -> dict[str, Entry]:
    """For the key of each name, the place it means in this text: one sense of a name a text.

    Keys no table knows, and those that could only be a far place's lesser name, are left out. Thrice round: the
    later times the places of the ones before are the neighbours.
    """
    means = {name.key + "|" * name.area: name.means for name in found if name.means}
    hints = _hints(found, line)
    chosen: dict[str, Entry] = {}
    for _ in range(3):
        context = _context(found, chosen)
        chosen = {key: _best(key, options, hints[key], context) for key, options in means.items()}
    sure = {key: entry for key, entry in chosen.items() if not _far_fetched(key, entry, context)}
    return {key: _as_wide_as_doubt(key, entry, means[key], hints[key], context) for key, entry in sure.items()}


def _as_wide_as_doubt(
    key: str, entry: Entry, options: tuple[Entry, ...], hints: list[Entry | str], context: _Context
) -> Entry:
    """The place chosen; where as much speaks for another of its name, its uncertainty takes that one in."""
    if entry.curated or len(options) == 1:
        return entry
    best = _score(key, entry, hints, context)
    rivals = [o for o in options if o.kind is entry.kind and _score(key, o, hints, context) > best - _AS_GOOD]
    apart = max(kilometres(entry, rival) for rival in rivals)
    return replace(entry, uncertainty_m=max(entry.uncertainty_m, round(1000 * min(apart, _WIDEST_DOUBT))))


def _far_fetched(key: str, entry: Entry, context: _Context) -> bool:
    """A lesser name of a lesser town in a country the text does not otherwise mention ("Mir" for Monastir)."""
    mine, count = context.own.get(key, (None, 0))
    elsewhere = context.countries.get(entry.country or "", 0) - (count if mine else 0)
    return not entry.curated and not entry.main and entry.population < 500_000 and elsewhere <= 0


def key_of(name: Name) -> str:
    """The key of ``name`` in what ``resolved`` returns."""
    return name.key + "|" * name.area


def _best(key: str, options: tuple[Entry, ...], hints: list[Entry | str], context: _Context) -> Entry:
    if len(options) == 1:
        return options[0]
    return max(options, key=lambda entry: _score(key, entry, hints, context))


def _score(key: str, entry: Entry, hints: list[Entry | str], context: _Context) -> float:
    score = _prominence(entry) + _by_hints(entry, hints)
    if entry.country:
        mine, count = context.own.get(key, (None, 0))
        less = count if mine and mine.country == entry.country else 0
        here = context.countries.get(entry.country, 0) - less
        score += 3.5 * here / max(1, context.total - count) + 1.0 * (here > 0)
        if entry.admin1 and entry.kind is not PlaceKind.REGION:
            score += 2.5 * (context.areas.get((entry.country, entry.admin1), 0) > 0)
    return score + _by_neighbours(key.rstrip("|"), entry, context.anchors)


def _prominence(entry: Entry) -> float:
    if entry.curated:
        return 14.0 if entry.kind is PlaceKind.COUNTRY else 10.5
    size = 1.1 * math.log10(entry.population + 10)
    if entry.kind is PlaceKind.REGION:
        size = 0.55 * math.log10(entry.population + 10)
    if entry.kind is PlaceKind.DISTRICT:
        size = 0.3 * math.log10(entry.population + 10)
    return size + (0.7 if entry.main else -0.5) + (1.0 if entry.population > 1_000_000 else 0.0)


def _by_hints(entry: Entry, hints: list[Entry | str]) -> float:
    """What stands right beside the name: "X, Louisiana", "X County", "the city of X"."""
    score = 0.0
    for hint in hints:
        if isinstance(hint, Entry):
            score += 8.0 * _lies_in(entry, hint)
        elif hint == "area":
            score += 6.0 if entry.kind in (PlaceKind.REGION, PlaceKind.DISTRICT) else -2.0
        elif hint == "settlement":
            score += 3.0 if entry.kind is PlaceKind.SETTLEMENT else -1.0
    return score / max(1, len(hints)) + min(score, 4.0) * 0.5


def _lies_in(inner: Entry, outer: Entry) -> bool:
    if outer.kind is PlaceKind.COUNTRY:
        return inner.country == outer.country and inner.kind is not PlaceKind.COUNTRY
    if outer.admin1 and outer.kind is PlaceKind.REGION:
        return (inner.country, inner.admin1) == (outer.country, outer.admin1) and inner.kind is not PlaceKind.REGION
    return kilometres(inner, outer) < outer.uncertainty_m / 1000 + 10 and not 0 < outer.population < inner.population


def _by_neighbours(key: str, entry: Entry, anchors: list[tuple[str, Entry]]) -> float:
    distances = sorted(kilometres(entry, other) for name, other in anchors if name != key)[:3]
    return sum((2.0 * math.exp(-d / 60) + 1.5 * math.exp(-d / 300)) / (1 + i) for i, d in enumerate(distances))


def _hints(found: list[Name], line: Line) -> dict[str, list[Entry | str]]:
    hints: dict[str, list[Entry | str]] = defaultdict(list)
    by_start = {name.start: name for name in found}
    for name in found:
        key = key_of(name)
        after = line.lower[name.end] if name.end < len(line.lower) else ""
        hints[key] += _said_to_hold(name, by_start, line)
        if name.area or after in words_of("area_words") or after in words_of("district_words"):
            hints[key].append("area")
        elif after in words_of("settlement_words") or _called_settlement(name, line):
            hints[key].append("settlement")
    return hints


def _said_to_hold(name: Name, by_start: dict[int, Name], line: Line) -> list[Entry]:
    """The areas a name is said to lie in: "X, Louisiana", "X in Donetsk region", and so "W and X in Donetsk region"."""
    for _ in range(_LONGEST_LIST):
        after = line.lower[name.end] if name.end < len(line.lower) else ""
        outer = by_start.get(name.end + (after in (",", "in", "and")))
        if outer is None or outer.people or after not in (",", "in", "and", line.lower[outer.start]):
            return []
        areas = [m for m in outer.means if m.kind is not PlaceKind.SETTLEMENT][:3]
        if after != "and":
            return areas if after != "in" or areas[:1] == list(outer.means[:1]) else []
        name = outer
    return []


def _called_settlement(name: Name, line: Line) -> bool:
    at = name.start - 1
    return at > 0 and line.lower[at] == "of" and line.lower[at - 1] in words_of("settlement_words")


def _context(found: list[Name], chosen: dict[str, Entry]) -> _Context:
    own: dict[str, tuple[Entry, int]] = {}
    for name in found:
        key = key_of(name)
        entry = chosen.get(key) or (name.means[0] if name.means and _sure(name) else None)
        if entry:
            own[key] = (entry, own.get(key, (entry, 0))[1] + 1)
    countries: Counter[str] = Counter()
    areas: Counter[tuple[str, str]] = Counter()
    for entry, count in own.values():
        if entry.country:
            countries[entry.country] += count
            if entry.kind is PlaceKind.REGION and entry.admin1:
                areas[entry.country, entry.admin1] += count
    anchors = [(key.rstrip("|"), e) for key, (e, _) in own.items() if _anchors(e)]
    return _Context(countries, areas, anchors[:_MOST_ANCHORS], own, sum(countries.values()))


def _anchors(entry: Entry) -> bool:
    return entry.kind is not PlaceKind.COUNTRY and entry.uncertainty_m < 300_000


def _sure(name: Name) -> bool:
    return name.people or name.means[0].curated or len(name.means) == 1


def kilometres(one: Entry, other: Entry) -> float:
    """A flat distance, good enough to tell near from far."""
    wide = abs(one.lon - other.lon)
    x = min(wide, 360 - wide) * math.cos(math.radians((one.lat + other.lat) / 2))
    return _KM * math.hypot(x, one.lat - other.lat)
