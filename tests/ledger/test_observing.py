"""Series are kept once, and the newest version of a name stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onrecord.ledger import Ledger
from onrecord.model import Observation, Series
from tests.ledger.conftest import Count, dump

pytestmark = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)

SERIES = Series(
    "s1", "staff-losses", "General Staff of Orland", "killed",
    (
        Observation(date(2021, 5, 1), 100.0, 90.0, 110.0, source="https://example.org/1"),
        Observation(date(2021, 5, 2), None, 1.0, 2.0, to=date(2021, 5, 8)),
    ),
    side="BB", unit="person", place="Orland", definition="“removed”", hedge="about", cumulative=True,
    starts=date(2021, 4, 1), licence="CC0", version="1", source="ours", noun="soldier", read_as=("losses",),
    speaks_for="AA", known_as=("Orlish Staff",),
)  # fmt: skip


def test_a_series_comes_back_as_it_was(ledger: Ledger) -> None:
    assert ledger.add_series([SERIES]) == 1
    assert list(ledger.series()) == [SERIES]
    assert list(ledger.series("staff-losses")) == list(ledger.series("s1")) == [SERIES]
    assert list(ledger.series("another")) == []
    assert list(ledger.series(observed=False)) == [replace(SERIES, observations=())]


def test_the_same_again_adds_nothing(ledger: Ledger) -> None:
    ledger.add_series([SERIES])
    before = dump(ledger)
    assert ledger.add_series([SERIES, SERIES]) == 0
    assert dump(ledger) == before


def test_another_version_stands_in_its_place(ledger: Ledger, count: Count) -> None:
    newer = replace(SERIES, id="s2", version="2", stock=True, cumulative=False)
    ledger.add_series([SERIES])
    ledger.add_series([newer])
    assert list(ledger.series()) == [newer]
    assert list(ledger.series("s1")) == [SERIES, newer][:1]
    assert count("series") == 2


def test_series_are_proven_like_all_else(ledger: Ledger) -> None:
    ledger.add_series([SERIES])
    assert ledger.verify().faults == 0
