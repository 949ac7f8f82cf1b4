"""``onrecord review``, ``decide``, ``log``, ``undo``, ``merge``, ``split``, ``redact``: what people decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from onrecord.cli.commands.options import ASKED, conditions
from onrecord.cli.commands.root import main

# What can be merged, and decided on: the keys of onrecord.ledger.deciding.shape.JUDGEMENTS, named again because
# importing them takes longer than all of --help (tested).
JOINED = ("party", "place", "claim", "statement")
DECIDED = ("statement", "caveat", "party", "place", "claim", "finding", "document", "decision")

_by = click.option(
    "--by", envvar="ONRECORD_REVIEWER", required=True, metavar="NAME", help="Who decides (or ONRECORD_REVIEWER)."
)
_why = click.option("--why", metavar="TEXT", help="For what reason.")
_ledger = click.argument("ledger", metavar="LEDGER")


@main.command()
@_ledger
@_by
@conditions
def review(ledger: str, by: str, **where: Any) -> None:
    """Go through the statements in LEDGER in the terminal, one key per decision.

    What matters comes first: what is in findings, what a later reading contradicts, what others are unsure of, what
    the reader doubts, where readers differ, then the rest. Each decision is kept at once, under your name; "?" lists
    the keys.
    """
    from onrecord.cli.reviewing import run

    run(ledger, by, where)


@main.command()
@_ledger
@click.argument("file", metavar="FILE")
@click.option("--by", envvar="ONRECORD_REVIEWER", metavar="NAME", help="Who decided, where a line does not say.")
def decide(ledger: str, file: str, by: str | None) -> None:
    """Keep the decisions in FILE: JSON lines or CSV as `onrecord log` prints them, or written by hand; - for stdin.

    A line has judgement (accept, correct, reject, unsure, comment, merge, split, confirm, dismiss, undo), of (statement
    where left out), target (an id), and where they are called for field, value, other and why; by and at are who and
    when. A line that cannot be kept is told with its number, and is exit code 1 at the end; the others are kept. What
    is there already is passed over, so that a file can be given twice.
    """
    from onrecord.cli.deciding import decide

    decide(ledger, file, by)


@main.command()
@_ledger
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--of", type=click.Choice(DECIDED), help="Decisions on these only.")
@click.option("--by", metavar="NAME", help="This person's decisions only.")
@click.option(
    "--format", "format_", type=click.Choice(ASKED), default="table", show_default=True, help="What to print."
)
def log(ledger: str, id_: str | None, of: str | None, by: str | None, format_: str) -> None:
    """Print the decisions in LEDGER, the earliest first; with ID those on that statement, party, … or decision.

    What --format csv or jsonl prints can be given to `onrecord decide`, here or for another ledger of the same texts.
    """
    from onrecord.cli.deciding import log

    log(ledger, id_, of, by, format_)


@main.command()
@_ledger
@click.argument("decision", metavar="DECISION")
@_by
@_why
def undo(ledger: str, decision: str, by: str, why: str | None) -> None:
    """Take DECISION back, by the id that `onrecord log` prints. This is a decision too, and can be undone."""
    from onrecord.cli.deciding import undo

    undo(ledger, decision, by, why)


def _two(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments of a decision on two things."""
    parts = (
        _ledger,
        click.argument("of", metavar="|".join(JOINED), type=click.Choice(JOINED)),
        click.argument("one", metavar="ID"),
        click.argument("other", metavar="OTHER"),
        _by,
        _why,
    )
    for part in reversed(parts):
        command = part(command)
    return command


@main.command()
@_two
def merge(ledger: str, of: str, one: str, other: str, by: str, why: str | None) -> None:
    """Say that two parties (or places, claims, statements) are one.

    A party is one of a document; merged, it is the same over documents. A place is given by its number at GeoNames or
    its name. Nothing is joined on the record: the merge can be undone, or split.
    """
    from onrecord.cli.deciding import join

    join(ledger, "merge", of, (one, other), by, why)


@main.command()
@_two
def split(ledger: str, of: str, one: str, other: str, by: str, why: str | None) -> None:
    """Say that two parties (or places, claims, statements) are not one, whatever was merged before."""
    from onrecord.cli.deciding import join

    join(ledger, "split", of, (one, other), by, why)


@main.command()
@_ledger
@click.argument("document", metavar="DOCUMENT")
@_by
@click.option("--why", required=True, metavar="TEXT", help="For what reason: this stays on the record.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def redact(ledger: str, document: str, by: str, why: str, yes: bool) -> None:
    """Take the words of DOCUMENT (an id that `onrecord documents` prints) out of LEDGER, for good.

    Its text, and every value, title and decision that holds words of it, is emptied; that it was there, its ids and
    hashes, who took it out and why stay, and `onrecord verify` tells it from a text that was altered. The words cannot
    be brought back. Copies of LEDGER made before, and the same text in other documents, keep them.
    """
    from onrecord.cli.redacting import redact

    redact(ledger, document, by, why, yes)
