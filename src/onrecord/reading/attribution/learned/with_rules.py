"""The learned attribution and the rules together: the network finds, and what the rules find too counts for more.

Measured on PolNeAR dev and on war stories (figures in ``training/attribution/README.md``): the network finds more, the
rules know better who speaks where the network is unsure, and which quotations go on without a cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import numpy as np

from onrecord.model import Span
from onrecord.reading.attribution.learned import LearnedAttribution, ordered
from onrecord.reading.attribution.learned.decoding import Found, Run, attribution_of, compatible
from onrecord.reading.attribution.learned.words import Words, words_of
from onrecord.reading.attribution.naming import name_of
from onrecord.reading.attribution.rules import attribute as by_rules
from onrecord.reading.attribution.turns import takes_over, turned
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Attribute, Attribution, Spans

# The share of an "according to"'s content that the statement it passes on may leave over.
_LEFT_OVER = 0.2
# Words of a content inside another's. With any length the sources on PolNeAR dev fall by 0.8, with nine or more the
# joint figure on the stories by 1.0.
_NESTED = 8


@dataclass(frozen=True, slots=True)
class Agreement:
    """``bonus``: what an attribution gains when the rules have its cue too. ``alone``: how sure one must be that they
    do not have. ``possible``: how sure one must be that is then taken as the rules have it. ``source``: how sure the
    network must be of a source for the rules' not to be taken."""

    bonus: float = 0.1
    alone: float = 0.5
    possible: float = 0.4
    source: float = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class LearnedWithRules:
    """The door ``Attribute`` with both behind it."""

    learned: LearnedAttribution = field(default_factory=LearnedAttribution)
    rules: Attribute = by_rules
    agreement: Agreement = field(default_factory=Agreement)

    @property
    def name(self) -> str:
        """``learned-with-rules`` and a digest of the weights and of the settings of both."""
        settings = f"{self.learned.digest} {name_of(self.rules)} {self.agreement}"
        return f"learned-with-rules.{blake2b(settings.encode(), digest_size=4).hexdigest()}"

    def __call__(self, parsed: Parsed) -> tuple[Attribution, ...]:
        words = words_of(parsed, self.learned.pieces)
        ruled = self.rules(parsed)
        cues = _by_cue(words, ruled)
        found = list(self.learned.candidates(words))
        weighed = (self._weighed(one, cues, words) for one in found)
        kept = compatible([f for f in weighed if f is not None], len(words), self.learned.decoding)
        possible = _cue_words(f for f in found if f.score >= self.agreement.possible) - _cue_words(kept)
        sure = possible | {i for a in ruled if _counts(a, parsed.text) for i in _under(words, a.cue)}
        by_rules = [a for a in ruled if a.cue and _touches(words, a.cue, sure, _cue_words(kept))]
        going_on = _going_on(words, kept, [a for a in ruled if not a.cue])
        read = [_longer(attribution_of(words, f, parsed.text), ruled, parsed.text) for f in kept]
        by_rules += _nested(words, ruled, [*read, *by_rules], parsed)
        read += [replace(a, within=None, content=_with_that(a.content, parsed.text)) for a in by_rules]
        read = turned([a for a in read if not _passes_on(a, read, words, parsed.text)], parsed.text, parsed.layout)
        return ordered(words, [*read, *going_on])

    def _weighed(self, found: Found, cues: dict[int, Attribution], words: Words) -> Found | None:
        """What the network found, surer and perhaps with another source where the rules agree; None where they do not
        and it is not sure enough alone."""
        ruled = next((cues[i] for run in found.cue for i in range(*run) if i in cues), None)
        if ruled is None:
            return found if found.score >= self.agreement.alone else None
        surer = replace(found, score=found.score + self.agreement.bonus)
        if found.sourced >= self.agreement.source or not ruled.source:
            return surer
        return replace(surer, source=tuple(runs_of(words, ruled.source)))


def runs_of(words: Words, spans: Iterable[Span]) -> list[Run]:
    """The words under ``spans``."""
    firsts = ((int(np.searchsorted(words.ends, start, side="right")), end) for start, end in spans)
    found = [(first, int(np.searchsorted(words.starts, end))) for first, end in firsts]
    return [(first, last) for first, last in found if first < last]


def _passes_on(one: Attribution, read: Sequence[Attribution], words: Words, text: str) -> bool:
    """Whether an "according to" is credited with nothing but what another is credited with: its source is then a relay
    of the other's statement ("Shoigu said …, according to Interfax")."""
    if text[slice(*one.cue[0])].lower().split(" ")[0] not in lexicon("attribution")["passing_on"]:
        return False
    told = _under(words, one.content)
    inside = (o for o in read if o.source and o.cue and any(s <= o.cue[0].start < e for s, e in one.content))
    return any(
        len(told - _under(words, (*other.cue, *other.source, *other.content))) <= _LEFT_OVER * len(told)
        for other in inside
        if other is not one
    )


def _counts(one: Attribution, text: str) -> bool:
    """Whether a count is put at a number ("put the toll at 58"), which the network knows from money only."""
    words = lexicon("attribution")["counting"]
    if not one.source or not one.cue or text[slice(*one.cue[0])].lower() not in words["cues"]:
        return False
    told = text[one.content[0].start : one.content[-1].end].lower()
    return any(noun in told for noun in words["nouns"])


def _longer(one: Attribution, ruled: Sequence[Attribution], text: str) -> Attribution:
    """The attribution, with the rules' content where they have the number of a count that it leaves out."""
    for other in ruled:
        if other.cue == one.cue and _counts(other, text) and _length(other.content) > _length(one.content):
            return replace(one, content=other.content)
    return one


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _numbers(runs: Iterable[Run]) -> set[int]:
    return {i for run in runs for i in range(*run)}


def _nested(
    words: Words, ruled: Sequence[Attribution], read: Sequence[Attribution], parsed: Parsed
) -> list[Attribution]:
    """What the rules find inside what someone says, not in quotation marks, where it is long enough to be a statement,
    or where the sentence turns to another speaker: the corpus the network learned from marks nothing inside an
    attribution, the record does."""
    said = {i for a in read for i in _under(words, a.content) if words.quotations[i] < 0}
    cues = {i for a in read for i in _under(words, a.cue)}
    told = (
        a for a in ruled if len(_under(words, a.content)) >= _NESTED or takes_over(a, read, parsed.text, parsed.layout)
    )
    placed = ((a, _under(words, a.cue)) for a in told if a.cue)
    return [a for a, cue in placed if cue and cue <= said and cue.isdisjoint(cues)]


def _with_that(content: Spans, text: str) -> Spans:
    """The content with a "that" right before it, which the network counts to it as PolNeAR does."""
    start = content[0].start
    before = text[max(0, start - 5) : start].lower()
    return (Span(start - 5, content[0].end), *content[1:]) if before == "that " else content


def _under(words: Words, spans: Iterable[Span]) -> set[int]:
    return _numbers(runs_of(words, spans))


def _cue_words(found: Iterable[Found]) -> set[int]:
    return {i for f in found for i in _numbers(f.cue)}


def _touches(words: Words, cue: Spans, possible: set[int], taken: set[int]) -> bool:
    """Whether a cue of the rules has a word the network thinks possible, and none that is another's already."""
    own = _under(words, cue)
    return not own.isdisjoint(possible) and own.isdisjoint(taken)


def _by_cue(words: Words, ruled: Sequence[Attribution]) -> dict[int, Attribution]:
    """The rules' attributions by the words of their cues."""
    return {i: a for a in reversed(ruled) for run in runs_of(words, a.cue) for i in range(*run)}


def _going_on(words: Words, kept: Sequence[Found], going_on: Sequence[Attribution]) -> list[Attribution]:
    """The quotations without a cue of their own that are not mostly someone's content already."""
    taken = np.zeros(len(words), bool)
    for found in kept:
        for start, end in found.content:
            taken[start:end] = True
    free = []
    for attribution in going_on:
        runs = runs_of(words, attribution.content)
        if runs and np.concatenate([taken[slice(*run)] for run in runs]).mean() <= 0.5:
            free.append(replace(attribution, within=None))
    return free
