"""All that is known of a statement: its words in their sentence, every reader's view, what people decided."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from onrecord.ledger import tables as t
from onrecord.ledger.asking.showing.plain import decided, held, key_of, sentence, sightings
from onrecord.ledger.changes import stands
from onrecord.ledger.deciding import reviewed
from onrecord.ledger.rows import Json


def statement(connection: Connection, id_: str) -> Json:
    """The statement as it stands, and how it came to stand so."""
    one = reviewed(connection, [id_])[id_]
    text = connection.execute(select(t.documents.c.text).where(t.documents.c.id == one.document)).scalar() or ""
    content = one.value.get("content") or {}
    return {
        **one.value,
        "id": id_,
        "document": key_of(connection, one.document),
        "document_id": one.document,
        "spans": content.get("spans") or [],
        "sentence": sentence(text, content.get("spans") or []),
        "state": held(one.state),
        "found": one.found,
        "reader": {"name": one.reader, "version": one.version},
        "views": _views(connection, id_),
        "decisions": decided(connection, "statement", id_),
        "hedges": _hedges(connection, one.value.get("caveats") or []),
        "sightings": sightings(connection, one.document),
        "claims": _claims(connection, id_),
        "findings": _findings(connection, id_),
    }


def _views(connection: Connection, id_: str) -> list[Json]:
    """What every reading of the document has of it, in their order; ``value`` is None where one does not find it."""
    v, r, b, u = t.statement_values.c, t.readings.c, t.batches.c, t.unfound.c
    asked = (
        select(r.id, r.nth, r.reader, r.version, r.published, b.at, v.value)
        .join_from(t.statement_values, t.readings, r.id == v.reading)
        .join(t.batches, b.n == r.batch)
        .where(v.statement == id_)
    )
    lost = (
        select(r.id, r.nth, r.reader, r.version, r.published, b.at)
        .join_from(t.unfound, t.readings, r.id == u.reading)
        .join(t.batches, b.n == r.batch)
        .where(u.statement == id_)
    )
    rows = [dict(row) for asked_ in (asked, lost) for row in connection.execute(asked_).mappings()]
    views = [
        {
            "reading": row["id"],
            "nth": row["nth"],
            "reader": {"name": row["reader"], "version": row["version"]},
            "published": row["published"],
            "added": row["at"],
            "value": msgspec.json.decode(row["value"]) if row.get("value") else None,
        }
        for row in sorted(rows, key=lambda row: row["nth"])
    ]
    return [{**view, "changed": _changed(before, view)} for before, view in zip([None, *views], views, strict=False)]


def _changed(before: Json | None, view: Json) -> list[str]:
    """The fields that a view has otherwise than the one before it."""
    if before is None:
        return []
    one, other = before["value"], view["value"]
    if one is None or other is None:
        return [] if one is other else ["found"]
    return [name for name in other if one.get(name) != other[name]]


def _hedges(connection: Connection, ids: list[str]) -> list[Json]:
    """The caveats on it, as their newest readers have them."""
    v, r = t.caveat_values.c, t.readings.c
    asked = select(v.caveat, v.text, v.kind, v.certain, v.spans).join_from(
        t.caveat_values, t.readings, r.id == v.reading
    )
    rows = {row.caveat: row for row in connection.execute(asked.where(v.caveat.in_(ids)).order_by(r.nth))}
    return [
        {"id": id_, "text": row.text, "kind": row.kind, "certain": row.certain, "spans": _decoded(row.spans)}
        for id_, row in rows.items()
    ]


def _claims(connection: Connection, id_: str) -> list[Json]:
    c, s = t.claims.c, t.claim_statements.c
    asked = select(c.id, c.summary).join_from(
        t.claims, t.claim_statements, (s.claim == c.id) & (s.matching == c.matching)
    )
    rows = connection.execute(asked.where(s.statement == id_, stands(t.claims)).order_by(c.id))
    return [{"id": row.id, "summary": row.summary} for row in rows]


def _findings(connection: Connection, id_: str) -> list[Json]:
    f, s = t.findings.c, t.finding_statements.c
    asked = select(f.id, f.kind, f.text).join_from(
        t.findings, t.finding_statements, (s.finding == f.id) & (s.inputs == f.inputs)
    )
    rows = connection.execute(asked.where(s.statement == id_, stands(t.findings)).order_by(f.id).distinct())
    return [{"id": row.id, "kind": row.kind, "text": row.text} for row in rows]


def _decoded(text: str | None) -> Any:
    return msgspec.json.decode(text) if text else []
