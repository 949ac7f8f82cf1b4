"""Figures beside series: whose they are, under which window they fit, and what is asked where no day is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import (
    Appearance,
    Figure,
    FigureKind,
    Finding,
    FindingKind,
    Observation,
    Party,
    PartyKind,
    Period,
    Precision,
    Series,
)
from onrecord.reconciling.series import series_findings
from onrecord.reconciling.series_counted import counts_same, same_unit
from onrecord.reconciling.series_nearness import allowed
from onrecord.reconciling.series_speakers import speaks
from tests.reconciling.making import figure, told

DAY = timedelta(days=1)
FIRST = date(2021, 5, 1)
LAST = date(2021, 5, 20)
GAINS = [100, 120, 90, 200, 150, 120, 130, 140, 110, 120, 160, 170, 180, 190, 210, 220, 230, 240, 250, 120]


def staff(**fields: object) -> Series:
    """Totals by the day of losses of side BB, by the staff of side AA: what GAINS add up to."""
    values = tuple(Observation(FIRST + n * DAY, float(sum(GAINS[: n + 1]))) for n in range(len(GAINS)))
    given = {
        "side": "BB", "unit": "person", "noun": "soldier", "cumulative": True, "starts": FIRST, "place": "Orland",
        "definition": "“removed from battle”", "hedge": "about", "read_as": ("losses",), "speaks_for": "AA",
        "known_as": ("Orlish Staff",),
    } | fields  # fmt: skip
    return Series("s1", "staff-losses", "General Staff of Orland", "killed", values, **given)  # type: ignore[arg-type]


def area(value: float = 18.6, **fields: object) -> Series:
    given = {"unit": "percent", "stock": True, "place": "Orland", "read_as": ("territory",)} | fields
    told = (Observation(LAST, value),)
    return Series("s2", "area-held", "The Observer", "territory occupied", told, **given)  # type: ignore[arg-type]


def since(*firsts: date | None, last: date | None = LAST) -> tuple[Period, ...]:
    return tuple(Period(first, last, Precision.RANGE, "since then", ()) for first in firsts)


def killed(value: float, *periods: Period, **fields: object) -> Figure:
    one = figure(value, None, side="BB", **fields)
    return replace(one, period=periods[0] if periods else None, candidates=periods if len(periods) > 1 else ())


def by_staff(*figures: Figure, day: date | None = LAST, text: str = "one", said: bool = True) -> Appearance:
    return told(*figures, by="Orlish Staff", text=text, published=day, said=(day, day) if day and said else None)


def only(*appearances: Appearance, series: tuple[Series, ...] | None = None) -> Finding:
    (found,) = series_findings(appearances, (staff(),) if series is None else series)
    return found


# --- windows -----------------------------------------------------------------------------------------------------


def test_a_day_s_figure_that_is_printed_as_since_a_day_fits_neither_reading() -> None:
    found = only(by_staff(killed(120, *since(FIRST, date(2021, 5, 10)))))
    assert found.kind is FindingKind.SERIES
    assert found.fits is False
    assert "fits neither reading" in found.text
    assert "3,250 in total since 2021-05-01, to 2021-05-20" in found.text
    assert "1,970 since the reading of 2021-05-10 (2,090 with that day)" in found.text
    assert "It fits 120 for one day, to 2021-05-20. That value occurs on 4 of the series’ 19 days." in found.text
    assert "3,250 (2021-05-20) − 3,130 (2021-05-19) = 120" in found.arithmetic


def test_what_fits_as_printed_says_so() -> None:
    found = only(by_staff(killed(1970, *since(date(2021, 5, 10)))))
    assert found.fits is True
    assert "fits General Staff of Orland’s own series “staff-losses” as printed" in found.text


@pytest.mark.parametrize(
    ("value", "fits", "words"),
    [
        (3250, True, "3,250 in total"),
        (120, True, "120 for one day, to 2021-05-20"),
        (370, False, "It would fit what came since the reading of 2021-05-18"),
        (5, False, "No window until that day fits"),
    ],
)
def test_without_a_printed_window_all_are_tried(value: float, fits: bool, words: str) -> None:
    found = only(by_staff(killed(value)))
    assert found.fits is fits
    assert words in found.text


def test_a_paper_may_print_the_figures_of_the_day_before() -> None:
    yesterday = killed(250)
    assert only(by_staff(yesterday)).fits is False
    assert only(by_staff(yesterday, said=False)).fits is True


def test_a_month_is_set_beside_what_the_month_brought() -> None:
    days = Period(date(2021, 5, 2), date(2021, 5, 10), Precision.MONTH, "then", ())
    assert only(by_staff(killed(1180, days))).fits is True
    assert only(by_staff(killed(1280, days))).fits is False


def test_without_a_day_it_asks_and_chooses_nothing() -> None:
    found = only(by_staff(killed(120), day=None))
    assert found.fits is None
    assert found.asks == "On which day was it said, or the text published?"
    assert "occurs on 4 of the series’ 19 days" in found.text
    assert "2021-05-06, 2021-05-10" in found.arithmetic


def test_a_series_that_has_nothing_for_that_day_says_nothing() -> None:
    assert series_findings([by_staff(killed(120), day=date(2022, 1, 1))], [staff()]) == ()


# --- whose series ------------------------------------------------------------------------------------------------


def party(name: str, side: str | None = "AA", role: str | None = None) -> Party:
    return Party(name, name, PartyKind.ORGANISATION, role, side)


@pytest.mark.parametrize(
    ("claimant", "own"),
    [
        (party("General Staff of Orland"), True),
        (party("the orlish staff", None), True),
        (party("the Orlish military"), True),
        (party("Orlish armed forces"), True),
        (party("Ada Berg", role="spokeswoman for the Orlish Staff"), True),
        (party("the Vashian military", "BB"), False),
        (party("Ada Berg", role="mayor"), False),
        (party("the military", None), False),
    ],
)
def test_a_claimant_is_the_publisher_by_name_office_or_body(claimant: Party, own: bool) -> None:
    assert speaks(claimant, staff()) is own


@pytest.mark.parametrize(
    ("noun", "of_series", "same"),
    [
        ("soldier", "soldier", True),
        ("troop", "soldier", True),
        (None, "soldier", True),
        ("person", "soldier", True),
        ("civilian", "soldier", False),
        ("child", "soldier", False),
        ("person", None, True),
        ("civilian", None, True),
        ("child", None, False),
        ("person", "child", False),
        (None, "medic", False),
        ("girl", "child", True),
    ],
)
def test_people_are_those_of_the_series_and_no_part_of_them(
    noun: str | None, of_series: str | None, same: bool
) -> None:
    assert counts_same(noun, staff(noun=of_series)) is same


@pytest.mark.parametrize(
    ("unit", "of_series", "same"),
    [
        ("tank", "tank", True),
        (None, "tank", True),
        ("tank", None, True),
        ("apc", "armoured personnel carrier", True),
        ("warship", "ship", True),
        ("tank", "drone", False),
        ("system", "artillery system", False),
    ],
)
def test_things_go_by_several_names(unit: str | None, of_series: str | None, same: bool) -> None:
    assert same_unit(unit, staff(unit=of_series)) is same


@pytest.mark.parametrize(
    "fields",
    [
        {"measure": "wounded"},
        {"side": "AA"},
        {"unit": "tank"},
        {"place": "Vash"},
        {"noun": "civilian"},
        {"kind": FigureKind.RATE},
    ],
)
def test_another_quantity_is_not_set_beside_it(fields: dict[str, object]) -> None:
    assert series_findings([by_staff(replace(killed(120), **fields))], [staff()]) == ()  # type: ignore[arg-type]


def test_another_word_for_the_measure_is_an_assumption() -> None:
    found = only(by_staff(replace(killed(120), measure="losses")))
    assert "“losses” is read as what the series counts as “killed”" in found.assumptions
    assert "staff-losses counts: “removed from battle”" in found.assumptions


def test_anothers_figure_is_set_beside_a_level_or_a_total_and_is_no_misfit() -> None:
    total = replace(killed(3000, *since(staff().starts or FIRST)), tally="total")
    beside = only(told(total, by="Ministry", published=LAST))
    assert beside.fits is None
    assert "stands beside 3,250 in total" in beside.text
    assert series_findings([told(killed(120), by="Ministry", published=LAST)], [staff()]) == ()
    of_what = replace(killed(3000), tally="total")  # in total, of a battle or of the war: that is not told
    assert series_findings([told(of_what, by="Ministry", published=LAST)], [staff()]) == ()


def test_several_files_of_one_publisher_make_one_finding() -> None:
    by_day = replace(staff(), id="s3", name="printed", cumulative=False, observations=staff().observations[:3])
    (found,) = series_findings([by_staff(killed(3250))], [by_day, staff()])
    assert found.series == (staff().id,)


def test_a_part_of_the_people_is_not_the_series() -> None:
    generals = replace(killed(20, *since(staff().starts or FIRST)), noun="general", tally="total")
    assert series_findings([told(generals, by="Ministry", published=LAST)], [staff()]) == ()


def test_nearly_is_read_by_a_rule_that_is_printed() -> None:
    share = Figure(
        (), "nearly 20 percent", FigureKind.SHARE, "<", "territory", None, None, 20, None, 20, "percent", place="Orland"
    )
    found = only(told(share, by=None, published=LAST), series=(area(),))
    assert found.fits is True
    assert "stands beside 18.6 percent on 2021-05-20" in found.text
    assert "“nearly 20 percent” is read as from 18 to 20 percent (within 10% of what is printed)" in found.assumptions
    assert only(told(share, by=None, published=LAST), series=(area(17.5),)).fits is None
    assert series_findings([told(replace(share, place="Vash"), by=None, published=LAST)], [area()]) == ()


def test_a_fraction_is_set_beside_per_cent() -> None:
    fifth = Figure((), "almost a fifth", FigureKind.SHARE, "<", "territory", value=0.2, high=0.2, place="Orland")
    found = only(told(fifth, by=None, published=LAST), series=(area(),))
    assert found.fits is True
    assert "“almost a fifth” is read as from 18 to 20 percent (within 10% of what is printed)" in found.assumptions


def test_a_day_and_a_month_that_fit_are_both_shown() -> None:
    """Where what is printed fits, windows cut otherwise that fit as well are shown beside it."""
    found = only(by_staff(killed(120, *since(date(2021, 5, 19)))))
    assert found.fits is True
    assert "It also fits 120 for one day, to 2021-05-20. That value occurs on 4" in found.text


# --- what a figure allows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "comparator", "low", "high", "expected"),
    [
        ("120", "=", 120, 120, (120, 120)),
        ("1,100", "=", 1050, 1150, (1050, 1150)),
        ("about 120", "~", None, None, (108, 132)),
        ("at least 120", ">=", 120, None, (120, float("inf"))),
        ("nearly 120", "<", None, 120, (108, 120)),
        ("up to 120", "<=", None, 120, (float("-inf"), 120)),
        ("just over 120", ">", 120, None, (120, 132)),
    ],
)
def test_words_of_bound_and_nearness(
    text: str, comparator: str, low: float | None, high: float | None, expected: tuple[float, float]
) -> None:
    value = 1100 if text == "1,100" else 120
    room = allowed(Figure((), text, FigureKind.COUNT, comparator, value=value, low=low, high=high))
    assert room is not None
    assert (room.low, room.high) == pytest.approx(expected)


def test_vague_words_have_their_own_bounds() -> None:
    room = allowed(Figure((), "dozens", FigureKind.COUNT, "~", low=24, high=99))
    assert room is not None
    assert (room.low, room.high, room.rule) == (24, 99, None)
    assert allowed(Figure((), "some", FigureKind.COUNT)) is None


def test_at_least_fits_what_is_printed_and_is_not_sought_everywhere() -> None:
    at_least = replace(killed(100, *since(date(2021, 5, 10))), comparator=">=", high=None, text="at least 100")
    assert only(by_staff(at_least)).fits is True
    unprinted = replace(killed(10), comparator=">=", high=None, text="at least 10")
    assert only(by_staff(unprinted)).fits is False


# --- many texts --------------------------------------------------------------------------------------------------


def test_one_figure_in_many_texts_is_one_finding() -> None:
    first, second = by_staff(killed(120), text="one"), by_staff(killed(120), text="two")
    found = only(first, second)
    assert set(found.statements) == {first.statement.id, second.statement.id}
    assert "in 2 texts" in found.text
    assert found.id == only(first).id


def test_caveats_stand_on_the_finding() -> None:
    assert only(replace(by_staff(killed(120)), hedged=("could not be verified",))).hedges == ("could not be verified",)


@given(st.permutations(range(4)), st.permutations(range(2)))
def test_order_does_not_matter(order: list[int], of_series: list[int]) -> None:
    appearances = [
        by_staff(killed(120, *since(FIRST))), by_staff(killed(3250), text="two"),
        told(replace(killed(3000), tally="total"), by="Ministry", text="three", published=LAST),
        by_staff(killed(90), day=None, text="four"),
    ]  # fmt: skip
    series = [staff(), replace(staff(), id="s3", name="another", publisher="Another", known_as=("Orlish Staff",))]
    expected = series_findings(appearances, series)
    assert len(expected) > 4
    assert series_findings([appearances[n] for n in order], [series[n] for n in of_series]) == expected
    assert series_findings(appearances * 2, series) == expected


def test_swapped_sides_swap_the_finding() -> None:
    found = only(by_staff(killed(120, *since(FIRST))))
    swapped = replace(staff(), side="AA", speaks_for="BB")
    mirrored = only(by_staff(replace(killed(120, *since(FIRST)), side="AA")), series=(swapped,))
    assert (mirrored.fits, mirrored.arithmetic) == (found.fits, found.arithmetic)
    assert mirrored.text == found.text


@pytest.mark.parametrize("value", [0, -5, 1e308, float("1e-300")])
def test_hostile_figures_are_bounded(value: float) -> None:
    for found in series_findings([by_staff(killed(value)), by_staff(killed(value), day=None)], [staff()]):
        assert len(found.text) < 2000
