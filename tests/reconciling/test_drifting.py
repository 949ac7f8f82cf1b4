"""Drift as findings: what was changed or passed on, not updates and scope."""

from __future__ import annotations

from onrecord.model import Drift, DriftClass, FindingKind
from onrecord.reconciling.drifting import drift_findings
from tests.reconciling.making import figure, told

ONE, TWO = told(figure(40), text="one"), told(figure(50), text="two")


def drift(class_: DriftClass = DriftClass.CHANGE, field: str = "value", to: str = TWO.statement.id) -> Drift:
    return Drift(ONE.statement.id, to, field, "40", "50", class_)


def test_the_changes_between_two_tellings_are_one_finding() -> None:
    changes = [drift(), drift(field="measure")]
    (found,) = drift_findings(changes, [ONE, TWO])
    assert found.kind is FindingKind.DRIFT
    assert found.statements == (ONE.statement.id, TWO.statement.id)
    assert found.arithmetic == "measure: “40” became “50”; value: “40” became “50”"
    assert found.text.startswith("two says otherwise what one said")
    assert drift_findings(reversed(changes), [TWO, ONE]) == (found,)


def test_updates_and_scope_are_no_findings_and_an_inherited_change_is_told_apart() -> None:
    assert drift_findings([drift(DriftClass.UPDATE), drift(DriftClass.SCOPE)], [ONE, TWO]) == ()
    (found,) = drift_findings([drift(DriftClass.INHERITED)], [ONE, TWO])
    assert "passes on a change that was made before it" in found.text


def test_what_is_no_longer_on_the_record_is_left_out() -> None:
    assert drift_findings([drift(to="gone")], [ONE, TWO]) == ()
