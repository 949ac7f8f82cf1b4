"""What several commands ask alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from onrecord.documents import Web

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
encoding_option = click.option(
    "--encoding", metavar="NAME", help="Encoding of the texts, where UTF-8 and detection fail."
)
longest_option = click.option(
    "--longest",
    type=click.IntRange(1),
    default=LONGEST,
    show_default=True,
    metavar="N",
    help="Most characters of one document.",
)


def network(command: Callable[..., None]) -> Callable[..., None]:
    """The options that let a command use the network; without the first of them nothing does."""
    options = (
        click.option("--allow-network", is_flag=True, help="Fetch what is named by its URL; without it nothing is."),
        click.option(
            "--follow", is_flag=True, help="Fetch the articles that feeds link to, in place of their entries."
        ),
        click.option("--allow-private", is_flag=True, help="Fetch from loopback and private addresses too."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def web(allow_network: bool, follow: bool, allow_private: bool) -> Web | None:
    """The network as it was allowed, or None. Raises UsageError where only a part of it was asked for."""
    if not allow_network:
        if follow or allow_private:
            raise click.UsageError("--follow and --allow-private go with --allow-network")
        return None
    from onrecord.documents import Web

    return Web(private=allow_private, follow=follow)


ACTS = (
    "say",
    "estimate",
    "order",
    "advise",
    "suggest",
    "deny",
    "warn",
    "promise",
    "expect",
    "ask",
    "concern",
    "report",
)
ORDERS = ("added", "-added", "said", "-said", "published", "-published")
STATES = ("open", "accepted", "corrected", "rejected", "unsure", "reopened")
FACTUALITIES = ("certain", "probable", "possible", "conditional", "expected", "denied", "unknown")
QUOTATIONS = ("direct", "indirect", "mixed", "none")
_CONDITIONS = (
    click.option("--claimant", metavar="NAME", help="Part of a claimant's name."),
    click.option("--relay", metavar="NAME", help="Part of the name of a party that passed it on."),
    click.option("--side", metavar="CODE", help="A claimant's side: UA, RU, UN …"),
    click.option("--act", type=click.Choice(ACTS), metavar="ACT", help="What the speech does: say, deny, estimate …"),
    click.option(
        "--factuality",
        type=click.Choice(FACTUALITIES),
        metavar="F",
        help="As the source has it: certain, denied …",
    ),
    click.option(
        "--quotation",
        type=click.Choice(QUOTATIONS),
        metavar="Q",
        help="direct, indirect, mixed or none.",
    ),
    click.option("--text", metavar="WORDS", help='Words in any form; "in quotation marks" where they stand together.'),
    click.option("--said-from", type=Day(), metavar="DATE", help="Said on this day or later."),
    click.option("--said-to", type=Day(), metavar="DATE", help="Said on this day or earlier."),
    click.option(
        "--about-from",
        type=Day(),
        metavar="DATE",
        help="It is about this day or a later one: a figure or a time in it.",
    ),
    click.option("--about-to", type=Day(), metavar="DATE", help="It is about this day or an earlier one."),
    click.option("--measure", metavar="MEASURE", help="What a figure in it measures: killed, displaced …"),
    click.option("--place", metavar="NAME", help="Part of the name of a place in it."),
    click.option("--place-name", metavar="NAME", help="The whole name of a place in it."),
    click.option(
        "--within",
        "within_km",
        type=click.FloatRange(0, min_open=True),
        metavar="KM",
        help="And all places that far from --place, a full name or LATITUDE,LONGITUDE.",
    ),
    click.option("--caveat", metavar="KIND", help="A caveat of this kind covers it; any; or none does."),
    click.option(
        "--state",
        type=click.Choice(STATES),
        metavar="STATE",
        help=f"What people made of it: {', '.join(STATES)}.",
    ),
    click.option("--finding", metavar="KIND", help="A finding of this kind rests on it (conflict, series …); any."),
    click.option("--document", metavar="ID", help="In this document: its id or key."),
    click.option("--publisher", metavar="NAME", help="In a document of this publisher."),
)


def conditions(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which statements."""
    for option in reversed(_CONDITIONS):
        command = option(command)
    return command


format_option = click.option(
    "--format", "format_", type=click.Choice(ASKED), default="table", show_default=True, help="What to print."
)
limit_option = click.option("--limit", type=click.IntRange(1), metavar="N", help="Print at most N.")


after_option = click.option("--after", metavar="ID", help="Go on after the last one of the page before.")


def narrowing(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which statements, in what form they are printed, and how many."""
    return conditions(limit_option(after_option(format_option(command))))
