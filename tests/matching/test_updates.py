"""A later figure by the same claimant on the same thing is a revision, with its trail."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.matching import match
from onrecord.model import Appearance, Update
from tests.matching.made import DAY, figure, party, place, told

WATCH = "Orsk Rescue Service"


def toll(
    document: str, value: int, day: int, *, on: date = DAY, where: str = "Velin", who: str = WATCH, words: str = ""
) -> Appearance:
    return told(
        document,
        words or f"{value} people died when a missile struck the market of {where}",
        party(who, document=document),
        figures=(figure(str(value), value, noun=None, on=on, place=where),),
        places=(place(where, 50.0 if where == "Velin" else 46.0, 30.0),),
        published=DAY + timedelta(day),
    )


def updates(*appearances: Appearance) -> list[Update]:
    return [update for claim in match(appearances).claims for update in claim.updates]


def test_a_trail_of_three() -> None:
    one, two, three = toll("a", 14, 0), toll("b", 18, 1), toll("c", 21, 2)
    found = updates(three, one, two)
    assert [(update.from_, update.to) for update in found] == [
        (one.statement.id, two.statement.id),
        (two.statement.id, three.statement.id),
    ]
    assert "14 became 18" in found[0].why


def test_two_days_are_two_events() -> None:
    assert not updates(toll("a", 21, 0), toll("b", 56, 1, on=DAY + timedelta(1)))


def test_two_places_are_two_events() -> None:
    assert not updates(toll("a", 21, 0), toll("b", 56, 1, where="Sorna"))


def test_another_claimant_revises_nothing() -> None:
    assert not updates(toll("a", 21, 0), toll("b", 25, 1, who="Dravia Health Department"))


def test_two_figures_of_one_day_are_no_revision_unless_one_says_so() -> None:
    assert not updates(toll("a", 14, 0), toll("b", 18, 0))
    risen = toll("b", 18, 0, words="the death toll of the missile strike on the market of Velin has risen to 18")
    assert len(updates(toll("a", 14, 0), risen)) == 1


def test_a_figure_ten_times_as_high_is_of_something_else() -> None:
    assert not updates(toll("a", 14, 0), toll("b", 140, 1))


def test_a_period_after_the_day_of_saying_is_not_believed() -> None:
    """A reader that takes the wrong day for a figure must not make it a revision."""
    assert not updates(toll("a", 14, 0, on=DAY + timedelta(1)), toll("b", 18, 2, on=DAY + timedelta(1)))
