"""The way over many documents: statements are matched to claims, and their figures set beside one another."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.model import Account, Appearance, Series
from onrecord.reconciling.series_comparing import Compared, Comparison, compare

if TYPE_CHECKING:
    from onrecord.documents.series import LoadedSeries
    from onrecord.ledger import Ledger, Matched, NewFindings

__all__ = ["Compared", "Comparison", "account", "add_series", "check", "compare_series", "match"]

Step = Callable[[str], None]
"""Is told what is being done now."""


def match(ledger: Ledger, step: Step = lambda doing: None) -> Matched:
    """Matches every statement on the record to claims, and keeps what is new: claims, edges and drift.

    People's merges and splits of statements, claims and parties outrank the matcher. A second run adds nothing.
    """
    from onrecord.matching import MATCHER
    from onrecord.matching import match as matched

    step("reading the record")
    appearances = _statements(ledger)
    step(f"matching {len(appearances):,} statements")
    found = matched(appearances, ledger.decisions())
    step("keeping what is new")
    return ledger.keep_matching(MATCHER, found.edges, found.claims, found.drifts)


def check(ledger: Ledger, step: Step = lambda doing: None) -> NewFindings:
    """Works out every finding of the record, and keeps what is new; statements not matched yet are matched first."""
    from onrecord.reconciling import drift_findings, findings, series_findings

    if ledger.unmatched():
        match(ledger, step)
    step("reading the record")
    appearances, series = _statements(ledger), list(ledger.series())
    updates = [update for claim in ledger.claims() for update in claim.updates]
    step(f"reconciling the figures of {len(appearances):,} statements")
    found = (one for one in findings(appearances, series, updates=updates) if one.statements or not one.series)
    step(f"setting figures beside {len(series):,} series")
    beside = series_findings(appearances, series)
    changed = drift_findings(ledger.drift(), appearances)
    step("keeping what is new")
    return ledger.keep_findings((*found, *beside, *changed))


def account(
    ledger: Ledger, believe: Collection[str], doubt: Collection[str], step: Step = lambda doing: None
) -> Account:
    """What follows from the word of the believed, beside that of the doubted, each under all names of its party."""
    from onrecord import reconciling

    step("reading the record")
    appearances, series = _statements(ledger), list(ledger.series())
    step(f"reconciling the figures of {len(appearances):,} statements")
    return reconciling.account(appearances, series, believe=believe, doubt=doubt, known_as=ledger.known_as())


def _statements(ledger: Ledger) -> list[Appearance]:
    """Every statement on the record. All of them stay, so that looking for garbage among them is put off until then."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return list(ledger.appearances())
    finally:
        if collects:
            gc.enable()


def add_series(
    ledger: Ledger, file: Path, as_: str | None = None, *, version: str | None = None, on: date | None = None
) -> tuple[LoadedSeries, int]:
    """Adds the series in a file, and tells how many are new. Raises DataError for a file that holds none."""
    from onrecord.documents.series import load_series

    loaded = load_series(file, as_, version=version, on=on)
    return loaded, ledger.add_series(loaded.series)


def compare_series(one: Series, other: Series) -> Comparison:
    """Two series on the days that both have."""
    return compare(one, other)
