"""How alike the words of two texts are: shingles, MinHash, and the bands that near copies have in common.

After Broder, "On the resemblance and containment of documents" (1997), and the banding of Leskovec, Rajaraman and
Ullman, "Mining of Massive Datasets", 3.4. Pure, and written out here: bands stay on the record for good, so that no
library's next version may change them.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.model import normalised

Hashes = npt.NDArray[np.uint64]

WORDS = 5
"""Words of a shingle."""
BANDS, ROWS = 24, 3
"""Of 72 minima; two texts have a band in common with a probability of 1 - (1 - J³)²⁴: .80 at J = .4, .96 at .5."""

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_AT_ONCE = 8_192


def shingles(text: str) -> Hashes:
    """The hashes of every run of five words, each once, in order; of all words where there are fewer.

    Case, accents, punctuation and white space are set aside, as for ``Document.likeness``.
    """
    words = normalised(text).split()
    known = {word: _hash(word) for word in set(words)}
    hashes = np.array([known[word] for word in words], dtype=np.uint64)
    size = min(WORDS, len(hashes))
    runs = np.zeros(max(len(hashes) - size + 1, 0), dtype=np.uint64)
    for n in range(size):
        runs = runs * _PRIME + hashes[n : len(hashes) - size + n + 1]
    return np.unique(_mixed(runs)) if size else runs[:0]


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
    if not len(found):
        return ()
    minima = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, dtype=np.uint64)
    factors, terms = _functions()
    for start in range(0, len(found), _AT_ONCE):
        some = found[start : start + _AT_ONCE, np.newaxis]
        minima = np.minimum(minima, (some * factors + terms).min(axis=0))
    rows = (minima >> np.uint64(32)).astype("<u4").reshape(BANDS, ROWS)
    return tuple(_short(bytes([n]) + row.tobytes()) for n, row in enumerate(rows))


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
