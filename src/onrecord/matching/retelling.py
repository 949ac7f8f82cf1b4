"""Which statement is the telling that another one retells: the one nearest the claimant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from onrecord.matching.figures import comparable
from onrecord.matching.linking import Link
from onrecord.matching.tellings import Telling
from onrecord.matching.voices import Kin
from onrecord.model import Quotation

_AS_ALIKE = 0.85  # of the best score
_IN_TEXT = 0.45  # of the words, for one text to tell a thing twice where no figure says so
_PARTS = 6  # figures of a statement that are added up


Tie = tuple[Telling, Link]


@dataclass(frozen=True, slots=True)
class Retelling:
    """A statement and the telling it is held against.

    ``link`` is None where the retelling only has the sum of the telling's figures. ``level`` are the tellings as near
    to the claimant as this one, ``others`` those further off, nearest first, that may say what the first does not.
    """

    told: Telling
    retold: Telling
    link: Link | None
    level: tuple[Tie, ...] = ()
    others: tuple[Tie, ...] = ()


Nearness = tuple[bool, int, int, date]


def nearness(one: Telling) -> Nearness:
    """The less, the nearer a telling is to its claimant: attributed at all, in its own words, through fewer relays,
    earlier."""
    statement = one.at.statement
    plain = one.voice.author or statement.cue is None
    words = 2 if plain else int(statement.quotation is not Quotation.DIRECT)
    return not one.voice.named, words, len(statement.relays), one.day or date.max


def retellings(tellings: Sequence[Telling], links: Iterable[Link]) -> Iterator[Retelling]:
    """Every statement with the tellings it retells.

    Those nearest the claimant are each held against it; where several are equally near, the first of them is held
    against the rest too. A statement of nobody, or of somebody unnamed, retells one telling of the named: that of its
    own document, else of its claim, else the nearest of those most alike. Within one document only what has no cue of
    its own (a headline) retells.
    """
    ties: dict[int, list[Tie]] = defaultdict(list)
    for link in links:
        first, second = sorted((link.one, link.other), key=lambda one: (nearness(one), one.n))
        if _retells(first, second, link):
            ties[second.n].append((first, link))
    summed = _sums(tellings)
    for one in tellings:
        every = sorted(ties.get(one.n, ()), key=lambda tie: (nearness(tie[0]), tie[0].n))
        here = [tie for tie in every if tie[0].voice.named and tie[0].at.document == one.at.document]
        claims = [tie for tie in every if tie[1].claim or tie[1].contrary]
        if one.voice.named or not (here or one.n in summed):
            yield from _of_claim(one, claims) if claims else _of_another(one, every)
        else:
            yield from _of_another(one, here) if here else (Retelling(summed[one.n], one, None),)


def _retells(told: Telling, retold: Telling, link: Link) -> bool:
    if told.at.document == retold.at.document:
        if retold.at.statement.cue is not None and link.kin is Kin.SAME:
            return False
        if not link.figures and link.words < _IN_TEXT:
            return False
    if link.claim:
        return True
    return told.voice.named or link.contrary


def _of_claim(one: Telling, ties: Sequence[Tie]) -> Iterator[Retelling]:
    if not ties:
        return
    nearest = nearness(ties[0][0])
    level = [tie for tie in ties if nearness(tie[0]) == nearest]
    if nearness(one) == nearest:
        level = level[:1]
    rest = tuple(ties[len(level) :])
    for told, link in level:
        yield Retelling(told, one, link, tuple(level), rest)


def _of_another(one: Telling, ties: Sequence[Tie]) -> Iterator[Retelling]:
    """The nearest of those that are most alike, and not later."""
    ties = [tie for tie in ties if not (tie[0].day and one.day and tie[0].day > one.day)]
    if ties:
        best = max(link.score for _, link in ties)
        told, link = next(tie for tie in ties if tie[1].score >= _AS_ALIKE * best)
        yield Retelling(told, one, link)


def _sums(tellings: Sequence[Telling]) -> dict[int, Telling]:
    """For statements of nobody named, the named telling of the same document whose parts add up to what they tell."""
    documents: dict[str, list[Telling]] = defaultdict(list)
    for one in tellings:
        if one.voice.named and len(one.heads) > 1:
            documents[one.at.document].append(one)
    found: dict[int, Telling] = {}
    for one in tellings:
        told = next((told for told in documents.get(one.at.document, ()) if _is_sum(one, told)), None)
        if told and not one.voice.named:
            found[one.n] = told
    return found


def _is_sum(one: Telling, told: Telling) -> bool:
    for total in one.heads:
        parts = [part for part in told.heads[:_PARTS] if comparable(total, part) and part.value]
        if total.value and any(
            abs(sum(part.value or 0 for part in some) - total.value) < 0.5
            for size in range(2, len(parts) + 1)
            for some in combinations(parts, size)
        ):
            return True
    return False
