"""The learned attribution: who is credited with which words, by a small network told about the parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

import numpy as np

from onrecord.reading.attribution.learned.decoding import (
    Cue,
    Decoding,
    Found,
    attribution_of,
    compatible,
    found_in,
    likeliest,
)
from onrecord.reading.attribution.learned.network import (
    Encoded,
    Floats,
    Network,
    shipped_digest,
    shipped_network,
    shipped_pieces,
)
from onrecord.reading.attribution.learned.pieces import Pieces
from onrecord.reading.attribution.learned.windows import Window, batch_of, seen_from, windows_of
from onrecord.reading.attribution.learned.words import Ints, Words, feature_sizes, punctuation, words_of
from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Attribution, Spans

_Item = TypeVar("_Item")
_Seen = tuple[int, Window, Cue]  # the window's row in its batch

_AT_ONCE = 8  # windows encoded together
_CUES_AT_ONCE = 64


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

    @property
    def name(self) -> str:
        """``learned`` and a digest of weights and settings."""
        return f"learned.{self.digest}"

    @property
    def digest(self) -> str:
        """Eight hex digits over what decides what is found: the weights (another network's type) and the settings."""
        shipped = self.network is shipped_network()
        weights = shipped_digest() if shipped else f"{type(self.network).__module__}.{type(self.network).__qualname__}"
        return blake2b(f"{weights} {self.decoding}".encode(), digest_size=4).hexdigest()

    def __call__(self, parsed: Parsed) -> tuple[Attribution, ...]:
        words = words_of(parsed, self.pieces)
        found = compatible(list(self.candidates(words)), len(words), self.decoding)
        return ordered(words, [attribution_of(words, f, parsed.text) for f in found])

    def candidates(self, words: Words) -> Iterator[Found]:
        """Every attribution that may be meant, not yet weighed against the others."""
        marks = punctuation(words)
        windows = sorted(windows_of(words), key=lambda w: w.end - w.start)
        for some in _taken(windows, _AT_ONCE):
            encoded = self.network.encode(batch_of(words, some, self.pieces))
            likely = 1 / (1 + np.exp(-encoded.found))
            cues = [cue for row, window in enumerate(some) for cue in self._cues(row, window, likely[row])]
            for few in _taken(cues, _CUES_AT_ONCE):
                yield from self._from(few, words, encoded, marks)

    def _cues(self, row: int, window: Window, likely: Floats) -> Iterator[_Seen]:
        """The window's own words that may stand for a cue."""
        own = likely[window.first - window.start : window.last - window.start]
        for at in np.flatnonzero(own > self.decoding.follow):
            yield row, window, Cue(int(at) + window.first, float(own[at]), window.start)

    def _from(self, cues: Sequence[_Seen], words: Words, encoded: Encoded, marks: Ints) -> Iterator[Found]:
        """What is attributed by each of some cues."""
        rows = np.array([row for row, _, _ in cues])
        places = np.array([cue.anchor - cue.start for _, _, cue in cues])
        counts = np.array([window.end - window.start for _, window, _ in cues])
        logits = self.network.link(
            encoded.words[rows, : counts.max()],
            encoded.cues[rows, places],
            encoded.gates[rows, places],
            _seen(words, cues, int(counts.max())),
        )
        chances = _softmax(logits)
        roles = likeliest(np.log(chances + 1e-6), counts, self.decoding.change)
        for i, (_, window, cue) in enumerate(cues):
            seen = slice(counts[i])
            marked = marks[window.start : window.end]
            found = found_in(roles[i, seen], chances[i, seen], cue, marked, self.decoding)
            if found is not None:
                yield found


def ordered(words: Words, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """In the order of the cues (of the contents where there is none), each within the shortest content it stands in."""
    placed = sorted(found, key=lambda a: ((a.cue or a.content)[0], a.content))
    inside = np.full(len(words) + 1, -1, np.int64)
    within: list[int | None] = [None] * len(placed)
    for i in sorted(range(len(placed)), key=lambda i: (-_length(placed[i].content), i)):
        one = placed[i]
        spoken = {_holder(words, inside, spans[0].start) for spans in (one.cue, one.source, one.content) if spans}
        if len(spoken) == 1 and one.cue and (holder := spoken.pop()) >= 0:
            within[i] = holder
        for start, end in one.content:
            inside[np.searchsorted(words.ends, start, side="right") : np.searchsorted(words.starts, end)] = i
    return tuple(replace(one, within=holder) for one, holder in zip(placed, within, strict=True))


def _holder(words: Words, inside: Ints, offset: int) -> int:
    return int(inside[np.searchsorted(words.ends, offset, side="right")])


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _seen(words: Words, cues: Sequence[_Seen], width: int) -> Ints:
    relations = feature_sizes()[1]
    seen = np.zeros((len(cues), width, 4), np.int64)
    for i, (_, window, cue) in enumerate(cues):
        seen[i, : window.end - window.start] = seen_from(words, cue.anchor, window.start, window.end, relations)
    return seen


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    shares: Floats = raised / raised.sum(-1, keepdims=True)
    return shares


def _taken(items: Sequence[_Item], at_once: int) -> Iterator[list[_Item]]:
    rest = iter(items)
    while some := list(islice(rest, at_once)):
        yield some
