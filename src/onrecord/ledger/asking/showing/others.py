"""All that is known of a caveat, a party, a reading, a decision, a claim, a finding or a series."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from onrecord.ledger import tables as t
from onrecord.ledger.asking.showing.plain import decided, held, key_of, plain, sentence
from onrecord.ledger.claiming import claims
from onrecord.ledger.deciding import clusters, decisions, states, undone
from onrecord.ledger.finding import findings
from onrecord.ledger.observing import series
from onrecord.ledger.rows import Json


def caveat(connection: Connection, id_: str) -> Json:
    """A caveat as it stands, its words in their sentence, and what each reader has of it."""
    state = states(connection, "caveat", [id_])[id_]
    c = t.caveats.c
    row = connection.execute(select(c.document, c.spans).where(c.id == id_)).one()
    spans = _decoded(row.spans) or []
    text = connection.execute(select(t.documents.c.text).where(t.documents.c.id == row.document)).scalar() or ""
    return {
        "id": id_,
        "document": key_of(connection, row.document),
        "document_id": row.document,
        "spans": spans,
        "sentence": sentence(text, spans),
        **(state.value or {}),
        "state": held(state),
        "views": _caveat_views(connection, id_),
        "decisions": decided(connection, "caveat", id_),
    }


def _caveat_views(connection: Connection, id_: str) -> list[Json]:
    v, r, o = t.caveat_values.c, t.readings.c, t.covers.c
    asked = select(r.id, r.nth, r.reader, r.version, v.kind, v.certain, v.text).join_from(
        t.caveat_values, t.readings, r.id == v.reading
    )
    views = []
    for row in connection.execute(asked.where(v.caveat == id_).order_by(r.nth)):
        covered = select(o.statement).where(o.caveat == id_, o.reading == row.id).order_by(o.statement)
        views.append({
            "reading": row.id,
            "nth": row.nth,
            "reader": {"name": row.reader, "version": row.version},
            "value": {"text": row.text, "kind": row.kind, "certain": row.certain},
            "covers": list(connection.execute(covered).scalars()),
        })  # fmt: skip
    return views


def party(connection: Connection, id_: str) -> Json:
    """A party of one document, the forms it is read in, and what it is credited with."""
    p, c = t.parties.c, t.claimants.c
    row = connection.execute(select(p.name, p.document).where(p.id == id_)).one()
    told = select(t.statements.c.id).where(t.statements.c.document == row.document)
    its = c.party == id_, c.statement.in_(told)  # parties are looked up by no index, the statements of a document are
    forms = select(c.name, c.kind, c.role, c.side).where(*its).distinct()
    forms = forms.order_by(c.name, c.kind, c.role, c.side)
    one_with = clusters(connection, "party")
    head = one_with.get(id_)
    return {
        "id": id_,
        "name": row.name,
        "document": key_of(connection, row.document),
        "document_id": row.document,
        "forms": [dict(form) for form in connection.execute(forms).mappings()],
        "statements": list(dict.fromkeys(connection.execute(select(c.statement).where(*its)).scalars())),
        "one_with": sorted(other for other, to in one_with.items() if to == head and other != id_),
        "decisions": decided(connection, "party", id_),
    }


def reading(connection: Connection, id_: str) -> Json:
    """A reading: who read what when, what it found, and what it no longer finds."""
    r, b, v, u = t.readings.c, t.batches.c, t.statement_values.c, t.unfound.c
    row = connection.execute(select(t.readings, b.at, b.tool).join(t.batches, b.n == r.batch).where(r.id == id_)).one()
    found = select(v.statement).where(v.reading == id_).order_by(v.row)
    return {
        "id": id_,
        "document": key_of(connection, row.document),
        "document_id": row.document,
        "nth": row.nth,
        "reader": {"name": row.reader, "version": row.version},
        "published": row.published,
        "added": row.at,
        "tool": row.tool,
        "batch": row.batch,
        "statements": list(connection.execute(found).scalars()),
        "unfound": list(
            connection.execute(select(u.statement).where(u.reading == id_).order_by(u.statement)).scalars()
        ),
        "times": _decoded(row.times) or [],
        "notes": _decoded(row.notes) or [],
    }


def decision(connection: Connection, id_: str) -> Json:
    """A decision, and those on it: an undo is one."""
    every = list(decisions(connection, target=id_))
    gone = undone(connection)
    (one,) = (plain(d) for d in every if d.id == id_)
    later = [{**plain(d), "undone": d.id in gone} for d in every if d.id != id_]
    return {**one, "undone": id_ in gone, "decisions": later}


def claim(connection: Connection, id_: str) -> Json:
    """A claim as the newest matching has it; nothing but its id where that no longer finds it."""
    found = [plain(one) for one in claims(connection, ids=[id_])]
    return {"id": id_, "gone": not found, **(found[0] if found else {}), "decisions": decided(connection, "claim", id_)}


def finding(connection: Connection, id_: str) -> Json:
    """A finding as the newest check has it; nothing but its id where that no longer finds it."""
    found = [plain(one) for one in findings(connection, ids=[id_])]
    told = found[0] if found else {}
    return {"id": id_, "gone": not found, **told, "decisions": decided(connection, "finding", id_)}


def one_series(connection: Connection, id_: str) -> Json:
    """A series with its observations; nothing but its id where a newer version stands in its place."""
    found: list[Any] = [plain(one) for one in series(connection, id_)]
    return {"id": id_, "gone": not found, **(found[0] if found else {})}


def _decoded(text: str | None) -> Any:
    return msgspec.json.decode(text) if text else None
