"""What adding writes: once, in whole batches, under ids that stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from onrecord.contract import contract
from onrecord.errors import DocumentError
from onrecord.ledger import Added, Entry, Ledger
from onrecord.ledger import tables as t
from onrecord.model import Document, ReaderInfo, Reading, Words
from onrecord.reading.attribution.rules import attribute
from onrecord.reading.reader import Reader
from tests.exports.readings import RICH, bare, everything
from tests.ledger.conftest import STORY, Count, Keep, again, dump

Read = Callable[..., Reading]
pytestmark = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)
OTHER = ReaderInfo("another", "2")


def test_every_value_of_the_contract_is_kept(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    with ledger.store.reads() as connection:
        values = connection.execute(select(t.statement_values.c.value)).scalars()
        kept = {value["id"]: value for value in map(json.loads, values)}
        figures = [json.loads(whole) for whole in connection.execute(select(t.figures.c.whole)).scalars()]
        places = connection.execute(select(t.places.c.name)).scalars().all()
        caveat = connection.execute(select(t.covers.c.statement)).scalars().all()
    told = json.loads(json.dumps(contract(RICH)))
    assert kept == {s["id"]: s for s in told["statements"]}
    assert sorted(f["text"] for f in figures) == sorted(f["text"] for f in told["figures"])
    assert set(places) >= {p["name"] for p in told["places"]}
    assert sorted(caveat) == sorted(told["caveats"][0]["covers"])


def test_the_columns_say_what_the_value_says(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    with ledger.store.reads() as connection:
        losses = connection.execute(select(t.figures).where(t.figures.c.text == "11,000")).mappings().one()
        lines = connection.execute(select(t.statement_values).where(t.statement_values.c.channel == "briefing")).one()
        shared = connection.execute(select(t.claimants.c.name).where(t.claimants.c.n == 1)).scalars().all()
        loose = connection.execute(select(t.figures.c.text).where(t.figures.c.statement.is_(None))).scalars().all()
    assert (losses["value"], losses["low"], losses["high"], losses["side"]) == (11000, 10500, 11500, "RU")
    assert (losses["period_from"], losses["period_to"]) == ("2023-02-01", "2023-02-28")
    assert (lines.said_from, lines.quotation) == ("2023-03-05", "direct")
    assert shared == ["two aid workers"]
    assert loose == ["nine days", "some 300 rounds a day"]


@pytest.mark.parametrize("text", ["“’\u202e\u200b 12 \x1b[31m", "😀🙂", "'; DROP TABLE statements; --"])
def test_odd_text_in_every_field_is_kept_and_proven(text: str, ledger: Ledger, keep: Keep, count: Count) -> None:
    keep(everything(text))
    assert count("statements") == 2
    assert ledger.verify().faults == 0


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_a_text_no_store_can_hold_is_told(text: str, ledger: Ledger) -> None:
    with pytest.raises(DocumentError, match="cannot be kept"):
        ledger.to_read(Document(text), OTHER)


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_a_text_no_store_can_hold_costs_only_itself(text: str, ledger: Ledger, count: Count) -> None:
    entries = [
        Entry(Document("The bridge is open.")),
        Entry(Document(text, key="odd\ud800")),
        Entry(Document("It rains.")),
    ]
    told: list[DocumentError] = []
    assert ledger.add(entries[:2], tell=told.append).documents == 1
    with pytest.raises(DocumentError, match=r"cannot be kept: odd\ufffd: .*mend the text"):
        ledger.add(entries)
    assert [str(error).count("\n") for error in told] == [0]
    assert count("documents") == 2
    assert ledger.verify().faults == 0


@pytest.mark.parametrize("field", ["title", "url", "publisher", "key", "language"])
def test_what_is_said_of_a_text_is_mended(field: str, ledger: Ledger) -> None:
    said: dict[str, str] = {field: "https://example.org/a\ud800"}
    for n in range(2):  # at one address, the second is a revision of the first
        ledger.add([Entry(Document(f"The bridge is closed for {n} days.", **said))])  # type: ignore[arg-type]
    with ledger.store.reads() as connection:
        kept = connection.execute(select(t.sightings.c[field])).scalars().all()
    assert kept == ["https://example.org/a\ufffd"] * 2
    assert ledger.verify().faults == 0


def test_a_name_that_no_store_can_hold_is_mended(ledger: Ledger) -> None:
    ledger.add([Entry(Document("The bridge is closed.", key="caf\udce9\0.txt"))])
    assert dump(ledger)["sightings"][0][1] == "caf\ufffd\ufffd.txt"
    assert ledger.verify().faults == 0


# --- twice -------------------------------------------------------------------------------------------------------


def test_adding_again_adds_nothing(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    before = dump(ledger)
    assert keep(RICH) == Added()
    assert dump(ledger) == before


def test_the_same_text_elsewhere_is_a_sighting(keep: Keep, count: Count) -> None:
    text = RICH.document.text
    keep(RICH)
    copy = replace(RICH, document=Document(text, key="copy", url="https://example.com/2", published=date(2023, 3, 9)))
    assert keep(copy) == Added(sightings=1)
    assert (count("documents"), count("sightings"), count("readings")) == (1, 2, 1)


@pytest.mark.parametrize(
    "order", [("2023-03-09", None, "2023-03-07"), ("2023-03-07", "2023-03-09", None), (None, "2023-03-07")]
)
def test_a_text_is_read_under_its_earliest_day(
    order: tuple[str | None, ...], ledger: Ledger, reader: Reader, read: Read
) -> None:
    for day in order:
        document = Document(STORY, published=date.fromisoformat(day) if day else None)
        asked = ledger.to_read(document, reader.info)
        reading = reader(asked) if asked else None
        ledger.add([Entry(document, reading, contract(reading) if reading else None)])
    newest = select(func.max(t.readings.c.nth)).scalar_subquery()
    with ledger.store.reads() as connection:
        days = set(connection.execute(select(t.readings.c.published).where(t.readings.c.nth == newest)).scalars())
        said = select(t.statement_values.c.said_from).where(t.statement_values.c.nth == newest)
        kept = set(connection.execute(said).scalars())
    assert days == {"2023-03-07"}
    assert kept == {s.said and str(s.said.earliest) for s in read(STORY, "2023-03-07").statements} | (kept & {None})


def test_a_late_copy_in_the_same_batch_is_not_read_under_its_day(keep: Keep, count: Count) -> None:
    late = replace(RICH, document=replace(RICH.document, published=date(2024, 1, 1)))
    keep(RICH, late)
    assert (count("readings"), count("sightings")) == (1, 2)


# --- another reader ----------------------------------------------------------------------------------------------


def test_a_better_reader_stands_beside_the_first(ledger: Ledger, keep: Keep, count: Count) -> None:
    keep(RICH)
    first = dump(ledger)
    moved = [
        replace(
            s, id=f"new{n}", content=Words.of(RICH.document.text, [(s.content.spans[0].start, s.content.spans[-1].end)])
        )
        for n, s in enumerate(RICH.statements)
    ]
    added = keep(replace(RICH, reader=OTHER, statements=tuple(moved), caveats=()))
    assert (added.statements, added.kept, added.unfound, added.share_kept) == (0, 9, 0, 1.0)
    assert count("statement_values") == 18
    for table, rows in dump(ledger).items():
        assert set(first[table]) <= set(rows), table


def test_ids_inside_a_value_are_those_of_the_record(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    renamed = {s.id: f"new{n}" for n, s in enumerate(RICH.statements)}
    again = tuple(
        replace(s, id=renamed[s.id], within=renamed.get(s.within or ""), caveats=("c2",) if s.caveats else ())
        for s in RICH.statements
    )
    hedge = replace(RICH.caveats[0], id="c2", covers=tuple(renamed[id_] for id_ in RICH.caveats[0].covers))
    keep(replace(RICH, reader=OTHER, statements=again, caveats=(hedge,)))
    with ledger.store.reads() as connection:
        values = connection.execute(select(t.statement_values.c.value).order_by(t.statement_values.c.row)).scalars()
        read = [json.loads(value) for value in values]
    assert read[:9] == read[9:]


def test_what_is_not_found_again_is_marked_and_stays(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    gone = RICH.statements[1]
    added = keep(replace(RICH, reader=OTHER, statements=(RICH.statements[0], *RICH.statements[2:])))
    assert (added.unfound, added.kept, added.share_kept) == (1, 8, 8 / 9)
    rows = dump(ledger)
    assert [row[0] for row in rows["unfound"]] == [gone.id]
    assert gone.id in {row[0] for row in rows["statements"]}


def test_rules_against_the_default_lose_no_statement(ledger: Ledger, keep: Keep, reader: Reader, read: Read) -> None:
    first = read(STORY, "2023-03-07")
    keep(first)
    rules = Reader(attribute=attribute, model=reader.model)(first.document)
    added = keep(replace(rules, reader=ReaderInfo("rules", "1")))
    assert added.kept + added.unfound == len(first.statements)
    assert added.share_kept is not None
    assert added.share_kept > 0.5
    assert {row[0] for row in dump(ledger)["statements"]} >= {s.id for s in first.statements}
    assert keep(first) == Added()


# --- batches -----------------------------------------------------------------------------------------------------


def test_a_batch_that_breaks_off_leaves_nothing(ledger: Ledger) -> None:
    entry = Entry(RICH.document, RICH, contract(RICH))
    ledger.add([Entry(Document("Kept before."))])
    before = dump(ledger)

    def broken() -> object:
        yield entry
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.add(broken())  # type: ignore[arg-type]
    assert dump(ledger) == before
    ledger.add([entry])
    assert ledger.verify().faults == 0


def test_batches_are_chained(ledger: Ledger) -> None:
    for n in range(3):
        ledger.add([Entry(Document(f"Text {n}."))])
    rows = dump(ledger)["batches"]
    assert [row[0] for row in rows] == [1, 2, 3]
    assert [row[4] for row in rows] == ["", *(row[5] for row in rows[:2])]


def test_a_reader_sees_whole_batches_while_another_writes(ledger: Ledger) -> None:
    other = again(ledger)

    def entries() -> object:
        for n in range(4):
            assert other.verify().documents == 0
            yield Entry(Document(f"Text {n}."))

    ledger.add(entries())  # type: ignore[arg-type]
    assert other.verify().documents == 4
    other.close()


def test_two_writers_wait_for_each_other(ledger: Ledger) -> None:
    from threading import Thread

    def write(name: str) -> None:
        mine = again(ledger)
        for n in range(8):
            mine.add([Entry(Document(f"{name} {n}.")), Entry(Document(f"both {n}."))])
        mine.close()

    writers = [Thread(target=write, args=(name,)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    proof = ledger.verify()
    assert (proof.faults, proof.documents) == (0, 24)


def test_a_reading_of_nothing_is_a_reading(keep: Keep, count: Count) -> None:
    assert keep(bare("Nothing here.")) == Added(documents=1, sightings=1, readings=1)
    assert count("statements") == 0
