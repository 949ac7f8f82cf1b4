"""The command that all others stand under."""

from __future__ import annotations

import click

from onrecord.cli.faults import Translating


@click.group(cls=Translating, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord", message="onrecord %(version)s")
def main() -> None:
    """Read reporting about a war and keep, for every statement in it, who made it, who passed it on, how far it was
    hedged, and which side, place, time and number it is about. It never says who is right."""
