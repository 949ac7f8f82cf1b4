"""How alike the words of two texts are: shingles, MinHash, and the bands that near copies have in common.

After Broder, "On the resemblance and containment of documents" (1997), and the banding of Leskovec, Rajaraman and
Ullman, "Mining of Massive Datasets", 3.4. Pure, and written out here: bands stay on the record for good, so that no
library's next version may change them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from onrecord.model import normalised

Hashes = npt.NDArray[np.uint64]

WORDS = 5
"""Words of a shingle."""
BANDS, ROWS = 24, 3
"""Of 72 minima; two texts have a band in common with a probability of 1 - (1 - J³)²⁴: .80 at J = .4, .96 at .5."""

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_AT_ONCE = 65_536


def shingles(text: str) -> Hashes:
    """The hashes of every run of five words, each once, in order; of all words where there are fewer.

    Case, accents, punctuation and white space are set aside, as for ``Document.likeness``.
    """
    return shingles_of([text])[0]


def shingles_of(texts: Iterable[str]) -> list[Hashes]:
    """The ``shingles`` of each of many texts, in a tenth of the steps."""
    words = [normalised(text).split() for text in texts]
    known = {word: _hash(word) for word in set(chain.from_iterable(words))}
    hashes = np.fromiter(map(known.__getitem__, chain.from_iterable(words)), np.uint64, sum(map(len, words)))
    runs = _mixed(_runs(hashes, WORDS))
    found, end = [], 0
    for size in map(len, words):
        start, end = end, end + size
        whole = size >= WORDS
        found.append(np.unique(runs[start : end - WORDS + 1] if whole else _mixed(_runs(hashes[start:end], size))))
    return found


def _runs(hashes: Hashes, size: int) -> Hashes:
    """The hash of every run of ``size`` words; none where there are fewer."""
    runs = np.zeros(max(len(hashes) - size + 1, 0) if size else 0, dtype=np.uint64)
    for n in range(size if len(runs) else 0):
        runs = runs * _PRIME + hashes[n : len(hashes) - size + n + 1]
    return runs


def jaccard(one: Hashes, other: Hashes) -> float:
    """Of the shingles in either, the share in both, 0 to 1; 0 where there are none.

    >>> jaccard(shingles("The bridge over the river is closed."), shingles("the bridge, over the river, is closed"))
    1.0
    """
    both = len(np.intersect1d(one, other, assume_unique=True))
    either = len(one) + len(other) - both
    return both / either if either else 0.0


def bands(found: Hashes) -> tuple[str, ...]:
    """The hashes of the bands of a text, each with its number in it; none where it has no words."""
    return bands_of([found])[0]


def bands_of(found: Iterable[Hashes]) -> list[tuple[str, ...]]:
    """The ``bands`` of each of many texts."""
    every = list(found)
    minima = [np.empty((0, BANDS * ROWS), dtype=np.uint64)]
    minima += [_minima(some) for some in _in_parts([one for one in every if len(one)])]
    rows = iter((np.concatenate(minima) >> np.uint64(32)).astype("<u4").reshape(-1, BANDS, ROWS))
    return [_banded(next(rows).tobytes()) if len(one) else () for one in every]


def _in_parts(every: Sequence[Hashes]) -> Iterator[list[Hashes]]:
    """As many as make a table of a size that a processor holds near; one alone where it is longer."""
    part: list[Hashes] = []
    for one in every:
        if part and sum(map(len, part)) + len(one) > _AT_ONCE:
            yield part
            part = []
        part.append(one)
    if part:
        yield part


def _minima(part: Sequence[Hashes]) -> Hashes:
    """For each of several texts that have shingles, the least value of each hash function."""
    factors, terms = _functions()
    flat = np.concatenate(part)
    ends = np.cumsum([len(one) for one in part])
    starts = np.concatenate([ends[:1] * 0, ends[:-1]])
    minima = np.empty((len(part), BANDS * ROWS), dtype=np.uint64)
    for n, (factor, term) in enumerate(zip(factors, terms, strict=True)):
        minima[:, n] = np.minimum.reduceat(flat * factor + term, starts)
    return minima


def _banded(minima: bytes) -> tuple[str, ...]:
    """The bands of the bytes of all minima of a text."""
    size = len(minima) // BANDS
    return tuple(_short(bytes([n]) + minima[n * size : (n + 1) * size]) for n in range(BANDS))


@lru_cache(65_536)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _short(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _mixed(values: Hashes) -> Hashes:
    """Each value spread over all 64 bits (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@cache
def _functions() -> tuple[Hashes, Hashes]:
    """The factors, odd, and terms of as many hash functions as there are minima."""
    counted = np.arange(1, 2 * BANDS * ROWS + 1, dtype=np.uint64) * _PRIME
    numbers = _mixed(counted)
    return numbers[: BANDS * ROWS] | np.uint64(1), numbers[BANDS * ROWS :]
