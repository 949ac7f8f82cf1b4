"""One document as a person reads it: its text, where it was seen, and all that was read in it, as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from onrecord.ledger import tables as t
from onrecord.ledger.deciding import Reviewed, reviewed
from onrecord.ledger.keeping import kept
from onrecord.model import Kept, ReaderInfo

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """``statements`` are in the order of their words, as they stand after review; ``caveats`` and ``times`` are those
    of the newest reading, as in the contract; ``readers`` all that read it, the newest last; ``read_on`` is the day of
    publication (ISO) that the newest reading went by."""

    kept: Kept
    statements: tuple[Reviewed, ...]
    caveats: tuple[Json, ...]
    times: tuple[Json, ...]
    readers: tuple[ReaderInfo, ...]
    read_on: str | None = None


def story(connection: Connection, document: str) -> Story | None:
    """The story, None where it is not on the record, or its words were taken out."""
    about = kept(connection, [document]).get(document)
    if about is None:
        return None
    r = t.readings.c
    readings = connection.execute(select(t.readings).where(r.document == document).order_by(r.nth)).all()
    newest = readings[-1] if readings else None
    return Story(
        about,
        _statements(connection, document),
        _caveats(connection, document, newest.id) if newest else (),
        tuple(msgspec.json.decode(newest.times)) if newest else (),
        tuple(ReaderInfo(row.reader, row.version) for row in readings),
        newest.published if newest else None,
    )


def readers(connection: Connection) -> list[tuple[str, str, int]]:
    """Name and version of every reader, and how many readings it made, the most first."""
    r = t.readings.c
    asked = select(r.reader, r.version, func.count()).group_by(r.reader, r.version).order_by(func.count().desc())
    return [(name, version, count) for name, version, count in connection.execute(asked)]


def _statements(connection: Connection, document: str) -> tuple[Reviewed, ...]:
    s = t.statements.c
    ids = connection.execute(select(s.id).where(s.document == document)).scalars().all()
    return tuple(sorted(reviewed(connection, ids).values(), key=_position))


def _position(one: Reviewed) -> tuple[Any, ...]:
    return (one.value.get("content") or {}).get("spans") or [[0, 0]], one.id


def _caveats(connection: Connection, document: str, reading: str) -> tuple[Json, ...]:
    v, c = t.caveat_values.c, t.covers.c
    asked = select(t.caveat_values).where(v.document == document, v.reading == reading).order_by(v.starts)
    rows = connection.execute(asked).all()
    covered: dict[str, list[str]] = {}
    covers = select(c.caveat, c.statement).where(c.caveat.in_([row.caveat for row in rows]), c.reading == reading)
    for caveat, statement in connection.execute(covers):
        covered.setdefault(caveat, []).append(statement)
    return tuple(
        {
            "id": row.caveat,
            "spans": msgspec.json.decode(row.spans),
            "text": row.text,
            "kind": row.kind,
            "certain": row.certain,
            "covers": covered.get(row.caveat, []),
        }
        for row in rows
    )
