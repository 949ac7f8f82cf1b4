"""What statements are looked up by follows what is read and decided, is the same made anew, and puts them in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from sqlalchemy import select

from benchmarks.ledger.madeup import reading as made_up
from onrecord.contract import contract
from onrecord.errors import LedgerError
from onrecord.ledger import Entry, Found, Ledger, Where
from onrecord.ledger.asking import ordering, sieving
from onrecord.ledger.indexing import make_anew
from onrecord.ledger.tables.derived import spots, tallies, terms
from onrecord.model import Act, Decision, Finding, FindingKind, Judgement, ReaderInfo
from tests.exports.readings import RICH
from tests.ledger.conftest import Keep

pytestmark = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)
OTHER = ReaderInfo("another", "2")
FIRST = RICH.statements[1]


def ids(ledger: Ledger, **where: object) -> list[str]:
    return [found.value["id"] for found in ledger.statements(Where(**where))]  # type: ignore[arg-type]


def correct(ledger: Ledger, field: str, value: object, of: str = "statement", target: str = FIRST.id) -> str:
    decided = ledger.decide([Decision(Judgement.CORRECT, of, target, "A. Editor", field=field, value=value)])
    return decided.decisions[0].id


def kept(ledger: Ledger) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]], set[tuple[object, ...]]]:
    """The terms by what they say, the tallies, and the places."""
    with ledger.store.reads() as connection:
        told = select(tallies.c.kind, tallies.c.value, terms.c.row).join_from(
            terms, tallies, terms.c.term == tallies.c.id
        )
        return (
            {tuple(row) for row in connection.execute(told)},
            {tuple(row) for row in connection.execute(select(tallies.c.kind, tallies.c.value, tallies.c.n))},
            {row.key for row in connection.execute(select(spots.c.key))},
        )


def is_as_made_anew(ledger: Ledger) -> None:
    before = kept(ledger)
    with ledger.store.writes() as connection:
        make_anew(connection)
    after = kept(ledger)
    assert before[:2] == after[:2]
    assert before[2] >= after[2]


@pytest.mark.parametrize(
    ("field", "value", "old", "new"),
    [
        ("act", "warn", {"act": str(FIRST.act)}, {"act": "warn"}),
        ("factuality", "denied", {"factuality": "certain"}, {"factuality": "denied"}),
        ("quotation", "none", {"quotation": "direct"}, {"quotation": "none"}),
        ("claimant", {"name": "Olha Bondar", "kind": "person", "side": "DE"}, {"claimant": "Moroz"}, {"side": "DE"}),
        ("claimant", {"name": "Olha Bondar", "kind": "person", "side": "DE"}, {"side": "UA"}, {"claimant": "bondar"}),
        (
            "said",
            "2021-07",
            {"said_from": date(2023, 1, 1)},
            {"said_from": date(2021, 7, 9), "said_to": date(2021, 7, 9)},
        ),
    ],
)
def test_a_correction_is_found_by_the_new_value_and_not_by_the_old(
    field: str, value: object, old: dict[str, object], new: dict[str, object], ledger: Ledger, keep: Keep
) -> None:
    keep(RICH)
    assert FIRST.id in ids(ledger, **old)
    assert FIRST.id not in ids(ledger, **new)
    decision = correct(ledger, field, value)
    assert FIRST.id not in ids(ledger, **old)
    assert FIRST.id in ids(ledger, **new)
    is_as_made_anew(ledger)
    ledger.undo(decision, "A. Editor")
    assert FIRST.id in ids(ledger, **old)
    assert FIRST.id not in ids(ledger, **new)
    is_as_made_anew(ledger)


def test_counts_follow_corrections(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    before = dict(ledger.counts("act").values)
    decision = correct(ledger, "act", "promise")
    after = dict(ledger.counts("act").values)
    assert after == {**before, str(FIRST.act): before[str(FIRST.act)] - 1, "promise": 1}
    assert dict(ledger.counts("act", Where(side="UA")).values)["promise"] == 1
    assert ledger.counts("state").values == (("corrected", 1),)
    ledger.undo(decision, "A. Editor")
    assert dict(ledger.counts("act").values) == before
    assert ledger.counts("state").values == ()


def test_a_place_or_measure_that_is_taken_out_is_found_no_longer(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    told = RICH.statements[0]
    (place,) = told.places
    assert told.id in ids(ledger, place_name=place.name)
    start, end = place.spans[0]
    correct(ledger, f"places[{start}-{end}]", None, target=told.id)
    assert told.id not in ids(ledger, place_name=place.name)
    counted = next(s for s in RICH.statements if any(f.measure for f in s.figures))
    figure = next(f for f in counted.figures if f.measure)
    start, end = figure.spans[0]
    correct(ledger, f"figures[{start}-{end}].measure", "fled", target=counted.id)
    assert ids(ledger, measure="fled") == [counted.id]
    is_as_made_anew(ledger)


def test_parties_that_are_merged_are_found_by_each_others_names(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    one, *others = {party.id: party for s in RICH.statements for party in s.claimant}.values()
    other = next(party for party in others if party.name != one.name)
    by_one, by_other = ids(ledger, claimant=one.name), ids(ledger, claimant=other.name)
    assert by_one != by_other
    merged = ledger.decide([Decision(Judgement.MERGE, "party", one.id, "A. Editor", other=other.id)])
    assert set(ids(ledger, claimant=one.name)) == set(ids(ledger, claimant=other.name)) == {*by_one, *by_other}
    assert dict(ledger.counts("claimant").values)[one.name] == len({*by_one, *by_other})
    is_as_made_anew(ledger)
    again = replace(RICH, reader=OTHER)
    ledger.add([Entry(again.document, again, contract(again))])
    assert set(ids(ledger, claimant=one.name)) == {*by_one, *by_other}
    is_as_made_anew(ledger)
    ledger.undo(merged.decisions[0].id, "A. Editor")
    assert (ids(ledger, claimant=one.name), ids(ledger, claimant=other.name)) == (by_one, by_other)
    is_as_made_anew(ledger)


def test_a_corrected_caveat_is_found_by_its_kind(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    caveat = RICH.caveats[0]
    covered = ids(ledger, caveat=caveat.kind)
    assert sorted(covered) == sorted(caveat.covers)
    correct(ledger, "kind", "anonymous", "caveat", caveat.id)
    assert ids(ledger, caveat=caveat.kind) == []
    assert ids(ledger, caveat="anonymous") == covered == ids(ledger, caveat="any")
    is_as_made_anew(ledger)


def test_states_are_found_as_they_change(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    ledger.decide([Decision(Judgement.ACCEPT, "statement", FIRST.id, "A. Editor")])
    assert ids(ledger, state="accepted") == [FIRST.id]
    assert len(ids(ledger, state="open")) == 8
    keep(replace(RICH, reader=OTHER, statements=tuple(replace(s, act=Act.DENY) for s in RICH.statements)))
    assert ids(ledger, state="accepted") == []
    assert ids(ledger, state="reopened") == [FIRST.id]
    assert FIRST.id in ids(ledger, act=str(FIRST.act))  # what a person accepted holds until a person decides again
    is_as_made_anew(ledger)


def test_a_statement_that_is_lost_is_reopened(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    ledger.decide([Decision(Judgement.ACCEPT, "statement", FIRST.id, "A. Editor")])
    others = tuple(s for s in RICH.statements if s.id != FIRST.id)
    keep(replace(RICH, reader=OTHER, statements=others))
    assert ids(ledger, state="reopened") == [FIRST.id]
    is_as_made_anew(ledger)


def test_findings_are_found_while_they_hold(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    finding = Finding("f" * 16, FindingKind.CONFLICT, (FIRST.id,), (), "2 > 1", "Both cannot hold.")
    ledger.keep_findings([finding])
    assert ids(ledger, finding="conflict") == ids(ledger, finding="any") == [FIRST.id]
    assert ids(ledger, finding="series") == []
    is_as_made_anew(ledger)
    ledger.keep_findings([])
    assert ids(ledger, finding="any") == []
    is_as_made_anew(ledger)


def test_a_sighting_brings_its_day_and_publisher(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    assert ids(ledger, publisher="The Other Post") == []
    ledger.add([Entry(replace(RICH.document, publisher="The Other Post", published=date(2023, 3, 1)))])
    assert len(ids(ledger, publisher="The Other Post")) == len(ids(ledger, publisher="The River Courier")) == 9
    with ledger.store.reads() as connection:
        days = select(tallies.c.value, tallies.c.n).where(tallies.c.kind == "published")
        assert connection.execute(days).all() == [("2023-03-01", 9)]
    is_as_made_anew(ledger)


def test_a_statement_is_about_the_times_that_it_names(ledger: Ledger, keep: Keep) -> None:
    inside = [s for s in RICH.statements if "Sunday" in s.content.text or "Monday" in s.content.text]
    keep(RICH)
    for statement in inside:
        assert statement.id in ids(ledger, about_from=date(2023, 3, 5), about_to=date(2023, 3, 6))


# --- in order ----------------------------------------------------------------------------------------------------


DAYS = {"made-up/0": 9, "made-up/1": None, "made-up/2": 7, "made-up/3": 11, "made-up/4": 7}


def several(ledger: Ledger) -> None:
    """Documents whose days are in another order, two of them the same, and one of no day."""
    for n, day in enumerate(DAYS.values()):
        made = made_up(n)
        one = replace(made, document=replace(made.document, published=date(2023, 3, day) if day else None))
        ledger.add([Entry(one.document, one, contract(one))])


def pages(ledger: Ledger, sort: str, where: Where, size: int) -> Iterator[int]:
    after = None
    while page := list(ledger.statements(where, sort=sort, after=after, limit=size)):
        yield from (found.row for found in page)
        after = page[-1].row


SORTED = ("added", "-added", "said", "-said", "published", "-published")
CONDITIONS = (
    Where(), Where(side="UA"), Where(text="near"), Where(text="near", act="say"), Where(document="made-up/2"),
    Where(claimant="e"), Where(claimant="e", side="UA"), Where(claimant="o", act="say"),
)  # fmt: skip


@pytest.mark.parametrize("few", [10_000, 2])
def test_pages_go_through_all_in_order(few: int, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    several(ledger)
    wholes = {where: {found.row: found for found in ledger.statements(where)} for where in CONDITIONS}
    monkeypatch.setattr(ordering, "FEW", few)
    monkeypatch.setattr(sieving, "FEW", few)
    monkeypatch.setattr(ordering, "_SHORTEST", few)
    for where, sort in product(CONDITIONS, SORTED):
        whole = wholes[where]
        assert whole
        expected = in_order(whole, sort)
        for size in (2, 100):
            assert list(pages(ledger, sort, where, size)) == expected, (where, sort, size)


def in_order(whole: dict[int, Found], sort: str) -> list[int]:
    """The rows in the order of ``sort``: those without a day last."""
    name, down = sort.removeprefix("-"), sort.startswith("-")

    def key(row: int) -> str:
        said, day = whole[row].value["said"], DAYS[whole[row].key or ""]
        days = {"added": "as added", "published": f"{day:02}" if day else "", "said": said["earliest"] if said else ""}
        return str(days[name])

    known = sorted((row for row in whole if key(row)), key=lambda row: (key(row), row), reverse=down)
    return known + sorted((row for row in whole if not key(row)), reverse=down)


def test_another_order_is_told_in_a_line(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="not put in order by colour: choose from added, said, published"):
        list(ledger.statements(sort="colour"))
