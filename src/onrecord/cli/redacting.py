"""``onrecord redact``: the words of a document taken out of a ledger, after a question."""

from __future__ import annotations

from contextlib import closing

import click

from onrecord.cli.faults import say
from onrecord.exports.visible import clipped
from onrecord.ledger import open_ledger

_WIPED_LATER = (
    "PostgreSQL keeps the old rows until they are vacuumed: have its owner run VACUUM FULL, and see to its backups and "
    "its write-ahead log"
)


def redact(place: str, document: str, by: str, why: str, sure: bool) -> None:
    """Redacts, and says what was done and what still holds the words."""
    with closing(open_ledger(place)) as ledger:
        about = ledger.state(document, of="document").value or {}
        name = clipped(str(about.get("title") or about.get("key") or document), 80)
        if not sure:
            click.confirm(
                f"Take the words of {name} out of {place}? They cannot be brought back.", abort=True, err=True
            )
        done = ledger.redact(document, by, why)
        say(f"redacted: {document}, {done.rows:,} rows emptied" if done.new else f"{document} was redacted before")
        if done.copies:
            say(f"the same or nearly the same text is still in {', '.join(done.copies)}")
        if ledger.store.engine.dialect.name == "postgresql":
            say(_WIPED_LATER)
        say("copies of the ledger made before keep the words; what was matched and checked before should be run again")
