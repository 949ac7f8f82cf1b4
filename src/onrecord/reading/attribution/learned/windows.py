"""Windows over the words of a text, as long as the encoder can see at once, and the arrays it is fed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.reading.attribution.learned.pieces import Pieces
from onrecord.reading.attribution.learned.words import Ints, Words

LONGEST = 256
_CONTEXT = 24
_SIDE = 3  # sentences and lines further off than this are alike to a cue

_DISTANCES = np.array([-150, -90, -50, -30, -20, -12, -8, -5, -3, -2, -1, 0, 1, 2, 3, 4, 6, 9, 13, 21, 31, 51, 91, 151])
NUMBER_OF_DISTANCES = len(_DISTANCES) + 1
NUMBER_OF_SIDES = (2 * _SIDE + 1) ** 2
NUMBER_OF_QUOTE_RELATIONS = 6


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``[start, end)`` are seen; those of ``[first, last)`` are this window's own to decide on."""

    start: int
    end: int
    first: int
    last: int


def windows_of(words: Words, longest: int = LONGEST, context: int = _CONTEXT) -> Iterator[Window]:
    """Windows of at most ``longest`` pieces that overlap by about twice ``context``, cut between sentences where one
    begins near; own words partition the text."""
    weights = np.concatenate([[0], np.cumsum(np.diff(words.firsts) + breaks_before(words))])
    begins = np.flatnonzero(np.diff(words.sentences, prepend=-1))
    start, first, total = 0, 0, len(words)
    while first < total:
        end = max(_at(weights, weights[start] + longest - 2), start + 1)
        if end >= total:
            yield Window(start, total, first, total)
            return
        end = _sentence(begins, end, (first + 3 * end) // 4)
        last = max(_sentence(begins, _at(weights, weights[end] - context), (first + end) // 2), first + 1)
        yield Window(start, end, first, last)
        start = max(_sentence(begins, _at(weights, weights[last] - context), start + 1), start + 1)
        start, first = min(start, last), last


def _at(weights: Ints, weight: int) -> int:
    """The last word that begins at or before ``weight``."""
    return int(np.searchsorted(weights, weight, side="right")) - 1


def _sentence(begins: Ints, word: int, least: int) -> int:
    """The last beginning of a sentence up to ``word``, but ``word`` itself where that is before ``least``."""
    begin = int(begins[_at(begins, word)])
    return begin if begin >= least else word


def breaks_before(words: Words) -> Ints:
    """1 where a word begins a new line: the encoder is shown a mark there."""
    breaks: Ints = (np.diff(words.lines, prepend=words.lines[:1]) != 0).astype(np.int64)
    return breaks


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What the encoder is fed for some windows: ``pieces`` and ``lengths``, ``features`` of every piece, and for each
    window the place of each word's first piece in ``places`` (0 beyond its last word)."""

    pieces: Ints  # windows x pieces
    features: Ints  # windows x pieces x kinds
    lengths: Ints  # windows
    places: Ints  # windows x words


def batch_of(words: Words, windows: Sequence[Window], pieces: Pieces) -> Batch:
    """The arrays for ``windows`` of one text."""
    return stacked([row_of(words, window, pieces) for window in windows])


def row_of(words: Words, window: Window, pieces: Pieces) -> tuple[Ints, Ints, Ints]:
    """Pieces with their marks, their features, and the place of each word's first piece."""
    a, b = window.start, window.end
    counts = np.diff(words.firsts[a : b + 1])
    broken = breaks_before(words)[a:b].copy()
    broken[:1] = 0
    places = 1 + np.cumsum(counts + broken) - counts
    length = int(places[-1] + counts[-1] + 1) if b > a else 2
    row = np.full(length, pieces.end, np.int64)
    row[0] = pieces.start
    features = np.zeros((length, words.features.shape[1]), np.int64)
    of = np.repeat(np.arange(b - a), counts)
    at = places[of] + np.arange(len(of)) - (np.cumsum(counts) - counts)[of]
    row[at] = words.pieces[words.firsts[a] : words.firsts[b]]
    features[at] = words.features[a:b][of]
    return row, features, places


def stacked(rows: Sequence[tuple[Ints, Ints, Ints]]) -> Batch:
    """Rows of several windows padded to one length."""
    longest = max(len(row) for row, _, _ in rows)
    most = max(len(places) for _, _, places in rows)
    kinds = rows[0][1].shape[1]
    pieces = np.zeros((len(rows), longest), np.int64)
    features = np.zeros((len(rows), longest, kinds), np.int64)
    places = np.zeros((len(rows), most), np.int64)
    for i, (row, feature, place) in enumerate(rows):
        pieces[i, : len(row)], features[i, : len(row)], places[i, : len(place)] = row, feature, place
    return Batch(pieces, features, np.array([len(row) for row, _, _ in rows], np.int64), places)


def number_of_paths(relations: int) -> int:
    """How many values the path between a cue and a word has, for so many dependency labels (0 among them)."""
    return 2 * relations + 4


def seen_from(words: Words, cue: int, start: int, end: int, relations: int) -> Ints:
    """How each word of ``[start, end)`` lies to the word ``cue``: path, distance, side and quotation, one column each.

    The path is the label of the branch of the cue's that the word hangs on; for words above the cue, the label the
    cue hangs by; else that they are of another sentence or branch.
    """
    numbers = np.arange(start, end)
    sentence = np.clip(words.sentences[start:end] - words.sentences[cue], -_SIDE, _SIDE) + _SIDE
    line = np.clip(words.lines[start:end] - words.lines[cue], -_SIDE, _SIDE) + _SIDE
    quote, own = words.quotations[start:end], words.quotations[cue]
    same = np.where(quote == own, 0, np.where(quote < 0, 1, 2)) + 3 * (own >= 0)
    return np.stack(
        [
            _paths(words, cue, start, end, relations),
            np.searchsorted(_DISTANCES, numbers - cue, side="right"),
            sentence * (2 * _SIDE + 1) + line,
            same,
        ],
        axis=1,
    )


def _paths(words: Words, cue: int, start: int, end: int, relations: int) -> Ints:
    paths = np.zeros(end - start, np.int64)
    same = words.sentences[start:end] == words.sentences[cue]
    paths[same] = 1
    head = int(words.heads[cue])
    if head != cue:
        above = slice(max(int(words.lefts[head]) - start, 0), max(int(words.rights[head]) + 1 - start, 0))
        paths[above] = 4 + int(words.relations[cue])
        if start <= head < end:
            paths[head - start] = 2
    left, right = max(int(words.lefts[cue]), start), min(int(words.rights[cue]) + 1, end)
    for child in np.flatnonzero(words.heads[left:right] == cue) + left:
        if child != cue:
            branch = slice(max(int(words.lefts[child]) - start, 0), max(int(words.rights[child]) + 1 - start, 0))
            paths[branch] = 4 + relations + int(words.relations[child])
    if start <= cue < end:
        paths[cue - start] = 3
    return paths
