"""Findings hold the state that people gave them, and turn stale when what they rest on changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from onrecord.ledger import Ledger, NewFindings
from onrecord.model import Decision, Finding, FindingKind, FindingState, Judgement, ReaderInfo
from tests.exports.readings import RICH
from tests.ledger.conftest import Count, Keep, dump

pytestmark = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)

IDS = [statement.id for statement in RICH.statements]
WITH_FIGURES = next(n for n, statement in enumerate(RICH.statements) if statement.figures)
CONFLICT = Finding(
    "f1", FindingKind.CONFLICT, (IDS[WITH_FIGURES], IDS[-1]), ("same scope", "same definition"), "40 > 30",
    "They cannot both hold.", hedges=("could not be verified",),
)  # fmt: skip
MISFIT = Finding("f2", FindingKind.SERIES, (IDS[-1],), (), "", "It does not.", ("s1",), (), "Which day?", fits=False)


def states(ledger: Ledger) -> dict[str, str]:
    return {one.id: str(one.state) for one in ledger.findings()}


def check(ledger: Ledger, found: Sequence[Finding] = (CONFLICT, MISFIT)) -> NewFindings:
    return ledger.keep_findings(found)


def decide(ledger: Ledger, judgement: Judgement, target: str, of: str = "finding", **fields: object) -> Decision:
    (made,) = ledger.decide([Decision(judgement, of, target, "A. Editor", **fields)]).decisions  # type: ignore[arg-type]
    return made


def read_otherwise(keep: Keep) -> None:
    """Another reader has another figure in the first statement that has one."""
    statements = list(RICH.statements)
    one = statements[WITH_FIGURES]
    statements[WITH_FIGURES] = replace(one, figures=(replace(one.figures[0], value=7.0), *one.figures[1:]))
    keep(replace(RICH, reader=ReaderInfo("another", "2"), statements=tuple(statements)))


def test_findings_come_back_as_they_were(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    assert check(ledger) == NewFindings(new=2)
    assert list(ledger.findings()) == [CONFLICT, MISFIT]
    assert ledger.verify().faults == 0


def test_checking_twice_adds_nothing(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    check(ledger)
    before = dump(ledger)
    assert not check(ledger, [MISFIT, CONFLICT, CONFLICT])
    assert dump(ledger) == before


def test_findings_are_asked_by_kind_state_statement_and_page(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    check(ledger)
    decide(ledger, Judgement.CONFIRM, "f1")
    assert [one.id for one in ledger.findings(kind="series")] == ["f2"]
    assert [one.id for one in ledger.findings(state=FindingState.CONFIRMED)] == ["f1"]
    assert [one.id for one in ledger.findings(state="open")] == ["f2"]
    assert [one.id for one in ledger.findings(statement=IDS[WITH_FIGURES])] == ["f1"]
    assert [one.id for one in ledger.findings(ids=["f2"])] == ["f2"]
    assert [one.id for one in ledger.findings(limit=1)] == ["f1"]
    assert [one.id for one in ledger.findings(limit=1, after=("conflict", "f1"))] == ["f2"]
    assert list(ledger.findings(limit=0)) == []


def test_a_judgement_stands_until_what_it_rests_on_changes(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    check(ledger)
    decide(ledger, Judgement.CONFIRM, "f1")
    decide(ledger, Judgement.DISMISS, "f2")
    check(ledger)
    assert states(ledger) == {"f1": "confirmed", "f2": "dismissed"}
    read_otherwise(keep)
    assert states(ledger) == {"f1": "stale", "f2": "dismissed"}
    assert check(ledger) == NewFindings(new=1)
    assert states(ledger) == {"f1": "stale", "f2": "dismissed"}
    decide(ledger, Judgement.CONFIRM, "f1")
    assert states(ledger) == {"f1": "confirmed", "f2": "dismissed"}


def test_an_open_finding_stays_open_when_it_is_worked_out_anew(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    check(ledger)
    read_otherwise(keep)
    assert states(ledger)["f1"] == "stale"
    check(ledger)
    assert states(ledger)["f1"] == "open"


def test_a_person_s_correction_makes_it_stale_and_an_undo_brings_it_back(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    check(ledger)
    made = decide(ledger, Judgement.REJECT, IDS[WITH_FIGURES], "statement")
    assert states(ledger)["f1"] == "stale"
    ledger.undo(made.id, "A. Editor")
    assert states(ledger)["f1"] == "open"


def test_a_finding_that_no_longer_holds_is_stale(ledger: Ledger, keep: Keep, count: Count) -> None:
    keep(RICH)
    check(ledger)
    assert check(ledger, [MISFIT]) == NewFindings(gone=1)
    assert states(ledger) == {"f1": "stale", "f2": "open"}
    assert check(ledger) == NewFindings(new=1)
    assert states(ledger) == {"f1": "open", "f2": "open"}
    assert list(ledger.findings()) == [CONFLICT, MISFIT]
    assert count("findings") == 4


def test_other_words_for_the_same_leave_a_judgement_alone(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    check(ledger)
    decide(ledger, Judgement.CONFIRM, "f1")
    assert check(ledger, [replace(CONFLICT, text="Both cannot hold."), MISFIT]) == NewFindings(new=1)
    assert states(ledger)["f1"] == "confirmed"
    assert next(ledger.findings()).text == "Both cannot hold."
