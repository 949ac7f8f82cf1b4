"""``onrecord add``, ``onrecord reread`` and ``onrecord verify``."""

from __future__ import annotations

from datetime import date

import click

from onrecord.cli.commands.options import Day, encoding_option, longest_option, network, web
from onrecord.cli.commands.root import main


@main.command()
@click.argument("ledger", metavar="LEDGER")
@click.argument("places", metavar="PLACE...", nargs=-1, required=True)
@click.option(
    "--published", type=Day(), metavar="DATE", help="Day of publication; else what the document says, else none."
)
@encoding_option
@longest_option
@network
def add(
    ledger: str,
    places: tuple[str, ...],
    published: date | None,
    encoding: str | None,
    longest: int,
    allow_network: bool,
    follow: bool,
    allow_private: bool,
) -> None:
    """Read documents and keep them, and what was read in them, in LEDGER.

    LEDGER is a file, made where there is none, or the URL of a PostgreSQL database. PLACE is what `onrecord read`
    takes: files, folders, corpora, feeds, web archives, - for standard input, and with --allow-network URLs.

    The record only grows. A text that is there already, under another name, URL or day, is one more sighting of it; a
    newer reader's values stand beside the older ones, and every statement keeps its id. Another text at a URL is kept
    as a revision of the one before; texts that are copies of others, exact or near, are marked. Documents are added in
    batches, each whole or not at all, so a run that broke off can be run again and completes.

    What is fetched is kept as it came (a snapshot), and fetched again only where it has changed. Hosts are asked what
    they allow (robots.txt) and given time between requests. Private, loopback and link-local addresses are refused,
    also behind a redirect.

    A document that cannot be read is one line on standard error and exit code 1 at the end; the others are added.
    """
    from onrecord.cli.keeping import Job, run

    run(Job(ledger, places, published, encoding, longest, web(allow_network, follow, allow_private)))


@main.command()
@click.argument("ledger", metavar="LEDGER")
@click.argument("ids", metavar="[ID...]", nargs=-1)
def reread(ledger: str, ids: tuple[str, ...]) -> None:
    """Read the texts in LEDGER again, all of them or the documents with these IDs.

    With a newer onrecord, with gazetteers or parties of your own, or after the day of publication of a text was set:
    what is read now stands beside what was read before, every statement keeps its id, and decisions stay with their
    words. What was read so already is passed over. It needs no network and none of the files that were added.

    A document that cannot be read is one line on standard error and exit code 1 at the end; the others are read.
    """
    from onrecord.cli.keeping import reread as run

    run(ledger, ids)


@main.command()
@click.argument("ledger", metavar="LEDGER")
@click.option("--held", metavar="HASH", help="A last hash printed before: it must still be in the chain.")
def verify(ledger: str, held: str | None) -> None:
    """Prove that nothing in LEDGER was altered.

    Every text against its hash, all words against the text they stand in, every row against its hash, and the chain of
    batches. What was altered is one line each on standard error and exit code 1. Keep the last hash that is printed
    elsewhere, and give it back with --held: it tells a record that was cut or made anew.
    """
    from onrecord.cli.keeping import prove

    prove(ledger, held)
