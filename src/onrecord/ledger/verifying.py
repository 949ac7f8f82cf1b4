"""Proves a ledger: texts against their hashes, words against their texts, rows and batches against the chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from onrecord.ledger import tables as t
from onrecord.ledger.chain import Manifest, Row, batch_hash, rows_hash, values_digest
from onrecord.ledger.dialects import damaged, unguarded
from onrecord.ledger.tables.quoting import QUOTING, bodiless, redacted
from onrecord.model import Words, digest

_ANCHORED = (t.statements, t.statement_values, t.caveats, t.caveat_values, t.figures, t.places)
_AT_ONCE = 1000  # rows
_TEXTS_AT_ONCE = 20


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
    redacted: frozenset[str] = frozenset()
    faults: int = 0
    rows: int = 0
    documents: int = 0
    unread: set[Table] = field(default_factory=set)

    def fault(self, line: str) -> None:
        self.faults += 1
        self.tell(line)

    def stream(self, query: Any, at_once: int = _AT_ONCE) -> Iterator[Sequence[Any]]:
        """The rows of a query as they come, few in memory at a time."""
        yield from self.connection.execute(query, execution_options={"yield_per": at_once}).partitions()


def verify(connection: Connection, tell: Callable[[str], None], held: str | None = None) -> Proof:
    """Checks the whole record, and tells of each thing that is not as it was added.

    ``held`` is the last hash of an earlier proof, kept elsewhere, that must still be in the chain.
    A redacted document's rows are proven by the digests they had; their words are gone. Where the file is damaged, what
    can still be read is proven all the same.
    """
    check = _Check(connection, tell)
    for line in damaged(connection):
        check.fault(line)
    for name in unguarded(connection):
        check.fault(f"the guards of {name} are gone")
    manifests: dict[int, Manifest] = {}
    last = ""
    with _told(check, t.redactions):
        check.redacted = frozenset(connection.execute(select(t.redactions.c.document)).scalars())
    with _told(check, t.batches):
        last = _chain(check, manifests)
        if held and not connection.execute(select(t.batches.c.n).where(t.batches.c.hash == held)).first():
            check.fault(f"no batch has the hash {held}: the record was cut or made anew")
    for table in t.ROWS:
        with _told(check, table):
            _rows(check, table, manifests)
    return Proof(check.documents, check.rows, len(manifests), check.faults, last)


@contextmanager
def _told(check: _Check, table: Table) -> Iterator[None]:
    """A table that cannot be read to its end is a fault of its own, and the others are read all the same."""
    try:
        with check.connection.begin_nested():
            yield
    except DBAPIError as error:
        check.unread.add(table)
        check.fault(f"{table.name}: it cannot be read to its end: {' '.join(str(error.orig).split())}")


def _chain(check: _Check, manifests: dict[int, Manifest]) -> str:
    """Takes up what every batch says it brought, and the hash at the end."""
    n, previous = 0, ""
    for batches in check.stream(select(t.batches).order_by(t.batches.c.n)):
        for row in map(_mapping, batches):
            if row["n"] != n + 1:
                first, final = n + 1, row["n"] - 1
                missing = f"batch {first} is" if first == final else f"batches {first} to {final} are"
                check.fault(f"{missing} missing")
            elif row["previous"] != previous:
                check.fault(f"batch {row['n']} does not follow the batch before it")
            if batch_hash(row) != row["hash"]:
                check.fault(f"batch {row['n']} is not as it was added")
            n, previous = row["n"], row["hash"]
            manifests[n] = _decoded(row["manifest"]) or {}
    return previous


# --- rows --------------------------------------------------------------------------------------------------------


def _rows(check: _Check, table: Table, manifests: Mapping[int, Manifest]) -> None:
    """The rows of a table as they lie there: each against its digest, its words and its batch."""
    name, names = str(table.name), t.hashed(table)
    about = names.index("id" if table is t.documents else "document") if _is_about(table) else None
    quoting = _quoting(check, table)
    tally = _Tally({batch: manifest[name] for batch, manifest in manifests.items() if name in manifest})
    for rows in check.stream(select(*(table.c[each] for each in names), table.c.digest)):
        check.rows += len(rows)
        tally.come((row[-2], row[-1]) for row in rows)
        open_ = [row for row in rows if row[-1] not in quoting and (about is None or row[about] not in check.redacted)]
        for row in open_:
            if values_digest(name, row[:-1]) != row[-1]:
                check.fault(f"{name} {_name(table, row)}: its values are not as they were added")
        if table is t.documents:
            check.documents += len(rows)
            _texts(check, open_)
        elif table in _ANCHORED and t.documents not in check.unread:
            _anchors(check, table, open_)
    for fault in tally.faults():
        check.fault(f"{name}: {fault}")
    if table in _ANCHORED and t.documents in check.unread:
        check.fault(f"{name}: its words are not held against the texts, which cannot be read")


def _quoting(check: _Check, table: Table) -> frozenset[str]:
    """The digests of rows about no document that a redaction may have changed, since they rest on its words."""
    opened = bodiless("snapshots") if table is t.snapshots else redacted(table, str(table.name))
    if (table.name not in QUOTING and table is not t.snapshots) or not check.redacted or opened is None:
        return frozenset()
    return frozenset(check.connection.execute(select(table.c.digest).where(sql(opened))).scalars())


@dataclass(slots=True)
class _Tally:
    """The digests of a table's rows against the manifests of their batches: ``told`` is what each says.

    A batch is set aside as soon as all its rows have come, so that few are in memory whatever the size of the record.
    """

    told: Mapping[int, list[Any]]
    coming: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    whole: dict[int, int] = field(default_factory=dict)

    def come(self, rows: Iterable[tuple[int, str]]) -> None:
        """Takes up rows, as batch and digest."""
        for batch, row in rows:
            self.coming[batch].append(row)
            if len(self.coming[batch]) == self._number(batch) and rows_hash(self.coming[batch]) == self.told[batch]:
                self.whole[batch] = len(self.coming.pop(batch))

    def faults(self) -> Iterator[str]:
        """What is wrong with each batch, once all rows came."""
        for batch in sorted((self.told.keys() - self.whole.keys()) | self.coming.keys()):
            found, told = len(self.coming.get(batch, ())) + self.whole.get(batch, 0), self._number(batch)
            if found != told:
                yield f"batch {batch} has {found} rows of the {told} that were added"
            else:
                yield f"batch {batch} has other rows than were added"

    def _number(self, batch: int) -> int:
        return int(self.told[batch][0]) if batch in self.told else 0


def _texts(check: _Check, rows: Iterable[Any]) -> None:
    """Every text against its id."""
    for row in rows:
        if digest(row.text) != row.id:
            check.fault(f"documents {row.id}: the text is not the one that was added")


def _anchors(check: _Check, table: Table, rows: Iterable[Any]) -> None:
    """All words that stand in a text against the text."""
    about: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        about[row.document].append(row)
    d = t.documents.c
    for texts in check.stream(select(d.id, d.text).where(d.id.in_(about)), _TEXTS_AT_ONCE):
        for id_, text in texts:
            for row in about.pop(id_):
                if not _stand(_decoded(row.spans), text, row):
                    check.fault(f"{table.name} {_name(table, row)}: its words do not stand where it says in {id_}")
    for id_, lost in about.items():
        for row in lost:
            check.fault(f"{table.name} {_name(table, row)}: its document {id_} is not there")


def _stand(spans: Any, text: str, row: Any) -> bool:
    try:
        words = Words.of(text, ((start, end) for start, end in spans))
    except (TypeError, ValueError):
        return False
    ends = (words.spans[0].start, words.spans[-1].end) if words.spans else (0, 0)
    return bool(words.text == row.text and ends == (row.starts, row.ends))


def _decoded(text: object) -> Any:
    try:
        return msgspec.json.decode(str(text))
    except msgspec.DecodeError:
        return None


def _is_about(table: Table) -> bool:
    """Whether the redaction of a document may have changed the table's rows about it."""
    return table is t.documents or (table is not t.redactions and "document" in table.columns)


def _mapping(row: Any) -> Row:
    return dict(row._mapping)


def _name(table: Table, row: Any) -> str:
    """What tells the row from the others of its table."""
    said = row._mapping
    if table is t.statement_values:
        return f"{said['statement']} of reading {said['reading']}"
    return " ".join(str(said[column.name]) for column in table.primary_key.columns)
