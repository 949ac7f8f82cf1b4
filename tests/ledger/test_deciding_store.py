"""Decisions in both stores: kept once, attached to words, reopened by readings, never lost; the queue; files."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from onrecord.contract import contract
from onrecord.errors import DecisionError
from onrecord.ledger import Entry, Ledger, Progress, Status, Where, Why
from onrecord.ledger import tables as t
from onrecord.ledger.adding import Batch
from onrecord.ledger.deciding import files
from onrecord.model import Act, Decision, Document, Judgement, ReaderInfo, Span, place_id
from onrecord.reading.attribution.rules import attribute
from onrecord.reading.reader import Reader
from tests.exports.readings import AID_WORKERS, BRIDGE, RICH, UKRAINE, everything
from tests.ledger.conftest import STORY, Keep, again, dump, some_row

J = Judgement
both = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)
OTHER = ReaderInfo("another", "2")
LINES, RISE = RICH.statements[1], RICH.statements[2]


def on(statement: str, judgement: Judgement = J.ACCEPT, by: str = "A. Editor", **said: Any) -> Decision:
    return Decision(judgement, "statement", statement, by, **said)


def reread(keep: Keep, n: int, **changed: object) -> None:
    """A later reading that has the nth statement otherwise."""
    told = tuple(replace(s, **changed) if k == n else s for k, s in enumerate(RICH.statements))  # type: ignore[arg-type]
    keep(replace(RICH, reader=OTHER, statements=told))


# --- keeping -----------------------------------------------------------------------------------------------------


@both
def test_a_decision_keeps_who_when_why_its_words_and_what_it_saw(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    (made,) = ledger.decide([on(RISE.id, why="heard the tape")]).decisions
    assert list(ledger.decisions()) == [made]
    assert (made.by, made.why, made.words) == ("A. Editor", "heard the tape", RISE.content.spans)
    assert made.at.endswith("+00:00")
    assert isinstance(made.saw, dict)
    assert made.saw["value"] == json.loads(json.dumps(contract(RICH)))["statements"][2]
    assert (made.saw["reader"], made.saw["found"]) == ("onrecord", True)
    assert dump(ledger)["decisions"][0][t.decisions.c.keys().index("document")] == RICH.document.id
    assert ledger.verify().faults == 0


@both
def test_deciding_the_same_twice_changes_nothing(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    moroz, workers = RICH.statements[2].claimant[0].id, AID_WORKERS.id
    decisions = [
        on(RISE.id, J.CORRECT, field="claimant", value="two aid workers"),
        on(RISE.id, J.CORRECT, field="act", value="deny"),
        on(RISE.id, J.COMMENT, why="see page 2"),
        on(LINES.id, J.REJECT),
        Decision(J.MERGE, "party", moroz, "A. Editor", other=workers),
    ]
    assert ledger.decide(decisions).added == 5
    before = dump(ledger)
    swapped = replace(decisions[-1], target=workers, other=moroz)
    assert (ledger.decide([*decisions, swapped]).there, dump(ledger)) == (6, before)


@both
def test_it_counts_again_after_another_decision_or_reading(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    for judgement, by in ((J.ACCEPT, "A"), (J.REJECT, "B"), (J.ACCEPT, "A"), (J.ACCEPT, "B")):
        assert ledger.decide([on(RISE.id, judgement, by)]).added == 1
    reread(keep, 2, act=Act.WARN)
    assert ledger.state(RISE.id).status is Status.REOPENED
    assert ledger.decide([on(RISE.id, J.ACCEPT, "B")]).added == 1
    assert ledger.state(RISE.id).status is Status.ACCEPTED


@both
def test_what_cannot_be_kept_is_told_and_the_others_are_kept(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    wrong = [
        on("0000000000000000"),
        on(RISE.id, J.CORRECT, field="act", value="lie"),
        on(RISE.id, J.CORRECT, field="within", value="0000000000000000"),
        on(RISE.id, J.CORRECT, field="channel", value="\ud800"),
        on(RISE.id, J.ACCEPT, field="acts"),
        on(RISE.id, id="0000000000000000"),
        on(RISE.id, saw={"value": {"act": "say"}}),
        Decision(J.MERGE, "party", RISE.claimant[0].id, "A", other="nobody"),
        Decision(J.UNDO, "decision", "0000000000000000", "A"),
    ]
    told: list[str] = []
    decided = ledger.decide([*wrong, on(RISE.id)], lambda error: told.append(str(error)))
    assert (decided.added, decided.refused, len(told)) == (1, len(wrong), len(wrong))
    assert not any("\n" in line for line in told)
    before = dump(ledger)
    with pytest.raises(DecisionError, match="no statement 0000"):
        ledger.decide([on(LINES.id), *wrong])
    assert dump(ledger) == before


@both
def test_a_clock_that_is_behind_does_not_turn_the_order(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    soon = shape_in_minutes(5)
    ledger.decide([on(RISE.id, J.REJECT, at=soon)])
    (second,) = ledger.decide([on(RISE.id, J.ACCEPT, "B")]).decisions
    assert second.at > soon
    assert ledger.state(RISE.id).status is Status.ACCEPTED


def shape_in_minutes(minutes: int) -> str:
    from datetime import UTC, datetime, timedelta

    from onrecord.ledger.deciding import shape

    return shape.iso(datetime.now(UTC) + timedelta(minutes=minutes))


@both
def test_undo_is_a_decision_and_can_be_undone(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    (made,) = ledger.decide([on(RISE.id, J.CORRECT, field="act", value="deny")]).decisions
    held = ledger.state(RISE.id)
    (undo,) = ledger.undo(made.id, "B").decisions
    assert (ledger.state(RISE.id).status, ledger.effective(RISE.id)) == (Status.OPEN, made.saw["value"])  # type: ignore[index]
    assert ledger.undo(made.id, "C").there == 1
    assert ledger.undone() == {made.id}
    ledger.undo(undo.id, "A")
    assert ledger.state(RISE.id) == held
    assert [d.judgement for d in ledger.decisions(target=RISE.id)] == [J.CORRECT, J.UNDO, J.UNDO]
    assert [d.by for d in ledger.decisions(target=made.id, by="B")] == ["B"]


@both
def test_parties_and_places_are_merged_over_documents(ledger: Ledger, keep: Keep) -> None:
    keep(RICH, everything("Kherson"))
    one, two = RISE.claimant[0].id, AID_WORKERS.id
    ledger.decide([Decision(J.MERGE, "party", one, "A", other="Kherson")])
    assert ledger.clusters() == {"Kherson": "Kherson", one: "Kherson"}
    ledger.decide([Decision(J.MERGE, "party", two, "A", other=one)])
    assert set(ledger.clusters().values()) == {"Kherson"}
    (split,) = ledger.decide([Decision(J.SPLIT, "party", "Kherson", "B", other=one)]).decisions
    assert ledger.clusters() == {"Kherson": "Kherson", one: one, two: one}
    ledger.undo(split.id, "B")
    assert set(ledger.clusters().values()) == {"Kherson"}
    places = [ledger.place_called(name) for name in ("ukraine", "bridge at Velyka Rika")]
    assert places == [place_id(UKRAINE), place_id(BRIDGE)]
    ledger.decide([Decision(J.MERGE, "place", places[0], "A", other=places[1])])
    assert set(ledger.clusters("place")) == set(places)
    with pytest.raises(DecisionError, match="no place nowhere"):
        ledger.place_called("nowhere")


@both
def test_caveats_and_documents_are_decided_on_too(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    caveat = RICH.caveats[0]
    covers = [RISE.id, *caveat.covers]
    decided = ledger.decide(
        [
            Decision(J.CORRECT, "caveat", caveat.id, "A", field="covers", value=covers),
            Decision(J.ACCEPT, "caveat", caveat.id, "A", field="kind"),
            Decision(J.CORRECT, "document", RICH.document.id, "A", field="published", value="2023-03-06"),
        ]
    )
    assert decided.added == 3
    held = ledger.state(caveat.id, of="caveat")
    assert held.value is not None
    assert held.value["covers"] == covers
    assert decided.decisions[0].words == caveat.spans
    assert ledger.states("document")[RICH.document.id].value["published"] == "2023-03-06"  # type: ignore[index]
    for field, value in (("covers", ["x"]), ("certain", 1), ("text", "so"), ("published", "2023-03-06")):
        with pytest.raises(DecisionError):
            ledger.decide([Decision(J.CORRECT, "caveat", caveat.id, "A", field=field, value=value)])


@both
def test_two_reviewers_at_once_lose_nothing(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)

    def review(by: str) -> None:
        mine = again(ledger)
        for statement in RICH.statements:
            mine.decide([on(statement.id, random.choice([J.ACCEPT, J.REJECT]), by)])
        mine.close()

    reviewers = [Thread(target=review, args=(name,)) for name in "AB"]
    for reviewer in reviewers:
        reviewer.start()
    for reviewer in reviewers:
        reviewer.join()
    assert len(list(ledger.decisions())) == 2 * len(RICH.statements)
    assert ledger.verify().faults == 0


# --- readings that come later ------------------------------------------------------------------------------------


@both
def test_a_better_reader_touches_no_decision(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    ledger.decide([on(s.id) for s in RICH.statements])
    before = dump(ledger)["decisions"]
    reread(keep, 2, act=Act.WARN)
    assert dump(ledger)["decisions"] == before
    statuses = [ledger.state(s.id).status for s in RICH.statements]
    assert statuses == [Status.REOPENED if s is RISE else Status.ACCEPTED for s in RICH.statements]
    value = ledger.effective(RISE.id)
    assert value is not None
    assert value["act"] == "estimate"


@both
def test_what_is_no_longer_found_is_reopened_and_stands(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    ledger.decide([on(RISE.id)])
    keep(replace(RICH, reader=OTHER, statements=tuple(s for s in RICH.statements if s is not RISE)))
    held = ledger.state(RISE.id)
    assert (held.status, [d.field for d in held.differs]) == (Status.REOPENED, ["found"])
    assert ledger.effective(RISE.id) == {**ledger.reviewed([RISE.id])[RISE.id].value, "doubts": []}


@both
def test_rules_in_place_of_the_default_lose_no_decision(ledger: Ledger, keep: Keep, reader: Reader) -> None:
    first = reader(Document(STORY))
    keep(first)
    decided = ledger.decide([on(s.id) for s in first.statements]).decisions
    rules = Reader(attribute=attribute, model=reader.model)(first.document)
    keep(replace(rules, reader=ReaderInfo("rules", "1")))
    assert list(ledger.decisions()) == sorted(decided, key=lambda d: (d.at, d.id))
    for d in decided:
        held = ledger.state(d.target)
        assert held.decided is Status.ACCEPTED
        assert held.decisions == (d,)
        for start, end in d.words:
            assert STORY[start:end] in d.saw["value"]["content"]["text"]  # type: ignore[index]


# --- the queue ---------------------------------------------------------------------------------------------------


def queued(ledger: Ledger, where: Where | None = None, by: str | None = "Z") -> dict[str, list[str]]:
    found = list(ledger.queue(where, by))
    assert len({one.statement.id for one in found}) == len(found)
    order = [one.reasons[0].why for one in found]
    assert order == sorted(order, key=list(Why).index)
    return {one.statement.id: [reason.why.value for reason in one.reasons] for one in found}


def find(ledger: Ledger, statement: str, id_: str = "f1", text: str = "They differ.") -> None:
    """A finding that rests on a statement."""
    with ledger.store.writes() as connection:
        finding = some_row(connection, t.findings) | {"id": id_, "inputs": "i1", "gone": False, "text": text}
        batch = Batch(connection)
        batch.add(None, iter([(t.findings, finding)]))
        row = {"finding": id_, "inputs": "i1", "n": 0, "statement": statement}
        batch.add(None, iter([(t.finding_statements, row)]))
        batch.close()


@both
def test_the_queue_asks_first_what_matters(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    ids = [s.id for s in RICH.statements]
    reread(keep, 7, act=Act.WARN)
    reread_ids = queued(ledger)
    assert set(reread_ids) == set(ids)
    ledger.decide([on(ids[0], J.UNSURE, "B"), on(ids[1])])
    keep(replace(RICH, reader=ReaderInfo("third", "3"), statements=RICH.statements[:1] + RICH.statements[2:]))
    find(ledger, ids[4])
    found = queued(ledger)
    assert list(found)[:3] == [ids[4], ids[1], ids[0]]
    assert [found[id_][0] for id_ in ids[:5]] == ["unsure", "reopened", "doubtful", "not reviewed", "in a finding"]
    assert found[ids[7]] == ["doubtful", "readers differ"]
    assert ids[0] not in queued(ledger, by="B")
    assert ids[0] not in queued(ledger, by=None)


@both
def test_what_is_decided_leaves_the_queue_and_an_undo_brings_it_back(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    made = ledger.decide([on(s.id) for s in RICH.statements]).decisions
    assert queued(ledger) == {}
    assert ledger.progress() == Progress(9, 9)
    ledger.undo(made[3].id, "B")
    assert list(queued(ledger)) == [RICH.statements[3].id]
    assert ledger.progress() == Progress(9, 8)


@both
def test_the_queue_is_narrowed_as_statements_are(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    asked = {found.value["id"] for found in ledger.statements(Where(claimant="moroz"))}
    assert set(queued(ledger, Where(claimant="moroz"))) == asked
    assert len(asked) == 3


@both
def test_a_finding_that_is_dismissed_asks_no_more(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    ids = [s.id for s in RICH.statements]
    find(ledger, ids[0])
    assert queued(ledger)[ids[0]] == ["in a finding"]
    ledger.decide([Decision(J.DISMISS, "finding", "f1", "A", why="other front")])
    assert ledger.state("f1", of="finding").status is Status.DISMISSED
    assert queued(ledger)[ids[0]] == ["not reviewed"]


# --- files -------------------------------------------------------------------------------------------------------


def exported(ledger: Ledger, form: str) -> str:
    lines = files.csv_lines if form == "csv" else files.json_lines
    return "".join(lines(ledger.decisions()))


def imported(ledger: Ledger, text: str) -> Any:
    def told() -> Iterator[Decision]:
        for _, one in files.read(StringIO(text)):
            assert isinstance(one, Decision), one
            yield one

    return ledger.decide(told())


@pytest.fixture
def reviewed(ledger: Ledger, keep: Keep) -> Ledger:
    """A ledger with a decision of every sort."""
    keep(RICH)
    made = ledger.decide(
        [
            on(RISE.id),
            on(RISE.id, J.CORRECT, field="claimant", value="two aid workers", why="=HYPERLINK(1), “no”\nand more"),
            on(RISE.id, J.CORRECT, field="channel", value=None, by="@B"),
            on(RISE.id, J.CORRECT, field="figures[277-283].value", value=-5),
            on(LINES.id, J.REJECT, by="'=C"),
            on(LINES.id, J.COMMENT, why="-1"),
            Decision(J.MERGE, "party", RISE.claimant[0].id, "A", other=AID_WORKERS.id),
            Decision(J.SPLIT, "place", place_id(UKRAINE), "A", other=place_id(BRIDGE)),
        ]
    ).decisions
    (undo,) = ledger.undo(made[0].id, "B").decisions
    ledger.undo(undo.id, "B")
    return ledger


@both
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_is_exported_is_read_as_the_same(form: str, reviewed: Ledger, ledger: Ledger) -> None:
    text = exported(ledger, form)
    assert [one for _, one in files.read(StringIO(text))] == list(ledger.decisions())
    before = dump(ledger)
    decided = imported(ledger, text)
    assert (decided.added, decided.there) == (0, 10)
    assert dump(ledger) == before


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_decisions_go_to_another_ledger_with_their_ids(form: str, reviewed: Ledger, keep: Keep, tmp_path: Any) -> None:
    from onrecord.ledger import open_ledger

    other = open_ledger(tmp_path / "other.db", new=True)
    other.add([Entry(RICH.document, RICH, contract(RICH))])
    assert imported(other, exported(reviewed, form)).added == 10
    assert list(other.decisions()) == list(reviewed.decisions())
    assert other.state(RISE.id) == reviewed.state(RISE.id)
    assert other.clusters() == reviewed.clusters()
    assert other.verify().faults == 0
    other.close()


def test_a_line_that_was_changed_is_not_what_was_decided(reviewed: Ledger) -> None:
    for line in exported(reviewed, "jsonl").splitlines():
        row = json.loads(line) | {"by": "Somebody else"}
        with pytest.raises(DecisionError, match="not what was decided under the id"):
            imported(reviewed, json.dumps(row))


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=12)
VALUES = st.none() | st.booleans() | st.integers(-9, 9) | TEXTS | st.lists(TEXTS, max_size=2)


@given(
    st.lists(
        st.builds(
            Decision,
            st.sampled_from(Judgement),
            st.just("statement"),
            TEXTS,
            TEXTS,
            TEXTS,
            st.none() | TEXTS,
            st.none() | TEXTS,
            VALUES,
            st.none() | TEXTS,
            TEXTS,
            st.lists(st.builds(Span, st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple),
            st.none() | st.dictionaries(TEXTS, VALUES, max_size=2),
        ),
        max_size=4,
    ),
    st.sampled_from([files.csv_lines, files.json_lines]),
)
def test_any_decision_goes_through_a_file(decisions: list[Decision], write: Any) -> None:
    told = [d if d.judgement is J.CORRECT else replace(d, value=None) for d in decisions]
    assert [one for _, one in files.read(StringIO("".join(write(told)), newline=""))] == told


def test_bad_lines_are_told_by_their_number() -> None:
    lines = [
        '{"judgement": "accept", "target": "s", "by": "A"}',
        "",
        "not json",
        '["accept"]',
        '{"judgement": "aprove", "target": "s"}',
        '{"judgement": "accept", "target": 5}',
        '{"judgment": "accept", "target": "s"}',
        '{"judgement": "correct", "target": "s", "field": "act"}',
        '{"judgement": "accept", "target": "s", "words": [[1]]}',
        "[" * 100_000,
        '{"judgement": "unsure", "target": "s"}',
    ]
    found = list(files.read(StringIO("\n".join(lines)), by="B"))
    assert [n for n, one in found if isinstance(one, DecisionError)] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert [(n, one.by) for n, one in found if isinstance(one, Decision)] == [(1, "A"), (11, "B")]


def test_a_spreadsheet_may_leave_columns_out() -> None:
    rows = (
        "\ufeffTarget,Judgement,Field,Value,Why",
        "s,correct,act,deny,",
        "s,correct,channel,null,",
        ",,,,",
        "s,reject,,,a,b",
    )
    text = "\r\n".join(rows)
    found = list(files.read(StringIO(text), by="A"))
    values = [(n, one.field, one.value) for n, one in found if isinstance(one, Decision)]
    assert values == [(2, "act", "deny"), (3, "channel", None)]
    assert [n for n, one in found if isinstance(one, DecisionError)] == [5]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", 'judgement,target\n"accept,s\n', 'judgement,target\nacc"ept",s\n"x'])
def test_a_file_that_is_none_is_one_line(text: str) -> None:
    with pytest.raises(DecisionError) as refused:
        list(files.read(StringIO(text)))
    assert "\n" not in str(refused.value)


# --- texts of every kind -----------------------------------------------------------------------------------------


@both
@pytest.mark.parametrize("text", ["“’\u202e\u200b 12 \x1b[31m", "😀🙂", "'; DROP TABLE statements; --"])
def test_odd_text_is_decided_on_and_proven(text: str, ledger: Ledger, keep: Keep) -> None:
    keep(everything(text))
    ids = [found.value["id"] for found in ledger.statements()]
    ledger.decide([on(ids[0], J.CORRECT, field="channel", value=text), on(ids[1])])
    assert imported(ledger, exported(ledger, "csv")).there == 2
    assert ledger.verify().faults == 0
    with ledger.store.reads() as connection:
        assert len(connection.execute(select(t.decisions.c.id)).all()) == 2
