"""The words of a text that say what it is about: stems, one for several names of one thing, weighted by rarity."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from typing import Any

import snowballstemmer

from onrecord.model import normalised

LONGEST = 20_000  # characters of a content that are looked at
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’][^\W\d_]+)?")
_PHRASE = 6  # words


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


@lru_cache(200_000)
def _token(word: str) -> str:
    short = data("words")["capitals"].get(word.replace(".", ""))
    return short or normalised(re.sub("['’]s?$", "", word)).replace(" ", "")


def stems(text: str) -> list[str]:
    """The stems of the words that say what a text is about, in order.

    >>> stems("Daesh militants were killed in the airstrikes") == stems("Air strikes killed IS militants")[::-1]
    False
    >>> sorted(stems("The extremists fled")), sorted(stems("Terrorists are fleeing"))
    (['flee', 'militant'], ['flee', 'militant'])
    """
    return [stem for word in one_named(tokens(text)) if (stem := _stem(word))]


def one_named(words: Sequence[str]) -> Iterator[str]:
    """The words, with the longest phrases that name one thing in several ways set to its one name."""
    phrases = _phrases()
    at = 0
    while at < len(words):
        for length in range(min(_PHRASE, len(words) - at, phrases.get(words[at], (0, {}))[0]), 0, -1):
            name = phrases[words[at]][1].get(tuple(words[at : at + length]))
            if name:
                yield name
                at += length
                break
        else:
            yield words[at]
            at += 1


@cache
def _phrases() -> dict[str, tuple[int, dict[tuple[str, ...], str]]]:
    """By its first word, how long the longest phrase is and what each becomes."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for name, others in data("words")["same"].items():
        for other in (name, *others):
            phrase = tuple(tokens(other))
            found.setdefault(phrase[0], {})[phrase] = name
    return {first: (max(map(len, phrases)), phrases) for first, phrases in found.items()}


@cache
def _stopped() -> frozenset[str]:
    return frozenset(data("words")["stop"].split())


@lru_cache(200_000)
def _stem(word: str) -> str:
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
    return sum(map(weight, some))


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    """How many texts were counted, and in how many of them each stem stands."""
    rows = (files("onrecord.matching") / "data" / "en" / "frequencies.tsv").read_text(encoding="utf-8").splitlines()
    counts = {stem: int(count) for stem, count in (row.split("\t") for row in rows)}
    return counts.pop(""), counts
