"""Matches statements to claims: similarity proposes, fields decide, a person's judgement outranks both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.matching.blocking import pairs
from onrecord.matching.clustering import Clusters
from onrecord.matching.drift import drifts
from onrecord.matching.judging import Judged, claim_id, judged, voices
from onrecord.matching.linking import Link, Linker
from onrecord.matching.origins import copies, origins, texts
from onrecord.matching.retelling import retellings
from onrecord.matching.tellings import Telling, in_order, tellings
from onrecord.matching.updates import updates
from onrecord.matching.voices import Voices
from onrecord.model import Appearance, Claim, Decision, Drift, Edge, Update

MATCHER = ("fields", "1")
"""The name and version of the matcher, as the ledger keeps them with what it found."""

_LONGEST = 300  # characters of a summary


@dataclass(frozen=True, slots=True)
class Matching:
    """What was found over many documents: which statements are one and why, the claims they make, what changed."""

    edges: tuple[Edge, ...] = ()
    claims: tuple[Claim, ...] = ()
    drifts: tuple[Drift, ...] = ()


def match(appearances: Iterable[Appearance], decisions: Iterable[Decision] = ()) -> Matching:
    """The claims that statements make, whatever order they come in; ``decisions`` are people's.

    Merges and splits of statements, claims and parties hold whatever the fields say, until they are undone. A claim has
    the id of its earliest statement, and every statement is in one claim.
    """
    ordered, decided = in_order(appearances), list(decisions)
    speaking, held = voices(decided, ordered), judged(decided, ordered)
    told = tellings(ordered, speaking)
    linker = Linker(speaking)
    links = linker.links(told, pairs(told))
    clusters = Clusters(told, links, held, linker)
    claims = [[told[n] for n in members] for members in clusters.gathered()]
    revised = updates(claims)
    together = [one for one in links if not clusters.held_apart(one.one.n, one.other.n)]
    return Matching(
        tuple(_edges(links, clusters, told, held)),
        tuple(_claims(claims, revised, copies(told), speaking)),
        tuple(drifts(retellings(told, together), _elsewhere(told), {(u.from_, u.to) for _, u in revised})),
    )


def _edges(links: Iterable[Link], clusters: Clusters, told: Sequence[Telling], held: Judged) -> Iterator[Edge]:
    """The links within a claim, and people's merges."""
    merged = set(held.because)
    known = {one.id: one.n for one in told if one.id in held.merged}
    for (one, other), by in sorted(held.because.items()):
        if one in known and other in known and clusters.head(known[one]) == clusters.head(known[other]):
            yield Edge(one, other, 1.0, (f"merged by {by}",))
    for link in links:
        ends = min(link.one.id, link.other.id), max(link.one.id, link.other.id)
        if link.claim and ends not in merged and clusters.head(link.one.n) == clusters.head(link.other.n):
            yield Edge(*ends, link.score, link.reasons)


def _claims(
    claims: Sequence[Sequence[Telling]],
    revised: Iterable[tuple[int, Update]],
    copied: Mapping[str, str],
    speaking: Voices,
) -> Iterator[Claim]:
    by_claim: dict[int, list[Update]] = defaultdict(list)
    for at, update in revised:
        by_claim[at].append(update)
    for at, members in enumerate(claims):
        first = members[0]
        rooted, independent = origins(members, copied, speaking)
        yield Claim(
            claim_id(first.id),
            first.at.statement.claimant,
            _summary(members),
            tuple(one.id for one in members),
            rooted,
            independent,
            texts(members),
            tuple(by_claim[at]),
        )


def _summary(members: Sequence[Telling]) -> str:
    """The words of the earliest telling, on one line and cut short."""
    words = " ".join(members[0].text[: 4 * _LONGEST].split())
    return words if len(words) <= _LONGEST else f"{words[: words.rfind(' ', 0, _LONGEST)]} …"


def _elsewhere(told: Iterable[Telling]) -> dict[str, frozenset[object]]:
    """The figures that each document tells anywhere."""
    found: dict[str, set[object]] = defaultdict(set)
    for one in told:
        found[one.at.document].update((figure.slot, figure.low, figure.high) for figure in one.figures)
    return {document: frozenset(figures) for document, figures in found.items()}
