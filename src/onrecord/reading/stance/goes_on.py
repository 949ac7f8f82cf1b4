"""Which attribution goes on with the speaker of one before it, so that its day and its medium still hold."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from onrecord.model import PartyKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.stance.wording import Wording
from onrecord.reading.steps import Credit

# A speaker named again further down than this many lines may speak on another day.
_FARTHEST = 3


def taken_up(parsed: Parsed, wordings: Sequence[Wording], credits: Sequence[Credit]) -> list[tuple[int, ...]]:
    """For each attribution those it goes on with, nearest first, none of them nested: the last before it when it is
    in the same line or the next and its source is the same words, a pronoun, or a document named again; then, up to
    three lines on, those of the same person. A cue that tells of more than this occasion goes on with nothing."""
    lines = [_line(parsed, w) for w in wordings]
    speakers = _speakers(parsed, wordings, credits)
    found: list[tuple[int, ...]] = []
    outer: list[int] = []
    for index, this in enumerate(wordings):
        before: tuple[int, ...] = ()
        if this.attribution.within is None:
            near = [i for i in outer[-8:] if lines[index] - lines[i] <= _FARTHEST]
            before = () if of_other_days(this) else _before(wordings, lines, speakers, near, index)
            before = tuple(i for i in before if not (credits and _others(credits[i], credits[index])))
            outer.append(index)
        if before and speakers[index] is None:
            speakers[index] = speakers[before[0]]
        found.append(before)
    return found


def _before(
    wordings: Sequence[Wording], lines: Sequence[int], speakers: list[str | None], near: Sequence[int], index: int
) -> tuple[int, ...]:
    speaker = speakers[index]
    same = tuple(i for i in reversed(near) if speaker is not None and speakers[i] == speaker)
    if near and lines[index] - lines[near[-1]] <= 1 and _goes_on(wordings[near[-1]], wordings[index]):
        told_apart = speaker is not None and speakers[near[-1]] not in (None, speaker)
        if not told_apart and near[-1] not in same:
            return (near[-1], *same)
    return same


def of_other_days(wording: Wording) -> bool:
    """Whether a cue tells of what was said before or again and again: "had said", "has repeatedly said"."""
    verb = wording.cue_head
    if verb is None or verb.pos_ not in ("VERB", "AUX"):
        return False
    words = {c.lower_ for c in verb.children if c.dep_ in ("advmod", "aux", "npadvmod")}
    return bool(words & _words("other_days"))


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


def _speakers(parsed: Parsed, wordings: Sequence[Wording], credits: Sequence[Credit]) -> list[str | None]:
    """The person each attribution is credited to, by id, or by the last name where nobody resolved the sources; None
    for organisations and the unnamed: these say things on many days."""
    if credits:
        return [_person(c) for c in credits]
    persons = {ent[-1].lower_ for ent in parsed.doc.ents if ent.label_ == "PERSON"}
    heads = (w.source_head for w in wordings)
    return [h.lower_ if h is not None and h.pos_ == "PROPN" and h.lower_ in persons else None for h in heads]


def _others(one: Credit, other: Credit) -> bool:
    """Whether two are known to be credited to different parties."""
    ids = [{p.id for p in c.claimant} for c in (one, other)]
    return bool(ids[0] and ids[1]) and not ids[0] & ids[1]


def _person(credit: Credit) -> str | None:
    only = credit.claimant[0] if len(credit.claimant) == 1 else None
    return only.id if only is not None and only.kind is PartyKind.PERSON else None


def _line(parsed: Parsed, wording: Wording) -> int:
    """The number of the line of text an attribution stands in."""
    spans = wording.attribution.cue or wording.attribution.content
    start = spans[0].start if spans else 0
    return bisect_right(parsed.layout.lines, start, key=lambda line: line.start)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon("stance")["goes_on"][table])
