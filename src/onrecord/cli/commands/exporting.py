"""``onrecord export``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.cli.commands.options import conditions
from onrecord.cli.commands.root import main


@main.command()
@click.argument("ledger", metavar="LEDGER", required=False)
@click.argument("format_", metavar="FORMAT", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE, all or nothing.")
@click.option("--list", "list_", is_flag=True, help="List the formats that are installed.")
@click.option("--with-private", is_flag=True, help="Name private persons too.")
@conditions
def export(
    ledger: str | None, format_: str | None, output: Path | None, list_: bool, with_private: bool, **where: Any
) -> None:
    """Write the statements in LEDGER that meet all conditions in FORMAT, as they stand after review.

    The formats are csv, jsonl, geojson, parquet, web-annotation, prov-json, ftm and datasette, and those that other
    packages add (--list); docs/exports.md says what is in each.

    Private persons (claimants without an office, a rank or a part in public life) go by pseudonyms, and their names are
    blotted out of all words, unless --with-private is given. No place is finer than a kilometre, and what could be a
    position has no coordinates while its text is younger than 14 days.
    """
    from onrecord.cli.exporting import Job, print_formats, run

    if list_:
        print_formats()
    elif ledger is None or format_ is None:
        raise click.UsageError("name a ledger and a format, for example: onrecord export record.db csv -o record.csv")
    else:
        run(Job(ledger, format_, output, with_private, where))
