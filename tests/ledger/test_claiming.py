"""A run of the matcher is kept as far as it is new; what it no longer finds is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from onrecord.ledger import Entry, Ledger, Matched
from onrecord.model import (
    Claim,
    Decision,
    Document,
    Drift,
    DriftClass,
    Edge,
    Judgement,
    Origin,
    Party,
    PartyKind,
    Span,
    Update,
)
from tests.exports.readings import RICH
from tests.ledger.conftest import Count, Keep, dump, redact

pytestmark = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)

IDS = [statement.id for statement in RICH.statements]
MOROZ = Party("p", "Iryna Moroz", PartyKind.PERSON, "governor", "UA")
CLAIM = Claim(
    "c1", (MOROZ, replace(MOROZ, id="q", name="Oleh Lys")), "the bridge held", (IDS[0], IDS[1]),
    (Origin("Iryna Moroz", "crossing.txt", date(2023, 3, 5)), Origin("Oleh Lys", "crossing.txt")), 2, 3,
    (Update(IDS[0], IDS[1], "a later figure"),),
)  # fmt: skip
ALONE = Claim("c2", (), "the author’s own", (IDS[2],), (), 1, 1)
EDGE = Edge(IDS[0], IDS[1], 0.875, ("same claimant", "same figure"))
DRIFTS = [
    Drift(IDS[0], IDS[1], "value", "40", "50", DriftClass.CHANGE, (Span(1, 3),), (Span(4, 6), Span(8, 9))),
    Drift(IDS[0], IDS[1], "value", "7", None, DriftClass.SCOPE),
]


def match(
    ledger: Ledger,
    claims: Sequence[Claim] = (CLAIM, ALONE),
    edges: Sequence[Edge] = (EDGE,),
    drifts: Sequence[Drift] = DRIFTS,
) -> Matched:
    return ledger.keep_matching(("matcher", "1"), edges, claims, drifts)


def test_what_was_matched_comes_back_as_it_was(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    assert match(ledger) == Matched(claims=2, edges=1, drifts=2)
    assert list(ledger.claims()) == [CLAIM, ALONE]
    assert [(edge.score, edge.reasons, {edge.one, edge.other}) for edge in ledger.edges()] == [
        (EDGE.score, EDGE.reasons, {EDGE.one, EDGE.other})
    ]
    assert sorted(ledger.drift(), key=str) == sorted(DRIFTS, key=str)
    assert ledger.verify().faults == 0


def test_matching_twice_adds_nothing(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    match(ledger)
    before = dump(ledger)
    assert not match(ledger, drifts=list(reversed(DRIFTS)))
    assert dump(ledger) == before


def test_only_what_changed_is_written(ledger: Ledger, keep: Keep, count: Count) -> None:
    keep(RICH)
    match(ledger)
    grown = replace(CLAIM, statements=(*CLAIM.statements, IDS[3]), texts=4)
    assert match(ledger, claims=[grown, ALONE]) == Matched(claims=1)
    assert list(ledger.claims()) == [grown, ALONE]
    assert (count("claims"), count("edges"), count("drifts")) == (3, 1, 2)


def test_what_is_no_longer_found_is_marked_and_may_come_back(ledger: Ledger, keep: Keep, count: Count) -> None:
    keep(RICH)
    match(ledger)
    assert match(ledger, claims=[ALONE], edges=(), drifts=()) == Matched(gone=4)
    assert list(ledger.claims()) == [ALONE]
    assert not [*ledger.edges(), *ledger.drift()]
    assert match(ledger) == Matched(claims=1, edges=1, drifts=2)
    assert list(ledger.claims()) == [CLAIM, ALONE]
    assert count("claims") == 4


def test_claims_are_asked_by_claimant_statement_and_page(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    match(ledger)
    assert list(ledger.claims(claimant="MOROZ")) == [CLAIM]
    assert list(ledger.claims(claimant="mor_z")) == []
    assert list(ledger.claims(statement=IDS[1])) == [CLAIM]
    assert list(ledger.claims(ids=["c2"])) == [ALONE]
    assert list(ledger.claims(limit=1)) == [CLAIM]
    assert list(ledger.claims(limit=1, after="c1")) == [ALONE]
    assert list(ledger.claims(after="c2")) == []


def test_edges_and_drift_are_asked_by_statement(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    match(ledger)
    assert len(list(ledger.edges(IDS[1]))) == 1
    assert not [*ledger.edges(IDS[2]), *ledger.drift(IDS[2])]
    assert len(list(ledger.drift(IDS[1]))) == 2
    assert len(list(ledger.drift(IDS[1], limit=1))) == 1


def test_a_ledger_knows_whether_it_was_matched(ledger: Ledger, keep: Keep) -> None:
    assert not ledger.unmatched()
    keep(RICH)
    assert ledger.unmatched()
    match(ledger)
    assert not ledger.unmatched()
    ledger.add([Entry(Document("Nothing was said in it."))])
    assert not ledger.unmatched()


def test_a_run_after_a_judgement_is_kept_though_it_finds_nothing_new(ledger: Ledger, keep: Keep, count: Count) -> None:
    keep(RICH)
    match(ledger)
    ledger.decide([Decision(Judgement.ACCEPT, "statement", IDS[0], "A. Editor")])
    assert ledger.unmatched()
    assert not match(ledger)
    assert not ledger.unmatched()
    assert not match(ledger)
    assert (count("matchings"), count("claims")) == (2, 2)


def test_what_was_taken_out_of_the_record_is_matched_no_longer(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    match(ledger)
    with ledger.store.writes() as connection:
        redact(connection, RICH.document.id)
    assert ledger.unmatched()
    assert match(ledger, claims=(), edges=(), drifts=()) == Matched(gone=5)
    assert not ledger.unmatched()
