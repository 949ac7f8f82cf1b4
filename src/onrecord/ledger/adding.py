"""Adds documents and readings to the record: a batch is one transaction, chained to the batch before."""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from onrecord.errors import DocumentError, LedgerError
from onrecord.ledger import tables as t
from onrecord.ledger.chain import batch_hash, rows_hash, values_digest
from onrecord.ledger.copies import Copies, in_parts
from onrecord.ledger.dialects import among, insert_rows
from onrecord.ledger.indexing import WATCHED, keep_up, last_row
from onrecord.ledger.laying import View, lay
from onrecord.ledger.recorded import Recorded, caveats, parties, recorded, statements
from onrecord.ledger.rows import (
    Ids,
    Json,
    Laid,
    caveat_view,
    compact,
    document_row,
    iso,
    reading_id,
    reading_rows,
    sighting_row,
    statement_view,
    storable,
    unfound_rows,
)
from onrecord.ledger.sources import Arrivals, revision_rows, snapshot_rows
from onrecord.model import Document, ReaderInfo, Reading, Snapshot

_WAITING = 50_000  # rows: a batch of hundreds of documents; about 50 MB
_LOOKED_UP = 200  # documents that are looked up in one go
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
    copies: int = 0
    revisions: int = 0
    snapshots: int = 0

    @property
    def share_kept(self) -> float | None:
        """Of the statements that were there and whose text was read again, the share found again under their id."""
        before = self.kept + self.unfound
        return self.kept / before if before else None

    def __add__(self, other: Added) -> Added:
        return Added(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def to_read(connection: Connection, document: Document, reader: ReaderInfo) -> Document | None:
    """The document as it is to be read, under the day that people set, else the earliest it is known to have been
    published on; None where this reader has read it so, or its words were taken out of the record.

    Raises DocumentError for a text that no store can keep as it is.
    """
    return _asked(recorded(connection, [document.id])[document.id], document, reader)


def _asked(known: Recorded, document: Document, reader: ReaderInfo) -> Document | None:
    _see(document)
    day = known.published(iso(document.published))
    published = date.fromisoformat(day) if day else None
    if known.redacted or reading_id(document.id, reader, published) in known.readings:
        return None
    return document if published == document.published else replace(document, published=published)


def _see(document: Document) -> None:
    """Raises DocumentError for a text that no store can keep as it is."""
    if "\0" in document.text or _NO_CHARACTER.search(document.text):
        named = storable(document.key or document.title or document.url or "text")
        raise DocumentError(
            f"cannot be kept: {named}: it holds null characters or half ones (surrogates); mend the text"
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: going through all the rows that wait takes a tenth of the time, for nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
def add_batch(
    connection: Connection,
    entries: Iterable[Entry],
    snapshots: Iterable[Snapshot] = (),
    tell: Callable[[DocumentError], None] | None = None,
) -> Added:
    """Adds the entries as one batch, with the snapshots they came from, and what they are copies and revisions of.

    What is there already is passed over, and nothing at all makes no batch. ``tell`` hears of texts that no store can
    keep, and the others are kept; without it the first raises DocumentError.
    """
    batch = Batch(connection)
    known: dict[str, Recorded] = {}
    arrivals, copies = Arrivals(), Copies(connection)
    coming = iter(entries)
    while some := list(islice(coming, _LOOKED_UP)):
        known.update(recorded(connection, {entry.document.id for entry in some} - known.keys()))
        for entry in some:
            try:
                _add(batch, known[entry.document.id], entry, arrivals)
            except DocumentError as error:
                if tell is None:
                    raise
                tell(error)
        for document, rows in copies.rows(arrivals.taken()):
            batch.add(document, rows)
    for snapshot, rows in snapshot_rows(connection, list(snapshots), known):
        batch.add(snapshot.document, rows)
        arrivals.snapshot(snapshot)
    for document, rows in revision_rows(connection, arrivals.standings()):
        batch.add(document, rows)
    batch.close()
    return batch.added()


@dataclass(slots=True)
class Batch:
    """The rows of a batch as they come in; its own row holds the hash over them all.

    The rows wait until they are many, and are written table by table. What they refer to is looked up for all of them
    at once: nothing is ever deleted, and a database that holds each row against every other it names takes longer for
    that than for all else.
    """

    connection: Connection
    n: int = 0
    previous: str = ""
    digests: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))
    waiting_about: set[str] = field(default_factory=set)
    there: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))
    news: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    waits: int = 0
    kept: int = 0
    last: int = 0

    def __post_init__(self) -> None:
        last = select(t.batches.c.n, t.batches.c.hash).order_by(t.batches.c.n.desc()).limit(1)
        found = self.connection.execute(last).first()
        self.n, self.previous = (found.n + 1, found.hash) if found else (1, "")
        self.last = last_row(self.connection)

    def about(self, document: str) -> None:
        """What follows is about a document; rows about it that still wait are written, so that they can be seen."""
        if document in self.waiting_about:
            self.write()

    def add(self, document: str | None, rows: Laid) -> None:
        """Takes up rows, about a document where they are about one."""
        if document is not None:
            self.waiting_about.add(document)
        for table, row in rows:
            name, columns, said, about = _layout(table)
            if not row.keys() <= said:
                raise KeyError(f"{name} has no {', '.join(sorted(row.keys() - said))}")
            own = map(row.get, columns)
            values = (*own, document, self.n) if about else (*own, self.n)
            digest = values_digest(name, values)
            self.waiting[name].append((*values, digest))
            self.digests[name].append(digest)
            self.waits += 1
        if self.waits > _WAITING:
            self.write()

    def write(self) -> None:
        """Writes the rows that wait, table by table in the order of their references.

        Raises LedgerError for one that refers to what is not there.
        """
        for table in t.ROWS:
            if rows := self.waiting.pop(table.name, None):
                self._refer(table, rows)
                insert_rows(self.connection, table, (*t.hashed(table), "digest"), rows)
                if table in WATCHED:
                    self.news[table.name] += [dict(zip(t.hashed(table), row, strict=False)) for row in rows]
        self.waiting_about.clear()
        self.waits = 0

    def _refer(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Holds what the rows refer to against what is there."""
        own, references = _references(table)
        for at, parent in references:
            there = self.there[parent.name]
            named = {row[at] for row in rows} - there - {None}
            for some in in_parts(sorted(named)):
                there.update(
                    self.connection.execute(
                        select(parent.c.id).where(among(self.connection, parent.c.id, some))
                    ).scalars()
                )
            if lost := sorted(named - there):
                raise LedgerError(f"{table.name}: a row refers to {parent.name} {lost[0]}, which is not in this ledger")
        if own is not None:
            self.there[table.name].update(row[own] for row in rows)

    def close(self) -> None:
        """Writes the batch's own row, and what waits; nothing where nothing came."""
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
        self.write()
        keep_up(self.connection, self.last, self.news)

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
            copies=new(t.copies),
            revisions=new(t.revisions),
            snapshots=new(t.snapshots),
        )


@cache
def _layout(table: Table) -> tuple[str, tuple[str, ...], frozenset[str], bool]:
    """A table's name, the columns that a row says, what a row may say, and whether it is about a document.

    Document and batch come last, as in every record table; they are the batch's to say.
    """
    names = t.hashed(table)
    about = table is not t.documents and "document" in names
    columns = names[: -2 if about else -1]
    return str(table.name), columns, frozenset(columns) | {"document"}, about


@cache
def _references(table: Table) -> tuple[int | None, tuple[tuple[int, Table], ...]]:
    """Which of a table's hashed columns is its id, and which are those of other tables."""
    names = t.hashed(table)
    parents = {
        name: next(iter(table.c[name].foreign_keys)).column.table for name in names if table.c[name].foreign_keys
    }
    told = tuple((names.index(name), parent) for name, parent in parents.items() if parent is not t.batches)
    return names.index("id") if "id" in names else None, told


def _add(batch: Batch, known: Recorded, entry: Entry, arrivals: Arrivals) -> None:
    document, reading = entry.document, entry.reading
    if known.redacted:
        return
    if not known.text:
        _see(document)
        known.text = True
        batch.add(document.id, iter([(t.documents, document_row(document))]))
        arrivals.text(document)
    sighting = sighting_row(document)
    if sighting["id"] not in known.sightings:
        known.seen(sighting["id"], sighting["published"])
        batch.add(document.id, iter([(t.sightings, sighting)]))
        arrivals.sighting(document, sighting["url"])
    if reading is not None and entry.contract is not None:
        asked = _asked(known, document, reading.reader)
        if asked is not None and asked.published == reading.document.published:
            _add_reading(batch, known, reading, entry.contract)


def _add_reading(batch: Batch, known: Recorded, reading: Reading, contract: Json) -> None:
    document = reading.document.id
    id_ = reading_id(document, reading.reader, reading.document.published)
    views, hedges, named = _words(batch, document) if known.nth else ([], [], set())
    before, hedged = {view.id for view in views}, {view.id for view in hedges}
    laid = lay([statement_view(s) for s in reading.statements], views)
    hedging = lay([caveat_view(c) for c in reading.caveats], hedges)
    ids = Ids(laid, hedging, set(laid) - before, set(hedging) - hedged)
    known.read(id_, known.nth + 1)
    batch.kept += len(before & set(laid))
    batch.add(document, reading_rows(reading, contract, known.nth, ids, named))
    batch.add(document, unfound_rows(id_, before - set(laid)))


def _words(batch: Batch, document: str) -> tuple[list[View], list[View], set[str]]:
    """The statements, caveats and parties of a document that was read before."""
    batch.about(document)
    connection = batch.connection
    return statements(connection, document), caveats(connection, document), parties(connection, document)
