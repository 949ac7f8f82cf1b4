"""``onrecord series``: reference figures over time, to check claims against."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from onrecord.cli.commands.options import Day, format_option
from onrecord.cli.commands.root import main


@main.group()
def series() -> None:
    """Keep series in a ledger: figures over time, each by a named publisher with its own definition and hedge.

    No series is truth: each is one side's figures, or a documented estimate. `onrecord check` sets the figures of
    statements beside the series of their own claimant.
    """


@series.command("add")
@click.argument("ledger", metavar="LEDGER")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--as", "as_", metavar="NAME", help="A loader, a TOML file that describes one, or a name for the series.")
@click.option("--version", "version", metavar="VERSION", help="Which version it is; else a hash of the file.")
@click.option("--on", type=Day(), metavar="DATE", help="The day of a file that says none.")
def series_add(ledger: str, file: Path, as_: str | None, version: str | None, on: date | None) -> None:
    """Add the series in FILE (CSV, JSON or JSONL) to LEDGER.

    The file is known by its columns, or by the loader named with --as; `onrecord series loaders` lists them. A file of
    your own needs a TOML file that says which column is what: give that with --as MINE.toml. Any other NAME is what the
    series is to be called.

    A series that is there already is passed over; another version of one takes its place, and the older one is kept.
    """
    from onrecord.cli.observing import add

    add(ledger, file, as_, version, on)


@series.command("list")
@click.argument("ledger", metavar="LEDGER")
@format_option
def series_list(ledger: str, format_: str) -> None:
    """List the series in LEDGER: publisher, what is counted, from when to when."""
    from onrecord.cli.observing import list_series

    list_series(ledger, format_)


@series.command("show")
@click.argument("ledger", metavar="LEDGER")
@click.argument("name", metavar="NAME")
@click.option("--from", "from_", type=Day(), metavar="DATE", help="From this day.")
@click.option("--to", type=Day(), metavar="DATE", help="Until this day.")
@format_option
def series_show(ledger: str, name: str, from_: date | None, to: date | None, format_: str) -> None:
    """Print the series NAME in LEDGER, its definition and its values."""
    from onrecord.cli.observing import show

    show(ledger, name, format_, from_, to)


@series.command("compare")
@click.argument("ledger", metavar="LEDGER")
@click.argument("one", metavar="NAME")
@click.argument("other", metavar="OTHER")
@format_option
def series_compare(ledger: str, one: str, other: str, format_: str) -> None:
    """Lay two series in LEDGER beside each other on the days that both have."""
    from onrecord.cli.observing import compare

    compare(ledger, one, other, format_)


@series.command("loaders")
def series_loaders() -> None:
    """List the kinds of files that are known: name, and what is in them."""
    from onrecord.cli.observing import list_loaders

    list_loaders()
