"""Looks up what can be decided on: each thing on the record as the newest reading has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, exists, func, select

from onrecord.errors import DecisionError
from onrecord.ledger import tables as t
from onrecord.ledger.deciding.paths import Json
from onrecord.ledger.deciding.states import Seen
from onrecord.ledger.laying import Spans
from onrecord.ledger.tables.derived import spots
from onrecord.model import digest, normalised

_LATER = t.readings.alias("later").c  # made once: a table has many columns to be named anew
_NEWER = t.statement_values.alias("newer").c
_SPOT = spots.c
_SIGHTED = ("key", "published", "title", "publisher", "url")
_AT_ONCE = 400  # ids in one question: SQLite takes a few thousand variables at most


def seen(connection: Connection, of: str, targets: Iterable[str]) -> dict[str, Seen]:
    """What the newest reading has of each target; those that are not on the record are left out."""
    found: dict[str, Seen] = {}
    for some in in_parts(dict.fromkeys(targets)):
        found.update(_LOOKED_UP[of](connection, some))
    return found


def in_parts(ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids, a few hundred at a time."""
    waiting = iter(ids)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some


def decoded(text: str | None) -> Any:
    """JSON text as a value; None where a redaction left nothing."""
    return msgspec.json.decode(text) if text else None


def spans(text: str | None) -> Spans:
    """JSON spans as pairs."""
    return tuple((start, end) for start, end in decoded(text) or ())


def _statements(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Seen]]:
    v, later, newer = t.statement_values.c, _LATER, _NEWER
    lost = exists().where(t.unfound.c.statement == v.statement, later.id == t.unfound.c.reading, later.nth > v.nth)
    asked = (
        select(v.statement, v.value, v.spans, v.document, t.readings.c.reader, t.readings.c.version, lost.label("lost"))
        .join_from(t.statement_values, t.readings, t.readings.c.id == v.reading)
        .where(v.statement.in_(ids), ~exists().where(newer.statement == v.statement, newer.nth > v.nth))
    )
    for row in connection.execute(asked):
        value = decoded(row.value) or {}
        yield row.statement, Seen(value, not row.lost, row.reader, row.version, row.document, spans(row.spans))


def _caveats(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Seen]]:
    v, r = t.caveat_values.c, t.readings.c
    asked = (
        select(v.caveat, v.reading, v.kind, v.certain, v.spans, v.text, v.document, r.nth, r.reader, r.version)
        .join_from(t.caveat_values, t.readings, r.id == v.reading)
        .where(v.caveat.in_(ids))
        .order_by(r.nth)
    )
    rows = {row.caveat: row for row in connection.execute(asked)}  # the newest comes last
    for id_, row in rows.items():
        covered = select(t.covers.c.statement).where(t.covers.c.caveat == id_, t.covers.c.reading == row.reading)
        value = {
            "text": row.text,
            "kind": row.kind,
            "certain": row.certain,
            "covers": sorted(connection.execute(covered).scalars()),
        }
        last = connection.execute(select(func.max(r.nth)).where(r.document == row.document)).scalar()
        yield id_, Seen(value, row.nth == last, row.reader, row.version, row.document, spans(row.spans))


def _parties(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Seen]]:
    p = t.parties.c
    for row in connection.execute(select(p.id, p.name, p.document).where(p.id.in_(ids))):
        yield row.id, Seen({"name": row.name}, document=row.document)


def _places(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Seen]]:
    """Places by their number at GeoNames, or by the hash of a name that no gazetteer has (``model.place_id``)."""
    for number, name in _numbered(connection, [id_ for id_ in ids if id_.isdecimal() and len(id_) < 16]):
        yield number, Seen({"name": name})
    p = t.places.c
    if any(not id_.isdecimal() or len(id_) >= 16 for id_ in ids):
        names = connection.execute(select(p.name).where(p.geonameid.is_(None)).distinct().order_by(p.name)).scalars()
        named = {digest(f"place|{normalised(name)}")[:16]: name for name in names}
        yield from ((id_, Seen({"name": named[id_]})) for id_ in ids if id_ in named)


def _numbered(connection: Connection, numbers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The names of places by their numbers: of those that statements name by index, else of all that were read."""
    spots = {
        row.key: row.name for row in connection.execute(select(_SPOT.key, _SPOT.name).where(_SPOT.key.in_(numbers)))
    }
    yield from spots.items()
    if others := [int(number) for number in numbers if number not in spots]:
        p = t.places.c
        known = select(p.geonameid, func.min(p.name)).where(p.geonameid.in_(others)).group_by(p.geonameid)
        yield from ((str(number), name) for number, name in connection.execute(known))


def places_called(connection: Connection, name: str) -> list[str]:
    """The ids of the places of this name, in capitals or not."""
    p = t.places.c
    asked = select(p.geonameid, p.name).where(func.lower(p.name) == name.lower()).distinct()
    rows = connection.execute(asked).all()
    return sorted({str(n) if n else digest(f"place|{normalised(called)}")[:16] for n, called in rows})


def _claims(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Seen]]:
    c = t.claims.c
    asked = select(c.id, c.claimant, c.summary).where(c.id.in_(ids)).order_by(c.batch)
    for row in connection.execute(asked):
        yield row.id, Seen({"claimant": row.claimant, "summary": row.summary})


def _findings(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Seen]]:
    f = t.findings.c
    asked = select(f.id, f.inputs, f.gone, f.kind, f.text).where(f.id.in_(ids)).order_by(f.nth)
    for row in connection.execute(asked):  # the newest comes last
        yield row.id, Seen({"inputs": row.inputs, "kind": row.kind, "text": row.text}, not row.gone)


def _documents(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Seen]]:
    s = t.sightings.c
    asked = (
        select(t.documents.c.id, *(func.min(s[name]).label(name) for name in _SIGHTED))
        .join_from(t.documents, t.sightings, s.document == t.documents.c.id, isouter=True)
        .where(t.documents.c.id.in_(ids))
        .group_by(t.documents.c.id)
    )
    for id_, *sighted in connection.execute(asked):
        yield id_, Seen(dict(zip(_SIGHTED, sighted, strict=True)), document=id_)


_LOOKED_UP: dict[str, Callable[[Connection, Sequence[str]], Iterator[tuple[str, Seen]]]] = {
    "statement": _statements,
    "caveat": _caveats,
    "party": _parties,
    "place": _places,
    "claim": _claims,
    "finding": _findings,
    "document": _documents,
}


def parties_of(connection: Connection, document: str) -> dict[str, Json]:
    """The parties named in a document, by their normalised names, as the newest reading has them."""
    c, r = t.claimants.c, t.readings.c
    asked = (
        select(c.party, c.name, c.kind, c.role, c.side)
        .join_from(t.claimants, t.readings, r.id == c.reading)
        .where(c.statement.in_(select(t.statements.c.id).where(t.statements.c.document == document)))
        .order_by(r.nth)
    )
    rows = connection.execute(asked)
    return {
        normalised(row.name): {"id": row.party, "name": row.name, "kind": row.kind, "role": row.role, "side": row.side}
        for row in rows
    }


def redacted(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Those of the documents whose words were taken out."""
    asked = select(t.redactions.c.document).where(t.redactions.c.document.in_(list(documents)))
    return set(connection.execute(asked).scalars())


def text_of(connection: Connection, document: str) -> str:
    """The text of a document. Raises DecisionError where there is none."""
    text = connection.execute(select(t.documents.c.text).where(t.documents.c.id == document)).scalar()
    if text is None:
        raise DecisionError(f"no document {document} in this ledger; onrecord documents prints the ids")
    return str(text)
