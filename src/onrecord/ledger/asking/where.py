"""Which statements are asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from onrecord.errors import LedgerError


@dataclass(frozen=True, slots=True)
class Near:
    """Within so many kilometres of a point; degrees."""

    lat: float
    lon: float
    km: float


@dataclass(frozen=True, slots=True)
class Where:
    """Which statements: all that are given must hold, in the newest view of a statement.

    ``claimant`` and ``relay`` are a part of a name, in capitals or not; ``side`` a claimant's side; ``text`` words of
    the statement (in any form, in quotation marks where they stand together); ``said_from`` and ``said_to`` the days
    between which it may have been said, ``about_from`` and ``about_to`` those that a figure in it covers or it names;
    ``measure`` what a figure in it measures; ``place`` a part of the name of a place in it, ``place_name`` the whole
    name, just so; ``near`` a circle that a place in it lies in. With ``within_km`` the ``place`` is a name in full, or
    "latitude,longitude", and so are all places that far from it; countries and regions only where they are known as
    exactly as that.
    ``caveat`` the kind of a caveat that covers it, or "any" or "none"; ``state`` what people made of it (accepted,
    corrected, rejected, unsure, reopened, or open where nothing was decided); ``finding`` the kind of a finding that
    rests on it, or "any"; ``document`` an id or key; ``publisher`` its publisher's name.
    """

    claimant: str | None = None
    side: str | None = None
    act: str | None = None
    text: str | None = None
    said_from: date | None = None
    said_to: date | None = None
    measure: str | None = None
    relay: str | None = None
    factuality: str | None = None
    quotation: str | None = None
    about_from: date | None = None
    about_to: date | None = None
    place: str | None = None
    near: Near | None = None
    caveat: str | None = None
    state: str | None = None
    finding: str | None = None
    document: str | None = None
    publisher: str | None = None
    within_km: float | None = None
    place_name: str | None = None

    def __post_init__(self) -> None:
        if self.within_km is not None and not (self.place and 0 < self.within_km < math.inf):
            raise LedgerError("within: it takes a place, and more than 0 km around it")
