"""What the words beside a figure say of it: some of them only, near a town only, a part of what was told before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.model import Appearance, Figure, Span, Statement, Words
from onrecord.reconciling import findings
from onrecord.reconciling.beside import at_least, of_those, only_near
from tests.reconciling.making import DAY, ORLO, figure, told
from tests.reconciling.making import at_least as least


def saying(text: str, *figures: Figure, cue: str = "said", by: str = "Ministry", n: int = 0) -> Appearance:
    """A statement with these words; each figure stands where its number does."""
    placed = []
    for one in figures:
        start = text.index(one.text)
        placed.append(replace(one, spans=(Span(start, start + len(one.text)),)))
    made = told(*placed, by=by, text=by, n=n, places=[ORLO])
    statement: Statement = replace(
        made.statement, content=Words((Span(0, len(text)),), text), cue=Words((Span(0, 1),), cue)
    )
    return replace(made, statement=statement)


@pytest.mark.parametrize(
    "text",
    [
        "of the confirmed 40 deaths nine were officers",
        "the UN verified 40 deaths in Orlo",
        "40 people were being treated in Orlo",
        "40 people had died since being brought over the border",
        "40 people were killed so far in Orlo",
    ],
)
def test_some_of_them_only(text: str) -> None:
    assert at_least(saying(text, figure(40, DAY)), figure(40, DAY, at=text.index("40")))


@pytest.mark.parametrize("text", ["40 people were killed in Orlo", "40 were killed and others were being treated"])
def test_all_of_them(text: str) -> None:
    assert not at_least(saying(text, figure(40, DAY)), figure(40, DAY, at=text.index("40")))


def test_what_somebody_saw_is_not_all() -> None:
    assert at_least(saying("40 bodies", figure(40, DAY), cue="saw"), figure(40, DAY))


def test_a_part_of_at_least_so_many_is_at_least_so_many() -> None:
    more = saying("25 children were killed in Orlo", figure(25, DAY, noun="child", place="Orlo"), by="Monitor", n=1)
    whole, part = least(58, DAY, place="Orlo"), figure(11, DAY, noun="child", place="Orlo")
    assert not findings([saying("at least 58 were killed in Orlo, 11 of them children", whole, part), more])
    bare = figure(58, DAY, place="Orlo")
    found = findings([saying("58 were killed in Orlo, 11 of them children", bare, part), more])
    assert [one.kind for one in found] == ["conflict"]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("a raid near the town of Orlo", True),
        ("raids on the Orlo countryside", True),
        ("a village south of Orlo", True),
        ("a raid on Orlo", False),
        ("Orlo was hit near noon", False),
    ],
)
def test_near_a_town(text: str, near: bool) -> None:
    assert only_near(saying(text), ["Orlo"]) is near


def test_a_part_of_what_was_told_before() -> None:
    text = "nearly half of those losses, 30,000, were in spring"
    assert of_those(saying(text, figure(30_000)), figure(30_000, at=text.index("30")))
    assert not of_those(saying("30,000 were lost", figure(30_000)), figure(30_000))
