"""What holds after decisions, without a store: order, undoing, reopening, merging, and the shape of corrections."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.contract import contract
from onrecord.errors import DecisionError
from onrecord.ledger.deciding import shape
from onrecord.ledger.deciding.correcting import Around, corrected
from onrecord.ledger.deciding.meanings import STATEMENT, several
from onrecord.ledger.deciding.paths import laid, path, told
from onrecord.ledger.deciding.states import Seen, State, Status, state
from onrecord.model import Decision, Judgement, normalised
from onrecord.model.clusters import clusters
from onrecord.model.standing import standing
from tests.exports.readings import RICH

J = Judgement
VALUES: list[dict[str, Any]] = json.loads(json.dumps(contract(RICH)))["statements"]
RISE = VALUES[2]
LOSSES = "figures[277-283]"
PARTIES = {normalised(p["name"]): p for value in VALUES for p in several(value["claimant"])}
AROUND = Around(RICH.document.id, RICH.document.text, RISE, PARTIES)


def made(judgement: Judgement, n: int, *, saw: dict[str, Any] = RISE, found: bool = True, **said: Any) -> Decision:
    """The nth decision in time."""
    seen = Seen(saw, found).as_saw() if judgement is not J.UNDO else None
    of, target = ("decision", said.pop("target")) if judgement is J.UNDO else ("statement", "s")
    given = Decision(judgement, of, target, "A", f"2024-05-01T10:00:{n:02}.000000+00:00", saw=seen, **said)
    return replace(given, id=shape.decision_id(given))


def after(*decisions: Decision, now: dict[str, Any] = RISE, found: bool = True) -> State:
    return state("statement", "s", decisions, Seen(now, found))


# --- what stands -------------------------------------------------------------------------------------------------

ONE, TWO = PARTIES["iryna moroz"], PARTIES["two aid workers"]
SAID = st.sampled_from(
    [
        (J.ACCEPT, {}),
        (J.ACCEPT, {"field": "act"}),
        (J.CORRECT, {"field": "act", "value": "deny"}),
        (J.CORRECT, {"field": "act", "value": "warn"}),
        (J.CORRECT, {"field": "claimant", "value": TWO}),
        (J.CORRECT, {"field": f"{LOSSES}.side", "value": "UA"}),
        (J.CORRECT, {"field": LOSSES, "value": None}),
        (J.REJECT, {}),
        (J.UNSURE, {}),
        (J.COMMENT, {"why": "see the tape"}),
    ]
)
HISTORY = st.lists(SAID, max_size=8).map(lambda all_: [made(j, n, **said) for n, (j, said) in enumerate(all_)])
READ = st.sampled_from([RISE, {**RISE, "act": "deny"}, {**RISE, "claimant": TWO}, {**RISE, "figures": []}])


@given(HISTORY, READ, st.booleans(), st.randoms(use_true_random=False))
def test_time_decides_not_the_order_of_arrival(history: list[Decision], now: Any, found: bool, random: Any) -> None:
    shuffled = [*history, *history]
    random.shuffle(shuffled)
    assert after(*shuffled, now=now, found=found) == after(*history, now=now, found=found)


@given(HISTORY, READ, st.data())
def test_an_undo_undone_changes_nothing(history: list[Decision], now: Any, data: st.DataObject) -> None:
    held = after(*history, now=now)
    if history:
        target = data.draw(st.sampled_from(history))
        undo = made(J.UNDO, 20, target=target.id)
        without = after(*(d for d in history if d is not target), now=now)
        assert after(*history, undo, now=now) == without
        assert after(*history, undo, made(J.UNDO, 21, target=undo.id), now=now) == held


@pytest.mark.parametrize("length", [1, 2, 3, 2999])
def test_a_chain_of_undos_is_followed_to_its_end(length: int) -> None:
    chain = [made(J.ACCEPT, 0)]
    for n in range(length):
        undo = Decision(J.UNDO, "decision", chain[-1].id, "A", f"{n:09}")
        chain.append(replace(undo, id=shape.decision_id(undo)))
    assert bool(standing(chain)) == (length % 2 == 0)


@given(HISTORY, READ)
def test_what_was_decided_holds_whatever_is_read(history: list[Decision], now: Any) -> None:
    before, later = after(*history), after(*history, now=now)
    assert before.decided == later.decided
    assert before.fields == later.fields
    for at in map(path, later.fields):
        wider = [other for other in later.fields if path(other) != at and path(other).within(at)]
        if not wider and before.value and later.value:
            assert told(later.value, at) == told(before.value, at)


# --- reopening ---------------------------------------------------------------------------------------------------


def test_nothing_decided_is_open() -> None:
    assert (after().status, after().value) == (Status.OPEN, RISE)


@pytest.mark.parametrize(
    ("judgement", "status"),
    [(J.ACCEPT, Status.ACCEPTED), (J.REJECT, Status.REJECTED), (J.UNSURE, Status.UNSURE), (J.COMMENT, Status.OPEN)],
)
def test_a_judgement_makes_the_status(judgement: Judgement, status: Status) -> None:
    held = after(made(judgement, 1, why="why"))
    assert (held.status, held.differs) == (status, ())


def test_a_correction_is_laid_over_what_is_read() -> None:
    held = after(made(J.CORRECT, 1, field="act", value="deny"), made(J.CORRECT, 2, field=f"{LOSSES}.side", value="UA"))
    assert held.status is Status.CORRECTED
    assert held.value is not None
    assert held.value["act"] == "deny"
    assert [figure["side"] for figure in held.value["figures"]] == ["RU", "UA"]
    assert {**held.value, "act": RISE["act"], "figures": RISE["figures"]} == RISE


def test_a_later_reading_that_contradicts_reopens_and_does_not_overrule() -> None:
    held = after(made(J.CORRECT, 1, field="act", value="deny"), now={**RISE, "act": "warn"})
    assert (held.status, held.decided) == (Status.REOPENED, Status.CORRECTED)
    assert [(d.field, d.was, d.now) for d in held.differs] == [("act", "deny", "warn")]
    assert held.value is not None
    assert held.value["act"] == "deny"


@pytest.mark.parametrize("act", ["estimate", "deny"])
def test_a_reading_that_says_what_was_seen_or_decided_does_not_reopen(act: str) -> None:
    assert after(made(J.CORRECT, 1, field="act", value="deny"), now={**RISE, "act": act}).status is Status.CORRECTED


def test_other_fields_may_read_differently() -> None:
    assert after(made(J.ACCEPT, 1, field="act"), now={**RISE, "claimant": None}).status is Status.ACCEPTED
    assert after(made(J.ACCEPT, 1), now={**RISE, "claimant": None}).status is Status.REOPENED


def test_a_person_who_decides_again_closes_it() -> None:
    now = {**RISE, "act": "warn"}
    first = made(J.CORRECT, 1, field="act", value="deny")
    kept = after(first, made(J.ACCEPT, 2, saw=now), now=now)
    taken = after(first, made(J.CORRECT, 2, saw=now, field="act", value="warn"), now=now)
    assert (kept.status, kept.value and kept.value["act"]) == (Status.ACCEPTED, "deny")
    assert (taken.status, taken.value and taken.value["act"]) == (Status.CORRECTED, "warn")


@pytest.mark.parametrize(("judgement", "reopened"), [(J.ACCEPT, True), (J.REJECT, False), (J.UNSURE, False)])
def test_what_is_no_longer_found_contradicts_who_accepted_it(judgement: Judgement, reopened: bool) -> None:
    held = after(made(judgement, 1), found=False)
    assert (held.status is Status.REOPENED) == reopened
    assert [d.field for d in held.differs] == ["found"] * reopened
    assert after(made(judgement, 1, found=False), found=False).differs == ()


@pytest.mark.parametrize("judgement", [J.REJECT, J.UNSURE])
def test_what_was_rejected_and_reads_otherwise_is_asked_again(judgement: Judgement) -> None:
    held = after(made(judgement, 1), now={**RISE, "claimant": TWO})
    assert (held.status, [d.field for d in held.differs]) == (Status.REOPENED, ["claimant"])


@pytest.mark.parametrize("dress", ["{},", "that {}"])
def test_a_comma_more_is_no_contradiction(dress: str) -> None:
    content = {"spans": [[0, 1]], "text": dress.format(RISE["content"]["text"].upper())}
    shorter = [{**figure, "text": figure["text"][1:], "candidates": []} for figure in reversed(RISE["figures"])]
    again = {**RISE, "content": content, "figures": shorter, "said_candidates": [], "doubts": []}
    assert after(made(J.ACCEPT, 1), now=again).status is Status.ACCEPTED


def test_a_figure_that_was_corrected_stands_where_it_is_lost() -> None:
    held = after(made(J.CORRECT, 1, field=f"{LOSSES}.side", value="UA"), now={**RISE, "figures": []})
    assert held.status is Status.REOPENED
    assert held.value is not None
    assert [(f["text"], f["side"]) for f in held.value["figures"]] == [("11,000", "UA")]


def test_a_figure_is_found_by_its_words_when_they_are_cut_otherwise() -> None:
    wider = [{**f, "spans": [[f["spans"][0][0] - 2, f["spans"][0][1]]]} for f in RISE["figures"]]
    held = after(made(J.CORRECT, 1, field=f"{LOSSES}.side", value="UA"), now={**RISE, "figures": wider})
    assert held.status is Status.CORRECTED
    assert held.value is not None
    assert [f["side"] for f in held.value["figures"]] == ["RU", "UA"]


def test_a_doubt_ends_where_a_person_decided() -> None:
    held = after(made(J.CORRECT, 1, field="claimant", value=TWO))
    assert held.value is not None
    assert held.value["doubts"] == ["figures"]
    accepted = after(made(J.ACCEPT, 1)).value
    assert accepted is not None
    assert accepted["doubts"] == []


# --- merging -----------------------------------------------------------------------------------------------------

IDS = st.sampled_from("abcdef")
EDGES = st.lists(st.tuples(st.sampled_from([J.MERGE, J.SPLIT]), IDS, IDS), max_size=12).map(
    lambda all_: [joined(j, n, a, b) for n, (j, a, b) in enumerate(all_) if a != b]
)


def joined(judgement: Judgement, n: int, one: str, other: str) -> Decision:
    return Decision(judgement, "party", one, "A", f"{n:03}", other=other, id=f"{judgement}{n}")


def together(found: dict[str, str]) -> set[frozenset[str]]:
    heads = set(found.values())
    return {frozenset(id_ for id_, head in found.items() if head == one) for one in heads}


@given(EDGES, st.randoms(use_true_random=False))
def test_merges_commute(edges: list[Decision], random: Any) -> None:
    merges = [d for d in edges if d.judgement is J.MERGE]
    times = [d.at for d in merges]
    random.shuffle(times)
    moved = [replace(d, at=at, target=d.other or "", other=d.target) for d, at in zip(merges, times, strict=True)]
    assert clusters(moved) == clusters(merges)


@given(EDGES)
def test_the_newest_on_two_wins(edges: list[Decision]) -> None:
    for newest in (joined(J.MERGE, 900, "a", "b"), joined(J.SPLIT, 900, "a", "b")):
        found = clusters([*edges, newest])
        assert (found["a"] == found["b"]) == (newest.judgement is J.MERGE)


@given(EDGES, st.data())
def test_an_undone_edge_is_none(edges: list[Decision], data: st.DataObject) -> None:
    if edges:
        gone = data.draw(st.sampled_from(edges))
        undo = Decision(J.UNDO, "decision", gone.id, "A", "999", id="undo")
        left = clusters([d for d in edges if d is not gone])
        found = clusters([*edges, undo])
        assert together(found) == together(left)


@given(EDGES)
def test_names_do_not_matter(edges: list[Decision]) -> None:
    swap = dict(zip("abcdef", "fedcba", strict=True))
    swapped = [replace(d, target=swap[d.target], other=swap[d.other or ""]) for d in edges]
    groups = {frozenset(swap[id_] for id_ in group) for group in together(clusters(edges))}
    assert together(clusters(swapped)) == groups


# --- corrections -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("act", "deny", "deny"),
        ("channel", None, None),
        ("claimant", "TWO AID WORKERS", TWO),
        ("claimant", None, None),
        ("claimant", [ONE, TWO], [ONE, TWO]),
        ("cue", "estimated", {"spans": [[228, 237]], "text": "estimated"}),
        ("cue", {"spans": [[228, 237]]}, {"spans": [[228, 237]], "text": "estimated"}),
        (f"{LOSSES}.side", "UA", "UA"),
        (f"{LOSSES}.value", 12000, 12000),
        (LOSSES, None, None),
        ("relays", "Vostok-Inform", [{"name": "Vostok-Inform", "spans": [[427, 440]], "certain": True}]),
    ],
)
def test_what_is_given_short_is_kept_in_full(field: str, value: Any, kept: Any) -> None:
    assert corrected("statement", field, value, AROUND) == kept
    assert corrected("statement", field, kept, AROUND) == kept


@pytest.mark.parametrize(
    ("given_", "days"),
    [
        ("2023-03-07", ("2023-03-07", "2023-03-07", "day")),
        ("2023-02", ("2023-02-01", "2023-02-28", "month")),
        ("2023", ("2023-01-01", "2023-12-31", "year")),
        ("2023-03-01/2023-03-07", ("2023-03-01", "2023-03-07", "range")),
        ("2022-02-24/", ("2022-02-24", None, "unknown")),
    ],
)
def test_a_period_is_given_as_days(given_: str, days: tuple[str, str, str]) -> None:
    kept = corrected("statement", f"{LOSSES}.period", given_, AROUND)
    assert (kept["earliest"], kept["latest"], kept["precision"]) == days
    assert kept["text"] == "in February"


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("acts", "deny", "acts is no field"),
        ("id", "x", "id is no field"),
        ("figures[9-2]", None, "no field: figures"),
        ("act", "lie", "act: it is one of say, estimate"),
        ("act", None, "act: it is one of"),
        ("channel", 3, "Expected `str | null`"),
        ("claimant", "Bob", "no party of this document is called Bob"),
        ("claimant", {"name": "Bob", "kind": "liar"}, "Invalid enum value 'liar'"),
        ("claimant", {"name": "Bob", "kind": "person", "sid": "UA"}, "it has no sid"),
        ("content", None, "Expected `object`"),
        ("cue", "nowhere to be found", "does not stand in the text"),
        ("cue", {"spans": [[1, 5]], "text": "other"}, "does not stand on the spans"),
        ("cue", {"spans": [[0, 10**6]]}, "does not stand on the spans"),
        ("cue", {"spans": 5}, "spans are pairs"),
        (f"{LOSSES}.sid", "UA", "sid cannot be corrected"),
        (f"{LOSSES}.text", "12,000", "text cannot be corrected"),
        ("figures[1-2].side", "UA", "nothing is read there"),
        (f"{LOSSES}.value", "many", "Expected `float | null`"),
        ("said", "last week", "no period"),
        ("said", "2023-13", "no period"),
        ("said", "2023-03-07/2023-03-01", "no period"),
    ],
)
def test_what_has_another_shape_is_one_line(field: str, value: Any, line: str) -> None:
    with pytest.raises(DecisionError) as refused:
        corrected("statement", field, value, AROUND)
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)


NAMES = ("name", "kind", "spans", "text")
JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "kind", "spans", "text"]), inner)
    ),
    max_leaves=6,
)


@given(st.sampled_from([*STATEMENT, LOSSES, f"{LOSSES}.period", f"{LOSSES}.side"]), JSON)
def test_whatever_is_given_is_kept_in_shape_or_refused(field: str, value: Any) -> None:
    try:
        kept = corrected("statement", field, value, AROUND)
    except DecisionError as refused:
        assert "\n" not in str(refused)
    else:
        assert told(laid(RISE, path(field), kept), path(field)) == kept
        assert corrected("statement", field, kept, AROUND) == kept


# --- what a decision says by itself ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"of": "rumour"}, "rumour cannot be decided on"),
        ({"of": "party"}, "a party cannot be given the judgement accept"),
        ({"target": ""}, "it names no statement"),
        ({"target": "a b"}, "it names no statement"),
        ({"by": " "}, "by whom"),
        ({"by": "A\nB"}, "by whom"),
        ({"by": "A\x1b[31m"}, "control characters"),
        ({"why": "x" * 10_001}, "more than 10,000"),
        ({"judgement": J.COMMENT}, "a comment says something"),
        ({"judgement": J.CORRECT}, "a correction names a field"),
        ({"judgement": J.REJECT, "field": "act"}, "reject is of the whole"),
        ({"value": "deny"}, "a value belongs to a correction"),
        ({"other": "t"}, "has no other id"),
        ({"judgement": J.MERGE}, "two different ids"),
        ({"judgement": J.MERGE, "other": "s"}, "two different ids"),
        ({"at": "yesterday"}, "is no time"),
        ({"at": "2999-01-01"}, "still to come"),
    ],
)
def test_what_a_decision_cannot_say_is_one_line(change: dict[str, Any], line: str) -> None:
    with pytest.raises(DecisionError) as refused:
        shape.checked(replace(Decision(J.ACCEPT, "statement", "s", "A"), **change))
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_time_is_kept_in_utc_so_that_text_sorts_as_time_does() -> None:
    given_ = ("2024-05-01T12:00:00+02:00", "2024-05-01T10:00:00.000001Z", "2024-05-01 10:00:00.5")
    kept = [shape.at(text) for text in given_]
    assert kept == sorted(kept)
    assert [shape.at(text) for text in kept] == kept
    assert shape.after("2999-01-01T00:00:00.000000+00:00") == "2999-01-01T00:00:00.000001+00:00"
