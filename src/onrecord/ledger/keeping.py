"""Looks up documents as the record keeps them: their text, sightings, what they revise or copy, who speaks in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Select, select

from onrecord.ledger import tables as t
from onrecord.model import Kept, Party, PartyKind, PlaceKind, Sighting

_SIGHTED = ("id", "key", "title", "publisher", "url", "language", "published")
_WIDE = (PlaceKind.COUNTRY, PlaceKind.REGION)
_Rows = Mapping[str, list[Any]]


def kept(connection: Connection, documents: Collection[str]) -> dict[str, Kept]:
    """The documents by their ids, a few hundred at a time; those that are not on the record, or whose words were taken
    out of it, are not among them."""
    d, gone = t.documents.c, t.redactions.c.document
    asked = select(d.id, d.text, t.batches.c.at).join_from(t.documents, t.batches).where(d.id.in_(documents))
    there = connection.execute(asked.where(~select(gone).where(gone == d.id).exists())).all()
    ids = [row.id for row in there]
    s, r, c, h, p = t.sightings.c, t.revisions.c, t.copies.c, t.caveats.c, t.places.c
    seen = _by_document(connection, ids, s.document, select(*(s[name] for name in _SIGHTED)).order_by(s.batch, s.id))
    revises = _by_document(connection, ids, r.document, select(r.former).order_by(r.former).distinct())
    copies = _by_document(connection, ids, c.document, select(c.of).order_by(c.of))
    hedges = _by_document(connection, ids, h.document, select(h.id, h.text).order_by(h.starts, h.id))
    regions = _by_document(connection, ids, p.document, select(p.name).where(p.kind.in_(_WIDE)).distinct())
    parties = _parties(connection, ids)
    return {
        row.id: _kept(
            row,
            tuple(_sighting(one) for one in seen[row.id]),
            revises=tuple(one.former for one in revises[row.id]),
            copies=tuple(one.of for one in copies[row.id]),
            parties=_last(parties[row.id]),
            hedges={one.id: one.text for one in hedges[row.id]},
            regions=frozenset(one.name for one in regions[row.id]),
        )
        for row in there
    }


def _by_document(connection: Connection, ids: Collection[str], about: Column[Any], query: Select[Any]) -> _Rows:
    """What is asked for of each document, in the order of the query."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(query.add_columns(about.label("about")).where(about.in_(ids))):
        found[row.about].append(row)
    return found


def _parties(connection: Connection, ids: Collection[str]) -> _Rows:
    """Everyone whom any reader took for a claimant, in each form he or she was taken in, the newest reading's last."""
    c, r = t.claimants.c, t.readings.c
    asked = select(c.party, c.name, c.kind, c.role, c.side, r.nth).join_from(t.claimants, t.readings).distinct()
    asked = asked.where(c.statement.in_(select(t.statements.c.id).where(t.statements.c.document.in_(ids))))
    return _by_document(connection, ids, c.document, asked.order_by(r.nth, c.party, c.name, c.kind, c.role, c.side))


def _kept(row: Any, sightings: tuple[Sighting, ...], **about: Any) -> Kept:
    """The document; its sightings with the earliest first, those without a day last."""
    known = min([date.fromisoformat(row.at[:10]), *(seen.published for seen in sightings if seen.published)])
    ordered = tuple(sorted(sightings, key=lambda seen: seen.published or date.max))
    return Kept(row.id, row.text, known, ordered, **about)


def _sighting(row: Any) -> Sighting:
    published = date.fromisoformat(row.published) if row.published else None
    return Sighting(row.id, row.key, published, row.title, row.publisher, row.url, row.language)


def _last(rows: list[Any]) -> tuple[Party, ...]:
    """The parties, each form once, where it stands last."""
    forms = [Party(row.party, row.name, PartyKind(row.kind), row.role, row.side) for row in rows]
    return tuple(reversed(dict.fromkeys(reversed(forms))))
