"""The command line: one face over the pipeline, and the one place where an error becomes a line and an exit code."""

from onrecord.cli.commands import main

__all__ = ["main"]
