"""Accounts: one side's word beside the other's."""

from __future__ import annotations

from datetime import date

from onrecord.model import Account, AccountLine
from onrecord.reconciling import account
from tests.reconciling.making import figure, percent, ratio, series, told

MINISTER = told(percent(40), figure(11_000, low=10_500, high=11_500, at=9), by="Defence Minister of BB")
ADVISER = told(ratio(7), by="Adviser", n=2)
LOSSES = series((date(2021, 4, 30), 127_500), (date(2021, 5, 31), 149_240))


def line(found: Account, quantity: str) -> AccountLine:
    return next(one for one in found.lines if one.quantity == quantity)


def test_what_follows_from_one_word_beside_the_other() -> None:
    found = account([MINISTER, ADVISER], [LOSSES], believe=["staff", "ADVISER"])
    killed = line(found, "killed, AA, May 2021")
    assert killed.claimed is None
    assert killed.implied is not None
    assert (killed.implied.low, killed.implied.high) == (3105, 3106)
    assert killed.others_claimed is not None
    assert (killed.others_claimed.low, killed.others_claimed.high) == (10_500, 11_500)
    assert killed.others_claimed.statements == (MINISTER.statement.id,)
    assert "21,740 ÷ 7 = 3,105.7" in killed.arithmetic
    assert not killed.meets


def test_swap_who_is_believed_and_the_columns_swap() -> None:
    ours = account([MINISTER, ADVISER], [LOSSES], believe=["Staff", "Adviser"], doubt=["Minister"])
    theirs = account([MINISTER, ADVISER], [LOSSES], believe=["Minister"], doubt=["Staff", "Adviser"])
    swapped = [(x.quantity, x.others_claimed, x.others_implied, x.claimed, x.implied, x.meets) for x in theirs.lines]
    assert [
        (x.quantity, x.claimed, x.implied, x.others_claimed, x.others_implied, x.meets) for x in ours.lines
    ] == swapped


def test_doubt_alone_believes_the_rest() -> None:
    found = account([MINISTER, ADVISER], [LOSSES], doubt=["Minister"])
    assert line(found, "killed, AA, May 2021").implied is not None


def test_a_name_that_nobody_bears_is_told() -> None:
    assert account([MINISTER], believe=["Nobody", "minister"]).unknown == ("Nobody",)


def test_a_party_that_people_hold_to_be_one_with_another_is_believed_under_either_name() -> None:
    (minister,) = MINISTER.statement.claimant
    merged = {minister.id: {"Defence Minister of BB", "Général Núñez"}}
    assert account([MINISTER], believe=["general nunez"]).unknown == ("general nunez",)
    found = account([MINISTER], believe=["general nunez"], known_as=merged)
    assert found.unknown == ()
    assert found.lines == account([MINISTER], believe=["minister"]).lines != ()


def test_an_account_shows_what_its_own_series_has_of_what_others_count() -> None:
    losses = series((date(2021, 4, 30), 100), (date(2021, 5, 31), 300), known_as=("Orlish command",))
    other = told(figure(900, side="BB"), by="Monitor")
    killed = line(account([other], [losses], believe=["Orlish command"]), "killed, BB, May 2021")
    assert killed.claimed is not None
    assert (killed.claimed.low, killed.claimed.high) == (200, 200)
    assert killed.others_claimed is not None
    assert not killed.meets


def test_conflicts_within_an_account() -> None:
    other = told(figure(500), by="Adviser", text="b")
    assert len(account([MINISTER, other], believe=["Minister", "Adviser"]).conflicts) == 1
    assert account([MINISTER, other], believe=["Minister"]).conflicts == ()


def test_an_empty_record() -> None:
    assert account([]).lines == ()
