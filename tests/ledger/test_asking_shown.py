"""What is shown of a thing by its id: words, every reader's view, what people decided; claimants, figures, places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger, Near, Where
from onrecord.model import Act, Decision, Judgement, ReaderInfo
from tests.exports.readings import RICH
from tests.ledger.conftest import Keep

pytestmark = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)
OTHER = ReaderInfo("another", "2")
FIRST = RICH.statements[1]


def test_a_statement_is_shown_with_its_history(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    changed = replace(FIRST, act=Act.DENY)
    keep(replace(RICH, reader=OTHER, statements=(RICH.statements[0], changed, *RICH.statements[2:])))
    keep(replace(RICH, reader=ReaderInfo("third", "3"), statements=(RICH.statements[0], *RICH.statements[2:])))
    ledger.decide([Decision(Judgement.REJECT, "statement", FIRST.id, "A. Editor", why="it is a joke")])
    shown = ledger.show(FIRST.id)
    assert (shown.of, shown.id, shown.value["document"]) == ("statement", FIRST.id, "crossing.txt")
    assert FIRST.content.text.split(" … ")[0] in shown.value["sentence"]["text"]
    start = shown.value["sentence"]["start"]
    assert RICH.document.text[start:].startswith(shown.value["sentence"]["text"])
    views = shown.value["views"]
    assert [(one["reader"]["name"], one["changed"]) for one in views[1:]] == [
        ("another", ["act"]),
        ("third", ["found"]),
    ]
    assert [one["value"] and one["value"]["act"] for one in views] == [str(FIRST.act), "deny", None]
    assert (shown.value["state"]["status"], shown.value["found"]) == ("rejected", False)
    assert [(one["judgement"], one["why"], one["undone"]) for one in shown.value["decisions"]] == [
        ("reject", "it is a joke", False)
    ]
    assert [one["published"] for one in shown.value["sightings"]] == ["2023-03-07"]


def test_all_else_is_shown_by_its_id(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    ledger.decide([Decision(Judgement.ACCEPT, "statement", FIRST.id, "A. Editor")])
    (decision,) = ledger.decisions()
    with ledger.query("SELECT id FROM readings") as answer:
        reading = next(answer.rows)[0]
    party = FIRST.claimant[0]
    ids = {
        "document": RICH.document.id,
        "reading": reading,
        "party": party.id,
        "caveat": RICH.caveats[0].id,
        "decision": decision.id,
    }
    for of, id_ in ids.items():
        shown = ledger.show(id_)
        assert (shown.of, shown.value["id"]) == (of, id_)
    assert FIRST.id in ledger.show(party.id).value["statements"]
    assert ledger.show(reading).value["statements"] == [s.id for s in RICH.statements]
    assert ledger.show("crossing.txt").value["text"] == RICH.document.text
    assert ledger.show(RICH.caveats[0].id).value["covers"] == sorted(RICH.caveats[0].covers)
    with pytest.raises(LedgerError, match="nothing in this ledger has this id"):
        ledger.show("0123456789abcdef")


def test_statements_are_told_as_they_stand_after_review(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    ledger.decide([Decision(Judgement.CORRECT, "statement", FIRST.id, "A. Editor", field="act", value="warn")])
    found = {one.value["id"]: one for one in ledger.statements()}
    assert (found[FIRST.id].value["act"], found[FIRST.id].state) == ("warn", "corrected")
    assert {one.state for id_, one in found.items() if id_ != FIRST.id} == {"open"}
    assert [one.value["id"] for one in ledger.statements(Where(state="corrected"))] == [FIRST.id]
    assert len(list(ledger.statements(Where(state="open")))) == 8


def test_pages_are_the_whole_in_parts(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    every = [one.value["id"] for one in ledger.statements()]
    for where in (None, Where(text="the"), Where(claimant="o"), Where(caveat="none")):
        whole = [one.value["id"] for one in ledger.statements(where)]
        paged, after = [], None
        while page := list(ledger.statements(where, after=after, limit=2)):
            paged += [one.value["id"] for one in page]
            after = ledger.row(paged[-1])
        assert paged == whole
        assert set(whole) <= set(every)
    with pytest.raises(LedgerError, match="no statement"):
        ledger.row("nothing")


def test_claimants_with_what_they_are_credited_with(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    by_name = {one.name: one for one in ledger.claimants()}
    told = [party.name for s in RICH.statements for party in s.claimant]
    assert list(by_name) == sorted(by_name)
    assert {name: one.statements for name, one in by_name.items()} == {name: told.count(name) for name in told}
    (moroz,) = ledger.claimants(Where(claimant="moroz"))
    assert (moroz.name, moroz.documents, moroz.said_from) == ("Iryna Moroz", 1, "2023-03-05")


def test_figures_those_in_no_statement_last(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    inside = [figure.text for s in RICH.statements for figure in s.figures]
    spans = {figure.spans for s in RICH.statements for figure in s.figures}
    loose = [figure.text for figure in RICH.figures if figure.spans not in spans]
    assert [one.value["text"] for one in ledger.figures()] == inside + loose
    assert [one.statement is None for one in ledger.figures()] == [False] * len(inside) + [True] * len(loose)
    measured = [f.text for s in RICH.statements for f in s.figures if f.measure == "displaced"]
    assert [one.value["text"] for one in ledger.figures(Where(measure="displaced")) if one.statement] == measured
    assert all(one.statement for one in ledger.figures(Where(side="UA")))


def test_places_within_a_distance(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    place = next(p for s in RICH.statements for p in s.places if p.lat is not None and p.lon is not None)
    named = {s.id for s in RICH.statements if place.name in {p.name for p in s.places}}
    assert place.lat is not None and place.lon is not None
    around = {one.value["id"] for one in ledger.statements(Where(place=place.name, within_km=1))}
    assert named <= around
    point = f"{place.lat},{place.lon}"
    assert {one.value["id"] for one in ledger.statements(Where(place=point, within_km=1))} == around
    near = Where(near=Near(place.lat, place.lon, 1))
    assert {one.value["id"] for one in ledger.statements(near)} == around
    assert not list(ledger.statements(Where(place="-70,-120", within_km=50)))
    with pytest.raises(LedgerError, match="no place of this name"):
        list(ledger.statements(Where(place="Nowhere", within_km=50)))
    with pytest.raises(LedgerError, match="no point of the earth"):
        list(ledger.statements(Where(place="95,20", within_km=50)))
    with pytest.raises(LedgerError, match="within"):
        Where(within_km=5)


def test_days_that_figures_are_about(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    periods = {s.id: [f.period for f in s.figures if f.period] for s in RICH.statements}
    days = [p.earliest for every in periods.values() for p in every if p.earliest]
    for day in {*days, date(1999, 1, 1), date(2023, 3, 7)}:
        expected = {
            id_
            for id_, every in periods.items()
            if any((p.earliest or date.min) <= day <= (p.latest or date.max) for p in every if p.earliest or p.latest)
        }
        assert {one.value["id"] for one in ledger.statements(Where(about_from=day, about_to=day))} == expected
