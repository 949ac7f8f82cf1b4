"""Takes the words of a document out of the record, and leaves a tombstone: what was there, who took it out and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from sqlalchemy import Column, Connection, Table, Text, or_, select, update
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from onrecord.errors import LedgerError
from onrecord.ledger import tables as t
from onrecord.ledger.adding import Batch
from onrecord.ledger.indexing import look_again_at
from onrecord.ledger.opening import Store, told
from onrecord.ledger.tables.quoting import redacted
from onrecord.model import digest, normalised

# What is no word of the document: all else is emptied, and so is what a later version adds to the tables.
_KEPT = frozenset({
    "act", "at", "batch", "by", "characters", "class", "comparator", "cue", "digest", "factuality", "field",
    "from_spans", "inputs", "judgement", "kind", "language", "likeness", "media_type", "of", "other", "published",
    "publisher", "quotation", "reader", "series", "sha256", "source", "spans", "target", "to_spans", "version", "words",
})  # fmt: skip
_EMPTY = {"value": "{}", "whole": "{}"} | dict.fromkeys(
    ("assumptions", "demonyms", "hedges", "notes", "origins", "parties", "reasons", "times", "updates"), "[]"
)


_RUN = 8  # words: fewer are met by chance, unless they are the whole text
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Redacted:
    """What a redaction did: whether the document's words were there, in how many rows, and which documents on the
    record have the same or nearly the same text, which it did not touch."""

    new: bool
    rows: int
    copies: tuple[str, ...]


def redact(store: Store, document: str, by: str, why: str) -> Redacted:
    """Takes out the words of a document (its id), and wipes them from the file.

    One that is redacted already is only wiped again. Raises LedgerError where it is not on the record, or where the
    words are out of every table but the file cannot be wiped.
    """
    if not by.strip() or not why.strip():
        raise LedgerError("a redaction says by whom it was decided and why")
    with store.writes() as connection:
        if connection.execute(select(t.documents.c.id).where(t.documents.c.id == document)).first() is None:
            raise LedgerError(f"no document {document} in this ledger; onrecord documents prints the ids")
        gone = select(t.redactions.c.by).where(t.redactions.c.document == document)
        new = connection.execute(gone).first() is None
        rows = _taken_out(connection, document, by.strip(), why.strip()) if new else 0
        copies = tuple(sorted(_copies(connection, document)))
    _wipe(store)
    return Redacted(new, rows, copies)


def _taken_out(connection: Connection, document: str, by: str, why: str) -> int:
    """Sets the tombstone and empties the rows; how many."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")  # what is overwritten is zeroed in its page
    batch = Batch(connection)
    batch.add(document, iter([(t.redactions, {"by": by, "why": why})]))
    batch.close()
    text = connection.execute(select(t.documents.c.text).where(t.documents.c.id == document)).scalar_one()
    rows = _out_of_feeds(connection, text)
    rows += sum(_emptied(connection, table, document) for table in t.ROWS)
    look_again_at(connection, document)
    return rows


def _out_of_feeds(connection: Connection, text: str) -> int:
    """Takes out the bodies about no one document that have words of the text: a feed holds many texts."""
    s = t.snapshots.c
    long = min(_RUN, len(normalised(text).split()))
    words = _runs(text, long)
    asked = select(s.id, s.media_type, s.body).where(s.document.is_(None), s.body.is_not(None))
    rows = connection.execute(asked.execution_options(yield_per=10))
    holding = [row.id for row in rows if not words.isdisjoint(_runs(_readable(row.body, row.media_type), long))]
    for id_ in holding:
        connection.execute(update(t.snapshots).where(s.id == id_).values(body=None))
    return len(holding)


def _readable(body: bytes, media_type: str | None) -> str:
    """The words of a page or feed, without its tags."""
    charset = _CHARSET.search(media_type or "")
    try:
        text = bytes(body).decode(charset[1] if charset else "utf-8", "replace")
    except LookupError:
        text = bytes(body).decode("utf-8", "replace")
    return _TAG.sub(" ", unescape(unescape(text)))  # markup in a feed is escaped once more


def _runs(text: str, long: int) -> set[str]:
    """Every run of so many words, in small letters and without marks."""
    words = normalised(text).split()
    return {" ".join(words[n : n + long]) for n in range(len(words) - long + 1)} - {""}


def _emptied(connection: Connection, table: Table, document: str) -> int:
    opened = redacted(table, str(table.name))
    if opened is None:
        return 0
    about = t.documents.c.id if table is t.documents else table.c.get("document")
    these = sql(opened) if about is None else about == document
    rows = 0
    if empty := {column: _nothing(column) for column in table.columns if not _stays(column)}:
        rows = connection.execute(update(table).where(these).values(empty)).rowcount
    for column in table.primary_key.columns:
        if column.name == "url":  # a part of the key, and often the title's words
            for url in connection.execute(select(column).where(these).distinct()).scalars().all():
                connection.execute(update(table).where(these, column == url).values({column: digest(url)}))
    return rows


def _stays(column: Column[Any]) -> bool:
    """Whether a column holds no words: keys, hashes, offsets, and what is one of a few."""
    if column.name in _KEPT or column.primary_key or column.foreign_keys:
        return True
    return not column.nullable and not isinstance(column.type, Text)


def _nothing(column: Column[Any]) -> str | None:
    return None if column.nullable else _EMPTY.get(str(column.name), "")


def _copies(connection: Connection, document: str) -> Iterator[str]:
    """The documents that say the same, whose words are still there."""
    d, c = t.documents.c, t.copies.c
    likeness = select(d.likeness).where(d.id == document).scalar_subquery()
    near = select(c.of).where(c.document == document).union(select(c.document).where(c.of == document))
    gone = select(t.redactions.c.document)
    alike = select(d.id).where(or_(d.likeness == likeness, d.id.in_(near)), d.id.not_in(gone), d.id != document)
    yield from connection.execute(alike).scalars()


def _wipe(store: Store) -> None:
    """Leaves no byte of what was taken out in a SQLite file: not in free pages, the text index or the write-ahead log.

    The index keeps deleted words until it is made anew, and pages that were freed before keep theirs until the file is
    written anew. PostgreSQL keeps old rows until VACUUM, which only its owner may run: that is told to the user.
    """
    if store.engine.dialect.name != "sqlite":
        return
    with told(store.place):
        raw = store.engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("PRAGMA secure_delete = ON")
            cursor.execute("INSERT INTO statement_words (statement_words) VALUES ('rebuild')")
            cursor.execute("VACUUM")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except raw.dbapi_connection.Error as error:  # type: ignore[union-attr]
            raise DBAPIError("VACUUM", None, error) from error
        finally:
            raw.close()
    if busy:
        raise LedgerError(
            f"{store.place}: the words are out of every table, but another program holds the file open, in which they "
            "still lie; close it and run this again"
        )
