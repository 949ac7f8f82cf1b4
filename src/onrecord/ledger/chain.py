"""The hashes of the record: of a row, of the rows a batch brought to a table, of a batch chained to the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Table

from onrecord.ledger.tables import hashed

Row = dict[str, Any]
Manifest = dict[str, list[Any]]
"""For every table that a batch brought rows to: how many, and the hash over their digests."""

_encode = msgspec.json.Encoder().encode


def row_digest(table: Table, row: Mapping[str, Any]) -> str:
    """The SHA-256 of a row: its table's name and its values in the order of the columns."""
    return values_digest(str(table.name), [row.get(name) for name in hashed(table)])


def values_digest(table: str, values: Sequence[Any]) -> str:
    """The same, of the values in the order of ``hashed(table)``."""
    return _sha((table, *values))


def rows_hash(digests: Iterable[str]) -> list[Any]:
    """How many rows there are and the hash over their digests, whatever order they came in."""
    ordered = sorted(digests)
    return [len(ordered), _sha(ordered)]


def batch_hash(batch: Mapping[str, Any]) -> str:
    """The hash of a batch, over all else it says, the hash of the one before among it."""
    return _sha([batch[name] for name in ("n", "at", "tool", "manifest", "previous")])


def _sha(values: Sequence[Any]) -> str:
    return hashlib.sha256(_encode(values)).hexdigest()
