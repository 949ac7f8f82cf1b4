"""Which names are places in this text: every mention votes, and a name is judged by all its mentions."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container
from itertools import pairwise

from spacy.tokens import Doc

from onrecord.model import PlaceKind
from onrecord.reading.datelines import places_over
from onrecord.reading.places.gazetteer import Entry
from onrecord.reading.places.names import Line, Name, words_of
from onrecord.reading.places.pack import romanised

# Votes, found on the development corpora: what the tagger says of the very words, and of words they are part of.
_LABEL = {"GPE": 3.0, "LOC": 3.0, "FAC": 2.0, "NORP": 0.5, "PERSON": -2.0, "ORG": -1.0, "": -0.7}
_WITHIN = {"GPE": 2.0, "LOC": 2.0, "FAC": 1.5, "ORG": 0.0, "PERSON": -3.5}
_THRESHOLD = 1.0


def places_among(found: list[Name], line: Line, doc: Doc) -> list[Name]:
    """The names that are places or demonyms in this text.

    Thrice round: the later times, what was taken for a place before speaks for its country, and for the names that
    stand in one list with it.
    """
    starts = {name.start for name in found}
    surnames = _surnames(line, found)
    heads = datelines(line)
    votes = [0.0 if n.people else _vote(n, line, doc, starts, surnames) + 4.0 * (n.start in heads) for n in found]
    chosen = _elected(found, votes, _countries(found, ()))
    for _ in range(2):
        beside = _listed(found, chosen, line)
        now = [vote + 1.5 * (name.start in beside) for name, vote in zip(found, votes, strict=True)]
        chosen = _elected(found, now, _countries(found, chosen))
    return [name for name in found if name.start in chosen]


def _elected(found: list[Name], votes: list[float], shares: dict[str, float]) -> set[int]:
    """Where the names start that enough speaks for."""
    shared = defaultdict(list)
    for name, vote in zip(found, votes, strict=True):
        shared[name.key].append(vote)
    return {
        name.start
        for name, vote in zip(found, votes, strict=True)
        if name.people or vote + _mean(shared[name.key]) + 2 * _prominence(name, shares) > 2 * _THRESHOLD
    }


def _mean(votes: list[float]) -> float:
    return sum(votes) / len(votes)


def _countries(found: list[Name], places: Container[int]) -> dict[str, float]:
    """How much of the text is about each country: by demonyms, the names of our own tables, and towns that only one
    country has among ``places``."""
    counted = Counter(
        name.means[0].country
        for name in found
        if name.means and (name.people or name.means[0].curated or (name.start in places and _of_one_country(name)))
    )
    total = sum(counted.values())
    return {code: n / total for code, n in counted.items() if code}


def _of_one_country(name: Name) -> bool:
    return not name.loose and len({entry.country for entry in name.means}) == 1


def _listed(found: list[Name], places: Container[int], line: Line) -> set[int]:
    """Where the names start that stand in a list with a place: "Saraqib, X and Y"."""
    beside = set()
    for one, other in pairwise(found):
        between = set(line.lower[one.end : other.start])
        if between and between <= words_of("list_joints") and not (one.people or other.people):
            beside |= {b.start for a, b in ((one, other), (other, one)) if a.start in places}
    return beside


def _prominence(name: Name, shares: dict[str, float]) -> float:
    """How far the name alone speaks for a place: a town of a country the text is about need not be large."""
    if name.called:
        return 2.0
    if not name.means:
        return -1.0 if name.end - name.start == 1 else -0.5
    if name.area:
        return 4.0
    if name.means[0].curated:
        return 3.5
    means = [m for m in name.means if not name.loose or shares.get(m.country or "")]
    if not means:
        return -3.0
    return _several_words(name, means, shares) + max(
        (0.6 if m.main else -0.6) * (m.kind is not PlaceKind.DISTRICT)
        + 0.6 * math.log10(m.population + 10)
        + 2.0 * shares.get(m.country or "", 0.0)
        - 2.0
        for m in means
    )


def _several_words(name: Name, means: list[Entry], shares: dict[str, float]) -> float:
    """A name of several words is rarely another's, least of all one in Latin letters of a country with its own."""
    if name.end == name.start + 1:
        return 0.0
    return 2.0 if any(romanised(m.country or "") and shares.get(m.country or "") for m in means) else 0.8


def _vote(name: Name, line: Line, doc: Doc, starts: set[int], surnames: set[str]) -> float:
    vote = _by_tagger(name, line) + _by_word_before(name, line, doc) + _by_word_after(name, line, doc, starts)
    if name.end - name.start == 1:
        if doc[name.start].pos_ != "PROPN":
            vote -= 1.5
        if name.key in surnames and not (name.means and name.means[0].curated):
            vote -= 3.0
    return vote


def _by_tagger(name: Name, line: Line) -> float:
    label = line.labels[name.start]
    start, end = line.ents[name.start]
    if label and start >= 0 and (end - start) - (name.end - name.start) > _padding(line, start, end):
        return _WITHIN.get(label, -1.0)
    return _LABEL.get(label, -1.5)


def datelines(line: Line) -> frozenset[int]:
    """The tokens of the places that stand over a text: "SANAA —", "GOMA, Congo (AP) —"."""
    found = set()
    for start, end in places_over(line.text):
        found |= set(range(bisect_left(line.starts, start), bisect_left(line.starts, end)))
    return frozenset(found)


def _padding(line: Line, start: int, end: int) -> int:
    """Tokens of an entity that are no part of its name."""
    return (line.lower[start] == "the") + (line.words[end - 1] in ("'s", "’s", "’", "'"))


def _by_word_before(name: Name, line: Line, doc: Doc) -> float:
    at = name.start - 1
    if at < 0 or doc[name.start].is_sent_start:
        return 0.0
    word = line.lower[at]
    if word in ("the", "-") and at > 0 and not line.capital[at - 1]:
        at -= 1
        word = line.lower[at]
    if word == "of" and at and line.lower[at - 1] in words_of("settlement_words") | words_of("area_words"):
        return 4.0
    if word in words_of("inside"):
        return 2.0
    if word in words_of("beside"):
        return 1.0
    if word in words_of("settlement_words"):
        return 2.0
    if line.lower[at].rstrip(".") in words_of("titles"):
        return -3.0 if name.means and name.means[0].curated else -5.0
    if line.capital[at] and line.labels[at] == "PERSON":
        return -3.0
    if line.capital[at] and line.ents[at] == line.ents[name.start] and line.labels[at] not in ("GPE", "LOC", ""):
        return -1.5
    return 0.0


def _by_word_after(name: Name, line: Line, doc: Doc, starts: set[int]) -> float:
    at = name.end
    if at >= len(line.words) or doc[at].is_sent_start:
        return 0.0
    word = line.lower[at]
    if word == "," and at + 1 in starts:
        return 2.5
    if word == "-" and not name.means and at + 1 < len(line.words) and _is_participle(line.lower[at + 1]):
        return -5.0
    if word in words_of("settlement_words") | words_of("area_words") | words_of("district_words"):
        return 3.0
    if word in words_of("organisation_words") or word in words_of("facility_words"):
        return 0.5
    if line.capital[at] and at not in starts and line.words[at].isalpha() and len(word) > 1:
        landmark = name.means and name.means[0].kind is PlaceKind.FACILITY
        return -8.0 if landmark else -2.0  # "Al-Aqsa Martyrs Hospital" is not Al-Aqsa
    return 0.0


def _is_participle(word: str) -> bool:
    """ "Houthi-run", "rebel-backed": who runs or backs is no place that no table knows."""
    return word.endswith("ed") or word in words_of("joined_to_parties")


def _surnames(line: Line, found: list[Name]) -> set[str]:
    """The first and last names of people who are named in full: "Austin", where there is a "Lloyd Austin"."""
    surnames = set()
    for at, (start, end) in enumerate(line.ents):
        if start == at and line.labels[at] == "PERSON":
            last = end - 1 - (line.words[end - 1] in ("'s", "’s"))
            if last > start:
                surnames.add(line.keys[last])
                surnames |= {line.keys[start]} if all(line.capital[start : last + 1]) else set()
    ends = {name.end for name in found}
    for name in found:
        if name.end - name.start == 1 and name.start not in ends and _follows_first_name(name.start, line):
            surnames.add(name.key)
    return surnames


def _follows_first_name(at: int, line: Line) -> bool:
    """After a capitalised word in what the tagger takes for a person or, as often, for an organisation."""
    before = at - 1
    return (
        before > 0
        and line.labels[at] in ("PERSON", "ORG")
        and line.ents[before] == line.ents[at]
        and line.ents[at][1] in (at + 1, at + 2)
        and line.words[before].istitle()
        and line.lower[before] not in words_of("organisation_words")
        and line.keys[before] not in words_of("never")
    )
