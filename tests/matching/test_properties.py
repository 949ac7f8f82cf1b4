"""What holds of any record: order does not matter, hearing it twice changes nothing, sides swap."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.matching import Matching, match
from onrecord.model import Appearance, Decision, Judgement, Party, Place, Statement, Words
from tests.matching.made import DAY, figure, party, place, together, told

PLACES = (place("Velin", 50.0, 30.0), place("Hutsk", 50.1, 30.0), place("Sorna", 46.0, 36.0))
WHO = (("Dravian General Staff", "DV"), ("Umbrian General Staff", "UM"), ("Orsk Monitoring Centre", None))
WORDS = (
    "{n} soldiers were killed when artillery struck the barracks of {where}",
    "artillery struck barracks in {where} and killed {n} soldiers",
    "at least {n} wounded soldiers were carried out of the ruins of {where}",
    "the crossing near {where} is open again and convoys pass it by night",
    "convoys pass the reopened crossing near {where} by night",
)


@st.composite
def appearances(draw: st.DrawFn) -> Appearance:
    document = draw(st.sampled_from("abcdef"))
    words = draw(st.sampled_from(WORDS))
    where, value = draw(st.sampled_from(PLACES)), draw(st.sampled_from((6, 57, 75)))
    name, side = draw(st.sampled_from((*WHO, ("", None))))
    measure = "wounded" if "wounded" in words else "killed"
    counted = draw(st.sampled_from(("DV", "UM", None)))
    told_value = figure(str(value), value, measure, "soldier", on=DAY, place=where.name, side=counted)
    return told(
        document,
        words.format(n=value, where=where.name),
        *((party(name, side, document=document),) if name else ()),
        figures=(told_value,) if "{n}" in words else (),
        places=(where,),
        published=DAY + timedelta("abcdef".index(document) // 2),
        at=draw(st.integers(0, 4)) * 500,
    )


records = st.lists(appearances(), max_size=14, unique_by=lambda one: one.statement.id)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(records, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(record: list[Appearance], order: random.Random) -> None:
    shuffled = list(record)
    order.shuffle(shuffled)
    assert match(shuffled) == match(record)


@few
@given(records)
def test_hearing_it_twice_changes_nothing(record: list[Appearance]) -> None:
    assert match([*record, *record]) == match(record)


@few
@given(records)
def test_every_statement_is_in_one_claim(record: list[Appearance]) -> None:
    statements = [statement for claim in match(record).claims for statement in claim.statements]
    assert sorted(statements) == sorted(one.statement.id for one in record)


@few
@given(records, st.data())
def test_a_persons_split_always_holds_and_undoing_it_restores(record: list[Appearance], data: st.DataObject) -> None:
    found = match(record)
    for claim in together(found):
        one, other = data.draw(st.permutations(sorted(claim)))[:2]
        split = Decision(Judgement.SPLIT, "statement", one, "Ana", "2024-06-01", other=other, id="1")
        undo = Decision(Judgement.UNDO, "decision", "1", "Ana", "2024-06-02", id="2")
        assert not any({one, other} <= part for part in together(match(record, [split])))
        assert match(record, [split, undo]) == found


@few
@given(records)
def test_swap_the_sides_and_the_results_swap(record: list[Appearance]) -> None:
    """Names, sides and words are swapped; ids, and with them every pair, stay."""
    found, swapped = match(record), match([_swapped(one) for one in record])
    assert _shape(swapped) == _shape(found)
    assert [claim.claimant for claim in swapped.claims] == [
        tuple(map(_party, claim.claimant)) for claim in found.claims
    ]


def _shape(found: Matching) -> tuple[object, ...]:
    drifts = [
        (d.from_, d.to, d.field, d.class_, *(_side(v) if d.field == "side" else "" for v in (d.from_value, d.to_value)))
        for d in found.drifts
    ]
    unsided = sorted((*drift[:4], frozenset(drift[4:])) for drift in drifts)
    return found.edges, [(claim.statements, claim.updates) for claim in found.claims], unsided


_SWAP = {"DV": "UM", "UM": "DV"}


def _side(side: str | None) -> str | None:
    return _SWAP.get(side or "", side)


def _name(text: str) -> str:
    return text.replace("Dravian", "?").replace("Umbrian", "Dravian").replace("?", "Umbrian")


def _party(one: Party) -> Party:
    return replace(one, name=_name(one.name), side=_side(one.side))


def _swapped(one: Appearance) -> Appearance:
    s: Statement = one.statement
    figures = tuple(replace(f, side=_side(f.side)) for f in s.figures)
    content = Words(s.content.spans, _name(s.content.text))
    return replace(one, statement=replace(s, content=content, claimant=tuple(map(_party, s.claimant)), figures=figures))


def test_swapping_places_of_two_parties_is_what_the_property_does() -> None:
    one = told("a", "the crossing is open", party("Dravian General Staff", "DV"))
    assert _swapped(_swapped(one)) == one
    assert _swapped(one).statement.claimant[0].side == "UM"
    assert isinstance(PLACES[0], Place)
