"""From the roles' probabilities to attributions: the likeliest runs of words, at most one source and one cue each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.model import Span
from onrecord.reading.attribution.learned.network import Floats
from onrecord.reading.attribution.learned.words import Ints, Words
from onrecord.reading.steps import Attribution

Run = tuple[int, int]  # half-open, word numbers

OTHER, SOURCE, CUE, CONTENT = range(4)


@dataclass(frozen=True, slots=True)
class Decoding:
    """What was tuned on PolNeAR dev.

    ``follow``: how likely a cue must be to be followed up. ``keep``: how sure an attribution must be to be kept.
    ``change``: what it costs to change the role from one word to the next. ``part``: how sure a second part of the
    content must be. ``source``: how likely a word must be to be the source where no run of words is. ``shared``: how
    much of its content an attribution may share with a surer one.
    """

    follow: float = 0.05
    keep: float = 0.3
    change: float = 1.0
    part: float = 0.7
    source: float = 0.25
    shared: float = 0.8


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that may stand for a cue, how likely, and the number of the first word seen from it."""

    anchor: int
    likely: float
    start: int


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution by word numbers (half-open runs), how likely it is, and how sure its source."""

    anchor: int
    source: tuple[Run, ...]
    cue: tuple[Run, ...]
    content: tuple[Run, ...]
    score: float
    sourced: float = 1.0


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


def runs(flags: Ints) -> list[Run]:
    """The half-open runs of true values.

    >>> runs(np.array([0, 1, 1, 0, 1]))
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def found_in(roles: Ints, probabilities: Floats, cue: Cue, punctuation: Ints, decoding: Decoding) -> Found | None:
    """The attribution one row of roles tells, None when it has no content."""
    content = [run for run in _joined(runs(roles == CONTENT), punctuation, roles) if not punctuation[slice(*run)].all()]
    content = _sure(content, probabilities[:, CONTENT], decoding.part)
    if not content:
        return None
    at = cue.anchor - cue.start
    words = [run for run in runs(roles == CUE) if run[0] <= at < run[1]] or [(at, at + 1)]
    likely = probabilities[:, SOURCE]
    source = _best(runs(roles == SOURCE), likely) or _peak(np.where(roles == OTHER, likely, 0), decoding.source)
    sure = float(np.mean([probabilities[slice(*run), CONTENT].mean() for run in content]))
    sourced = float(likely[slice(*source[0])].mean()) if source else 0.0
    weight = (sourced if source else 1 - float(likely.max())) ** 0.5
    source, words, content = ([(a + cue.start, b + cue.start) for a, b in part] for part in (source, words, content))
    return Found(cue.anchor, tuple(source), tuple(words), tuple(content), cue.likely * sure * weight, sourced)


def _sure(content: list[Run], probability: Floats, least: float) -> list[Run]:
    """The parts of a content that are sure enough; all of them when none is."""
    return [run for run in content if probability[slice(*run)].mean() >= least] or content


def _best(found: list[Run], probability: Floats) -> list[Run]:
    """A source is one run of words: the surest."""
    return sorted(found, key=lambda run: -float(probability[slice(*run)].sum()))[:1]


def _peak(probability: Floats, least: float) -> list[Run]:
    """The word that is likeliest the source, with the neighbours that are half as likely: nineteen attributions of
    twenty have one, and a lone pronoun is too short to pay for two changes of role."""
    first = last = int(probability.argmax())
    top = float(probability[first])
    if top < least:
        return []
    while first > 0 and probability[first - 1] > top / 2:
        first -= 1
    while last + 1 < len(probability) and probability[last + 1] > top / 2:
        last += 1
    return [(first, last + 1)]


def _joined(found: list[Run], punctuation: Ints, roles: Ints) -> list[Run]:
    """Runs with nothing but marks of no other role between them made one."""
    joined: list[Run] = []
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


def attribution_of(words: Words, found: Found, text: str) -> Attribution:
    """``found`` as spans of ``text``, without the marks that only join a content to what stands round it."""
    content = [_trimmed(words, run, text) for run in found.content]
    return Attribution(spans_of(words, found.source), spans_of(words, found.cue), spans_of(words, content))


# Words that are nothing but such a mark; a full stop inside a quotation belongs to it.
_JOINING = frozenset(",;:-–—")


def _trimmed(words: Words, run: Run, text: str) -> Run:
    first, last = run
    while first + 1 < last and _mark(words, first, text) in _JOINING:
        first += 1
    while first + 1 < last and (mark := _mark(words, last - 1, text)) in (*_JOINING, "."):
        if mark == "." and words.quotations[last - 1] >= 0:
            break
        last -= 1
    return first, last


def _mark(words: Words, number: int, text: str) -> str:
    return text[int(words.starts[number]) : int(words.ends[number])]


def spans_of(words: Words, found: Sequence[Run]) -> tuple[Span, ...]:
    """The runs as offsets into the text."""
    return tuple(Span(int(words.starts[a]), int(words.ends[b - 1])) for a, b in found)
