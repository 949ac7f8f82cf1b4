"""The commands, their options and their help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from onrecord.cli.faults import Translating

# The formats of onrecord.exports.FORMATS, named again because importing them takes as long as all of --help (tested).
FORMATS = ("table", "jsonl", "html", "markdown")
ASKED = ("table", "csv", "jsonl")
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


# What every command that takes documents in asks alike.
_encoding = click.option("--encoding", metavar="NAME", help="Encoding of the texts, where UTF-8 and detection fail.")
_longest = click.option(
    "--longest",
    type=click.IntRange(1),
    default=LONGEST,
    show_default=True,
    metavar="N",
    help="Most characters of one document.",
)


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
@_encoding
@_longest
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


@main.command()
@click.argument("ledger", metavar="LEDGER")
@click.argument("places", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--published", type=Day(), metavar="DATE", help="Day of publication; else what the document says, else none."
)
@_encoding
@_longest
def add(ledger: str, places: tuple[str, ...], published: date | None, encoding: str | None, longest: int) -> None:
    """Read documents and keep them, and what was read in them, in LEDGER.

    LEDGER is a file, made where there is none, or the URL of a PostgreSQL database. PATH is what `onrecord read` takes.

    The record only grows. A text that is there already, under another name, URL or day, is one more sighting of it; a
    newer reader's values stand beside the older ones, and every statement keeps its id. Documents are added in batches,
    each whole or not at all, so a run that broke off can be run again and completes.

    A document that cannot be read is one line on standard error and exit code 1 at the end; the others are added.
    """
    from onrecord.cli.keeping import Job, run

    run(Job(ledger, places, published, encoding, longest))


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


def _narrowing(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which statements."""
    options = (
        click.option("--claimant", metavar="NAME", help="Part of a claimant's name."),
        click.option("--side", metavar="CODE", help="A claimant's side: UA, RU, UN …"),
        click.option("--act", metavar="ACT", help="What the speech does: say, deny, estimate …"),
        click.option(
            "--text", metavar="WORDS", help='Words in any form; "in quotation marks" where they stand together.'
        ),
        click.option("--said-from", type=Day(), metavar="DATE", help="Said on this day or later."),
        click.option("--said-to", type=Day(), metavar="DATE", help="Said on this day or earlier."),
        click.option("--measure", metavar="MEASURE", help="What a figure in it measures: killed, displaced …"),
        click.option(
            "--format", "format_", type=click.Choice(ASKED), default="table", show_default=True, help="What to print."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@click.argument("ledger", metavar="LEDGER")
@_narrowing
def statements(ledger: str, format_: str, **where: Any) -> None:
    """Print the statements in LEDGER that meet all conditions, each as its newest reader has it.

    They come in the order they were added, as they are found. With --text the words searched for stand between **.
    A statement that the newest reader no longer finds is marked "not found again".
    """
    from onrecord.cli.asking import print_statements

    print_statements(ledger, format_, where)


@main.command()
@click.argument("ledger", metavar="LEDGER")
@_narrowing
def documents(ledger: str, format_: str, **where: Any) -> None:
    """Print the documents in LEDGER with a statement that meets all conditions; without a condition, all."""
    from onrecord.cli.asking import print_documents

    print_documents(ledger, format_, where)


@main.group(invoke_without_command=True)
@click.pass_context
def gazetteer(ctx: click.Context) -> None:
    """List the gazetteers you added, or add and remove them.

    The built-in one knows the towns of the world above 500 inhabitants; a country dump of GeoNames adds its villages,
    with all their names. Added ones are used by every reading from then on; their digest is part of the reader's
    version. They are kept in your data folder (ONRECORD_DATA names another one).
    """
    if ctx.invoked_subcommand is None:
        from onrecord.cli.adding import list_gazetteers

        list_gazetteers()


@gazetteer.command("add")
@click.argument("dump", type=click.Path(path_type=Path), metavar="DUMP")
def gazetteer_add(dump: Path) -> None:
    """Add a GeoNames dump: UA.zip as it is downloaded, or the UA.txt in it.

    A dump added before for the same country is replaced.
    """
    from onrecord.cli.adding import add_gazetteer

    add_gazetteer(dump)


@gazetteer.command("remove")
@click.argument("name")
def gazetteer_remove(name: str) -> None:
    """Remove the gazetteer NAME, as the list shows it."""
    from onrecord.cli.adding import remove_gazetteer

    remove_gazetteer(name)


@main.group(invoke_without_command=True)
@click.pass_context
def parties(ctx: click.Context) -> None:
    """List the files of parties you added, or add and remove them.

    Parties (forces, agencies, ministries, groups) that the built-in list does not know, or names otherwise. Added ones
    are used by every reading from then on; their digest is part of the reader's version. They are kept in your data
    folder (ONRECORD_DATA names another one).
    """
    if ctx.invoked_subcommand is None:
        from onrecord.cli.adding import list_parties

        list_parties()


@parties.command("add")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def parties_add(file: Path) -> None:
    """Add the parties of FILE: TOML with [[party]] tables, or CSV with the columns name, type, side, aliases.

    A row that cannot be kept is one line on standard error and exit code 1 at the end; the others are kept. A file of
    the same name added before is replaced.
    """
    from onrecord.cli.adding import add_parties

    add_parties(file)


@parties.command("remove")
@click.argument("name")
def parties_remove(name: str) -> None:
    """Remove the parties of the file NAME, as the list shows it."""
    from onrecord.cli.adding import remove_parties

    remove_parties(name)
