"""``onrecord read``: the readings of many documents, printed as they are done."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from onrecord.cli.faults import INTERRUPTED, say
from onrecord.cli.output import Output, to_file, to_screen
from onrecord.cli.progress import Progress, progress
from onrecord.documents import Ask, Web
from onrecord.errors import DocumentError, OnrecordError, Remark
from onrecord.exports import write
from onrecord.model import Document, Reading
from onrecord.pipeline import readings


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for."""

    places: tuple[str, ...]
    published: date | None
    format: str
    output: Path | None
    resume: bool
    width: int | None
    encoding: str | None
    longest: int
    web: Web | None = None


@dataclass(slots=True)
class _Tally:
    """What became of the documents so far. Of keys only hashes are held, so that memory stays flat."""

    read: int = 0
    skipped: int = 0
    bad: int = 0
    twice: int = 0
    first_twice: str | None = None
    keys: set[int] = field(default_factory=set)

    def hear(self, of: OnrecordError | Remark) -> None:
        self.bad += isinstance(of, OnrecordError)
        say(of)

    def note_key(self, document: Document) -> None:
        key = hash(document.key)
        if key in self.keys:
            self.twice += 1
            self.first_twice = self.first_twice or document.key
        self.keys.add(key)


def run(job: Job) -> None:
    """Reads, prints, and exits: 0 when all was read, 1 when a document was not, 130 when interrupted."""
    target = job.output.resolve() if job.output else None
    _refuse_to_overwrite(job.places, target)
    tally = _Tally()
    with _output(job, target) as output:
        try:
            with _progress(job) as steps:
                for piece in write(
                    _readings(job, target, output, tally, steps), job.format, width=_width(job), colour=_colour(job)
                ):
                    output.write(piece)
        except KeyboardInterrupt:
            say(f"interrupted: {_count(tally.read)} read{output.interrupted()}")
            sys.exit(INTERRUPTED)
        if tally.read or tally.skipped:
            output.done()
    _sum_up(tally)
    if tally.bad:
        sys.exit(1)


def _readings(job: Job, target: Path | None, output: Output, tally: _Tally, steps: Progress) -> Iterator[Reading]:
    def wanted(document: Document) -> bool:
        tally.note_key(document)
        skip = (document.id, document.key) in output.already
        tally.skipped += skip
        return not skip

    ask = Ask(job.published, job.encoding, job.longest, target, job.web)
    for reading in readings(job.places, ask, tally.hear, wanted=wanted):
        tally.read += 1
        steps.step()
        yield reading


def _output(job: Job, target: Path | None) -> AbstractContextManager[Output]:
    if target is None:
        return nullcontext(to_screen())
    return to_file(target, lines=job.format == "jsonl", resume=job.resume)


def _refuse_to_overwrite(places: tuple[str, ...], target: Path | None) -> None:
    for place in places:
        if target and place != "-" and os.path.realpath(place.replace("\0", "")) == str(target):
            raise DocumentError(
                f"would be overwritten: {place}: it is both read and written; name another file with -o"
            )


def _progress(job: Job) -> AbstractContextManager[Progress]:
    """Shown on a terminal that does not show the result itself, when there may be more than one document."""
    several = len(job.places) > 1 or any(not p.endswith((".txt", ".md", ".html")) for p in job.places)
    shown = several and sys.stderr.isatty() and (job.output is not None or not sys.stdout.isatty())
    return progress() if shown else nullcontext(Progress())


def _sum_up(tally: _Tally) -> None:
    if tally.twice:
        say(
            f"keys used more than once: {tally.twice} (the first is {tally.first_twice}): all are kept; "
            "tell them apart by document.id"
        )
    if tally.read + tally.bad + tally.skipped > 1:
        parts = [f"{_count(tally.read)} read"]
        parts += [f"{tally.skipped} there already"] if tally.skipped else []
        parts += [f"{tally.bad} not read (see above)"] if tally.bad else []
        say(", ".join(parts))


def _count(documents: int) -> str:
    return f"{documents} document{'' if documents == 1 else 's'}"


def _width(job: Job) -> int:
    columns = job.width or shutil.get_terminal_size((100, 24)).columns
    return min(max(columns, 80), 200)


def _colour(job: Job) -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return job.output is None and sys.stdout.isatty() and not plain
