"""Adds documents and readings to the record: a batch is one transaction, chained to the batch before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, insert, select

from onrecord.errors import DocumentError
from onrecord.ledger import tables as t
from onrecord.ledger.chain import Row, batch_hash, row_digest, rows_hash
from onrecord.ledger.laying import Spans, View, lay
from onrecord.ledger.rows import (
    Ids,
    Json,
    Laid,
    caveat_view,
    compact,
    document_row,
    reading_id,
    reading_rows,
    sighting_row,
    statement_view,
    unfound_rows,
)
from onrecord.model import Document, ReaderInfo, Reading

_WAITING = 5000  # rows: enough for the database to take them in one go, few enough to hold
_NO_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document to add, with its reading and that as plain values in the contract's shape, where it was read."""

    document: Document
    reading: Reading | None = None
    contract: Json | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What adding brought: how many of each are new, and how many statements that were there kept their id."""

    documents: int = 0
    sightings: int = 0
    readings: int = 0
    statements: int = 0
    values: int = 0
    unfound: int = 0
    kept: int = 0

    @property
    def share_kept(self) -> float | None:
        """Of the statements that were there and whose text was read again, the share found again under their id."""
        before = self.kept + self.unfound
        return self.kept / before if before else None

    def __add__(self, other: Added) -> Added:
        return Added(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def to_read(connection: Connection, document: Document, reader: ReaderInfo) -> Document | None:
    """The document as it is to be read, under the earliest day it is known to have been published; None where this
    reader has read it so.

    Raises DocumentError for a text that no store can keep as it is.
    """
    if "\0" in document.text or _NO_CHARACTER.search(document.text):
        raise DocumentError(
            f"cannot be kept: {document.key or 'text'}: it holds null characters or half ones (surrogates); "
            "mend the text"
        )
    sighted = select(func.min(t.sightings.c.published)).where(t.sightings.c.document == document.id)
    earliest = connection.execute(sighted).scalar()
    days = [day for day in (document.published, earliest and date.fromisoformat(earliest)) if day]
    asked = replace(document, published=min(days, default=None))
    there = select(t.readings.c.id).where(t.readings.c.id == reading_id(document.id, reader, asked.published))
    return None if connection.execute(there).first() else asked


def add_batch(connection: Connection, entries: Iterable[Entry]) -> Added:
    """Adds the entries as one batch; what is there already is passed over, and nothing at all makes no batch."""
    batch = Batch(connection)
    for entry in entries:
        batch.about(entry.document.id)
        _add_document(batch, entry.document)
        if entry.reading is not None and entry.contract is not None:
            asked = to_read(connection, entry.document, entry.reading.reader)
            if asked is not None and asked.published == entry.reading.document.published:
                _add_reading(batch, entry.reading, entry.contract)
    batch.close()
    return batch.added()


@dataclass(slots=True)
class Batch:
    """The rows of a batch as they come in; its own row comes last, and holds the hash over them all."""

    connection: Connection
    n: int = 0
    previous: str = ""
    digests: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    waiting_about: set[str] = field(default_factory=set)
    waits: int = 0
    kept: int = 0

    def __post_init__(self) -> None:
        last = select(t.batches.c.n, t.batches.c.hash).order_by(t.batches.c.n.desc()).limit(1)
        found = self.connection.execute(last).first()
        self.n, self.previous = (found.n + 1, found.hash) if found else (1, "")

    def about(self, document: str) -> None:
        """What follows is about a document; rows about it that still wait are written, so that they can be seen."""
        if document in self.waiting_about or self.waits > _WAITING:
            self.write()
        self.waiting_about.add(document)

    def add(self, document: str | None, rows: Laid) -> None:
        """Takes up rows, about a document where they are about one."""
        for table, row in rows:
            about = {"document": document} if "document" in table.columns and table is not t.documents else {}
            full = {**row, **about, "batch": self.n}
            full["digest"] = row_digest(table, full)
            self.waiting[table.name].append(full)
            self.digests[table.name].append(full["digest"])
            self.waits += 1

    def write(self) -> None:
        """Writes the rows that wait, table by table in the order of their references."""
        for table in t.ROWS:
            if self.waiting[table.name]:
                self.connection.execute(insert(table), self.waiting[table.name])
        self.waiting.clear()
        self.waiting_about.clear()
        self.waits = 0

    def close(self) -> None:
        """Writes what waits, and the batch's own row; nothing where nothing came."""
        self.write()
        if not any(self.digests.values()):
            return
        row: dict[str, Any] = {
            "n": self.n,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "tool": f"onrecord {version('onrecord')}",
            "manifest": compact({str(name): rows_hash(self.digests[name]) for name in sorted(self.digests)}),
            "previous": self.previous,
        }
        self.connection.execute(insert(t.batches), {**row, "hash": batch_hash(row)})

    def added(self) -> Added:
        def new(table: Table) -> int:
            return len(self.digests[table.name])

        return Added(
            documents=new(t.documents),
            sightings=new(t.sightings),
            readings=new(t.readings),
            statements=new(t.statements),
            values=new(t.statement_values),
            unfound=new(t.unfound),
            kept=self.kept,
        )

    def there(self, table: Table, id_: str) -> bool:
        return self.connection.execute(select(table.c.id).where(table.c.id == id_)).first() is not None


def _add_document(batch: Batch, document: Document) -> None:
    if not batch.there(t.documents, document.id):
        batch.add(document.id, iter([(t.documents, document_row(document))]))
    sighting = sighting_row(document)
    if not batch.there(t.sightings, sighting["id"]):
        batch.add(document.id, iter([(t.sightings, sighting)]))


def _add_reading(batch: Batch, reading: Reading, contract: Json) -> None:
    document = reading.document.id
    id_ = reading_id(document, reading.reader, reading.document.published)
    known, hedges = _statements(batch.connection, document), _caveats(batch.connection, document)
    before, hedged = {view.id for view in known}, {view.id for view in hedges}
    statements = lay([statement_view(s) for s in reading.statements], known)
    caveats = lay([caveat_view(c) for c in reading.caveats], hedges)
    ids = Ids(statements, caveats, set(statements) - before, set(caveats) - hedged)
    nth = _newest(batch.connection, document) + 1
    batch.kept += len(before & set(statements))
    batch.add(document, reading_rows(reading, contract, nth, ids, _parties(batch.connection, document)))
    batch.add(document, unfound_rows(id_, before - set(statements)))


def _newest(connection: Connection, document: str) -> int:
    nth = select(func.max(t.readings.c.nth)).where(t.readings.c.document == document)
    return connection.execute(nth).scalar() or 0


def _parties(connection: Connection, document: str) -> set[str]:
    return set(connection.execute(select(t.parties.c.id).where(t.parties.c.document == document)).scalars())


def _statements(connection: Connection, document: str) -> list[View]:
    """Every reader's view of the statements on the record, and the words they were first read from."""
    v, s = t.statement_values.c, t.statements.c
    seen = connection.execute(select(v.statement, v.value).where(v.document == document))
    views = [_seen(row.statement, msgspec.json.decode(row.value)) for row in seen]
    first = connection.execute(select(s.id, s.spans, s.cue).where(s.document == document))
    return views + [View(row.id, _spans(row.spans), _spans(row.cue)) for row in first]


def _seen(id_: str, value: Json) -> View:
    cue = value["cue"]["spans"] if value["cue"] else ()
    figures = [span for figure in value["figures"] for span in figure["spans"]]
    return View(id_, _pairs(value["content"]["spans"]), _pairs(cue), _pairs(figures))


def _caveats(connection: Connection, document: str) -> list[View]:
    c, v = t.caveats.c, t.caveat_values.c
    first = connection.execute(select(c.id, c.spans).where(c.document == document))
    seen = connection.execute(select(v.caveat.label("id"), v.spans).where(v.document == document))
    return [View(row.id, _spans(row.spans)) for row in (*first, *seen)]


def _spans(text: str | None) -> Spans:
    return _pairs(msgspec.json.decode(text)) if text else ()


def _pairs(spans: Sequence[Sequence[int]]) -> Spans:
    return tuple((start, end) for start, end in spans)
