"""Which attribution goes on with the speaker of one before it, so that its day and its medium still hold."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.stance.wording import Wording

# A speaker named again further down than this many lines may speak on another day.
_FARTHEST = 3


def taken_up(parsed: Parsed, wordings: Sequence[Wording]) -> list[int | None]:
    """For each attribution the one it goes on with: the last before it that is not nested, in the same line
    or the next, when its source is the same words, a pronoun, or a document named again; or, up to three
    lines on, the same person's name."""
    lines = [_line(parsed, w) for w in wordings]
    names = _names(parsed, wordings)
    found: list[int | None] = []
    outer: list[int] = []
    for index, this in enumerate(wordings):
        before = None
        if this.attribution.within is None:
            near = [i for i in outer[-8:] if lines[index] - lines[i] <= _FARTHEST]
            before = _before(wordings, lines, names, near, index)
            outer.append(index)
        if before is not None and names[index] is None:
            names[index] = names[before]
        found.append(before)
    return found


def _before(
    wordings: Sequence[Wording],
    lines: Sequence[int],
    names: list[str | None],
    near: Sequence[int],
    index: int,
) -> int | None:
    if near and lines[index] - lines[near[-1]] <= 1 and _goes_on(wordings[near[-1]], wordings[index]):
        return near[-1]
    name = names[index]
    return next((i for i in reversed(near) if name is not None and names[i] == name), None)


def announces(wording: Wording) -> bool:
    """Whether a cue tells of making something public ("announced", "released")."""
    return any(t.lemma_.lower() in _words("announcing") for t in wording.cue)


def adjacent(parsed: Parsed, before: Wording, this: Wording) -> bool:
    """Whether ``this`` stands in the line of ``before`` or the next."""
    return 0 <= _line(parsed, this) - _line(parsed, before) <= 1


def _goes_on(before: Wording, this: Wording) -> bool:
    if not this.source or this.attribution.source == before.attribution.source:
        return not this.attribution.cue or bool(this.source)
    head = this.source_head
    if head is None or len(this.source) > 2:
        return False
    return head.lower_ in _words("pronouns") or (
        head.lower_ in _words("documents") and any(c.lower_ == "the" for c in head.lefts)
    )


def _names(parsed: Parsed, wordings: Sequence[Wording]) -> list[str | None]:
    """The last name of each source that is a person somewhere in the text, None for pronouns, nouns and
    organisations: these say things on many days."""
    persons = {ent[-1].lower_ for ent in parsed.doc.ents if ent.label_ == "PERSON"}
    heads = (w.source_head for w in wordings)
    return [h.lower_ if h is not None and h.pos_ == "PROPN" and h.lower_ in persons else None for h in heads]


def _line(parsed: Parsed, wording: Wording) -> int:
    """The number of the line of text an attribution stands in."""
    spans = wording.attribution.cue or wording.attribution.content
    start = spans[0].start if spans else 0
    return bisect_right(parsed.layout.lines, start, key=lambda line: line.start)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon("stance")["goes_on"][table])
