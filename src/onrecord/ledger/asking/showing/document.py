"""All that is known of a document: where it was seen and came from, who read it, what became of it."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from onrecord.ledger import tables as t
from onrecord.ledger.asking.showing.plain import decided, sightings
from onrecord.ledger.rows import Json


def document(connection: Connection, id_: str) -> Json:
    """The document with its text."""
    d, b = t.documents.c, t.batches.c
    row = connection.execute(select(d.text, d.characters, d.likeness, b.at).join(t.batches).where(d.id == id_)).one()
    return {
        "id": id_,
        "characters": row.characters,
        "likeness": row.likeness,
        "added": row.at,
        "redacted": _redacted(connection, id_),
        "sightings": sightings(connection, id_),
        "revises": _ids(connection, t.revisions.c.former, t.revisions.c.document, id_),
        "revised_by": _ids(connection, t.revisions.c.document, t.revisions.c.former, id_),
        "copies": sorted(
            {*_ids(connection, t.copies.c.of, t.copies.c.document, id_)}
            | {*_ids(connection, t.copies.c.document, t.copies.c.of, id_)}
        ),
        "readings": _readings(connection, id_),
        "statements": _ids(connection, t.statements.c.id, t.statements.c.document, id_, t.statements.c.starts),
        "decisions": decided(connection, "document", id_),
        "text": row.text,
    }


def _redacted(connection: Connection, id_: str) -> Json | None:
    """The tombstone, where there is one."""
    g, b = t.redactions.c, t.batches.c
    row = connection.execute(select(g.by, g.why, b.at).join(t.batches).where(g.document == id_)).mappings().first()
    return dict(row) if row else None


def _readings(connection: Connection, id_: str) -> list[Json]:
    r, v, u, b = t.readings.c, t.statement_values.c, t.unfound.c, t.batches.c
    statements = select(func.count()).where(v.reading == r.id).scalar_subquery().label("statements")
    unfound = select(func.count()).where(u.reading == r.id).scalar_subquery().label("unfound")
    asked = select(r.id, r.nth, r.reader, r.version, r.published, b.at.label("added"), statements, unfound)
    rows = connection.execute(asked.join(t.batches, b.n == r.batch).where(r.document == id_).order_by(r.nth)).mappings()
    return [dict(row) for row in rows]


def _ids(connection: Connection, of: object, where: object, id_: str, *order: object) -> list[str]:
    asked = select(of).where(where == id_).order_by(*(order or (of,)))  # type: ignore[call-overload]
    return list(dict.fromkeys(connection.execute(asked).scalars()))
