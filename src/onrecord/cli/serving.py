"""``onrecord serve``: the desk over a ledger."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import click

from onrecord.cli.faults import say
from onrecord.errors import OutputError
from onrecord.ledger import open_ledger
from onrecord.web.desk import LOOPBACK, Desk
from onrecord.web.safety.tokens import hashed
from onrecord.web.serving import serve
from onrecord.web.views import Views, beside

_SHORTEST = 16  # characters of a token


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for."""

    ledger: str
    port: int
    host: str
    names: tuple[str, ...]
    token: str | None
    read_only: bool


def run(job: Job) -> None:
    """Serves until it is stopped; what is beyond loopback needs a token and is warned of."""
    if not is_loopback(job.host):
        if job.token is None or len(job.token) < _SHORTEST:
            raise OutputError(
                f"{job.host}: a desk that listens beyond this machine needs a token of {_SHORTEST} characters or more; "
                "give one in ONRECORD_TOKEN"
            )
        say(f"warning: other machines can reach the desk at {job.host}, over a connection that is not encrypted")
    with closing(open_ledger(job.ledger)) as ledger:
        desk = Desk(
            ledger,
            name_of(job.ledger),
            job.read_only,
            LOOPBACK | {job.host.lower(), *(name.lower() for name in job.names)},
            hashed(job.token) if job.token else None,
            views=Views(beside(job.ledger)),
        )
        serve(desk, job.host, job.port, lambda address: click.echo(f"The desk is open at {address} (Ctrl-C closes it)"))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def name_of(ledger: str) -> str:
    """What a ledger is called on its pages: a file's name, a database's without user and password."""
    return ledger.rpartition("/")[2].partition("?")[0] if "://" in ledger else Path(ledger).name
