"""Where the result goes: to standard output as it comes, or to a file that is whole or not there."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import OutputError

Identity = tuple[str, str | None]
"""A document's id and key."""


@dataclass(frozen=True, slots=True)
class Output:
    """``write`` takes a piece of text, or of bytes, ``done`` ends the whole, ``interrupted`` says where the pieces so
    far are.

    ``already`` are the documents whose readings are there from an earlier run.
    """

    write: Callable[[str | bytes], None]
    done: Callable[[], None] = lambda: None
    interrupted: Callable[[], str] = lambda: ""
    already: frozenset[Identity] = frozenset()


def to_screen() -> Output:
    """Standard output in UTF-8, flushed piece by piece."""
    stream = sys.stdout.buffer

    def write(piece: str | bytes) -> None:
        try:
            _put(stream, piece)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(f"cannot be written: standard output: {_why(error)}") from None

    return Output(write)


@contextmanager
def to_file(path: Path, *, lines: bool, resume: bool) -> Iterator[Output]:
    """A file beside ``path`` that takes its place once all is written.

    With ``lines`` it is kept when the run breaks off, and ``resume`` goes on with it. A ``path`` that is a device or a
    pipe is written to as it is. Raises OutputError when nothing can be written there.
    """
    special = path.exists() and not path.is_file()
    part = path if special else path.with_name(f".{path.name}.part")
    try:
        already = _taken_up(path, part) if resume and not special else frozenset()
        with part.open("ab" if already else "wb") as stream:
            yield Output(
                lambda piece: _written(stream, piece, path),
                lambda: None if special else _in_place(stream, part, path),
                lambda: _left(part, path) if lines and not special else "",
                already,
            )
    except OSError as error:
        raise OutputError(f"cannot be written: {path}: {_why(error)}") from None
    finally:
        if not lines and not special:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _written(stream: BinaryIO, piece: str | bytes, path: Path) -> None:
    try:
        _put(stream, piece)
    except OSError as error:
        raise OutputError(f"cannot be written: {path}: {_why(error)}") from None


def _put(stream: BinaryIO, piece: str | bytes) -> None:
    stream.write(piece.encode("utf-8", "replace") if isinstance(piece, str) else piece)
    stream.flush()


def _in_place(stream: BinaryIO, part: Path, path: Path) -> None:
    stream.close()
    if path.exists():
        shutil.copymode(path, part)
    part.replace(path)


def _left(part: Path, path: Path) -> str:
    return f", kept in {part}; run it again with --resume to go on with {path}"


def _taken_up(path: Path, part: Path) -> frozenset[Identity]:
    """Joins in ``part`` the whole lines of an earlier result and of a broken-off run, and tells what they are of."""
    found: set[Identity] = set()
    joined = part.with_name(part.name + "s")
    try:
        with joined.open("wb") as lines:
            for source in (path, part):
                for identity, line in _whole_lines(source):
                    if identity not in found:
                        lines.write(line)
                        found.add(identity)
        joined.replace(part)
    finally:
        joined.unlink(missing_ok=True)
    return frozenset(found)


def _whole_lines(path: Path) -> Iterator[tuple[Identity, bytes]]:
    """The lines of readings in a file with the document each is of; a torn last line is none."""
    if not path.exists():
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                document = json.loads(line)["document"]
                identity = str(document["id"]), document["key"]
            except (ValueError, KeyError, TypeError, RecursionError):
                if line.endswith(b"\n"):
                    raise OutputError(
                        f"cannot be resumed: {path}, line {number}: it is no reading; name another file with -o"
                    ) from None
                return
            yield identity, line if line.endswith(b"\n") else line + b"\n"


def _why(error: OSError) -> str:
    return f"{(error.strerror or str(error)).lower()}; name another file with -o"
