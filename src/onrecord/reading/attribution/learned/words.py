"""A parsed document as arrays of words: what the learned attribution is told about each of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore

from onrecord.reading.attribution.learned.pieces import MARK, NUMBER_OF_CASES, Pieces
from onrecord.reading.layout import Layout, LineKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed

Ints = NDArray[np.int64]

# A chain of heads longer than this is no sentence; its subtrees are cut short.
_DEEPEST = 40
_CASE_COLUMN = 3
_ATTRIBUTES: list[int | str] = ["IDX", "LENGTH", "POS", "DEP", "HEAD", "ENT_TYPE", "SENT_START", "IS_SPACE"]
_LINE_KINDS = {LineKind.TEXT: 0, LineKind.HEADING: 1, LineKind.BOILERPLATE: 2}
_HEAD_DISTANCES = np.array([-8, -3, -1, 0, 1, 2, 4, 9])


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text (tokens that are not white space), one row each.

    ``starts`` and ``ends`` are offsets into the text; ``heads``, ``lefts`` and ``rights`` are word numbers (the head,
    the first and the last word of the subtree); ``sentences`` and ``lines`` count from 0; ``quotations`` is the number
    of the quotation a word is in, or -1; ``relations`` are numbers of dependency labels, 0 for one not listed;
    ``features`` has one column a kind, already offset so that all kinds share one table; ``pieces`` hold the piece
    numbers of all words in a row, word i's from ``firsts[i]`` to ``firsts[i + 1]``.
    """

    starts: Ints
    ends: Ints
    heads: Ints
    lefts: Ints
    rights: Ints
    sentences: Ints
    lines: Ints
    quotations: Ints
    relations: Ints
    features: Ints
    pieces: Ints
    firsts: Ints

    def __len__(self) -> int:
        return len(self.starts)


def feature_sizes() -> tuple[int, ...]:
    """How many values each kind of feature has, in the order of the columns of ``Words.features``."""
    table = lexicon("learned")
    listed = (len(table["parts"]) + 1, len(table["relations"]) + 1, len(table["entities"]) + 1)
    return (*listed, NUMBER_OF_CASES, 5, 12, len(_HEAD_DISTANCES) + 1)


def number_of_features() -> int:
    """The rows of the shared feature table; row 0 stands for none (the encoder's own marks)."""
    return 1 + sum(feature_sizes())


def _offsets() -> Ints:
    """Where each kind of feature begins in the shared table."""
    return np.cumsum([1, *feature_sizes()[:-1]])


def words_of(parsed: Parsed, pieces: Pieces) -> Words:
    """The words of ``parsed`` as arrays, in one pass over its tokens."""
    doc = parsed.doc
    rows = doc.to_array(_ATTRIBUTES).astype(np.int64)
    rows = rows.reshape(-1, 8)
    kept = np.flatnonzero(rows[:, 7] == 0)
    number = np.cumsum(rows[:, 7] == 0) - 1
    heads = number[np.clip(np.arange(len(rows)) + rows[:, 4], 0, max(len(rows) - 1, 0))][kept].clip(0)
    sentences = np.cumsum(rows[:, 6] == 1)[kept]
    idx, length, pos, dep, _, ent, _, _ = rows[kept].T if len(kept) else np.zeros((8, 0), np.int64)
    store = doc.vocab.strings
    starts, ends = idx, idx + length
    relations = _numbers(dep, "relations", store)
    lines, line_kinds = _lines(parsed.layout, starts)
    quotations, quote_states = _quotations(parsed.layout, starts, ends)
    lefts, rights = _subtrees(heads)
    cut = [pieces.of(doc[int(i)].text) for i in kept]
    place = line_kinds * 4 + _changes(lines) * 2 + _changes(sentences)
    columns = (
        _numbers(pos, "parts", store),
        relations,
        _numbers(ent, "entities", store),
        np.array([c for _, c in cut], np.int64),
        quote_states,
        place,
        np.searchsorted(_HEAD_DISTANCES, heads - np.arange(len(heads)), side="right"),
    )
    return Words(
        starts,
        ends,
        heads,
        lefts,
        rights,
        sentences,
        lines,
        quotations,
        relations,
        np.stack(columns, axis=1) + _offsets(),
        np.array([p for ps, _ in cut for p in ps], np.int64),
        np.concatenate([[0], np.cumsum([len(ps) for ps, _ in cut])]).astype(np.int64),
    )


def _numbers(values: Ints, kind: str, store: StringStore) -> Ints:
    """The labels' places in the list ``kind``, from 1; 0 for a label that is not in it."""
    unique, inverse = np.unique(values, return_inverse=True)
    listed = _listed(kind)
    numbers: Ints = np.array([listed.get(store[int(v)], 0) for v in unique.astype(np.uint64)], np.int64)
    return numbers[inverse]


@cache
def _listed(kind: str) -> dict[str, int]:
    names: list[str] = lexicon("learned")[kind]
    return {name: i for i, name in enumerate(names, 1)}


def _changes(values: Ints) -> Ints:
    changes: Ints = (np.diff(values, prepend=-1) != 0).astype(np.int64)
    return changes


def _lines(layout: Layout, starts: Ints) -> tuple[Ints, Ints]:
    if not layout.lines:
        return np.zeros(len(starts), np.int64), np.zeros(len(starts), np.int64)
    number = _at([line.start for line in layout.lines], starts).clip(0)
    kinds = np.array([_LINE_KINDS[line.kind] for line in layout.lines])
    return number, kinds[number]


def _quotations(layout: Layout, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The quotation of each word, and whether it is out (0), in (1), first (2), last (3), in an unclosed one (4)."""
    if not layout.quotations:
        return np.full(len(starts), -1, np.int64), np.zeros(len(starts), np.int64)
    first = np.array([q.start for q in layout.quotations])
    last = np.array([q.end for q in layout.quotations])
    closed = np.array([q.closed for q in layout.quotations])
    number = _at(first, starts)
    inside = (number >= 0) & (starts < last[number])
    state = np.where(closed[number], 1, 4)
    state = np.where(ends >= last[number], 3, state)
    state = np.where(starts == first[number], 2, state)
    return np.where(inside, number, -1), np.where(inside, state, 0)


def _at(begins: Any, offsets: Ints) -> Ints:
    return np.searchsorted(np.asarray(begins), offsets, side="right") - 1


def _subtrees(heads: Ints) -> tuple[Ints, Ints]:
    """The first and last word of every word's subtree: edges handed up to the heads until nothing moves."""
    lefts, rights = np.arange(len(heads)), np.arange(len(heads))
    for _ in range(_DEEPEST):
        before = lefts.copy(), rights.copy()
        np.minimum.at(lefts, heads, before[0])
        np.maximum.at(rights, heads, before[1])
        if np.array_equal(before[0], lefts) and np.array_equal(before[1], rights):
            break
    return lefts, rights


def punctuation(words: Words) -> Ints:
    """Which words are marks."""
    marks: Ints = words.features[:, _CASE_COLUMN] == _offsets()[_CASE_COLUMN] + MARK
    return marks
