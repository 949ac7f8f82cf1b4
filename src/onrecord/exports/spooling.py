"""What is too much to hold while an export is written, kept in temporary files that go when they are closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Self

_PIECE = 1 << 20


class Once:
    """Tells the first time of a key from the next, any number of keys, with little memory."""

    def __init__(self) -> None:
        self._there = sqlite3.connect("", isolation_level=None)  # a temporary file once its cache is full
        self._there.execute("PRAGMA journal_mode = OFF")
        self._there.execute("CREATE TABLE there (key TEXT PRIMARY KEY) WITHOUT ROWID")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._there.close()

    def first(self, key: str) -> bool:
        """Whether this is the first time of ``key``."""
        return self._there.execute("INSERT OR IGNORE INTO there VALUES (?)", (key,)).rowcount == 1


class Spools:
    """Texts that are written in turns and read one after another, each in a file of its own."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._files: dict[str, IO[str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    def write(self, name: str, text: str) -> None:
        """Goes on with the text of that name."""
        if name not in self._files:
            file = TemporaryFile("w+", encoding="utf-8", errors="replace", newline="")  # noqa: SIM115 - the stack closes it
            self._files[name] = self._open.enter_context(file)
        self._files[name].write(text)

    def pieces(self, name: str) -> Iterator[str]:
        """What was written under that name."""
        if file := self._files.get(name):
            file.seek(0)
            while piece := file.read(_PIECE):
                yield piece
