"""What may be one event: only near quantities of one day are compared, and the ties are those of all pairs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Appearance, Place, PlaceKind, Span
from onrecord.reconciling.constraints import Constraint
from onrecord.reconciling.events import near, one_event
from onrecord.reconciling.linking import Links
from onrecord.reconciling.nearby import Nearby
from onrecord.reconciling.pairing import comparable
from onrecord.reconciling.places import Atlas, Spot
from onrecord.reconciling.stated import Scope
from tests.reconciling.making import DAY, figure, told

NAMES = ("Orlo", "Vash", "Tirm")
TEXTS = ("a", "b", "c")
MIDDLES = ((40.0, 30.0), (0.0, 179.98), (0.0, -179.97), (89.95, 10.0), (-89.9, -170.0))
STEPS = st.one_of(st.floats(-0.3, 0.3), st.floats(-0.03, 0.03), st.floats(-2, 2))
KINDS = st.sampled_from([PlaceKind.SETTLEMENT, PlaceKind.SETTLEMENT, PlaceKind.REGION])


@st.composite
def spots(draw: st.DrawFn, middle: tuple[float, float]) -> Spot:
    """Towns and areas about a place, which may be a pole or on the date line; some without coordinates."""
    name = draw(st.sampled_from(NAMES))
    if draw(st.integers(0, 5)) == 0:
        return Spot(name, wide=draw(st.booleans()))
    lat, lon = middle
    wide = draw(st.integers(0, 3)) == 0
    km = draw(st.sampled_from([1.0, 120.0, 299.0, 400.0] if wide else [0.0, 3.0, 30.0]))
    lat, lon = max(-90.0, min(90.0, lat + draw(STEPS))), lon + draw(STEPS)
    return Spot(name, lat, lon, km, wide, near=not wide and draw(st.booleans()))


@st.composite
def readings(draw: st.DrawFn, middle: tuple[float, float]) -> list[Appearance]:
    """Texts that name places."""
    return [told(text=text, places=draw(st.lists(places(middle), max_size=2))) for text in TEXTS]


@st.composite
def places(draw: st.DrawFn, middle: tuple[float, float]) -> Place:
    at = draw(spots(middle))
    kind, metres = draw(KINDS), int(at.km * 1000)
    return Place((Span(0, 4),), at.name, at.name, kind, at.lat, at.lon, metres)


@st.composite
def scopes(draw: st.DrawFn, known: list[Spot], texts: tuple[str, ...]) -> Scope:
    first = DAY[0] + timedelta(draw(st.sampled_from([0, 0, 0, 1, 3])))
    place = draw(st.one_of(st.none(), st.sampled_from(known)))
    return Scope(
        draw(st.sampled_from(["killed", "killed", "killed", "wounded", "casualties", "losses"])),
        draw(st.sampled_from(["person", "person", "civilian", "child", "combatant"])),
        draw(st.sampled_from(["person", "person", "person", "tank"])),
        draw(st.sampled_from(["AA", "AA", None, None, "BB"])),
        place,
        first,
        first + timedelta(draw(st.sampled_from([0, 0, 1, 2, 4]))),
        draw(st.sampled_from([*texts, *texts, None])) if place is None else None,
    )


@st.composite
def quantities(draw: st.DrawFn) -> tuple[list[Scope], Atlas]:
    """Quantities of a few days, and the places of the texts that they are told in."""
    middle = draw(st.sampled_from(MIDDLES))
    read = draw(readings(middle))
    atlas, texts = Atlas(read), tuple(one.document for one in read)
    named = [spot for text in texts for spot in atlas.named_in(text)]
    known = [*draw(st.lists(spots(middle), min_size=1, max_size=4)), *named]
    return draw(st.lists(scopes(known, texts), min_size=2, max_size=10, unique=True)), atlas


def of_all_pairs(links: Links) -> list[Constraint]:
    """The ties of one event, with every two quantities of a day and a unit compared."""
    by_day: dict[tuple[object, str], list[Scope]] = defaultdict(list)
    for scope in links.scopes:
        if scope.event:
            for n in range((scope.last - scope.first).days + 1):
                by_day[scope.first + timedelta(n), scope.unit].append(scope)
    pairs = {pair: None for together in by_day.values() for pair in combinations(together, 2)}
    return [tie for x, y in pairs for tie in one_event(x, y, links.atlas)]


def shown(ties: list[Constraint]) -> list[tuple[object, ...]]:
    return [(tie.relation, tie.scopes, tie.rows, tie.assumptions, tie.one_event) for tie in ties]


@given(quantities())
@settings(max_examples=150, deadline=None)
def test_the_ties_of_one_event_are_those_of_all_pairs_in_the_same_order(made: tuple[list[Scope], Atlas]) -> None:
    links = Links(*made)
    tied = [tie for x, y in comparable(links.scopes, links.atlas) for tie in one_event(x, y, links.atlas)]
    assert shown(tied) == shown(of_all_pairs(links))


@given(st.sampled_from(MIDDLES).flatmap(lambda middle: st.lists(spots(middle), max_size=8)))
@settings(max_examples=150, deadline=None)
def test_near_places_are_those_of_all_places(known: list[Spot]) -> None:
    nearby = Nearby(known)
    for spot in known:
        assert nearby.of(spot) == {other for other in known if near(spot, other) is not None}


@pytest.mark.parametrize(
    ("one", "other"),
    [((0.0, 179.99), (0.0, -179.99)), ((89.99, 0.0), (89.99, 180.0)), ((40.0, 30.0), (40.04, 30.0))],
)
def test_towns_a_few_kilometres_apart_are_near_at_the_date_line_and_the_poles(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    orlo, vash = Spot("Orlo", *one), Spot("Vash", *other)
    assert Nearby([orlo, vash]).of(orlo) == {orlo, vash}


def test_far_and_unlike_quantities_are_not_compared() -> None:
    orlo = Scope("killed", "person", "person", "AA", Spot("Orlo", 40.0, 30.0), *DAY)
    there = [
        replace(orlo, place=Spot("Tirm", 44.0, 30.0)),
        replace(orlo, unit="tank"),
        replace(orlo, measure="destroyed"),
        replace(orlo, first=DAY[0] - timedelta(9), last=DAY[1] - timedelta(9)),
    ]
    assert list(comparable([orlo, *there], Atlas([]))) == []
    other = replace(orlo, side="BB", place=Spot("Vash", 40.01, 30.0))
    assert list(comparable([orlo, other], Atlas([]))) == [(orlo, other)]


def test_a_figure_without_a_place_is_compared_where_its_text_names_one() -> None:
    read = told(
        figure(3, DAY), text="a", places=[Place((Span(0, 4),), "Orlo", "Orlo", PlaceKind.SETTLEMENT, 40.0, 30.0)]
    )
    placed = Scope("killed", "person", "person", "AA", Spot("Orlo", 40.0, 30.0), *DAY)
    unplaced = replace(placed, place=None, text=read.document)
    elsewhere = replace(placed, place=None, text="another")
    pairs = comparable([placed, unplaced, elsewhere], Atlas([read]))
    assert list(pairs) == [(placed, unplaced)]
