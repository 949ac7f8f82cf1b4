"""Findings over a record: what conflicts, what does not, what follows, and on which assumptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onrecord.model import Appearance, Factuality, Figure, FigureKind, Finding, FindingKind, Update
from onrecord.reconciling import findings
from tests.reconciling.making import (
    APRIL,
    DAY,
    FAR,
    MAY,
    NEAR_ORLO,
    ORLO,
    REGION,
    YEAR,
    at_least,
    at_most,
    figure,
    percent,
    ratio,
    series,
    told,
)


def conflicts(*appearances: Appearance, **more: object) -> list[Finding]:
    return [f for f in findings(appearances, **more) if f.kind is FindingKind.CONFLICT]  # type: ignore[arg-type]


def implied(*appearances: Appearance) -> list[Finding]:
    return [f for f in findings(appearances) if f.kind is FindingKind.IMPLIED]


def pair(one: Figure, other: Figure, **more: object) -> list[Finding]:
    return conflicts(told(one, by="Ministry"), told(other, by="Monitor", text="two"), **more)


def test_two_exact_figures_of_one_thing() -> None:
    (found,) = pair(figure(56), figure(85))
    assert len(found.statements) == 2
    assert found.arithmetic == "at least 85, against at most 56"
    assert "Ministry (one, 2021-06-01) gives “56” for killed, AA, May 2021" in found.text
    assert "Monitor (two, 2021-06-01) gives “85”" in found.text
    assert "a figure that is printed without a bound is meant exactly" in found.assumptions


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (at_least(56), at_least(85)),
        (at_least(56), figure(160)),
        (at_most(160), figure(56)),
        (figure(56), figure(56)),
        (figure(None, low=24, high=99, comparator="~", text="dozens"), figure(160)),
        (figure(56), figure(85, measure="wounded")),
        (figure(56), figure(85, side="BB")),
        (figure(56), figure(85, APRIL)),
        (figure(56), figure(85, YEAR)),
        (figure(56), figure(85, None)),
        (figure(56), figure(85, unit="vehicle")),
        (figure(11_000, low=10_500, high=11_500), figure(11_400)),
        (figure(500, comparator="~", text="about 500", low=495, high=505), figure(540)),
    ],
)
def test_figures_that_can_all_hold_or_are_of_different_things(one: Figure, other: Figure) -> None:
    assert pair(one, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (at_least(85), figure(56)),
        (at_most(50), at_least(56)),
        (figure(85), figure(56, YEAR)),
        (figure(85), figure(56, measure="casualties")),
        (figure(85, noun="child"), figure(56, noun="civilian")),
        (figure(85, comparator="~", text="about 85"), figure(56)),
        (figure(500, low=None, comparator="<", text="nearly 500"), figure(56)),
    ],
)
def test_bounds_parts_and_words_of_nearness(one: Figure, other: Figure) -> None:
    assert len(pair(one, other)) == 1


def test_a_part_says_why_it_is_one() -> None:
    (found,) = pair(figure(85), figure(56, measure="casualties"))
    assert "those killed are counted among the casualties" in found.assumptions


def test_a_word_of_nearness_is_an_assumption() -> None:
    (found,) = pair(figure(500, low=None, comparator="<", text="nearly 500"), figure(56))
    assert any(a.startswith("“nearly 500” is read as from 450 to 500") for a in found.assumptions)


def test_killed_and_wounded_make_casualties() -> None:
    three = (
        told(figure(60), by="A", text="a"),
        told(figure(50, measure="wounded"), by="B", text="b"),
        told(figure(100, measure="casualties"), by="C", text="c"),
    )
    (found,) = conflicts(*three)
    assert len(found.statements) == 3
    assert any("nobody else" in a for a in found.assumptions)
    assert conflicts(*three[:2]) == conflicts(*three[1:]) == []


def test_a_total_is_what_was_before_and_what_came_since() -> None:
    begin, end = date(2021, 1, 1), date(2021, 5, 31)
    whole, before = figure(900, (begin, end)), figure(500, (begin, date(2021, 4, 30)))
    since = figure(300)
    (found,) = conflicts(told(whole, by="A", text="a"), told(before, by="B", text="b"), told(since, by="C", text="c"))
    assert len(found.statements) == 3


def test_one_voice_does_not_contradict_itself_and_a_revision_is_none() -> None:
    one, other = told(figure(56)), told(figure(85), text="two", published=date(2021, 6, 2))
    assert conflicts(one, other) == []
    monitor = told(figure(85), by="Monitor", text="two")
    assert len(conflicts(one, monitor)) == 1
    assert conflicts(one, monitor, updates=[Update(one.statement.id, monitor.statement.id, "later")]) == []


def test_unnamed_sources_of_two_texts_are_two_voices() -> None:
    assert (
        len(conflicts(told(figure(56), by="unnamed: activists"), told(figure(85), by="unnamed: activists", text="b")))
        == 1
    )


@pytest.mark.parametrize(
    "factuality", [Factuality.EXPECTED, Factuality.DENIED, Factuality.CONDITIONAL, Factuality.UNKNOWN]
)
def test_what_nobody_asserts_is_left_out(factuality: str) -> None:
    other = told(figure(85), by="Monitor", text="b", factuality=Factuality(factuality))
    assert conflicts(told(figure(56)), other) == []


class TestEvents:
    """Figures of a day: of one event where place, day and people may be the same, and that is said."""

    def event(self, one: Figure, other: Figure, here: object = ORLO, there: object = ORLO) -> list[Finding]:
        return conflicts(
            told(one, by="A", text="a", places=[here] if here else []),  # type: ignore[list-item]
            told(other, by="B", text="b", places=[there] if there else []),  # type: ignore[list-item]
        )

    def test_one_place_and_day(self) -> None:
        (found,) = self.event(figure(56, DAY, place="Orlo"), figure(85, DAY, place="Orlo"))
        assert "they are about one event (Orlo, 4 May 2021)" in found.assumptions

    def test_places_that_are_near(self) -> None:
        (found,) = self.event(figure(56, DAY, place="near Orlo"), figure(85, DAY, place="Vash"), ORLO, NEAR_ORLO)
        assert any("14 km apart" in a for a in found.assumptions)

    def test_two_towns_each_told_by_its_name_are_two_places(self) -> None:
        assert self.event(figure(56, DAY, place="Orlo"), figure(85, DAY, place="Vash"), ORLO, NEAR_ORLO) == []

    def test_places_that_are_not(self) -> None:
        assert self.event(figure(56, DAY, place="Orlo"), figure(85, DAY, place="Tirm"), ORLO, FAR) == []

    def test_a_region_around_the_place(self) -> None:
        (found,) = self.event(figure(56, DAY, place="Orlo"), figure(85, DAY, place="Northland"), ORLO, REGION)
        assert any("Northland" in a for a in found.assumptions)

    def test_no_place_but_the_text_names_it(self) -> None:
        (found,) = self.event(figure(56, DAY), figure(85, DAY, place="Orlo"))
        assert any("without a place" in a for a in found.assumptions)
        assert self.event(figure(56, DAY), figure(85, DAY, place="Orlo"), None) == []
        assert self.event(figure(56, DAY), figure(85, DAY), None, None) == []

    def test_people_may_be_the_civilians(self) -> None:
        (found,) = self.event(figure(56, DAY, place="Orlo", noun="civilian"), figure(85, DAY, place="Orlo"))
        assert "those counted as people are the civilians" in found.assumptions
        assert self.event(figure(11, DAY, place="Orlo", noun="child"), figure(85, DAY, place="Orlo")) == []

    def test_figures_too_far_apart_or_too_small_are_of_other_things(self) -> None:
        assert self.event(figure(5, DAY, place="Orlo"), figure(85, DAY, place="Orlo")) == []
        assert self.event(figure(1, DAY, place="Orlo"), figure(2, DAY, place="Orlo")) == []
        assert self.event(figure(4, DAY, place="Orlo"), figure(6, DAY, place="Vash"), ORLO, NEAR_ORLO) == []

    def test_a_part_told_in_the_same_statement_is_no_toll_of_its_own(self) -> None:
        whole, some = figure(21, DAY, place="Orlo"), figure(15, DAY, place="Orlo", at=9)
        assert (
            conflicts(
                told(whole, some, by="A", text="a", places=[ORLO]),
                told(figure(21, DAY, place="Orlo"), by="B", text="b", places=[ORLO]),
            )
            == []
        )

    def test_a_number_told_bare_and_with_a_bound_is_a_bound(self) -> None:
        bare, bounded = figure(56, DAY, place="Orlo"), at_least(56, DAY, place="Orlo", at=9)
        other = told(figure(85, DAY, place="Orlo"), by="B", text="b", places=[ORLO])
        assert conflicts(told(bare, bounded, by="A", text="a", places=[ORLO]), other) == []
        assert len(conflicts(told(bare, by="A", text="a", places=[ORLO]), other)) == 1

    def test_what_was_said_before_it_happened_was_read_wrongly(self) -> None:
        before = (date(2021, 5, 3), date(2021, 5, 3))
        assert (
            conflicts(
                told(figure(56, DAY, place="Orlo"), by="A", text="a", places=[ORLO], said=before),
                told(figure(85, DAY, place="Orlo"), by="B", text="b", places=[ORLO]),
            )
            == []
        )

    def test_no_two_leaps(self) -> None:
        """What is near what is near is not near."""
        middle, end = replace(NEAR_ORLO, lat=40.2), replace(NEAR_ORLO, name="Zem", text="Zem", lat=40.4)
        assert (
            conflicts(
                told(figure(56, DAY, place="Orlo"), by="A", text="a", places=[ORLO]),
                told(at_least(20, DAY, place="Vash"), by="B", text="b", places=[middle]),
                told(figure(85, DAY, place="Zem"), by="C", text="c", places=[end]),
            )
            == []
        )


def test_a_change_implies_what_was_before() -> None:
    shoigu = told(percent(40), figure(11_000, low=10_500, high=11_500, at=9), hedged=("unverified",))
    (found,) = implied(shoigu)
    assert "killed, AA, April 2021: 7,473 to 8,244" in found.text
    assert found.arithmetic == (
        "11,000 (10,500 to 11,500) ÷ 1.4 (1.395 to 1.405) = 7,857 (7,473 to 8,244); "
        "bounds rounded outwards to whole numbers"
    )
    assert found.hedges == ("unverified",)


def test_a_fall_and_a_number_more() -> None:
    (fell,) = implied(told(percent(50, direction="down", comparator="down"), figure(400, at=9)))
    assert "April 2021: 792 to 809" in fell.text
    more = figure(300, kind=FigureKind.CHANGE, against=APRIL, comparator="up", direction="up")
    (rose,) = implied(told(more, figure(1000, at=9)))
    assert "April 2021: 700" in rose.text


def test_a_ratio_without_a_place_covers_what_its_text_counts_if_one_says_so() -> None:
    one = told(figure(11_000, low=10_500, high=11_500))
    other = told(ratio(7), by="Adviser", n=2)
    losses = series((date(2021, 4, 30), 127_500), (date(2021, 5, 31), 149_240))
    (follows,) = implied(one, other)
    assert "7 × 11,000 (10,500 to 11,500) = 77,000 (73,500 to 80,500)" in follows.arithmetic
    (found,) = conflicts(one, other, series=[losses])
    assert found.series == ("s1",)
    assert any("covers all fronts and May 2021, which the text does not say" in a for a in found.assumptions)
    assert "149,240 (2021-05-31) − 127,500 (2021-04-30) = 21,740" in found.arithmetic
    assert "at least 73,500 (from 77,000), against at most 21,740" in found.arithmetic
    assert conflicts(one, series=[losses]) == []


def test_a_series_tells_how_it_counts_and_two_series_make_no_finding() -> None:
    one = told(figure(900, side="BB"))
    known = series((date(2021, 4, 30), 100), (date(2021, 5, 31), 300), definition="bodies seen", hedge="incomplete")
    (found,) = conflicts(one, series=[known])
    assert {"staff-losses counts: bodies seen", "staff-losses is hedged: incomplete"} <= set(found.assumptions)
    again = replace(known, id="s2", name="the same in another file")
    assert len(conflicts(one, series=[known, again])) == 1
    other = replace(series((date(2021, 4, 30), 100), (date(2021, 5, 31), 350)), id="s3", publisher="Monitor")
    assert len(conflicts(one, series=[known, other])) == 2
    own = told(figure(900, side="BB"), by="Staff")
    assert conflicts(own, series=[known]) == []


def test_a_share_and_a_rate() -> None:
    share = figure(30, kind=FigureKind.SHARE, low=29.5, high=30.5, unit="percent", noun="child")
    (children,) = implied(told(share, figure(200, at=9)))
    assert "killed (child), AA, May 2021: 59 to 61" in children.text
    (total,) = implied(told(figure(100, kind=FigureKind.RATE, unit="person per day")))
    assert "May 2021: 3,100" in total.text
    assert any("holds on average" in a for a in total.assumptions)


def test_a_comparison_against_counts() -> None:
    more = figure(None, kind=FigureKind.COMPARISON, side="AA", more="AA", less="BB", text="more")
    counted = figure(50), figure(80, side="BB")
    (found,) = conflicts(told(*counted[:1], by="A"), told(counted[1], by="B", text="b"), told(more, by="C", text="c"))
    assert len(found.statements) == 3


def test_two_changes_of_one_thing() -> None:
    (found,) = conflicts(told(percent(40), by="A"), told(percent(10), by="B", text="b"))
    assert found.arithmetic == (
        "killed, AA, May 2021 is 1.4 (1.395 to 1.405) times, against 1.1 (1.095 to 1.105) times killed, AA, April 2021"
    )


def test_one_figure_can_be_impossible_by_itself() -> None:
    (found,) = conflicts(told(percent(120, direction="down", comparator="down")))
    assert "This cannot hold" in found.text


def test_a_town_is_within_its_country_when_told_so() -> None:
    one, other = figure(900, place="Orlo"), figure(600, place="Land")
    assert pair(one, other) == []
    (found,) = pair(one, other, contains=lambda whole, part: (whole, part) == ("Land", "Orlo"))
    assert found.arithmetic == "at least 900, against at most 600"


def test_a_caveat_stands_on_what_rests_on_it() -> None:
    (found,) = conflicts(
        told(figure(56), hedged=("unverified",)), told(figure(85), by="B", text="b", hedged=("reportedly",))
    )
    assert set(found.hedges) == {"unverified", "reportedly"}


def test_nothing_comes_of_nothing() -> None:
    assert findings([]) == ()
    assert findings([told()]) == ()
    assert MAY != APRIL
