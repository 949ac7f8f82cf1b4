"""Proposes pairs of statements that may tell one thing, without comparing all with all."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.matching.figures import telling
from onrecord.matching.tellings import Telling

_RARE = 5  # words of a statement whose pairs are keys
_VOICED = 3  # words of a statement that are keys with its claimant
_FIGURES = 12  # figures of a statement that are keys
_ALL = 24  # statements under one key that are all compared with each other
_NEXT = 6  # in larger blocks, how many of the following each is compared with
_WITH_PLACE, _ALONE = 0.3, 0.8  # how telling a figure must be to be a key with its place, and by itself


def pairs(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Pairs of places in ``tellings``, each once and the smaller first, in order.

    Two statements are proposed when they share a key: two rare words; a claimant with a rare word or a figure; a
    telling figure alone, another with its place. A key of many statements compares each with its neighbours in the
    record's order only (sorted neighbourhood), so that the cost grows with the statements, not with their square.
    """
    common = Counter(word for one in tellings for word in one.words)
    numbers = _Numbers()
    keys, members = array("q"), array("q")
    for at, one in enumerate(tellings):
        for key in set(_keys(one, common)):
            keys.append(numbers[key])
            members.append(at)
    found = array("q")
    size = len(tellings)
    for block in _blocks(np.frombuffer(keys, np.int64), np.frombuffer(members, np.int64)) if keys else ():
        reach = len(block) if len(block) <= _ALL else _NEXT
        for place, first in enumerate(block):
            found.extend(first * size + second for second in block[place + 1 : place + 1 + reach])
    if found:
        for pair in np.unique(np.frombuffer(found, np.int64)):
            yield divmod(int(pair), size)


class _Numbers(dict[Hashable, int]):
    """A number for each key, in the order they are first met."""

    def __missing__(self, key: Hashable) -> int:
        number = self[key] = len(self)
        return number


def _keys(one: Telling, common: Counter[str]) -> Iterator[Hashable]:
    rare = sorted((word for word in one.words if common[word] > 1), key=lambda word: (common[word], word))[:_RARE]
    for at, word in enumerate(rare):
        yield from ((word, other) for other in rare[at + 1 :])
    if len(rare) == 1:
        yield rare[0], rare[0]
    for voice in sorted(one.voice.keys):
        yield from ((voice, word, "") for word in rare[:_VOICED])
    for figure in one.figures[:_FIGURES]:
        if figure.value is None:
            continue
        said = figure.slot, figure.value
        yield from ((voice, *said) for voice in one.voice.keys)
        if telling(figure.value) >= _ALONE:
            yield said
        if telling(figure.value) >= _WITH_PLACE:
            yield from ((spot.key, *said) for spot in one.spots)


def _blocks(keys: NDArray[np.int64], members: NDArray[np.int64]) -> Iterator[list[int]]:
    """The members under each key that has several, in order."""
    order = np.lexsort((members, keys))
    keys, members = keys[order], members[order]
    ends = np.flatnonzero(np.diff(keys)) + 1
    for block in np.split(members, ends):
        if len(block) > 1:
            yield block.tolist()
