"""Finds, for any words, the claims most like them: BM25 over stems and over runs of letters.

Okapi BM25 (Robertson and Zaragoza 2009) over stemmed words, with tags written apart ("#StopTheWar"); runs of four
letters within words catch other spellings. A word counts once however often a query repeats it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from onrecord.matching.words import LONGEST, stem
from onrecord.model import normalised

_K1, _B = 1.2, 0.5  # claims are short: length says little
_LETTERS = 4
_SPELLING = 0.2  # the share of the runs of letters in a score
_TAG = re.compile(r"[#@](\w+)")
_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class Retriever:
    """An index over texts that is asked for those most like a query."""

    def __init__(self, texts: Iterable[str]) -> None:
        told = [text[:LONGEST] for text in texts]
        self.size = len(told)
        self.words = _Index([words(text) for text in told])
        self.letters = _Index([letters(text) for text in told])

    def best(self, query: str, limit: int = 5) -> list[tuple[int, float]]:
        """Up to ``limit`` (place of the text, score), the best first; the earlier of two equal ones first."""
        asked = query[:LONGEST]
        scores = self.words.scores(words(asked)) + _SPELLING * self.letters.scores(letters(asked))
        found = np.argsort(-scores, kind="stable")[:limit]
        return [(int(at), float(scores[at])) for at in found if scores[at] > 0]


def retrieve(query: str, claims: Sequence[str], limit: int = 5) -> list[tuple[int, float]]:
    """Up to ``limit`` (place in ``claims``, score) of the claims most like ``query``, the best first.

    >>> claims = ["Eleven people died at the bridge", "The mayor resigned", "A ship sank"]
    >>> [claims[at] for at, _ in retrieve("mayors resigning", claims)]
    ['The mayor resigned']
    """
    return Retriever(claims).best(query, limit)


def words(text: str) -> list[str]:
    """The stems of a text, numbers too, with tags both whole and written apart.

    >>> words("#StopTheWar in 2023")
    ['stop', 'war', 'stopthewar', '2023']
    """
    apart = _TAG.sub(lambda tag: f" {' '.join(_HUMP.findall(tag[1]))} {tag[1]} ", text)
    return [
        word if word.isdigit() else stem(word) for word in normalised(apart).split() if word.isdigit() or stem(word)
    ]


def letters(text: str) -> list[str]:
    """Runs of letters within the words of a text, and at their ends."""
    return list(_runs(normalised(text).split()))


def _runs(some: Iterable[str]) -> Iterator[str]:
    for word in some:
        if stem(word) or word.isdigit():
            padded = f" {word} "
            yield from (padded[at : at + _LETTERS] for at in range(max(1, len(padded) - _LETTERS + 1)))


class _Index:
    """Where each term stands, with what it adds to the score of each text."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self.size = len(texts)
        lengths = np.array([len(text) for text in texts], dtype=float)
        longer = _K1 * (1 - _B + _B * lengths / max(1.0, lengths.mean() if self.size else 1.0))
        places: dict[str, list[int]] = {}
        counts: dict[str, list[int]] = {}
        for at, text in enumerate(texts):
            for term, count in Counter(text).items():
                places.setdefault(term, []).append(at)
                counts.setdefault(term, []).append(count)
        self.adds = {term: self._adds(places[term], counts[term], longer) for term in places}

    def _adds(
        self, places: list[int], counts: list[int], longer: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        at, often = np.array(places), np.array(counts, dtype=float)
        rarity = log(1 + (self.size - len(places) + 0.5) / (len(places) + 0.5))
        return at, rarity * often * (_K1 + 1) / (often + longer[at])

    def scores(self, query: Iterable[str]) -> NDArray[np.float64]:
        found = np.zeros(self.size)
        for term in dict.fromkeys(query):
            if term in self.adds:
                at, adds = self.adds[term]
                found[at] += adds
        return found
