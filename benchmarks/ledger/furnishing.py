"""Puts on a made-up record what people and checks make of one: claims, findings, series and decisions, the same for the
same record. They are made up, not worked out: what is measured is how they are kept and asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from random import Random

from benchmarks.ledger.madeup import DAYS, FIRST_DAY, MEASURES
from onrecord.ledger import Ledger
from onrecord.model import (
    Appearance,
    Claim,
    Decision,
    Drift,
    DriftClass,
    Edge,
    Finding,
    FindingKind,
    FindingState,
    Judgement,
    Observation,
    Origin,
    Series,
    Update,
    digest,
)

REVIEWERS = ("Ana Lind", "Bo Marsh", "Cleo Ott", "Dan Rao", "Eva Sun")
_LARGEST = 400  # statements of one claim
_AT_ONCE = 1000  # decisions of a batch
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Furniture:
    """How much of each to put on the record."""

    claims: int = 100_000
    findings: int = 2000
    decisions: int = 50_000


def furnish(ledger: Ledger, much: Furniture, tell: Tell = lambda doing: None) -> None:
    """Adds it through the ledger's own verbs; of a record with fewer statements as much as it can carry."""
    random = Random(3)  # noqa: S311 - made-up work, no secret
    tell("reading statements")
    found = list(islice(ledger.appearances(), much.claims * 3))
    series = list(_series(random))
    ledger.add_series(series)
    tell("claims")
    claims = list(islice(_claims(random, found), much.claims))
    by_id = {one.statement.id: one for one in found}
    drifts = list(_drifts(random, claims, by_id))
    ledger.keep_matching(("made up", "1"), _edges(random, claims), claims, drifts)
    tell("findings")
    ledger.keep_findings(_findings(random, much.findings, claims, drifts, series, by_id))
    tell("decisions")
    _decide(ledger, random, much, found)


def _claims(random: Random, found: Sequence[Appearance]) -> Iterator[Claim]:
    """Claims of each claimant's statements: most of one or two, few of hundreds."""
    of: dict[str, list[Appearance]] = defaultdict(list)
    for one in found:
        of["; ".join(party.name for party in one.statement.claimant)].append(one)
    for told in of.values():
        rest = iter(told)
        while members := list(islice(rest, min(_LARGEST, int(random.paretovariate(1.3))))):
            yield _claim(members)


def _claim(members: Sequence[Appearance]) -> Claim:
    first = members[0].statement
    ids = tuple(one.statement.id for one in members)
    documents = list(dict.fromkeys(one.document for one in members))
    by = first.claimant[0].name if first.claimant else "the author"
    return Claim(
        digest(f"claim|{first.id}")[:16],
        first.claimant,
        f"{by}: {first.content.text}",
        ids,
        tuple(Origin(by, document, members[0].published) for document in documents[:3]),
        min(3, len(documents)),
        len(documents),
        tuple(Update(ids[n - 1], ids[n], "a later count of the same thing") for n in range(3, min(len(ids), 9), 3)),
    )


def _edges(random: Random, claims: Sequence[Claim]) -> Iterator[Edge]:
    for claim in claims:
        for n in range(1, len(claim.statements)):
            yield Edge(claim.statements[n - 1], claim.statements[n], round(random.random(), 3), ("the same claimant",))


def _drifts(random: Random, claims: Sequence[Claim], by_id: dict[str, Appearance]) -> Iterator[Drift]:
    for claim in claims:
        for n in range(1, len(claim.statements)):
            if random.random() < 0.1:
                one, other = claim.statements[n - 1], claim.statements[n]
                spans = by_id[one].statement.content.spans, by_id[other].statement.content.spans
                yield Drift(one, other, "value", "11,000", "14,000", random.choice(list(DriftClass)), *spans)


def _series(random: Random) -> Iterator[Series]:
    for measure in list(MEASURES)[:5]:
        values, total = [], 0.0
        for n in range(DAYS):
            total += random.randrange(900)
            values.append(Observation(FIRST_DAY + timedelta(n), total))
        name = f"Tolls: {measure}"
        id_ = digest(f"series|{name}")[:16]
        yield Series(id_, name, "the Tolls Office", measure, tuple(values), "RU", "person", cumulative=True)


def _findings(
    random: Random,
    number: int,
    claims: Sequence[Claim],
    drifts: Sequence[Drift],
    series: Sequence[Series],
    by_id: dict[str, Appearance],
) -> Iterator[Finding]:
    counted = [id_ for id_, one in by_id.items() if one.statement.figures]
    large = [claim for claim in claims if len(claim.statements) > 1]
    for n in range(number):
        kind = list(FindingKind)[n % len(FindingKind)]
        id_ = digest(f"finding|{n}")[:16]
        if kind is FindingKind.DRIFT and drifts:
            drift = drifts[n % len(drifts)]
            yield Finding(id_, kind, (drift.from_, drift.to), (), "", "The figure changed in retelling.")
        elif kind is FindingKind.SERIES:
            statement = random.choice(counted)
            measure = by_id[statement].statement.figures[0].measure
            beside = next((one for one in series if one.measure == measure), series[0])
            assumed = ("The figure covers the whole front.", "Both count the same days.")
            yield Finding(
                id_,
                kind,
                (statement,),
                assumed,
                "11,000 > 4,050",
                "It is above the series.",
                (beside.id,),
                fits=n % 3 == 0,
            )
        else:
            statements = random.choice(large).statements[:2] + tuple(random.sample(counted, n % 3))
            yield Finding(
                id_,
                kind,
                tuple(dict.fromkeys(statements)),
                ("Both count the same weeks.", f"The ratio holds in week {n % 40}."),
                "11,000 / 7 = 1,571",
                "Both counts cannot hold.",
                hedges=("The claim could not be verified.",),
            )


def _decide(ledger: Ledger, random: Random, much: Furniture, found: Sequence[Appearance]) -> None:
    chosen = random.sample(found, min(len(found) // 2, much.decisions))
    made = [_decision(random, one) for one in chosen]
    made += [
        Decision(random.choice([Judgement.CONFIRM, Judgement.DISMISS]), "finding", one.id, random.choice(REVIEWERS))
        for one in islice(ledger.findings(state=FindingState.OPEN), much.findings // 4)
    ]
    for at in range(0, len(made), _AT_ONCE):
        ledger.decide(made[at : at + _AT_ONCE])


def _decision(random: Random, one: Appearance) -> Decision:
    by, chance = random.choice(REVIEWERS), random.random()
    judgement = Judgement.ACCEPT if chance < 0.7 else Judgement.REJECT if chance < 0.8 else Judgement.UNSURE
    if chance > 0.9:
        return Decision(Judgement.CORRECT, "statement", one.statement.id, by, field="act", value="warn")
    return Decision(judgement, "statement", one.statement.id, by)
