"""``onrecord read``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from onrecord.cli.commands.options import Day, encoding_option, longest_option, network, web
from onrecord.cli.commands.root import main

# The formats of onrecord.exports.FORMATS, named again because importing them takes as long as all of --help (tested).
FORMATS = ("table", "jsonl", "html", "markdown")


@main.command()
@click.argument("places", metavar="PLACE...", nargs=-1, required=True)
@click.option(
    "--published", type=Day(), metavar="DATE", help="Day of publication; else what the document says, else none."
)
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True, help="What to print."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE, all or nothing.")
@click.option("--resume", is_flag=True, help="Go on with FILE where it was interrupted (jsonl only).")
@click.option("--width", type=click.IntRange(80, 200, clamp=True), help="Columns of the table (80 to 200).")
@encoding_option
@longest_option
@network
def read(
    places: tuple[str, ...],
    published: date | None,
    format_: str,
    output: Path | None,
    resume: bool,
    width: int | None,
    encoding: str | None,
    longest: int,
    allow_network: bool,
    follow: bool,
    allow_private: bool,
) -> None:
    """Print who said what in each document.

    PLACE is a text or HTML file, a .jsonl corpus (one document a line: text, and id, published, title, publisher, url,
    language where known), an RSS or Atom feed (its entries' own texts), a web archive (WARC, plain or gzip: its pages
    and texts), a folder of these (hidden files aside), - for standard input, or, with --allow-network, a URL.

    A document that cannot be read is one line on standard error and exit code 1 at the end; the others are kept.
    """
    from onrecord.cli.reading import Job, run

    if resume and (output is None or format_ != "jsonl"):
        raise click.UsageError("--resume goes on with a file: give it with -o FILE, and --format jsonl")
    network_ = web(allow_network, follow, allow_private)
    run(Job(places, published, format_, output, resume, width, encoding, longest, network_))
