"""The commands, their options and their help: what each does is imported when it runs, so that ``--help`` is quick."""

from onrecord.cli.commands import adding, asking, exporting, keeping, reading, reviewing, serving
from onrecord.cli.commands.main import main

__all__ = ["adding", "asking", "exporting", "keeping", "main", "reading", "reviewing", "serving"]
