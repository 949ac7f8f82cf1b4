"""The learned attribution: who is credited with which words, by a small network told about the parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

import numpy as np

from onrecord.reading.learned_decoding import Decoding, Found, compatible, found_in, likeliest, spans_of
from onrecord.reading.learned_network import Floats, Network, shipped_network, shipped_pieces
from onrecord.reading.learned_pieces import NUMBER_OF_CASES, Pieces
from onrecord.reading.learned_windows import Window, batch_of, seen_from, windows_of
from onrecord.reading.learned_words import Ints, Words, feature_sizes, words_of
from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Attribution

_Item = TypeVar("_Item")

_AT_ONCE = 8  # windows encoded together
_PAIRS_AT_ONCE = 12_000  # cues times words linked together
_CASE_COLUMN = 3


@dataclass(frozen=True, slots=True, eq=False)
class LearnedAttribution:
    """The door ``Attribute`` with a trained network behind it.

    The text is read in windows of up to 256 word pieces. In each, words that stand for a cue are found, and from every
    such cue the words round it are told source, cue and content; of what is found, the surest that can stand together
    are kept. Trained on PolNeAR (Newell et al. 2018): see ``training/attribution``.
    """

    network: Network = field(default_factory=shipped_network, repr=False)
    pieces: Pieces = field(default_factory=shipped_pieces, repr=False)
    decoding: Decoding = field(default_factory=Decoding)

    def __call__(self, parsed: Parsed) -> tuple[Attribution, ...]:
        words = words_of(parsed, self.pieces)
        found = compatible(list(self.candidates(words)), len(words), self.decoding)
        return tuple(
            Attribution(spans_of(words, f.source), spans_of(words, f.cue), spans_of(words, f.content)) for f in found
        )

    def candidates(self, words: Words) -> Iterator[Found]:
        """Every attribution that may be meant, not yet weighed against the others."""
        windows = sorted(windows_of(words), key=lambda w: w.end - w.start)
        for some in _taken(windows, _AT_ONCE):
            yield from self._in_windows(words, some)

    def _in_windows(self, words: Words, windows: Sequence[Window]) -> Iterator[Found]:
        encoded = self.network.encode(batch_of(words, windows, self.pieces))
        likely = 1 / (1 + np.exp(-encoded.found))
        marks = _marks(words)
        cues = [
            (row, window, int(at) + window.first, float(likely[row, at + window.first - window.start]))
            for row, window in enumerate(windows)
            for at in np.flatnonzero(
                likely[row, window.first - window.start : window.last - window.start] > self.decoding.follow
            )
        ]
        for some in _taken(cues, max(1, _PAIRS_AT_ONCE // likely.shape[1])):
            rows = np.array([row for row, *_ in some])
            places = np.array([anchor - window.start for _, window, anchor, _ in some])
            logits = self.network.link(
                encoded.words[rows],
                encoded.cues[rows, places],
                encoded.gates[rows, places],
                _seen(words, some, likely.shape[1]),
            )
            probabilities = _softmax(logits)
            lengths = np.array([window.end - window.start for _, window, _, _ in some])
            roles = likeliest(np.log(probabilities + 1e-6), lengths, self.decoding.change)
            for i, (_, window, anchor, sure) in enumerate(some):
                n = window.end - window.start
                found = found_in(
                    roles[i, :n], probabilities[i, :n], anchor, window.start, sure, marks[window.start : window.end]
                )
                if found is not None:
                    yield found


def _seen(words: Words, cues: Sequence[tuple[int, Window, int, float]], width: int) -> Ints:
    relations = feature_sizes()[1]
    seen = np.zeros((len(cues), width, 4), np.int64)
    for i, (_, window, anchor, _) in enumerate(cues):
        seen[i, : window.end - window.start] = seen_from(words, anchor, window.start, window.end, relations)
    return seen


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    shares: Floats = raised / raised.sum(-1, keepdims=True)
    return shares


def _marks(words: Words) -> Ints:
    """Which words are punctuation."""
    offset = 1 + sum(feature_sizes()[:_CASE_COLUMN])
    marks: Ints = words.features[:, _CASE_COLUMN] == offset + NUMBER_OF_CASES - 1
    return marks


def _taken(items: Sequence[_Item], at_once: int) -> Iterator[list[_Item]]:
    rest = iter(items)
    while some := list(islice(rest, at_once)):
        yield some
