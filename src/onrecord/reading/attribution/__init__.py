"""Who is credited with which words, by rules over the parse and the quotations.

Candidates (``candidates``) are kept when their lemma is a cue in their frame, each cue keeps its best content, the
quotations beside a cue become its content (``quotations``), and what is left is trimmed, ordered and nested (``spans``).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from onrecord.reading.attribution.candidates import Candidate, candidates
from onrecord.reading.attribution.quotations import with_quotations
from onrecord.reading.attribution.spans import attributions
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Attribution

__all__ = ["attribute"]


def attribute(parsed: Parsed) -> tuple[Attribution, ...]:
    """The attributions of a document, in the order of their words."""
    licensed = _one_a_cue(c for c in candidates(parsed) if _licensed(c))
    return attributions(parsed, with_quotations(parsed, licensed))


def _licensed(candidate: Candidate) -> bool:
    return candidate.lemma in _frames().get(candidate.frame, ())


@cache
def _frames() -> dict[str, frozenset[str]]:
    return {frame: frozenset(lemmas) for frame, lemmas in lexicon("attribution")["frames"].items()}


# Which content wins where one cue has several: what is said before what is spoken of.
_ORDER = ("according", "clause", "fronted", "small", "inf")


def _one_a_cue(found: Iterable[Candidate]) -> list[Candidate]:
    best: dict[int, Candidate] = {}
    for candidate in found:
        rival = best.get(candidate.head)
        if rival is None or _rank(candidate) < _rank(rival):
            best[candidate.head] = candidate
    return list(best.values())


def _rank(candidate: Candidate) -> tuple[int, int]:
    frame = candidate.frame
    length = sum(end - start for start, end in candidate.content)
    return (_ORDER.index(frame) if frame in _ORDER else len(_ORDER)), -length
