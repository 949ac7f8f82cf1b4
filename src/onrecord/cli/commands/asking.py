"""``onrecord statements``, ``claimants``, ``figures``, ``documents``, ``show``, ``query``: what is on the record."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli.commands.options import ORDERS, format_option, limit_option, narrowing
from onrecord.cli.commands.root import main


@main.command()
@click.argument("ledger", metavar="LEDGER")
@narrowing
@click.option(
    "--sort",
    type=click.Choice(ORDERS),
    default=ORDERS[0],
    metavar="ORDER",
    help="By the day it was added, said or published; with - before it, the last first.",
)
def statements(ledger: str, format_: str, after: str | None, limit: int | None, sort: str, **where: Any) -> None:
    """Print the statements in LEDGER that meet all conditions, each as it stands after review.

    They come in the order they were added, as they are found, or by --sort, those without a day last. With --text the
    words searched for stand between **. A statement that the newest reader no longer finds is marked "not found
    again". --limit and --after print page by page: --after takes the id of the last statement.
    """
    from onrecord.cli.asking import print_statements

    print_statements(ledger, format_, where, after, limit, sort)


@main.command()
@click.argument("ledger", metavar="LEDGER")
@narrowing
def claimants(ledger: str, format_: str, after: str | None, limit: int | None, **where: Any) -> None:
    """Print who makes the statements in LEDGER that meet all conditions, and how many, by name.

    A name that is read with two sides is printed twice. --after takes a name.
    """
    from onrecord.cli.asking import print_claimants

    print_claimants(ledger, format_, where, after, limit)


@main.command()
@click.argument("ledger", metavar="LEDGER")
@narrowing
def figures(ledger: str, format_: str, after: str | None, limit: int | None, **where: Any) -> None:
    """Print the figures of the statements in LEDGER that meet all conditions; with --measure, those of it.

    Figures that stand in no statement come last, where no condition is on the statement. --after takes the id of a
    statement, after whose figures it goes on.
    """
    from onrecord.cli.asking import print_figures

    print_figures(ledger, format_, where, after, limit)


@main.command()
@click.argument("ledger", metavar="LEDGER")
@narrowing
def documents(ledger: str, format_: str, after: str | None, limit: int | None, **where: Any) -> None:
    """Print the documents in LEDGER with a statement that meets all conditions; without a condition, all.

    --after takes the id of a document.
    """
    from onrecord.cli.asking import print_documents

    print_documents(ledger, format_, where, after, limit)


@main.command()
@click.argument("ledger", metavar="LEDGER")
@click.argument("id_", metavar="ID")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "jsonl")),
    default="table",
    show_default=True,
    help="What to print.",
)
def show(ledger: str, id_: str, format_: str) -> None:
    """Print all that is known of what has ID in LEDGER, or of the document with the key ID.

    It may be a statement (its words in their sentence, every reader's view side by side, caveats, what people decided,
    where it was seen), a document, reading, party, caveat, decision, claim, finding or series.
    """
    from onrecord.cli.showing import print_shown

    print_shown(ledger, id_, format_)


@main.command()
@click.argument("ledger", metavar="LEDGER")
@click.argument("sql", metavar="SQL")
@format_option
@limit_option
@click.option(
    "--seconds",
    type=click.FloatRange(0, 86_400, min_open=True),
    default=60,
    show_default=True,
    metavar="N",
    help="Stop after so long.",
)
def query(ledger: str, sql: str, format_: str, limit: int | None, seconds: float) -> None:
    """Print the rows of SQL, one SELECT over the tables of LEDGER (docs/ledger.md), which can only read them.

    A SQLite file is opened for reading, and only what reads its tables is let through. PostgreSQL answers in a
    transaction that can only read, as the role pg_read_all_data where the user may take it; functions that act are
    refused by name.
    """
    from onrecord.cli.querying import print_answer

    print_answer(ledger, sql, format_, limit, seconds)
