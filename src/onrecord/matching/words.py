"""The words of a text that say what it is about: stems, one for several names of one thing, weighted by rarity."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from typing import Any

import snowballstemmer

from onrecord.model import normalised

LONGEST = 20_000  # characters of a content that are looked at
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’][^\W\d_]+)?")


@cache
def data(name: str) -> dict[str, Any]:
    """The tables of ``data/en/NAME.toml``."""
    return tomllib.loads((files("onrecord.matching") / "data" / "en" / f"{name}.toml").read_text(encoding="utf-8"))


def tokens(text: str) -> list[str]:
    """The words of a text in small letters and their first ``LONGEST`` characters; short forms written out.

    >>> tokens("The U.S.-led raids on IS")
    ['the', 'united states', 'led', 'raids', 'on', 'isis']
    """
    return [_token(word) for word in _TOKEN.findall(text[:LONGEST])]


def capitals(text: str) -> list[str]:
    """The words with a capital, as ``tokens`` has them; of those a sentence begins with only short forms and names of
    ``data/en/words.toml``.

    >>> capitals("The raid by Dravian jets failed. Bombs fell. IS fled on Monday. Russian bombs fell")
    ['dravian', 'isis', 'russian']
    """
    found = []
    for match in _TOKEN.finditer(text[:LONGEST]):
        word, before = match[0], text[: match.start()].rstrip("“”\"'‘ ")
        begins = not before or before[-1] in ".!?:;\n" or before.endswith("…")
        token = _token(word)
        if (
            word[0].isupper()
            and not _stopped() & {token}
            and (not begins or (word.isupper() and len(word) > 1) or token in _parties())
        ):
            found.append(token)
    return found


@cache
def _parties() -> frozenset[str]:
    """Single words that name a party."""
    table = data("words")
    names = (name for name in table["parties"] for name in (name, *table["same"].get(name, ())))
    return frozenset(name for name in names if " " not in name)


@lru_cache(200_000)
def _token(word: str) -> str:
    bare = re.sub("['’]s?$|(?<=[A-Z][A-Z])s$", "", word)
    short = data("words")["capitals"].get(bare.replace(".", ""))
    return short or normalised(bare).replace(" ", "")


def stems(text: str) -> list[str]:
    """The stems of the words that say what a text is about, in order.

    >>> sorted(stems("The extremists fled")), sorted(stems("Terrorists are fleeing"))
    (['flee', 'milit'], ['flee', 'milit'])
    """
    return [found for word in one_named(tokens(text)) if (found := stem(word))]


def one_named(words: Sequence[str]) -> Iterator[str]:
    """The words, with the longest phrases that name one thing in several ways set to its one name."""
    at = 0
    for name, start, end in phrases("words", "same").found(words):
        yield from words[at:start]
        yield name
        at = end
    yield from words[at:]


class Phrases:
    """Phrases that each stand for a class, found in words: the longest first, none within another."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        self.by_first: dict[str, dict[tuple[str, ...], str]] = {}
        for name, some in classes.items():
            for phrase in map(tuple, map(tokens, some)):
                self.by_first.setdefault(phrase[0], {})[phrase] = name
        self.longest = {first: max(map(len, some)) for first, some in self.by_first.items()}

    def found(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """(class, first word, after the last) of each phrase."""
        at = 0
        while at < len(words):
            known = self.by_first.get(words[at])
            for length in range(self.longest[words[at]], 0, -1) if known else ():
                if known and (name := known.get(tuple(words[at : at + length]))):
                    yield name, at, at + length
                    at += length
                    break
            else:
                at += 1


@cache
def phrases(name: str, table: str) -> Phrases:
    """The phrases of a table of ``data/en/NAME.toml``; a class is a phrase of its own."""
    return Phrases({one: (one, *others) for one, others in data(name)[table].items()})


@cache
def _stopped() -> frozenset[str]:
    return frozenset(data("words")["stop"].split())


@lru_cache(200_000)
def stem(word: str) -> str:
    """The stem of a word in small letters, "" where it says nothing; a phrase is its own."""
    if word in _stopped() or not any(c.isalpha() for c in word):
        return ""
    return str(_stemmer().stemWord(word)) if " " not in word else word


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("english")


@lru_cache(200_000)
def weight(stem: str) -> float:
    """How much a stem tells: the logarithm of how rare it is in news, the same whatever else is on the record.

    What news hardly ever has is mostly names; it weighs no more than a word of one text in 200.
    """
    texts, counts = _frequencies()
    return log(texts / max(counts.get(stem, 0), texts / 200))


def weigh(some: Iterable[str]) -> float:
    return sum(sorted(map(weight, some)))  # in order, so that the sum is the same in every process


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    """How many texts were counted, and in how many of them each stem stands."""
    rows = (files("onrecord.matching") / "data" / "en" / "frequencies.tsv").read_text(encoding="utf-8").splitlines()
    counts = {stem: int(count) for stem, count in (row.split("\t") for row in rows)}
    return counts.pop(""), counts
