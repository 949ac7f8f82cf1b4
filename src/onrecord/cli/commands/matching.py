"""``onrecord match``, ``claims``, ``drift``."""

from __future__ import annotations

import click

from onrecord.cli.commands.options import format_option, limit_option
from onrecord.cli.commands.root import main


@main.command()
@click.argument("ledger", metavar="LEDGER")
def match(ledger: str) -> None:
    """Match the statements in LEDGER to claims: which are one, where they came from, what changed on the way.

    Likeness proposes, fields decide (claimant, measure, side, period, place, figure, content), and what a person merged
    or split outranks both. Matching again adds only what is new; what is no longer found is marked, not removed.
    """
    from onrecord.cli.matching import run_match

    run_match(ledger)


@main.command()
@click.argument("ledger", metavar="LEDGER")
@click.option("--claimant", metavar="NAME", help="Part of a claimant's name.")
@limit_option
@format_option
def claims(ledger: str, claimant: str | None, limit: int | None, format_: str) -> None:
    """Print the claims in LEDGER, those of most texts first.

    With each, its independent origins (copies and retellings of one another count once), how many texts are behind it,
    and how its claimant revised it later.
    """
    from onrecord.cli.matching import print_claims

    print_claims(ledger, format_, claimant, limit)


@main.command()
@click.argument("ledger", metavar="LEDGER")
@limit_option
@format_option
def drift(ledger: str, limit: int | None, format_: str) -> None:
    """Print what changed between tellings of one statement in LEDGER, field by field.

    A change is classed as change, inherited (the text it was taken from had it), update (the claimant revised it) or
    scope (another time, place or part is meant).
    """
    from onrecord.cli.matching import print_drift

    print_drift(ledger, format_, limit)
