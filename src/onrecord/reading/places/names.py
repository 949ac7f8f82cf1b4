"""Where a text has names that some table of places knows, or that the tagger takes for places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from onrecord.reading.lexicon import lexicon
from onrecord.reading.places.gazetteer import (
    Entry,
    abbreviations,
    area_called,
    country_entry,
    entries,
    entries_like,
    people,
    small_ends,
)
from onrecord.reading.places.pack import plain

_LONGEST = 6
_TAGGED = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``[start, end)`` that can name a place; ``key`` is the name as the tables write it.

    ``means`` is what it can mean (empty where only the tagger takes it for a place); ``area`` is whether a word such
    as "region" or "County" goes with it; ``people`` marks a demonym; ``called`` is whether the text itself calls it a
    town or village; ``loose`` is whether the tables have the name in another romanisation only.
    """

    start: int
    end: int
    key: str
    means: tuple[Entry, ...]
    area: bool = False
    people: bool = False
    called: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of a document as columns, for fast passes over them."""

    text: str
    starts: list[int]
    words: list[str]
    lower: list[str]
    keys: list[str]
    capital: list[bool]
    labels: list[str]
    ents: list[tuple[int, int]]
    opens: list[bool]

    @classmethod
    def of(cls, doc: Doc) -> Line:
        """The columns of ``doc``; ``ents`` holds for each token the entity it is in, as token numbers."""
        words = [t.text for t in doc]
        labels, ents = [""] * len(words), [(-1, -1)] * len(words)
        for ent in doc.ents:
            for at in range(ent.start, ent.end):
                labels[at], ents[at] = ent.label_, (ent.start, ent.end)
        return cls(
            text=doc.text,
            starts=[t.idx for t in doc],
            words=words,
            lower=[w.lower() for w in words],
            keys=[_key(w) for w in words],
            capital=[w[:1].isupper() for w in words],
            labels=labels,
            ents=ents,
            opens=[bool(t.is_sent_start) for t in doc],
        )

    def printed(self, start: int, end: int) -> str:
        """The text of the tokens ``[start, end)``."""
        return self.text[self.starts[start] : self.starts[end - 1] + len(self.words[end - 1])]

    def tagged(self, at: int) -> bool:
        """Whether the tagger takes token ``at`` for part of a place."""
        return self.labels[at] in _TAGGED

    def key(self, start: int, end: int) -> str:
        """The tokens ``[start, end)`` as the tables write a name."""
        return self.keys[start] if end == start + 1 else _key(self.printed(start, end))


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of words of ``places.toml``."""
    return frozenset(lexicon("places")[name])


def names(line: Line) -> list[Name]:
    """Every name, longest first where they overlap, in order."""
    found = []
    at, end = 0, len(line.words)
    while at < end:
        name = _name_at(line, at) if line.capital[at] or _opens(line, at) else None
        if name:
            found.append(name)
            at = name.end
        else:
            at += 1
    return _with_tagged(line, found)


def _name_at(line: Line, at: int) -> Name | None:
    for end in _ends(line, at):
        name = _known(line, at, end) or (_alike(line, at, end) if end > at + 1 else None)
        if name:
            return name
    return _alike(line, at, at + 1)


def _alike(line: Line, start: int, end: int) -> Name | None:
    """A name that some table has in another romanisation: "Hodeidah", "Maarat al-Numan"."""
    key = line.key(start, end)
    if key in words_of("never") or line.keys[start] in words_of("never") or not line.capital[end - 1]:
        return None
    means = entries_like(key)
    return Name(start, end, key, means, loose=True) if means else None


def _ends(line: Line, at: int) -> Iterator[int]:
    """Where a name that starts at ``at`` may end, farthest first."""
    last = at + 1
    ends = [last]
    while last < len(line.words) and last - at < _LONGEST and not line.opens[last]:
        if line.capital[last] or line.lower[last] in _tails():
            ends.append(last + 1)
        elif line.words[last] not in words_of("joints"):
            break
        last += 1
    return reversed(ends)


@cache
def _tails() -> frozenset[str]:
    return words_of("names_areas") | small_ends()


def _known(line: Line, start: int, end: int) -> Name | None:
    key = line.key(start, end)
    if len(key) < 2 or (key in words_of("never") and not _is_abbreviation(line.words[start])):
        return None
    if end > start + 1 and line.lower[end - 1] in words_of("names_areas"):
        return _area(line, start, end, key)
    words = line.printed(start, end)
    one = _single(line, start, key, words) if end == start + 1 else None
    if one:
        return one
    demonym = None if line.lower[start] == "the" else people(words)
    means = entries(key) if line.lower[start] != "the" or key in ("the hague", "the gambia") else ()
    if demonym and not (means and means[0].curated):
        return Name(start, end, key, (demonym,), people=True)
    if len(key) < 4 and not (means and means[0].curated and words.replace(".", "").isupper()):
        means = tuple(m for m in means if m.population > 20_000) if line.words[start].istitle() else ()
    return Name(start, end, key, means) if means else None


def _single(line: Line, at: int, key: str, words: str) -> Name | None:
    """A word on its own that is short for a state ("Neb.", "TX" after a comma) or a country ("US-led", "Syrias")."""
    state = abbreviations().get(key)
    if state and ("." in words or (len(words) == 2 and words.isupper() and at > 1 and line.words[at - 1] == ",")):
        return Name(at, at + 1, key, (state,))
    if not entries(key):
        country = country_entry(words)
        return Name(at, at + 1, key, (country,)) if country else None
    return None


def _area(line: Line, start: int, end: int, key: str) -> Name | None:
    """ "X region": an area of the tables, or the area called after the town X."""
    bare = line.key(start, end - 1)
    means = tuple(e for e in entries(key) if e.kind != "settlement")
    means += tuple(e for e in entries(bare) if e.kind in ("region", "district", "country"))
    called = area_called(bare)
    if called and not any(e.geonameid == called.geonameid and e.name == called.name for e in means):
        means += (called,)
    return Name(start, end, bare, means, area=True) if means and len(bare) > 2 else None


def _opens(line: Line, at: int) -> bool:
    """A name in small letters at first: "al-Bab", "el-Obeid"."""
    return (
        line.lower[at] in words_of("articles")
        and at + 2 < len(line.words)
        and line.words[at + 1] == "-"
        and line.capital[at + 2]
    )


def _with_tagged(line: Line, found: list[Name]) -> list[Name]:
    """The names and what the tagger takes for a place where no table knows a name."""
    taken = {at for name in found for at in range(name.start, name.end)}
    more = _called(line, taken)
    taken |= {at for name in more for at in range(name.start, name.end)}
    at = 0
    while at < len(line.words):
        start, end = line.ents[at]
        if start == at and line.labels[at] in _TAGGED and not taken.intersection(range(start, end)):
            while start < end and (line.lower[start] in ("the", "a") or not line.keys[start]):
                start += 1
            end_of_name = _before_small_word(line, start, end)
            if start < end_of_name and not _names_nothing(line, start, end_of_name):
                more.append(Name(start, end_of_name, line.key(start, end_of_name), ()))
        at = end if start >= 0 and end > at else at + 1
    return sorted(found + more, key=lambda n: n.start) if more else found


def _before_small_word(line: Line, start: int, end: int) -> int:
    """Where a name the tagger found ends: before "to" in "Humera to Hamdayet"."""
    small = (at for at in range(start + 1, end) if line.lower[at] in words_of("beside") - {"of"})
    return next(small, end)


def _names_nothing(line: Line, start: int, end: int) -> bool:
    """Small words, or a noun or an acronym on its own ("Battle", "SNA"), which no table knows."""
    if end > start + 1:
        return not any(line.capital[start:end])
    word, key = line.words[start], line.keys[start]
    common = words_of("never") | words_of("area_words") | words_of("facility_words")
    acronym = word.isupper() and word.isalpha() and len(word) < 6
    return (
        not line.capital[start]
        or acronym
        or (key in common and line.lower[start] not in lexicon("places")["directions"])
    )


def _called(line: Line, taken: set[int]) -> list[Name]:
    """Names no table knows that the text calls a place ("the village of X", "X village"), wherever they stand."""
    firsts: dict[str, int] = {}
    for at, word in enumerate(line.lower):
        if word in words_of("calls_settlements"):
            start = at + 1 + (at + 1 < len(line.lower) and line.lower[at + 1] == "of")
            for span in (*_runs(line, start, several=word.endswith("s")), _run_before(line, at)):
                if span and not taken.intersection(range(*span)):
                    firsts.setdefault(line.key(*span), span[1] - span[0])
    longest = max(firsts.values(), default=0)
    return [
        Name(at, at + size, line.key(at, at + size), (), called=True)
        for at in range(len(line.words) if longest else 0)
        if line.capital[at]
        for size in range(1, min(longest, len(line.words) - at) + 1)
        if firsts.get(line.key(at, at + size)) == size and not taken.intersection(range(at, at + size))
    ]


def _runs(line: Line, start: int, *, several: bool) -> Iterator[tuple[int, int] | None]:
    """The name that starts at ``start``, and where ``several`` are announced those in one list with it."""
    span = _run(line, start)
    yield span
    for _ in range(_LONGEST if several else 0):
        start = span[1] if span else len(line.words)
        while start < len(line.words) and line.lower[start] in (",", "and") and not line.opens[start]:
            start += 1
        span = _run(line, start) if span and start > span[1] else None
        yield span


def _run(line: Line, start: int) -> tuple[int, int] | None:
    """The capitalised words, with hyphens, that start at ``start``, at most four tokens."""
    end = start
    while end < len(line.words) and end - start < 4 and (line.capital[end] or (line.words[end] == "-" and end > start)):
        end += 1
    while end > start and not line.capital[end - 1]:
        end -= 1
    return _fit(line, start, end)


def _run_before(line: Line, end: int) -> tuple[int, int] | None:
    start = end
    while start > 0 and end - start < 4 and (line.capital[start - 1] or (line.words[start - 1] == "-" and start < end)):
        start -= 1
        if line.opens[start]:
            break
    while start < end and not line.capital[start]:
        start += 1
    return _fit(line, start, end)


def _fit(line: Line, start: int, end: int) -> tuple[int, int] | None:
    if start >= end or line.keys[start] in words_of("never") or len(line.key(start, end)) < 4:
        return None
    return (start, end)


def _is_abbreviation(word: str) -> bool:
    return word == "US" or (word.replace(".", "").isupper() and "." in word and len(word) > 2)


def _key(word: str) -> str:
    return plain(word.replace(".", "") if "." in word else word)
