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

_PARTS = 6  # figures of a statement that are added up


@dataclass(frozen=True, slots=True)
class Retelling:
    """A statement and the telling it is held against; ``others`` are further ones, nearest the claimant first, that
    may say what the first does not. ``link`` is None where the retelling only has the sum of the telling's figures."""

    told: Telling
    retold: Telling
    link: Link | None
    others: tuple[tuple[Telling, Link], ...] = ()


Nearness = tuple[bool, int, int, date]


def nearness(one: Telling) -> Nearness:
    """The less, the nearer a telling is to its claimant: attributed at all, in its own words, through fewer relays,
    earlier."""
    statement = one.at.statement
    if one.voice.author or statement.cue is None:
        words = 2
    else:
        words = 0 if statement.quotation is Quotation.DIRECT else 1
    return not one.voice.named, words, len(statement.relays), one.day or date.max


def retellings(tellings: Sequence[Telling], links: Iterable[Link]) -> Iterator[Retelling]:
    """Every statement with the tellings it retells.

    Those nearest the claimant are each held against it; where several are equally near, the first of them is held
    against the rest too. A statement of nobody, or of somebody unnamed, retells one telling of the named: that of its
    own document, else the one most alike. Within one document only what has no cue of its own (a headline) retells.
    """
    ties: dict[int, list[tuple[Telling, Link]]] = defaultdict(list)
    for link in links:
        first, second = sorted((link.one, link.other), key=lambda one: (nearness(one), one.n))
        if _retells(first, second, link):
            ties[second.n].append((first, link))
    for one in tellings:
        named = sorted(ties.get(one.n, ()), key=lambda tie: (nearness(tie[0]), tie[0].n))
        claims = [tie for tie in named if tie[1].claim or tie[1].contrary]
        yield from _of_claim(one, claims)
        if not claims:
            yield from _of_others(one, named)
    yield from _sums(tellings, {n for n, tie in ties.items() if tie})


def _retells(told: Telling, retold: Telling, link: Link) -> bool:
    if told.at.document == retold.at.document and retold.at.statement.cue is not None and link.kin is Kin.SAME:
        return False
    if link.claim:
        return True
    return told.voice.named or link.contrary


def _of_claim(one: Telling, ties: Sequence[tuple[Telling, Link]]) -> Iterator[Retelling]:
    if not ties:
        return
    nearest = nearness(ties[0][0])
    level = [tie for tie in ties if nearness(tie[0]) == nearest]
    if nearness(one) == nearest:
        level = level[:1]
    rest = tuple(tie for tie in ties if tie not in level)
    for told, link in level:
        yield Retelling(told, one, link, rest)


def _of_others(one: Telling, ties: Sequence[tuple[Telling, Link]]) -> Iterator[Retelling]:
    if ties:
        told, link = min(ties, key=lambda tie: (tie[0].at.document != one.at.document, -tie[1].score, tie[0].n))
        yield Retelling(told, one, link)


def _sums(tellings: Sequence[Telling], tied: set[int]) -> Iterator[Retelling]:
    """Statements of nobody named that tell the sum of what a named claimant tells in parts in the same document."""
    documents: dict[str, list[Telling]] = defaultdict(list)
    for one in tellings:
        if one.heads:
            documents[one.at.document].append(one)
    for some in documents.values():
        named = [one for one in some if one.voice.named and len(one.heads) > 1]
        for one in some:
            told = next((told for told in named if _is_sum(one, told)), None) if not one.voice.named else None
            if told and one.n not in tied:
                yield Retelling(told, one, None)


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
