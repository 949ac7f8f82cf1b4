"""Matches statements to claims: similarity proposes, fields decide, a person's judgement outranks both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import Appearance, Claim, Decision, Drift, Edge

MATCHER = ("fields", "1")
"""The name and version of the matcher, as the ledger keeps them with what it found."""


@dataclass(frozen=True, slots=True)
class Matching:
    """What was found over many documents: which statements are one and why, the claims they make, what changed."""

    edges: tuple[Edge, ...] = ()
    claims: tuple[Claim, ...] = ()
    drifts: tuple[Drift, ...] = ()


def match(appearances: Iterable[Appearance], decisions: Iterable[Decision] = ()) -> Matching:
    """The claims that statements make, whatever order they come in; ``decisions`` are people's, in order of time.

    Merges and splits of statements, claims and parties hold whatever the fields say, until they are undone.
    """
    raise NotImplementedError
