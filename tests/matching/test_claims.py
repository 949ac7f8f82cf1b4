"""Which statements are one claim, decided by their fields."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from onrecord.matching import match
from onrecord.model import Appearance, PlaceKind
from tests.matching.made import DAY, figure, party, place, together, told

WATCH = "Orsk Monitoring Centre"


def toll(document: str, who: str = WATCH, value: int = 57, **more: Any) -> Appearance:
    return told(
        document,
        f"{value} civilians were killed in the night raid on Velin",
        party(who, document=document),
        figures=(figure(str(value), value, on=DAY, place="Velin"),),
        places=(place("Velin", 50.0, 30.0),),
        **more,
    )


def ids(*appearances: Appearance) -> frozenset[str]:
    return frozenset(one.statement.id for one in appearances)


def test_one_claimant_one_figure_one_place_is_one_claim() -> None:
    one = toll("a")
    other = told(
        "b",
        "the bombardment left 57 people dead, eleven of them pupils",
        party(WATCH, document="b"),
        figures=(figure("57", 57, noun=None, on=DAY, place="Velin"),),
        places=(place("Velin", 50.01, 30.01),),
    )
    found = match([one, other])
    assert together(found) == {ids(one, other)}
    assert "same claimant" in found.edges[0].reasons
    assert "same figure: 57 killed" in found.edges[0].reasons
    assert 0.5 <= found.edges[0].score <= 1


def test_the_same_words_by_two_named_claimants_are_two_claims() -> None:
    assert not together(match([toll("a"), toll("b", who="Dravia Rescue Service")]))


def test_figures_that_contradict_are_two_claims_however_alike_the_words() -> None:
    assert not together(match([toll("a", value=57), toll("b", value=75)]))


def test_a_figure_of_both_joins_a_part_but_no_two_parts() -> None:
    centre, village = place("Velin", 50.0, 30.0), place("Hutsk", 50.05, 30.0)
    both = told(
        "a",
        "15 civilians died in raids on the centre of Velin and six in Hutsk",
        party(WATCH, document="a"),
        figures=(figure("15", 15, place="Velin"), figure("six", 6, place="Hutsk")),
        places=(centre, village),
    )
    first = told(
        "b",
        "15 civilians died in raids on the centre of Velin",
        party(WATCH, document="b"),
        figures=(figure("15", 15, place="Velin"),),
        places=(centre,),
    )
    second = told(
        "b",
        "six civilians died in raids on Hutsk",
        party(WATCH, document="b"),
        figures=(figure("six", 6, place="Hutsk"),),
        places=(village,),
        at=200,
    )
    assert not any(ids(first, second) <= claim for claim in together(match([both, first, second])))


def test_a_spokesman_speaks_for_the_body_his_role_names() -> None:
    body = toll("a")
    director = told(
        "b",
        "“There are 57 dead in Velin”",
        party("Lev Arden", role=f"director of the {WATCH}", document="b"),
        figures=(figure("57", 57, noun=None, on=DAY, place="Velin"),),
        places=(place("Velin", 50.0, 30.0),),
    )
    assert together(match([body, director])) == {ids(body, director)}


def test_one_who_left_the_body_does_not_speak_for_it() -> None:
    body = toll("a")
    left = told(
        "b",
        "there are 57 dead in Velin",
        party("Lev Arden", role=f"former director of the {WATCH}", document="b"),
        figures=(figure("57", 57, noun=None, on=DAY, place="Velin"),),
        places=(place("Velin", 50.0, 30.0),),
    )
    assert not together(match([body, left]))


def test_spellings_of_a_name_are_one_claimant() -> None:
    one, other = toll("a", who="Aamaq News Agency"), toll("b", who="Amaq News Agency")
    assert together(match([one, other])) == {ids(one, other)}


@pytest.mark.parametrize("far", [False, True])
def test_places_decide(far: bool) -> None:
    one = toll("a")
    other = told(
        "b",
        "eleven wounded and 57 dead were counted after shells fell",
        party(WATCH, document="b"),
        figures=(figure("57", 57, noun=None, place="Sorna"),),
        places=(place("Sorna", 55.0 if far else 50.1, 39.0 if far else 30.1),),
        published=DAY + timedelta(1),
    )
    assert bool(together(match([one, other]))) is not far


def test_words_of_a_country_alone_join_nothing() -> None:
    land = place("Dravia", 49.0, 32.0, PlaceKind.COUNTRY)
    one = told("a", "the bridges of Dravia are closed", party(WATCH, document="a"), places=(land,))
    other = told("b", "schools in Dravia open on Monday", party(WATCH, document="b"), places=(land,))
    assert not together(match([one, other]))


def test_background_that_authors_share_is_one_claim_with_two_tellings_of_parts() -> None:
    words = "the alliance crossed the river in spring but landmines and suicide attacks have slowed its advance since"
    one = told("a", words)
    other = told("b", "In May " + words.replace("spring", "the spring"))
    assert together(match([one, other])) == {ids(one, other)}


def test_a_statement_within_another_is_not_its_retelling() -> None:
    words = "the commander says that all bridges over the Velin river were blown up on purpose"
    outer = told("a", words, party(WATCH, document="a"))
    inner = told("a", words[20:], party("Lev Arden", document="a"), at=20)
    found = match([outer, inner])
    assert not found.edges
    assert not found.drifts


def test_a_claim_keeps_the_id_of_its_earliest_statement() -> None:
    first, later = toll("a"), toll("b", published=DAY + timedelta(1))
    alone, both = match([first]), match([later, first])
    assert alone.claims[0].id in {claim.id for claim in both.claims}
    assert both.claims[0].statements == (first.statement.id, later.statement.id)


def repelled(document: str, town: str, at: tuple[float, float], days: int, when: str = "") -> Appearance:
    """A sentence such as daily reports are made of."""
    return told(
        document,
        f"Orsk troops repelled attacks and shelled positions along the line near {town}{when}",
        party(WATCH, document=document),
        places=(place(town, *at),),
        published=DAY + timedelta(days=days),
    )


def test_daily_reports_of_other_places_are_not_one_claim() -> None:
    here = repelled("a", "Velin", (50.0, 30.0), 0, " with losses")
    there = repelled("b", "Tarn", (53.0, 30.0), 5, " and the river crossing")
    assert not together(match([here, there]))
    again = repelled("b", "Velin", (50.0, 30.0), 5, " and the river crossing")
    assert together(match([here, again]))


def test_daily_reports_of_other_days_are_not_one_claim() -> None:
    one = repelled("a", "Velin", (50.0, 30.0), 0, " on May 9")
    other = repelled("b", "Velin", (50.0, 30.0), 5, " on May 14")
    assert not together(match([one, other]))
    assert together(match([one, repelled("b", "Velin", (50.0, 30.0), 5, " on May 9")]))


def test_one_distance_makes_no_claim() -> None:
    apart = figure("15 kilometres", 15, measure="distance", noun=None)
    here = told("a", "a failed attack 15 kilometres from Velin", party(WATCH, document="a"), figures=(apart,))
    there = told("b", "the camp lies 15 kilometres from Velin", party(WATCH, document="b"), figures=(apart,))
    assert not together(match([here, there]))
