"""The commands, their options and their help."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from onrecord.cli.faults import Translating

# The formats of onrecord.exports.FORMATS, named again because importing them takes as long as all of --help (tested).
FORMATS = ("table", "jsonl", "html", "markdown")
LONGEST = 2_000_000


class Day(click.ParamType[date]):
    """An ISO date or timestamp, of which the day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from onrecord.documents.days import day
        from onrecord.errors import DateError

        if isinstance(value, date):
            return value
        try:
            return day(value)
        except DateError as error:
            raise DateError(f"{error}, for example --published 2023-03-07") from None


@click.group(cls=Translating, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord", message="onrecord %(version)s")
def main() -> None:
    """Read reporting about a war and keep, for every statement in it, who made it, who passed it on, how far it was
    hedged, and which side, place, time and number it is about. It never says who is right."""


@main.command()
@click.argument("places", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--published", type=Day(), metavar="DATE", help="Day of publication; else what the document says, else none."
)
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True, help="What to print."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE, all or nothing.")
@click.option("--resume", is_flag=True, help="Go on with FILE where it was interrupted (jsonl only).")
@click.option("--width", type=click.IntRange(80, 200, clamp=True), help="Columns of the table (80 to 200).")
@click.option("--encoding", metavar="NAME", help="Encoding of the texts, where UTF-8 and detection fail.")
@click.option(
    "--longest",
    type=click.IntRange(1),
    default=LONGEST,
    show_default=True,
    metavar="N",
    help="Most characters of one document.",
)
def read(
    places: tuple[str, ...],
    published: date | None,
    format_: str,
    output: Path | None,
    resume: bool,
    width: int | None,
    encoding: str | None,
    longest: int,
) -> None:
    """Print who said what in each document.

    PATH is a text or HTML file, a folder (its .txt, .md, .html, .htm and .jsonl files, hidden ones aside), a .jsonl
    corpus (one document a line: text, and id, published, title, publisher, url, language where known), or - for
    standard input.

    A document that cannot be read is one line on standard error and exit code 1 at the end; the others are kept.
    """
    from onrecord.cli.reading import Job, run

    if resume and (output is None or format_ != "jsonl"):
        raise click.UsageError("--resume goes on with a file: give it with -o FILE, and --format jsonl")
    run(Job(places, published, format_, output, resume, width, encoding, longest))
