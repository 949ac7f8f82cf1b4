"""Looks up a document as the record keeps it: its text, its sightings, what it revises or copies, who speaks in it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from onrecord.ledger import tables as t
from onrecord.model import Kept, Party, PartyKind, Sighting

_SIGHTED = ("id", "key", "title", "publisher", "url", "language", "published")


def kept(connection: Connection, document: str) -> Kept | None:
    """The document, None where it is not on the record or its words were taken out of it."""
    d, gone = t.documents.c, t.redactions.c.document
    asked = select(d.text, t.batches.c.at).join_from(t.documents, t.batches).where(d.id == document)
    row = connection.execute(asked.where(~select(gone).where(gone == d.id).exists())).first()
    if row is None:
        return None
    sightings = _sightings(connection, document)
    known = min([date.fromisoformat(row.at[:10]), *(s.published for s in sightings if s.published)])
    r, c, h = t.revisions.c, t.copies.c, t.caveats.c
    revises = connection.execute(select(r.former).where(r.document == document).order_by(r.former).distinct()).scalars()
    copies = connection.execute(select(c.of).where(c.document == document).order_by(c.of)).scalars()
    hedges = {row.id: row.text for row in connection.execute(select(h.id, h.text).where(h.document == document))}
    return Kept(
        document, row.text, known, sightings, tuple(revises), tuple(copies), _parties(connection, document), hedges
    )


def _sightings(connection: Connection, document: str) -> tuple[Sighting, ...]:
    """Where it was seen, the earliest first, those without a day last."""
    s = t.sightings.c
    asked = select(*(s[name] for name in _SIGHTED)).where(s.document == document).order_by(s.batch, s.id)
    rows = connection.execute(asked).mappings()
    found = [Sighting(**{**row, "published": _day(row["published"])}) for row in rows]
    return tuple(sorted(found, key=lambda one: one.published or date.max))


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _parties(connection: Connection, document: str) -> tuple[Party, ...]:
    """Everyone whom any reader took for a claimant, in each form it was taken in."""
    c = t.claimants.c
    asked = select(c.party, c.name, c.kind, c.role, c.side).where(c.document == document).distinct()
    rows = connection.execute(asked.order_by(c.party, c.name, c.kind, c.role, c.side))
    return tuple(Party(row.party, row.name, PartyKind(row.kind), row.role, row.side) for row in rows)
