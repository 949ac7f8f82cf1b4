"""From a ledger to the rows an exporter is given: review, corrections, tombstones, where texts came from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest

from onrecord.contract import contract
from onrecord.ledger import Entry, Ledger, Where
from onrecord.model import Decision, Document, Judgement, Party, PartyKind, ReaderInfo, Reading
from onrecord.pipeline.exporting import export, rows
from tests.exports.readings import MOROZ, RICH

both = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)
LATER = date(2024, 1, 1)


def add(into: Ledger, *readings: Reading) -> None:
    into.add([Entry(r.document, r, contract(r)) for r in readings])


def decide(into: Ledger, target: str, judgement: Judgement, **what: object) -> None:
    into.decide([Decision(judgement, "statement", target, "A. Reporter", **what)])  # type: ignore[arg-type]


@both
def test_a_row_has_all_that_is_known(ledger: Ledger) -> None:
    add(ledger, RICH)
    ledger.add([Entry(replace(RICH.document, key="again.txt", published=date(2023, 3, 6), publisher="Another"))])
    found = list(rows(ledger, today=LATER))
    assert [row.statement.content for row in found] == [s.content for s in RICH.statements]
    first = found[0]
    assert (first.seen.key, first.seen.published) == ("again.txt", date(2023, 3, 6))
    assert first.document.known == date(2023, 3, 6)
    assert [seen.publisher for seen in first.document.sightings] == ["Another", "The River Courier"]
    assert first.document.text == RICH.document.text
    assert first.reader == RICH.reader
    assert found[7].hedges == ("The claims could not be independently verified",)
    assert all(row.document is first.document for row in found)
    assert {row.review for row in found} == {"open"}


@both
def test_conditions_narrow(ledger: Ledger) -> None:
    add(ledger, RICH)
    assert len(list(rows(ledger, Where(claimant="moroz"), today=LATER))) == 3


@both
def test_what_people_decided_is_laid_over_and_marked(ledger: Ledger) -> None:
    add(ledger, RICH)
    lines, rise, ratio = (RICH.statements[n].id for n in (1, 2, 5))
    decide(ledger, lines, Judgement.ACCEPT)
    decide(ledger, rise, Judgement.CORRECT, field="act", value="say")
    decide(ledger, ratio, Judgement.REJECT)
    by_id = {row.statement.id: row for row in rows(ledger, today=LATER)}
    assert (by_id[lines].review, by_id[lines].corrected) == ("accepted", ())
    assert (by_id[rise].review, by_id[rise].corrected) == ("corrected", ("act",))
    assert by_id[rise].statement.act == "say"
    assert by_id[ratio].review == "rejected"  # told, not left out


@both
def test_a_role_that_a_person_adds_makes_a_party_public(ledger: Ledger) -> None:
    baker = Party("p1", "Iryna Moroz", PartyKind.PERSON, "baker", "UA")
    said = [replace(s, claimant=(baker,)) if s.claimant == (MOROZ,) else s for s in RICH.statements]
    add(ledger, replace(RICH, statements=tuple(said)))
    before = list(rows(ledger, today=LATER))
    assert before[1].statement.claimant[0].name.startswith("private person ")
    assert "Moroz" not in before[0].document.text
    for one in (s for s in said if s.claimant == (baker,)):
        now = {"id": "p1", "name": "Iryna Moroz", "kind": "person", "role": "colonel", "side": "UA"}
        decide(ledger, one.id, Judgement.CORRECT, field="claimant", value=now)
    after = list(rows(ledger, today=LATER))
    assert after[1].statement.claimant[0].name == "Iryna Moroz"
    assert after[0].document.text == RICH.document.text


@both
def test_a_name_that_a_person_corrects_is_kept_out_too(ledger: Ledger) -> None:
    baker = Party("p1", "Moroz", PartyKind.PERSON, "baker", "UA")
    said = [replace(s, claimant=(baker,)) if s.claimant == (MOROZ,) else s for s in RICH.statements]
    add(ledger, replace(RICH, statements=tuple(said)))
    now = {"id": "p9", "name": "Iryna Moroz", "kind": "person", "role": "baker", "side": "UA"}
    decide(ledger, RICH.statements[1].id, Judgement.CORRECT, field="claimant", value=now)
    told = StringIO()
    export(ledger, "jsonl", told, today=LATER)
    assert not [name for name in ("Iryna", "Moroz") if name in told.getvalue()]


@both
def test_what_a_later_reading_does_not_find_is_marked(ledger: Ledger) -> None:
    add(ledger, RICH, replace(RICH, reader=ReaderInfo("second", "1"), statements=RICH.statements[1:]))
    found = list(rows(ledger, today=LATER))
    assert sorted((row.found, row.reader.name) for row in found)[0] == (False, "onrecord")
    assert sum(row.found for row in found) == len(RICH.statements) - 1


@both
def test_words_that_were_taken_out_are_in_no_export(ledger: Ledger) -> None:
    add(ledger, RICH)
    ledger.redact(RICH.document.id, "A. Editor", "asked by a witness")
    assert ledger.kept([RICH.document.id]) == {}
    assert list(rows(ledger, today=LATER)) == []


@both
def test_a_text_without_a_day_is_as_old_as_its_adding(ledger: Ledger) -> None:
    undated = replace(RICH, document=replace(RICH.document, published=None))
    add(ledger, undated)
    today = datetime.now(UTC).date()
    assert any(row.withheld for row in rows(ledger, today=today))
    assert not any(row.withheld for row in rows(ledger, today=today + timedelta(days=15)))


@both
def test_a_holder_of_an_office_is_known_without_a_role(ledger: Ledger) -> None:
    known = Party("p1", "Vladimir Putin", PartyKind.PERSON, None, "RU")
    other = Party("p3", "Vladimir Stolyar", PartyKind.PERSON, None, "RU")
    said = [replace(s, claimant=(known,)) if s.claimant == (MOROZ,) else s for s in RICH.statements]
    said = [replace(s, claimant=(other,)) if s.claimant and s.claimant[0].id == "p3" else s for s in said]
    add(ledger, replace(RICH, statements=tuple(said)))
    names = {party.name for row in rows(ledger, today=LATER) for party in row.statement.claimant}
    assert "Vladimir Putin" in names
    assert "Vladimir Stolyar" not in names


@both
def test_a_document_knows_where_it_came_from(filled: Ledger) -> None:
    (first, *_) = rows(filled, today=LATER)
    (kept,) = filled.kept([first.document.id, "no such document"]).values()
    assert kept.revises and kept.copies


@both
def test_forms_of_a_party_end_with_the_newest(ledger: Ledger) -> None:
    for version, role in (("1", "baker"), ("2", "mayor"), ("3", "baker")):
        party = Party("p1", "Iryna Moroz", PartyKind.PERSON, role, "UA")
        said = [replace(s, claimant=(party,)) if s.claimant == (MOROZ,) else s for s in RICH.statements]
        add(ledger, replace(RICH, reader=ReaderInfo("onrecord", version), statements=tuple(said)))
    kept = ledger.kept([RICH.document.id])[RICH.document.id]
    assert [party.role for party in kept.parties if party.id == "p1"] == ["mayor", "baker"]
    assert kept.regions == {"Ukraine"}


def test_a_document_in_which_nothing_is_said_is_kept(ledger: Ledger) -> None:
    other = Document("Nothing is said here.")
    ledger.add([Entry(other)])
    kept = ledger.kept([other.id])[other.id]
    assert (kept.parties, kept.hedges, kept.sightings[0].key) == ((), {}, None)
