"""``onrecord export``: what is on the record, written in a format of the user's choice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from io import BufferedWriter, RawIOBase, TextIOWrapper
from pathlib import Path
from typing import IO, Any

import click

from onrecord.cli.faults import say
from onrecord.cli.output import Output, to_file, to_screen
from onrecord.cli.progress import Progress, progress
from onrecord.errors import OutputError
from onrecord.exports import Accompanied, Exporter, exporter, offers
from onrecord.ledger import Where, open_ledger
from onrecord.pipeline.exporting import export

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for."""

    ledger: str
    format: str
    output: Path | None
    with_private: bool
    where: dict[str, Any]


def print_formats() -> None:
    """One line a format, with tabs between name, media type, suffix and description; a broken one is told instead."""
    broken = False
    for offer in offers().values():
        try:
            found = offer.load()
        except OutputError as error:
            say(error)
            broken = True
        else:
            click.echo("\t".join((offer.name, found.media_type, found.suffix, found.description)))
    if broken:
        sys.exit(1)


def run(job: Job) -> None:
    """Writes what was asked for, whole or not at all where it goes to a file."""
    chosen = exporter(job.format)
    target = job.output.resolve() if job.output else None
    if target is None and chosen.binary and sys.stdout.isatty():
        raise OutputError(f"{job.format} is no text; name a file: -o record{chosen.suffix}")
    if target and "://" not in job.ledger and target == Path(job.ledger).resolve():
        raise OutputError(f"would be overwritten: {job.ledger}: it is the ledger; name another file with -o")
    with closing(open_ledger(job.ledger)) as ledger, _output(target) as output, _progress(target) as steps:
        with _stream(output, binary=chosen.binary) as out:
            where = Where(**job.where)
            export(ledger, job.format, out, where, with_private=job.with_private, step=steps.step)
        output.done()
    if target:
        _beside(chosen, target)


def _beside(chosen: Exporter, target: Path) -> None:
    """The files that go with the one that was written."""
    if isinstance(chosen, Accompanied) and target.is_file():
        for name, text in chosen.beside(target.stem).items():
            with to_file(target.with_name(name), lines=False, resume=False) as output:
                output.write(text)
                output.done()
            say(f"beside it: {name}")


def _output(target: Path | None) -> AbstractContextManager[Output]:
    return nullcontext(to_screen()) if target is None else to_file(target, lines=False, resume=False)


def _progress(target: Path | None) -> AbstractContextManager[Progress]:
    shown = sys.stderr.isatty() and (target is not None or not sys.stdout.isatty())
    return progress("exported", of="statements") if shown else nullcontext(Progress())


@contextmanager
def _stream(output: Output, *, binary: bool) -> Iterator[IO[Any]]:
    """The output as a stream of bytes or of text in UTF-8, as exporters write to."""
    raw = _Raw(output.write)
    stream = BufferedWriter(raw, _PIECE)
    out = stream if binary else TextIOWrapper(stream, "utf-8", errors="replace", newline="", write_through=True)
    try:
        yield out
        out.flush()
    finally:
        raw.hand_on = None


class _Raw(RawIOBase):
    """Hands on what is written, as long as there is somebody to hand it on to: what an exporter that failed left in the
    stream goes nowhere."""

    def __init__(self, hand_on: Callable[[bytes], None] | None) -> None:
        self.hand_on = hand_on

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        if self.hand_on:
            self.hand_on(bytes(piece))
        return len(piece)
