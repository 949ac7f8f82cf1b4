"""``onrecord add``, ``reread`` and ``verify``: documents and what was read in them, kept in a ledger and proven."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from onrecord.cli.faults import INTERRUPTED, say
from onrecord.cli.progress import Progress, progress
from onrecord.documents import Ask, Tell, Web
from onrecord.errors import DateError, OnrecordError, Remark
from onrecord.ledger import Added, Ledger, open_ledger
from onrecord.pipeline import add, read_again


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for."""

    ledger: str
    places: tuple[str, ...]
    published: date | None
    encoding: str | None
    longest: int
    web: Web | None = None


def run(job: Job) -> None:
    """Adds, says what is new, and exits: 0 when all was added, 1 when a document was not, 130 when interrupted."""
    ask = Ask(job.published, job.encoding, job.longest, _file(job.ledger), job.web)
    ledger = open_ledger(job.ledger, new=True)
    _keep(ledger, lambda tell, steps: add(ledger, job.places, ask, tell, step=steps), "not added")


def reread(place: str, ids: Sequence[str]) -> None:
    """Reads again what is on the record, all of it without ``ids``, and says and exits likewise."""
    ledger = open_ledger(place)
    _keep(ledger, lambda tell, steps: read_again(ledger, ids or None, tell, step=steps), "not read")


def _keep(ledger: Ledger, batches: Callable[[Tell, Callable[[], None]], Iterator[Added]], without: str) -> None:
    """Lets batches be kept one after the other, and says what they brought."""
    wrong: list[OnrecordError] = []

    def tell(of: OnrecordError | Remark) -> None:
        if isinstance(of, OnrecordError):
            wrong.append(of)
        say(of)

    added = Added()
    try:
        with _progress() as steps:
            for batch in batches(tell, steps.step):
                added += batch
    except KeyboardInterrupt:
        say(f"interrupted: {_new(added)}; run it again to go on")
        sys.exit(INTERRUPTED)
    finally:
        ledger.close()
    out = sum(not isinstance(error, DateError) for error in wrong)
    say(_new(added) + (f"; {out:,} {without} (see above)" if out else ""))
    if wrong:
        sys.exit(1)


def prove(place: str, held: str | None) -> None:
    """Says what was altered, one line each, with exit code 1; else what was proven."""
    ledger = open_ledger(place)
    proof = ledger.verify(lambda fault: say(f"altered: {fault}"), held=held)
    ledger.close()
    if proof.faults:
        say(f"{_many(proof.faults, 'thing')} altered in {place} (see above)")
        sys.exit(1)
    parts = (_many(proof.documents, "document"), _many(proof.rows, "row"), _many(proof.batches, "batch", "batches"))
    click.echo(f"verified: {', '.join(parts)}; last hash {proof.last or 'none'}")


def _file(ledger: str) -> Path | None:
    return None if "://" in ledger else Path(ledger).resolve()


def _progress() -> AbstractContextManager[Progress]:
    return progress("done") if sys.stderr.isatty() else nullcontext(Progress())


def _new(added: Added) -> str:
    """What is new, in words."""
    told = [
        _many(added.documents, "new document"),
        _many(added.sightings, "new sighting"),
        _many(added.statements, "new statement"),
        f"{added.values:,} read",
    ]
    told += [
        _many(number, one, more)
        for number, one, more in (
            (added.copies, "copy of what is there", "copies of what is there"),
            (added.revisions, "revision", "revisions"),
            (added.snapshots, "snapshot", "snapshots"),
        )
        if number
    ]
    if added.share_kept is not None:
        told.append(
            f"{added.kept:,} of {added.kept + added.unfound:,} read again kept their id ({added.share_kept:.1%})"
        )
    if added.unfound:
        told.append(f"{added.unfound:,} not found again (marked)")
    return ", ".join(told)


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"
