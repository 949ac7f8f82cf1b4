"""``onrecord gazetteer`` and ``onrecord parties``: what a user adds for every reading to come."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.commands.root import main


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
