"""``onrecord check``, ``account``."""

from __future__ import annotations

import click

from onrecord.cli.commands.options import format_option
from onrecord.cli.commands.root import main

# The kinds and states of onrecord.model, named again because importing them takes as long as all of --help (tested).
KINDS = ("conflict", "series", "drift", "implied")
STATES = ("open", "confirmed", "dismissed", "stale")


class Several(click.ParamType[tuple[str, ...]]):
    """Some of a few words, with commas between them."""

    name = "list"

    def __init__(self, choices: tuple[str, ...]) -> None:
        self.choices = choices

    def convert(
        self, value: str | tuple[str, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The words, each once."""
        words = (
            value if isinstance(value, tuple) else tuple(dict.fromkeys(filter(None, map(str.strip, value.split(",")))))
        )
        for word in words:
            if word not in self.choices:
                self.fail(f"{word} is none of {', '.join(self.choices)}", param, ctx)
        return words


@main.command()
@click.argument("ledger", metavar="LEDGER")
@click.option(
    "--fail-on", type=Several(KINDS), default=(), metavar="KINDS", help="Exit with 3 where one of these is open."
)
@click.option("--kind", "kinds", type=Several(KINDS), default=(), metavar="KINDS", help="Print only these.")
@click.option(
    "--state", "states", type=Several(STATES), default=(), metavar="STATES", help="Print only those in these."
)
@format_option
def check(ledger: str, fail_on: tuple[str, ...], kinds: tuple[str, ...], states: tuple[str, ...], format_: str) -> None:
    """Work out and print what the statements in LEDGER come to: findings, never verdicts.

    KINDS are, with commas between them: conflict (figures that cannot all hold, and under which assumptions), series (a
    figure beside the series it should come from), drift (what a retelling changed) and implied (what figures say
    together). Each has its sentence, arithmetic, assumptions and the caveats on its statements.

    Findings are kept. One that a person confirmed or dismissed stays so until something it rests on changes; then it is
    stale, and asks for another look. STATES are open, confirmed, dismissed and stale. With --fail-on series, a figure
    that fits its series is no failure.
    """
    from onrecord.cli.checking import run_check

    run_check(ledger, format_, kinds, states, fail_on)


@main.command()
@click.argument("ledger", metavar="LEDGER")
@click.option("--believe", multiple=True, metavar="NAME", help="A claimant, or a series' publisher; again for more.")
@click.option("--doubt", multiple=True, metavar="NAME", help="The same, to set beside; all others where none is named.")
@format_option
def account(ledger: str, believe: tuple[str, ...], doubt: tuple[str, ...], format_: str) -> None:
    """Print what follows from one side's word in LEDGER, beside the other's.

    Quantity by quantity: what the believed tell outright, what that implies, and the same of the doubted. A name that
    no claimant bears is one line on standard error and exit code 1 at the end.
    """
    from onrecord.cli.checking import run_account

    if not believe and not doubt:
        raise click.UsageError("say whose word to take: --believe NAME, or --doubt NAME")
    run_account(ledger, format_, believe, doubt)
