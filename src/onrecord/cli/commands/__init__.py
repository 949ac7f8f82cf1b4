"""The commands, their options and their help: what each does is imported when it runs, so that ``--help`` is quick."""

from onrecord.cli.commands import (
    adding,
    asking,
    checking,
    demonstrating,
    exporting,
    keeping,
    matching,
    reading,
    reviewing,
    series,
    serving,
)
from onrecord.cli.commands.root import main

__all__ = [
    "adding",
    "asking",
    "checking",
    "demonstrating",
    "exporting",
    "keeping",
    "main",
    "matching",
    "reading",
    "reviewing",
    "series",
    "serving",
]
