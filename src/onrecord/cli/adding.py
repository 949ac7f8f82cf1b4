"""``onrecord gazetteer`` and ``onrecord parties``: what a user adds for every reading to come."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.faults import say
from onrecord.cli.progress import share
from onrecord.reading.parties import added as parties
from onrecord.reading.places import added as places


def add_gazetteer(dump: Path) -> None:
    """Keeps a dump and says what came of it."""
    with share("reading " + dump.name) as step:
        new = places.add(dump, step)
    fewer = f", the largest of {new.of:,}" if new.of is not None and new.of > new.places else ""
    say(f"added {new.name}: {_places(new.places)}{fewer}; readings from now on carry its digest in their version")


def list_gazetteers() -> None:
    """One line a gazetteer, with tabs between name, size, digest and file."""
    found = places.there()
    for one in found:
        click.echo(f"{one.name}\t{_places(one.places)}\t{one.digest}\t{one.file}")
    if not found:
        say("no gazetteers were added: add a GeoNames dump with: onrecord gazetteer add UA.zip")


def remove_gazetteer(name: str) -> None:
    """Forgets one and says so."""
    places.remove(name)
    say(f"removed {name}")


def add_parties(file: Path) -> None:
    """Keeps the parties of a file; rows that cannot be kept are told, and are exit code 1 at the end."""
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        say(line)

    new = parties.add(file, tell)
    left = f", {len(told)} not (see above)" if told else ""
    say(f"added {new.name}: {_parties(new.parties)}{left}; readings from now on carry their digest in their version")
    if told:
        sys.exit(1)


def list_parties() -> None:
    """One line a file of parties, with tabs between name, size, digest and file."""
    found = parties.there()
    for one in found:
        click.echo(f"{one.name}\t{_parties(one.parties)}\t{one.digest}\t{one.file}")
    if not found:
        say("no parties were added: add your own with: onrecord parties add FILE.toml (or .csv)")


def remove_parties(name: str) -> None:
    """Forgets the parties of one file and says so."""
    parties.remove(name)
    say(f"removed {name}")


def _places(number: int) -> str:
    return f"{number:,} place{'' if number == 1 else 's'}"


def _parties(number: int) -> str:
    return f"{number:,} part{'y' if number == 1 else 'ies'}"
