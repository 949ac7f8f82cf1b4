"""Who is credited with which words, by rules over the parse and the quotations.

Candidates (``candidates``) are kept when their lemma is a cue in their frame (``cues``), each cue keeps its best
content, the quotations beside a cue become its content (``quotations``), and what is left is trimmed, ordered and
nested (``spans``).
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.reading.attribution.rules.candidates import Candidate, Range, candidates
from onrecord.reading.attribution.rules.cues import frames
from onrecord.reading.attribution.rules.headlines import headlines
from onrecord.reading.attribution.rules.quotations import with_quotations
from onrecord.reading.attribution.rules.spans import attributions
from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Attribution

__all__ = ["attribute"]


def attribute(parsed: Parsed) -> tuple[Attribution, ...]:
    """The attributions of a document, in the order of their words."""
    licensed = _one_a_cue(c for c in candidates(parsed) if _licensed(c))
    found = with_quotations(parsed, licensed) + list(headlines(parsed))
    return attributions(parsed, _without_relays(found))


def _without_relays(found: list[Candidate]) -> list[Candidate]:
    """``…, X said, according to Interfax``: Interfax passes on what X said, and is no part of it."""
    kept = []
    for candidate in found:
        said = [] if candidate.frame != "according" else [d for d in found if _is_told(candidate, d)]
        if not said:
            kept.append(candidate)
        end = candidate.source[1] if candidate.source else candidate.cue[1]
        for other in said:
            other.content = [r for part in other.content for r in _cut(part, (candidate.cue[0], end))]
    return kept


def _is_told(relay: Candidate, said: Candidate) -> bool:
    if said is relay or said.source is None or said.frame not in ("clause", "fronted", "quotation", "small"):
        return False
    inside = sum(_shared(a, b) for a in said.content for b in relay.content)
    if any(start <= said.head < end for start, end in relay.content):
        return 2 * inside > _length(relay.content)
    # …, X said that …, according to Interfax: the parser hung it on what was said; all of it is passed on
    hung = any(start <= relay.head < end for start, end in said.content)
    return hung and inside >= 0.8 * (_length(said.content) - _length([relay.cue, relay.source or relay.cue]))


def _length(ranges: list[Range]) -> int:
    return sum(end - start for start, end in ranges)


def _shared(a: Range, b: Range) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _cut(words: Range, out: Range) -> list[Range]:
    if not _shared(words, out):
        return [words]
    return [r for r in ((words[0], out[0]), (out[1], words[1])) if r[0] < r[1]]


def _licensed(candidate: Candidate) -> bool:
    if candidate.source is None and candidate.frame not in _SOURCELESS:
        return False
    return candidate.lemma in frames().get(candidate.frame, ())


# Frames whose cue alone credits somebody: "is expected to", "officials said" with the source lost by the parser.
_SOURCELESS = frozenset(
    ("fronted", "according", "passive:inf", "passive:small", "passive:clause", "passive:prep:of", "adverb")
)


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
    return (_ORDER.index(frame) if frame in _ORDER else len(_ORDER)), -_length(candidate.content)
