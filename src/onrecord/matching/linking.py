"""Decides whether two statements tell one thing, by their fields: similarity proposes, fields decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, log2

from onrecord.matching.dates import days, meet
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
_SURE = 1.75
_LEAST = 0.15  # words in common below which nothing but a figure ties two statements
_MOST = _SAME_PLACE + _SAME_DAYS + _VOICE[Kin.SAME] + _STORY  # what a place, days, claimant and story add at most
_IDLE = frozenset(("distance", "duration", "age"))  # measures of which many things have the same
_KIN = {Kin.SAME: "same claimant", Kin.AKIN: "claimants described alike"}
_GAP = 0.25  # for each doubling of the days between two texts
_NEWS = 2  # days between two texts about one event
_OWN_WORDS = 0.55  # what two authors must share to be taken for one text's words, where they share no figure
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


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What two statements have in common, and the log odds that they tell one thing, texts of one story left out."""

    odds: float
    kin: Kin
    words: float
    figures: tuple[tuple[Told, Told], ...]


class Linker:
    """Decides pairs of statements. ``stories`` are the pairs of documents that are of one story.

    Two texts are of one story when some of their statements are surely one; what else they have in common is then
    likelier to be one too.
    """

    def __init__(self, voices: Voices) -> None:
        self.voices = voices
        self.stories: frozenset[tuple[str, str]] = frozenset()

    def links(self, tellings: Sequence[Telling], pairs: Iterable[tuple[int, int]]) -> list[Link]:
        """The links among the proposed pairs; the sure ones tell first which texts are of one story."""
        weighed = [
            (tellings[a], tellings[b], found) for a, b in pairs if (found := self._weigh(tellings[a], tellings[b]))
        ]
        self.stories = frozenset(
            _documents(one, other)
            for one, other, found in weighed
            if found.odds >= _SURE and found.kin >= Kin.AKIN and self._decide(one, other, found)
        )
        links = [link for one, other, found in weighed if (link := self._decide(one, other, found))]
        return [*links, *self._parts(tellings, links)]

    def _parts(self, tellings: Sequence[Telling], links: Sequence[Link]) -> Iterator[Link]:
        """Links of statements that are told as one elsewhere: whose other half is the statement before or after.

        Of a statement that is linked, what the link leaves over is looked for in the neighbours of the other: it counts
        how much of that is there, not what more they say.
        """
        linked = {(link.one.n, link.other.n) for link in links}
        for link in links:
            for whole, part in ((link.one, link.other), (link.other, link.one)):
                if not link.claim or whole.at.document == part.at.document:
                    continue
                rest = whole.without(part.words)
                for n in (part.n - 1, part.n + 1):
                    ends = min(n, whole.n), max(n, whole.n)
                    if 0 <= n < len(tellings) and ends not in linked and beside(part, tellings[n]):
                        beside_it = replace(tellings[n], mass=rest.mass)
                        found = self._weigh(beside_it, rest)
                        if found and (other := self._decide(beside_it, rest, found)) and other.claim:
                            linked.add(ends)
                            yield replace(other, one=tellings[ends[0]], other=tellings[ends[1]])

    def link(self, one: Telling, other: Telling) -> Link | None:
        """What ties two statements, the same whichever comes first; None where they are not of one thing."""
        found = self._weigh(one, other)
        return self._decide(one, other, found) if found else None

    def _weigh(self, one: Telling, other: Telling) -> _Weighed | None:
        """None where nothing else could make up for what the two lack in words and figures."""
        equal = tuple(_equal(one, other)) if one.slots & other.slots and one.numbers & other.numbers else ()
        words = _alike(one, other, weigh(one.words & other.words))
        odds = _BASE + _WORDS * words + _figure(one, other, equal)
        if odds + _MOST < 0 or (words < _LEAST and not equal) or overlap(one, other):
            return None
        kin = self.voices.kin(one.voice, other.voice)
        odds += _VOICE[kin] + _place(one, other, equal)[0] + _days(equal) - _GAP * log2(1 + _gap(one, other))
        return _Weighed(odds, kin, words, equal) if odds + _STORY >= 0 else None

    def _decide(self, one: Telling, other: Telling, found: _Weighed) -> Link | None:
        story = _documents(one, other) in self.stories
        odds = found.odds + _STORY * story
        if odds < 0 or not _may(one, other, found.kin, found.words, bool(found.figures)):
            return None
        if not found.figures and _gap(one, other) > _NEWS and _apart(one, other, found.words):
            return None
        contrary = contradict(one.heads, other.heads)
        if contrary and found.words < _VERBATIM:
            return None
        score = round(1 / (1 + exp(-odds)), 4)
        claim = found.kin >= Kin.AKIN and not contrary
        reasons = tuple(_reasons(one, other, found, story))
        return Link(one, other, score, claim, found.kin, found.words, found.figures, reasons, contrary)


def _reasons(one: Telling, other: Telling, found: _Weighed, story: bool) -> Iterator[str]:
    if found.words:
        yield f"words in common: {round(100 * found.words)} %"
    if found.figures:
        best = _best(found.figures)
        yield f"same figure: {best.figure.text}{f' {best.figure.measure}' if best.figure.measure else ''}"
    if place := _place(one, other, found.figures)[1]:
        yield f"same place: {place}"
    if _days(found.figures) > 0:
        yield "same days"
    if found.kin in _KIN:
        yield _KIN[found.kin]
    if story:
        yield "texts of one story"


def _documents(one: Telling, other: Telling) -> tuple[str, str]:
    return min(one.at.document, other.at.document), max(one.at.document, other.at.document)


def _may(one: Telling, other: Telling, kin: Kin, words: float, figure: bool) -> bool:
    """Whether two voices may tell one thing at all, by how alike their words are and whether they share a figure."""
    if kin is Kin.OTHER:
        return words >= _VERBATIM
    if one.voice.author and other.voice.author:
        return words >= _OWN_WORDS or figure
    return True


def _apart(one: Telling, other: Telling, words: float) -> bool:
    """Whether two texts tell of other places or other days: daily reports have their words from the day before."""
    if one.fine and other.fine and words < _VERBATIM and _spots(one.fine, other.fine)[0] < 0:
        return True
    here, there = days(one.text, one.day), days(other.text, other.day)
    return bool(here and there) and not any(meet(a, b) for a in here for b in there)


def overlap(one: Telling, other: Telling) -> bool:
    """Whether the two stand on the same words of one document: one is told within the other."""
    if one.at.document != other.at.document:
        return False
    spans = other.at.statement.content.spans
    return any(a.start < b.end and b.start < a.end for a in one.at.statement.content.spans for b in spans)


def beside(one: Telling, other: Telling) -> bool:
    """Whether two statements are of one document and one voice."""
    return one.at.document == other.at.document and (one.voice.author, one.voice.keys) == (
        other.voice.author,
        other.voice.keys,
    )


def _alike(one: Telling, other: Telling, shared: float) -> float:
    """The weight of the words in common against that of the shorter and, less, of the longer statement."""
    least, most = sorted((one.mass, other.mass))
    return shared / (0.7 * least + 0.3 * most + _FEW)


def _equal(one: Telling, other: Telling) -> Iterator[tuple[Told, Told]]:
    for a in one.figures:
        for b in other.figures:
            if a.figure.measure not in _IDLE and comparable(a, b) and same_value(a, b):
                yield a, b


def _figure(one: Telling, other: Telling, equal: tuple[tuple[Told, Told], ...]) -> float:
    if equal:
        return _FIGURE * telling(_best(equal).value)
    return _OTHER_FIGURES if one.heads and other.heads else 0.0


def _best(equal: tuple[tuple[Told, Told], ...]) -> Told:
    return max(equal, key=lambda pair: telling(pair[0].value))[0]


def _place(one: Telling, other: Telling, equal: tuple[tuple[Told, Told], ...]) -> tuple[float, str]:
    """By the places of the figures they share, else by those of the statements, and the name of the one they share;
    the wide say little."""
    for a, b in equal:
        if a.spot and b.spot:
            return _spots((a.spot,), (b.spot,))
    return _spots(one.fine, other.fine) if one.fine and other.fine else (0.0, "")


def _spots(one: tuple[Spot, ...], other: tuple[Spot, ...]) -> tuple[float, str]:
    same = next((a for a in one for b in other if a.same(b)), None)
    if same:
        return _SAME_PLACE, same.name
    return (_OTHER_PLACE if all(a.far(b) for a in one for b in other) else 0.0), ""


def _days(equal: tuple[tuple[Told, Told], ...]) -> float:
    for a, b in equal:
        if a.days and b.days:
            if a.days == b.days:
                return _SAME_DAYS
            return _OTHER_DAYS if a.days[1] < b.days[0] or b.days[1] < a.days[0] else 0.0
    return 0.0


def _gap(one: Telling, other: Telling) -> int:
    return abs((one.day - other.day).days) if one.day and other.day else 0
