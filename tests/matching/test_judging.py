"""A person's judgement outranks the fields, and can be undone."""

from __future__ import annotations

from onrecord.matching import match
from onrecord.model import Appearance, Decision, Judgement
from tests.matching.made import DAY, figure, party, place, together, told


def decide(judgement: Judgement, one: str, other: str | None, of: str = "statement", n: int = 1) -> Decision:
    return Decision(judgement, of, one, "Ana", f"2024-06-0{n}T10:00:00+00:00", other=other, id=f"decision {n}")


def toll(document: str, value: int = 57, who: str = "Orsk Monitoring Centre") -> Appearance:
    return told(
        document,
        f"{value} civilians were killed in the night raid on Velin",
        party(who, document=document),
        figures=(figure(str(value), value, on=DAY, place="Velin"),),
        places=(place("Velin", 50.0, 30.0),),
    )


ONE, OTHER, THIRD = toll("a"), toll("b"), toll("c")
CONTRARY = toll("d", 75)


def test_a_split_holds_and_its_undoing_restores() -> None:
    split = decide(Judgement.SPLIT, ONE.statement.id, OTHER.statement.id)
    undo = Decision(Judgement.UNDO, "decision", split.id, "Ana", "2024-06-02T10:00:00+00:00", id="undo")
    every = [ONE, OTHER, THIRD]
    found = match(every, [split])
    assert not any({ONE.statement.id, OTHER.statement.id} <= claim for claim in together(found))
    assert not any({drift.from_, drift.to} == {ONE.statement.id, OTHER.statement.id} for drift in found.drifts)
    assert match(every, [split, undo]) == match(every)


def test_a_merge_holds_against_figures_that_contradict() -> None:
    merge = decide(Judgement.MERGE, ONE.statement.id, CONTRARY.statement.id)
    found = match([ONE, CONTRARY], [merge])
    assert together(found) == {frozenset({ONE.statement.id, CONTRARY.statement.id})}
    assert [edge.reasons for edge in found.edges] == [("merged by Ana",)]


def test_claims_are_merged_by_their_ids() -> None:
    claims = match([ONE, CONTRARY]).claims
    merge = decide(Judgement.MERGE, claims[0].id, claims[1].id, "claim")
    assert len(match([ONE, CONTRARY], [merge]).claims) == 1


def test_parties_that_are_merged_speak_as_one_and_split_as_two() -> None:
    other = toll("b", who="Orsk Monitors")
    one_id, other_id = ONE.statement.claimant[0].id, other.statement.claimant[0].id
    assert not together(match([ONE, other]))
    assert together(match([ONE, other], [decide(Judgement.MERGE, one_id, other_id, "party")]))
    same = OTHER.statement.claimant[0].id
    assert not together(match([ONE, OTHER], [decide(Judgement.SPLIT, one_id, same, "party")]))


def test_the_newest_judgement_wins() -> None:
    split = decide(Judgement.SPLIT, ONE.statement.id, OTHER.statement.id, n=1)
    merge = decide(Judgement.MERGE, ONE.statement.id, OTHER.statement.id, n=2)
    assert together(match([ONE, OTHER], [merge, split]))


def test_decisions_on_what_is_not_on_the_record_change_nothing() -> None:
    assert match([ONE, OTHER], [decide(Judgement.MERGE, "gone", "lost")]) == match([ONE, OTHER])
