"""Who makes the statements that meet a condition, and how many of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.ledger import tables as t
from onrecord.ledger.asking.found import streamed
from onrecord.ledger.asking.narrowing import narrowed
from onrecord.ledger.asking.sieving import VIEW
from onrecord.ledger.asking.where import Where


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claimant by name, kind and side as the newest readings have them, and what is credited so.

    One name with two sides is told twice. ``roles`` is how many offices it is printed with, ``role`` the first of them
    in the alphabet; the days are the earliest and the latest that a statement may have been made on.
    """

    name: str
    kind: str
    side: str | None
    role: str | None
    roles: int
    statements: int
    documents: int
    said_from: str | None
    said_to: str | None


def claimants(
    connection: Connection, where: Where, *, after: str | None = None, limit: int | None = None
) -> Iterator[Claimed]:
    """The claimants of the statements that meet ``where``, in the order of their names; those after a name."""
    c = t.claimants.c
    rows = narrowed(connection, select(VIEW.row), where).subquery()
    v = t.statement_values.alias("v").c
    asked = (
        select(
            c.name,
            c.kind,
            c.side,
            func.min(c.role),
            func.count(c.role.distinct()),
            func.count(v.statement.distinct()),
            func.count(v.document.distinct()),
            func.min(v.said_from),
            func.max(v.said_to),
        )
        .where(v.row.in_(select(rows.c.row)), c.statement == v.statement, c.reading == v.reading)
        .group_by(c.name, c.kind, c.side)
        .order_by(c.name, c.kind, c.side)
    )
    if where.claimant:  # of a statement that several make, those who were asked for
        asked = asked.where(func.lower(c.name).contains(where.claimant.lower(), autoescape=True))
    if after is not None:
        asked = asked.where(c.name > after)
    for row in streamed(connection, asked if limit is None else asked.limit(limit)):
        yield Claimed(*row)
