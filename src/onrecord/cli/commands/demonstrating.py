"""``onrecord demo``."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.commands.root import main


@main.command()
@click.option("--ledger", type=click.Path(path_type=Path), metavar="FILE", help="Where to make it; else a new folder.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="PORT", help="Port; a free one if not given.")
@click.option("--no-serve", is_flag=True, help="Make the ledger, and do not open the desk.")
def demo(ledger: Path | None, port: int, no_serve: bool) -> None:
    """Make a ledger of the samples, with findings, and open the desk on it.

    The samples are texts of our own about events that were widely reported, and a reference series. A ledger that is
    there already is opened as it is, with the decisions taken in it.
    """
    from onrecord.cli.demonstrating import run

    run(ledger, port, no_serve)
