"""Anything on the record by its id, with all that is known of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, select

from onrecord.errors import LedgerError
from onrecord.ledger import tables as t
from onrecord.ledger.asking.showing import others
from onrecord.ledger.asking.showing.document import document
from onrecord.ledger.asking.showing.statement import statement
from onrecord.ledger.rows import Json

__all__ = ["Shown", "show"]

_KINDS: tuple[tuple[str, Table, Callable[[Connection, str], Json]], ...] = (
    ("statement", t.statements, statement),
    ("document", t.documents, document),
    ("caveat", t.caveats, others.caveat),
    ("party", t.parties, others.party),
    ("reading", t.readings, others.reading),
    ("decision", t.decisions, others.decision),
    ("claim", t.claims, others.claim),
    ("finding", t.findings, others.finding),
    ("series", t.series, others.one_series),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """``of`` is what it is (statement, document, caveat …), ``value`` all that is known of it as plain values."""

    of: str
    id: str
    value: Json


def show(connection: Connection, id_: str) -> Shown:
    """What has this id on the record; a document may be named by its key, where only one has it.

    Raises LedgerError where nothing has it.
    """
    for of, table, told in _KINDS:
        if connection.execute(select(table.c.id).where(table.c.id == id_).limit(1)).first() is not None:
            return Shown(of, id_, told(connection, id_))
    s = t.sightings.c
    keyed = connection.execute(select(s.document).where(s.key == id_).distinct().limit(2)).scalars().all()
    if len(keyed) == 1:
        return Shown("document", keyed[0], document(connection, keyed[0]))
    if keyed:
        raise LedgerError(
            f"{id_}: several documents have this key; onrecord documents --document {id_} prints their ids"
        )
    raise LedgerError(f"{id_}: nothing in this ledger has this id; onrecord statements prints those of statements")
