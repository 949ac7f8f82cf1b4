"""What a user added for every reading (gazetteers, parties): kept in the data folder, digested for the version."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from pathlib import Path

from onrecord.errors import DataError

GAZETTEERS = ("gazetteers", ".gaz")
PARTIES = ("parties", ".json")
Kind = tuple[str, str]
"""The folder of a kind of additions, and how its files end."""

_NAME = re.compile(r"[^\W_][\w-]{0,39}")


def base() -> Path:
    """The folder of all additions: ``ONRECORD_DATA``, else ``onrecord`` in the user's data folder (XDG).

    Raises DataError where the user has no home.
    """
    given = os.environ.get("ONRECORD_DATA")
    if given:
        return Path(given)
    data = os.environ.get("XDG_DATA_HOME", "")
    try:
        return (Path(data) if Path(data).is_absolute() else Path.home() / ".local" / "share") / "onrecord"
    except RuntimeError:
        raise DataError("no folder to keep data in: this user has no home; name one in ONRECORD_DATA") from None


def kept(kind: Kind) -> list[Path]:
    """The files of that kind, in the order of their names."""
    folder, ending = kind
    with _told(base() / folder):
        return sorted(p for p in (base() / folder).glob(f"*{ending}") if not p.name.startswith("."))


def read(file: Path) -> bytes:
    """The bytes of a kept file; raises DataError where it cannot be read."""
    with _told(file):
        return file.read_bytes()


def write(kind: Kind, name: str, data: bytes) -> Path:
    """Keeps ``data`` under ``name``, all or nothing; what was kept under that name is replaced."""
    folder, ending = kind
    target = base() / folder / (checked(name) + ending)
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as part:
            try:
                part.write(data)
                part.close()
                Path(part.name).replace(target)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
    digest.cache_clear()
    return target


def remove(kind: Kind, name: str) -> None:
    """Forgets what is kept under ``name``; raises DataError where nothing is."""
    found = {file.stem: file for file in kept(kind)}
    if name not in found:
        there = ", ".join(found) or "nothing was added"
        raise DataError(f"not there: {name}: what is there: {there}")
    with _told(found[name]):
        found[name].unlink()
    digest.cache_clear()


def checked(name: str) -> str:
    """``name`` where it can name a kept file: letters, digits, - and _; raises DataError where it cannot."""
    if not _NAME.fullmatch(name):
        raise DataError(f"no name to keep it under: {name}: letters, digits, - and _ only; rename the file")
    return name


@cache
def digest() -> str:
    """Eight hex digits over the names and bytes of all that was added; empty where nothing was."""
    files = [(kind[0], file) for kind in (GAZETTEERS, PARTIES) for file in kept(kind)]
    if not files:
        return ""
    whole = blake2b(digest_size=4)
    for folder, file in files:
        whole.update(f"{folder}/{file.stem}\0".encode() + blake2b(read(file)).digest())
    return whole.hexdigest()


def digest_of(file: Path) -> str:
    """Sixteen hex digits over the bytes of one kept file."""
    return blake2b(read(file), digest_size=8).hexdigest()


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise DataError(f"cannot be used: {file}: {why}; ONRECORD_DATA names another folder for data") from None
