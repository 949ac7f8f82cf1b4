"""``onrecord serve``."""

from __future__ import annotations

import click

from onrecord.cli.commands.root import main


@main.command()
@click.argument("ledger", metavar="LEDGER")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; beyond loopback needs a token."
)
@click.option("--name", "names", multiple=True, metavar="HOST", help="Another name the desk answers to.")
@click.option("--token", envvar="ONRECORD_TOKEN", metavar="TOKEN", help="Opens the desk [env: ONRECORD_TOKEN].")
@click.option("--read-only", is_flag=True, help="Show, and take no decisions.")
def serve(ledger: str, port: int, host: str, names: tuple[str, ...], token: str | None, read_only: bool) -> None:
    """Open the desk: a local web page over LEDGER, where people look, check and decide.

    It listens on this machine alone unless --host says otherwise, loads nothing from elsewhere, and works without
    scripts. Stop it with Ctrl-C.
    """
    from onrecord.cli.serving import Job, run

    run(Job(ledger, port, host, names, token, read_only))
