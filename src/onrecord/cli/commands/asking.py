"""``onrecord statements``, ``claimants``, ``figures``, ``documents``, ``show``, ``query``: what is on the record."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli.commands.main import main
from onrecord.cli.commands.options import narrowing


@main.command()
@click.argument("ledger", metavar="LEDGER")
@narrowing
def statements(ledger: str, format_: str, after: str | None, limit: int | None, **where: Any) -> None:
    """Print the statements in LEDGER that meet all conditions, each as it stands after review.

    They come in the order they were added, as they are found. With --text the words searched for stand between **.
    A statement that the newest reader no longer finds is marked "not found again". --limit and --after print page by
    page: --after takes the id of the last statement.
    """
    from onrecord.cli.asking import print_statements

    print_statements(ledger, format_, where, after, limit)


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
