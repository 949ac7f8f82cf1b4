"""Saved views: names that people gave to addresses of the desk, in a small file beside the ledger.

The address of a page holds its whole state, so a view is no more than a name for one. It can be deleted, which nothing
on the record can be, and it says nothing about any text: so it is kept beside the record and not in it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from onrecord.errors import OutputError
from onrecord.model import digest

MOST = 200
LONGEST = 80  # characters of a name
_FARTHEST = 4000  # characters of an address


@dataclass(slots=True)
class Views:
    """Views by their names. Without a ``path`` they last as long as the desk runs.

    Raises OutputError where the file cannot be read or written, or holds something else.
    """

    path: Path | None = None
    _held: dict[str, str] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def named(self) -> Mapping[str, str]:
        """The address of each view by its name, in the order of the alphabet."""
        held = self._read(self.path) if self.path else self._held
        return dict(sorted(held.items(), key=lambda one: one[0].casefold()))

    def keep(self, name: str, address: str) -> None:
        """Keeps an address under a name, in the place of the one that had it."""
        called = " ".join(name.split())
        if not called or len(called) > LONGEST or not called.isprintable():
            raise OutputError(f"A view needs a name of {LONGEST} plain characters or fewer.")
        if len(address) > _FARTHEST:
            raise OutputError("The address of this page is too long to be kept.")
        with self._changing() as held:
            if called not in held and len(held) >= MOST:
                raise OutputError(f"{MOST} views are kept already; delete one first.")
            held[called] = address

    def drop(self, name: str) -> None:
        """Deletes a view; one that is not there is no matter."""
        with self._changing() as held:
            held.pop(name, None)

    @contextmanager
    def _changing(self) -> Iterator[dict[str, str]]:
        with self._lock:
            held = self._read(self.path) if self.path else self._held
            yield held
            if self.path:
                self._write(self.path, held)

    def _read(self, path: Path) -> dict[str, str]:
        try:
            told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        except OSError as error:
            raise OutputError(f"{path}: the saved views cannot be read: {error.strerror}") from None
        except ValueError:
            told = None
        if not isinstance(told, dict) or not all(isinstance(one, str) for one in told.values()):
            raise OutputError(f"{path}: these are no saved views; move the file away to begin anew")
        return told

    def _write(self, path: Path, held: Mapping[str, str]) -> None:
        unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            unfinished.replace(path)
        except OSError as error:
            raise OutputError(f"{path}: the saved views cannot be written: {error.strerror}") from None


def beside(ledger: str) -> Path:
    """Where the views of a ledger are kept: beside its file; those of a database in the user's own data folder.

    >>> beside("cases/war.db").as_posix()
    'cases/war.db.views.json'
    """
    if "://" not in ledger:
        return Path(f"{ledger}.views.json")
    place = ledger.partition("://")[2].rpartition("@")[2]  # without user and password
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "onrecord" / f"{digest(place)[:16]}.views.json"
