"""Looks up what the record has of documents: where they were seen, who read them, and the words that have an id."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection, select

from onrecord.ledger import tables as t
from onrecord.ledger.dialects import among
from onrecord.ledger.laying import Spans, View
from onrecord.ledger.rows import Json


@dataclass(slots=True)
class Recorded:
    """What is known of a document: whether its text is there, the ids of its sightings and readings, the earliest day
    it was published (ISO), the one that people set (empty for none; None where they set nothing), the number of its
    newest reading (0 for none), and whether its words were taken out."""

    text: bool = False
    sightings: set[str] = field(default_factory=set)
    readings: set[str] = field(default_factory=set)
    earliest: str | None = None
    day_set: str | None = None
    nth: int = 0
    redacted: bool = False

    def published(self, day: str | None) -> str | None:
        """The day that its text is to be read under, where it was also seen on ``day``."""
        if self.day_set is not None:
            return self.day_set or None
        return min((one for one in (self.earliest, day) if one), default=None)

    def seen(self, sighting: str, published: str | None) -> None:
        """Takes up a sighting."""
        self.sightings.add(sighting)
        self.earliest = min((day for day in (self.earliest, published) if day), default=None)

    def read(self, reading: str, nth: int) -> None:
        """Takes up a reading."""
        self.readings.add(reading)
        self.nth = max(self.nth, nth)


def recorded(connection: Connection, documents: Collection[str]) -> dict[str, Recorded]:
    """What the record has of each of ``documents``; a few hundred at a time, please."""
    from onrecord.ledger.deciding.reviewing import days_set  # whose store adds by us

    found = {id_: Recorded() for id_ in documents}
    ids = t.documents.c.id
    there = connection.execute(select(ids).where(among(connection, ids, found))).scalars().all()
    if not there:
        return found
    for id_ in there:
        found[id_].text = True
    s, r, gone = t.sightings.c, t.readings.c, t.redactions.c.document
    for id_ in connection.execute(select(gone).where(gone.in_(there))).scalars():
        found[id_].redacted = True
    for row in connection.execute(select(s.document, s.id, s.published).where(s.document.in_(there))):
        found[row.document].seen(row.id, row.published)
    for row in connection.execute(select(r.document, r.id, r.nth).where(r.document.in_(there))):
        found[row.document].read(row.id, row.nth)
    for id_, day in days_set(connection, there).items():
        found[id_].day_set = day
    return found


def parties(connection: Connection, document: str) -> set[str]:
    """The ids of the parties in a document."""
    return set(connection.execute(select(t.parties.c.id).where(t.parties.c.document == document)).scalars())


def statements(connection: Connection, document: str) -> list[View]:
    """Every reader's view of the statements on the record, and the words they were first read from."""
    v, s = t.statement_values.c, t.statements.c
    seen = connection.execute(select(v.statement, v.value).where(v.document == document))
    views = [_seen(row.statement, msgspec.json.decode(row.value)) for row in seen]
    first = connection.execute(select(s.id, s.spans, s.cue).where(s.document == document))
    return views + [View(row.id, _spans(row.spans), _spans(row.cue)) for row in first]


def caveats(connection: Connection, document: str) -> list[View]:
    """The same of its caveats."""
    c, v = t.caveats.c, t.caveat_values.c
    first = connection.execute(select(c.id, c.spans).where(c.document == document))
    seen = connection.execute(select(v.caveat.label("id"), v.spans).where(v.document == document))
    return [View(row.id, _spans(row.spans)) for row in (*first, *seen)]


def _seen(id_: str, value: Json) -> View:
    cue = value["cue"]["spans"] if value["cue"] else ()
    figures = [span for figure in value["figures"] for span in figure["spans"]]
    return View(id_, _pairs(value["content"]["spans"]), _pairs(cue), _pairs(figures))


def _spans(text: str | None) -> Spans:
    return _pairs(msgspec.json.decode(text)) if text else ()


def _pairs(spans: Sequence[Sequence[int]]) -> Spans:
    return tuple((start, end) for start, end in spans)
