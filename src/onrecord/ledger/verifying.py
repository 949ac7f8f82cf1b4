"""Proves a ledger: texts against their hashes, words against their texts, rows and batches against the chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from onrecord.ledger import tables as t
from onrecord.ledger.chain import Manifest, Row, batch_hash, row_digest, rows_hash
from onrecord.ledger.dialects import unguarded
from onrecord.model import Words, digest

_ANCHORED = (t.statements, t.statement_values, t.caveats, t.caveat_values, t.figures, t.places)
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven, and how many faults were found; ``last`` is the hash at the end of the chain."""

    documents: int
    rows: int
    batches: int
    faults: int
    last: str


@dataclass(slots=True)
class _Check:
    """What a check needs to know, and what it counts."""

    connection: Connection
    tell: Callable[[str], None]
    redacted: frozenset[str]
    faults: int = 0
    rows: int = 0

    def fault(self, line: str) -> None:
        self.faults += 1
        self.tell(line)

    def rows_of(self, query: Any) -> Iterator[Row]:
        """The rows of a query as they come, few in memory at a time."""
        streaming = self.connection.execution_options(yield_per=_AT_ONCE)
        yield from map(dict, streaming.execute(query).mappings())


def verify(connection: Connection, tell: Callable[[str], None], held: str | None = None) -> Proof:
    """Checks the whole record, and tells of each thing that is not as it was added.

    ``held`` is the last hash of an earlier proof, kept elsewhere, that must still be in the chain.
    A redacted document's rows are proven by the digests they had; their words are gone.
    """
    redacted = frozenset(connection.execute(select(t.redactions.c.document)).scalars())
    check = _Check(connection, tell, redacted)
    for name in unguarded(connection):
        check.fault(f"the guards of {name} are gone")
    manifests, last = _chain(check)
    if held and not connection.execute(select(t.batches.c.n).where(t.batches.c.hash == held)).first():
        check.fault(f"no batch has the hash {held}: the record was cut or made anew")
    for table in t.ROWS:
        _rows(check, table, manifests)
    documents = _documents(check)
    return Proof(documents, check.rows, len(manifests), check.faults, last)


def _chain(check: _Check) -> tuple[dict[int, Manifest], str]:
    manifests: dict[int, Manifest] = {}
    n, previous = 0, ""
    for row in check.rows_of(select(t.batches).order_by(t.batches.c.n)):
        if row["n"] != n + 1:
            first, final = n + 1, row["n"] - 1
            check.fault(f"batch {first} is missing" if first == final else f"batches {first} to {final} are missing")
        elif row["previous"] != previous:
            check.fault(f"batch {row['n']} does not follow the batch before it")
        if batch_hash(row) != row["hash"]:
            check.fault(f"batch {row['n']} is not as it was added")
        n, previous = row["n"], row["hash"]
        manifests[n] = _decoded(row["manifest"]) or {}
    return manifests, previous


def _rows(check: _Check, table: Table, manifests: Mapping[int, Manifest]) -> None:
    """The rows of a table, each against its digest and those of a batch against its manifest."""
    came: dict[int, list[str]] = defaultdict(list)
    batch = None
    for row in check.rows_of(select(table).order_by(table.c.batch)):
        if batch is not None and row["batch"] != batch:
            _came(check, table, batch, came.pop(batch), manifests)
        batch = row["batch"]
        check.rows += 1
        came[batch].append(row["digest"])
        if _about(table, row) not in check.redacted and row_digest(table, row) != row["digest"]:
            check.fault(f"{table.name} {_name(table, row)}: its values are not as they were added")
    if batch is not None:
        _came(check, table, batch, came.pop(batch), manifests)
    _gone(check, table, manifests)


def _came(check: _Check, table: Table, batch: int, digests: list[str], manifests: Mapping[int, Manifest]) -> None:
    told = manifests.get(batch, {}).get(table.name, [0, ""])
    found = rows_hash(digests)
    if found[0] != told[0]:
        check.fault(f"{table.name}: batch {batch} has {found[0]} rows of the {told[0]} that were added")
    elif found != told:
        check.fault(f"{table.name}: batch {batch} has other rows than were added")


def _gone(check: _Check, table: Table, manifests: Mapping[int, Manifest]) -> None:
    """Batches of which no row at all is left in a table."""
    left = set(check.connection.execute(select(table.c.batch).distinct()).scalars())
    for batch, manifest in manifests.items():
        told = manifest.get(table.name)
        if told and batch not in left:
            check.fault(f"{table.name}: batch {batch} has 0 rows of the {told[0]} that were added")


def _documents(check: _Check) -> int:
    """Every text against its id, and all words that stand in it against the text."""
    number = 0
    for row in check.rows_of(select(t.documents.c.id, t.documents.c.text)):
        number += 1
        if row["id"] in check.redacted:
            continue
        if digest(row["text"]) != row["id"]:
            check.fault(f"documents {row['id']}: the text is not the one that was added")
        for table in _ANCHORED:
            _anchors(check, table, row["id"], row["text"])
    return number


def _anchors(check: _Check, table: Table, document: str, text: str) -> None:
    for row in check.rows_of(select(table).where(table.c.document == document)):
        spans = _decoded(row["spans"])
        if not _stand(spans, text, row):
            check.fault(f"{table.name} {_name(table, row)}: its words do not stand where it says in {document}")


def _stand(spans: Any, text: str, row: Row) -> bool:
    try:
        words = Words.of(text, ((start, end) for start, end in spans))
    except (TypeError, ValueError):
        return False
    ends = (words.spans[0].start, words.spans[-1].end) if words.spans else (0, 0)
    return bool(words.text == row["text"] and ends == (row["starts"], row["ends"]))


def _decoded(text: object) -> Any:
    try:
        return msgspec.json.decode(str(text))
    except msgspec.DecodeError:
        return None


def _about(table: Table, row: Row) -> str | None:
    """The document whose redaction may have changed the row; none where there is none."""
    if table is t.redactions:
        return None
    about = row["id"] if table is t.documents else row.get("document")
    return None if about is None else str(about)


def _name(table: Table, row: Row) -> str:
    """What tells the row from the others of its table."""
    if table is t.statement_values:
        return f"{row['statement']} of reading {row['reading']}"
    return " ".join(str(row[column.name]) for column in table.primary_key.columns)
