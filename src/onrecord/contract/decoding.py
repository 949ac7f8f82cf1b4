"""From the JSON contract back to the nouns."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from onrecord.contract.encoding import Json
from onrecord.model import Reading, Statement

Kind = TypeVar("Kind")


def reading_from(values: Json) -> Reading:
    """The reading that ``contract`` made these values of. Raises ValueError for values of another shape."""
    return _as(
        Reading,
        {
            **values,
            "statements": [_statement(value) for value in values["statements"]],
            "times": [{**value, "from_": value.get("from")} for value in values["times"]],
        },
    )


def statement_from(values: Json) -> Statement:
    """The statement that a reading's contract, or the ledger, holds as these values. Raises ValueError for others."""
    return _as(Statement, _statement(values))


def _statement(values: Json) -> Json:
    claimant = values.get("claimant")
    return {**values, "claimant": claimant if isinstance(claimant, list) else [claimant] if claimant else []}


def _as(kind: type[Kind], values: Json) -> Kind:
    return msgspec.convert(values, kind)
