"""Statements as they appear: where they stand, seen under which name and day, and as they stand after review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, exists, func, select

from onrecord.contract import statement_from
from onrecord.ledger import tables as t
from onrecord.ledger.deciding import Status, reviewed, states
from onrecord.ledger.rows import Json
from onrecord.model import Appearance

_AT_ONCE = 400
_VIEW = t.statement_values.c
_EMPTIED = ("", "{}")  # what a redaction leaves
_SEEN = ("key", "published", "publisher", "title", "url")


@dataclass(slots=True)
class _Known:
    """What is known of the documents and caveats met so far."""

    documents: dict[str, dict[str, str | None]] = field(default_factory=dict)
    caveats: dict[str, str] = field(default_factory=dict)


def appearances(connection: Connection, ids: Sequence[str] | None = None) -> Iterator[Appearance]:
    """Every statement that its newest reading finds and nobody rejected, or those of ``ids``, few in memory at a time.

    Each as it stands after review. A document is seen under its earliest day, the first of its names in the alphabet.
    """
    known = _Known()
    if ids is None:
        decided = _targets(connection, "statement")
        with closing(connection.execute(_asked().execution_options(yield_per=_AT_ONCE))) as result:
            for rows in result.partitions(_AT_ONCE):
                yield from _appear(connection, rows, known, decided)
        return
    wanted = list(dict.fromkeys(ids))
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        rows = connection.execute(_asked().where(_VIEW.statement.in_(some))).all()
        yield from _appear(connection, rows, known, _targets(connection, "statement", some))


def _asked() -> Select[Any]:
    newer, later = t.statement_values.alias("newer").c, t.readings.alias("later").c
    lost = and_(t.unfound.c.statement == _VIEW.statement, later.id == t.unfound.c.reading, later.nth > _VIEW.nth)
    return (
        select(_VIEW.statement, _VIEW.value, _VIEW.document)
        .where(
            ~exists().where(newer.statement == _VIEW.statement, newer.nth > _VIEW.nth),
            ~exists().where(lost),
            _VIEW.value.not_in(_EMPTIED),
        )
        .order_by(_VIEW.row)
    )


def _appear(connection: Connection, rows: Sequence[Any], known: _Known, decided: set[str]) -> Iterator[Appearance]:
    after = reviewed(connection, [row.statement for row in rows if row.statement in decided])
    values: list[tuple[str, Json]] = []
    for row in rows:
        review = after.get(row.statement)
        if review is None:
            values.append((row.document, msgspec.json.decode(row.value)))
        elif review.state.status is not Status.REJECTED:
            values.append((row.document, review.value))
    _look_up(connection, known, values)
    for document, value in values:
        seen = known.documents[document]
        yield Appearance(
            statement_from(value),
            document,
            seen["key"],
            date.fromisoformat(published) if (published := seen["published"]) else None,
            seen["publisher"],
            seen["title"],
            seen["url"],
            tuple(known.caveats[caveat] for caveat in value.get("caveats") or () if known.caveats.get(caveat)),
        )


def _look_up(connection: Connection, known: _Known, values: Iterable[tuple[str, Json]]) -> None:
    """Looks up the documents and caveats that are not known yet."""
    documents = {document for document, _ in values} - known.documents.keys()
    caveats = {caveat for _, value in values for caveat in value.get("caveats") or ()} - known.caveats.keys()
    s, c = t.sightings.c, t.caveats.c
    known.documents.update({document: dict.fromkeys(_SEEN) for document in documents})
    asked = select(s.document, *(func.min(s[name]).label(name) for name in _SEEN)).group_by(s.document)
    for row in connection.execute(asked.where(s.document.in_(documents))).mappings():
        known.documents[row["document"]] = {name: row[name] for name in _SEEN}
    for document, held in states(connection, "document", _targets(connection, "document", sorted(documents))).items():
        known.documents[document]["published"] = (held.value or {}).get("published")
    known.caveats.update(dict.fromkeys(caveats, ""))
    asked_caveats = select(c.id, c.text).where(c.id.in_(caveats))
    known.caveats.update({row.id: row.text for row in connection.execute(asked_caveats)})


def _targets(connection: Connection, of: str, among: Sequence[str] | None = None) -> set[str]:
    """What of a kind anything was decided on: all of it, or of a few hundred."""
    d = t.decisions.c
    asked = select(d.target).where(d.of == of).distinct()
    return set(connection.execute(asked if among is None else asked.where(d.target.in_(among))).scalars())
