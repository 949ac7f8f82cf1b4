"""Decides whether two statements tell one thing, by their fields: similarity proposes, fields decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, log2

from onrecord.matching.figures import Told, comparable, contradict, same_value, telling
from onrecord.matching.tellings import Spot, Telling
from onrecord.matching.voices import Kin, Voices
from onrecord.matching.words import weigh

# Log odds of what two statements have in common, set on the Manbij cluster's gold statements and on the other stories,
# in which no two statements of different stories are one.
_BASE = -3.4
_WORDS = 6.0
_FIGURE, _OTHER_FIGURES = 3.0, -1.0
_SAME_PLACE, _OTHER_PLACE = 0.6, -1.2
_SAME_DAYS, _OTHER_DAYS = 0.8, -1.5
_VOICE = {Kin.SAME: 0.9, Kin.AKIN: 0.3, Kin.OPEN: 0.0, Kin.OTHER: -0.6}
_FEW = 4.0  # weight of words, about two, that a short statement is taken to lack
_STORY = 1.0
_SURE = 0.85
_LEAST = 0.15  # words in common below which nothing but a figure ties two statements
_KIN = {Kin.SAME: "same claimant", Kin.AKIN: "claimants described alike"}
_GAP = 0.25  # for each doubling of the days between two texts
_ENOUGH = 0.5
_OWN_WORDS = 0.5  # what two authors must share to be taken for one text's words, where they share no figure
_VERBATIM = 0.75  # what two named claimants' words must share to be taken for a retelling under another name


@dataclass(frozen=True, slots=True)
class Link:
    """Two statements that tell one thing: as one claim, or as a retelling under another name.

    ``figures`` are the pairs that print one value. ``words`` is the share of their words they have in common. They are
    ``contrary`` where they say the same of figures that cannot both hold: one of them is changed.
    """

    one: Telling
    other: Telling
    score: float
    claim: bool
    kin: Kin
    words: float
    figures: tuple[tuple[Told, Told], ...]
    reasons: tuple[str, ...]
    contrary: bool = False


class Linker:
    """Decides pairs of statements. ``stories`` are the pairs of documents that are of one story.

    Two texts are of one story when some of their statements are surely one; what else they have in common is then
    likelier to be one too.
    """

    def __init__(self, voices: Voices) -> None:
        self.voices = voices
        self.stories: frozenset[tuple[str, str]] = frozenset()

    def links(self, tellings: Sequence[Telling], pairs: Iterable[tuple[int, int]]) -> list[Link]:
        """The links among the proposed pairs, found twice: the sure ones tell first which texts are of one story."""
        proposed = [pair for pair in pairs if self.likely(tellings[pair[0]], tellings[pair[1]])]
        sure = (self.link(tellings[a], tellings[b]) for a, b in proposed)
        self.stories = frozenset(
            _documents(one.one, one.other) for one in sure if one and one.claim and one.score >= _SURE
        )
        return [found for a, b in proposed if (found := self.link(tellings[a], tellings[b]))]

    def likely(self, one: Telling, other: Telling) -> bool:
        """Whether two statements can be linked at all: cheap, and never false for what ``link`` ties."""
        if one.slots & other.slots and one.numbers & other.numbers:
            return True
        shared = one.words & other.words
        return bool(shared) and _alike(one, other, weigh(shared)) >= _LEAST

    def link(self, one: Telling, other: Telling) -> Link | None:
        """What ties two statements, the same whichever comes first; None where they are not of one thing."""
        if overlap(one, other):
            return None
        equal = tuple(_equal(one, other)) if one.slots & other.slots else ()
        words = _alike(one, other, weigh(one.words & other.words))
        if words < _LEAST and not equal:
            return None
        kin = self.voices.kin(one.voice, other.voice)
        story = _documents(one, other) in self.stories
        parts = [
            (_BASE, ""),
            (_WORDS * words, f"words in common: {round(100 * words)} %"),
            *_figure(one, other, equal),
            *_place(one, other, equal),
            *_days(equal),
            (_VOICE[kin], _KIN.get(kin, "")),
            (-_GAP * log2(1 + _gap(one, other)), ""),
            (_STORY * story, "texts of one story"),
        ]
        score = 1 / (1 + exp(-sum(part for part, _ in parts)))
        if score < _ENOUGH or not _may(one, other, kin, words, bool(equal)):
            return None
        contrary = contradict(one.heads, other.heads)
        if contrary and words < _VERBATIM:
            return None
        reasons = tuple(why for part, why in parts if why and part > 0)
        claim = kin >= Kin.AKIN and not contrary
        return Link(one, other, round(score, 4), claim, kin, words, equal, reasons, contrary)


def _documents(one: Telling, other: Telling) -> tuple[str, str]:
    return min(one.at.document, other.at.document), max(one.at.document, other.at.document)


def _may(one: Telling, other: Telling, kin: Kin, words: float, figure: bool) -> bool:
    """Whether two voices may tell one thing at all, by how alike their words are and whether they share a figure."""
    if kin is Kin.OTHER:
        return words >= _VERBATIM
    if one.voice.author and other.voice.author:
        return words >= _OWN_WORDS or figure
    return True


def overlap(one: Telling, other: Telling) -> bool:
    """Whether the two stand on the same words of one document: one is told within the other."""
    if one.at.document != other.at.document:
        return False
    spans = other.at.statement.content.spans
    return any(a.start < b.end and b.start < a.end for a in one.at.statement.content.spans for b in spans)


def _alike(one: Telling, other: Telling, shared: float) -> float:
    """The weight of the words in common against that of the shorter and, less, of the longer statement."""
    least, most = sorted((one.mass, other.mass))
    return shared / (0.7 * least + 0.3 * most + _FEW)


def _equal(one: Telling, other: Telling) -> Iterator[tuple[Told, Told]]:
    for a in one.figures:
        for b in other.figures:
            if comparable(a, b) and same_value(a, b):
                yield a, b


def _figure(one: Telling, other: Telling, equal: tuple[tuple[Told, Told], ...]) -> Iterator[tuple[float, str]]:
    if not equal and one.heads and other.heads:
        yield _OTHER_FIGURES, ""
    if equal:
        best = max(equal, key=lambda pair: telling(pair[0].value))[0]
        measure = f" {best.figure.measure}" if best.figure.measure else ""
        yield _FIGURE * telling(best.value), f"same figure: {best.figure.text}{measure}"


def _place(one: Telling, other: Telling, equal: tuple[tuple[Told, Told], ...]) -> Iterator[tuple[float, str]]:
    """By the places of the figures they share, else by those of the statements; the wide say little."""
    for a, b in equal:
        if a.spot and b.spot:
            yield from _spots((a.spot,), (b.spot,))
            return
    yield from _spots(tuple(s for s in one.spots if s.fine), tuple(s for s in other.spots if s.fine))


def _spots(one: tuple[Spot, ...], other: tuple[Spot, ...]) -> Iterator[tuple[float, str]]:
    if not one or not other:
        return
    same = next((a for a in one for b in other if a.same(b)), None)
    if same:
        yield _SAME_PLACE, f"same place: {same.name}"
    elif all(a.far(b) for a in one for b in other):
        yield _OTHER_PLACE, ""


def _days(equal: tuple[tuple[Told, Told], ...]) -> Iterator[tuple[float, str]]:
    for a, b in equal:
        first, second = a.days, b.days
        if first and second:
            if first == second:
                yield _SAME_DAYS, "same days"
            elif first[1] < second[0] or second[1] < first[0]:
                yield _OTHER_DAYS, ""
            return


def _gap(one: Telling, other: Telling) -> int:
    return abs((one.day - other.day).days) if one.day and other.day else 0
