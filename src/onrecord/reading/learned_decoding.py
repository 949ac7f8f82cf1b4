"""From the roles' probabilities to attributions: the likeliest runs of words, at most one source and one cue each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.model import Span
from onrecord.reading.learned_network import Floats
from onrecord.reading.learned_words import Ints, Words

OTHER, SOURCE, CUE, CONTENT = range(4)


@dataclass(frozen=True, slots=True)
class Decoding:
    """What was tuned on PolNeAR dev: how likely a cue must be to be followed up, how likely the attribution found to
    be kept, what it costs to change the role from one word to the next, and how much of two contents may be shared."""

    follow: float = 0.2
    keep: float = 0.4
    change: float = 1.0
    shared: float = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One attribution by word numbers (half-open runs), with how likely it is."""

    anchor: int
    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    score: float


def likeliest(logits: Floats, real: Ints, change: float) -> Ints:
    """The likeliest roles of each row's words when every change of role costs ``change`` (Viterbi 1967), all rows at
    once: rows x words. ``real`` is how many words each row has."""
    rows, count, kinds = logits.shape
    best = logits[:, 0].copy()
    came = np.zeros((count, rows, kinds), np.int8)
    own = np.arange(kinds, dtype=np.int8)
    for i in range(1, count):
        top = best.argmax(1)
        moved = best[np.arange(rows), top] - change
        stay = best >= moved[:, None]
        came[i] = np.where(stay, own, top[:, None])
        best = np.where(stay, best, moved[:, None]) + logits[:, i]
    roles = np.zeros((rows, count), np.int64)
    at = best.argmax(1)
    for i in range(count - 1, -1, -1):
        roles[:, i] = at
        at = came[i][np.arange(rows), at]
    roles[np.arange(count)[None] >= real[:, None]] = OTHER
    return roles


def runs(flags: Ints) -> list[tuple[int, int]]:
    """The half-open runs of true values.

    >>> runs(np.array([0, 1, 1, 0, 1]))
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def found_in(
    roles: Ints, probabilities: Floats, anchor: int, start: int, likely: float, punctuation: Ints
) -> Found | None:
    """The attribution one row of roles tells, None when it has no content; ``start`` numbers its first word."""
    content = _joined(runs(roles == CONTENT), punctuation, roles)
    content = [run for run in content if not punctuation[run[0] : run[1]].all()]
    if not content:
        return None
    at = anchor - start
    cue = [run for run in runs(roles == CUE) if run[0] <= at < run[1]] or [(at, at + 1)]
    source = _best(runs(roles == SOURCE), probabilities[:, SOURCE])
    sure = np.mean([probabilities[a:b, CONTENT].mean() for a, b in content])
    return Found(
        anchor,
        tuple((a + start, b + start) for a, b in source),
        tuple((a + start, b + start) for a, b in cue),
        tuple((a + start, b + start) for a, b in content),
        likely * float(sure),
    )


def _best(found: list[tuple[int, int]], probability: Floats) -> list[tuple[int, int]]:
    """A source is one run of words: the surest."""
    return sorted(found, key=lambda run: -float(probability[run[0] : run[1]].sum()))[:1]


def _joined(found: list[tuple[int, int]], punctuation: Ints, roles: Ints) -> list[tuple[int, int]]:
    """Runs with nothing but marks of no other role between them made one."""
    joined: list[tuple[int, int]] = []
    for run in found:
        gap = slice(joined[-1][1], run[0]) if joined else slice(0, 0)
        if joined and punctuation[gap].all() and (roles[gap] == OTHER).all():
            joined[-1] = (joined[-1][0], run[1])
        else:
            joined.append(run)
    return joined


def compatible(found: Sequence[Found], total: int, decoding: Decoding) -> list[Found]:
    """The attributions that can stand together, surest first choice: no two with one cue, or with the same content."""
    cues = np.zeros(total, bool)
    contents = np.full(total, -1, np.int64)
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (-f.score, f.anchor)):
        if one.score < decoding.keep or any(cues[a:b].any() for a, b in one.cue):
            continue
        words = np.concatenate([contents[a:b] for a, b in one.content])
        if (words >= 0).sum() > decoding.shared * len(words):
            continue
        for a, b in one.cue:
            cues[a:b] = True
        for a, b in one.content:
            contents[a:b] = len(kept)
        kept.append(one)
    return sorted(kept, key=lambda f: f.anchor)


def spans_of(words: Words, found: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """The runs as offsets into the text."""
    return tuple(Span(int(words.starts[a]), int(words.ends[b - 1])) for a, b in found)
