"""``onrecord statements``, ``documents``: what is on the record."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli.commands.main import main
from onrecord.cli.commands.options import narrowing


@main.command()
@click.argument("ledger", metavar="LEDGER")
@narrowing
def statements(ledger: str, format_: str, **where: Any) -> None:
    """Print the statements in LEDGER that meet all conditions, each as its newest reader has it.

    They come in the order they were added, as they are found. With --text the words searched for stand between **.
    A statement that the newest reader no longer finds is marked "not found again".
    """
    from onrecord.cli.asking import print_statements

    print_statements(ledger, format_, where)


@main.command()
@click.argument("ledger", metavar="LEDGER")
@narrowing
def documents(ledger: str, format_: str, **where: Any) -> None:
    """Print the documents in LEDGER with a statement that meets all conditions; without a condition, all."""
    from onrecord.cli.asking import print_documents

    print_documents(ledger, format_, where)
