"""The ledger as its users know it: open it, add to it, ask it, prove it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.ledger.adding import Added, Entry, add_batch, to_read
from onrecord.ledger.asking import Found, Listed, Where, documents, statements
from onrecord.ledger.opening import Store, open_store
from onrecord.ledger.verifying import Proof, verify
from onrecord.model import Document, ReaderInfo


@dataclass(frozen=True, slots=True)
class Ledger:
    """A record of documents and of what was read in them. Every method raises LedgerError where the store fails."""

    store: Store

    def to_read(self, document: Document, reader: ReaderInfo) -> Document | None:
        """The document as ``reader`` is to read it, None where it has: under the earliest day it was published."""
        with self.store.reads() as connection:
            return to_read(connection, document, reader)

    def add(self, entries: Iterable[Entry]) -> Added:
        """Adds documents and readings as one batch: all of it or nothing. What is there already is passed over."""
        with self.store.writes() as connection:
            return add_batch(connection, entries)

    def statements(self, where: Where | None = None) -> Iterator[Found]:
        """The statements asked for, in the order they were added, few in memory at a time; all without ``where``."""
        with self.store.reads() as connection:
            yield from statements(connection, where or Where())

    def documents(self, where: Where | None = None) -> Iterator[Listed]:
        """The documents that hold a statement asked for, in the order they were added; all without ``where``."""
        with self.store.reads() as connection:
            yield from documents(connection, where or Where())

    def verify(self, tell: Callable[[str], None] = lambda fault: None, *, held: str | None = None) -> Proof:
        """Proves texts, anchors, rows and chain; ``tell`` hears of everything that was altered.

        ``held`` is the last hash of an earlier proof, kept elsewhere: it must still be in the chain.
        """
        with self.store.reads() as connection:
            return verify(connection, tell, held)

    def close(self) -> None:
        """Lets go of the database."""
        self.store.engine.dispose()


def open_ledger(url_or_path: str | Path, *, new: bool = False) -> Ledger:
    """The ledger at a path (a SQLite file) or a URL (``postgresql://…``); with ``new``, made where there is none.

    Raises LedgerError, with one line, for what is no ledger, a newer version, or a place that cannot be used.
    """
    return Ledger(open_store(url_or_path, new=new))
