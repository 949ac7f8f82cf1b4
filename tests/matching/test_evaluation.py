"""What the evaluation of retellings takes for the day of a text, and our own retellings."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.retold import day, unchanged


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("07-08-2014 At least ten ships left", date(2014, 8, 7)),
        ("Published July 19 2016 A fighter walks", date(2016, 7, 19)),
        ("3 November 2016 The toll rises", date(2016, 11, 3)),
        ("In July 2014 a group of men", None),
        ("Nothing is dated here", None),
        ("99-99-2014 is no day", None),
    ],
)
def test_the_day_at_the_head_of_a_text(head: str, told: date | None) -> None:
    assert day(head) == told


def test_the_unchanged_retellings_are_said_otherwise() -> None:
    pairs = list(unchanged())
    assert len(pairs) >= 12
    assert all(pair.told.text != pair.retold.text and not pair.changed for pair in pairs)
