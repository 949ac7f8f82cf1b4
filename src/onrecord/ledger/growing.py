"""Which tables each batch brought rows to: what was worked out from some holds until one of them grows."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from onrecord.ledger import tables as t


def growth(connection: Connection, after: int = 0) -> Iterator[tuple[int, frozenset[str]]]:
    """The batches after one of this number, the earliest first, each with the tables it brought rows to."""
    b = t.batches.c
    asked = select(b.n, b.manifest).where(b.n > after).order_by(b.n)
    for n, manifest in connection.execute(asked):
        yield n, frozenset(msgspec.json.decode(manifest))
