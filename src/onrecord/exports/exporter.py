"""Exporters: what one is, and how those that are installed are found, ours and third parties' alike.

A package offers one by an entry point of the group ``onrecord.exports``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import IO, Any, Protocol, runtime_checkable

from onrecord.errors import OnrecordError, OutputError
from onrecord.exports.rows import Row

GROUP = "onrecord.exports"
_OURS = "onrecord"


@runtime_checkable
class Exporter(Protocol):
    """What turns rows into a format.

    ``name`` is what the user asks for, ``description`` one line on it, ``media_type`` and ``suffix`` (with its dot)
    are those of a file of it. ``write`` gets the rows as they are found, any number of them, and a stream to write
    them to: of bytes where it is ``binary``, else of text, which is kept in UTF-8. It holds few rows at a time.
    """

    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def binary(self) -> bool: ...
    def write(self, rows: Iterable[Row], out: IO[Any]) -> None: ...


@runtime_checkable
class Accompanied(Protocol):
    """An exporter with more to say than goes into the one stream."""

    def beside(self, stem: str) -> Mapping[str, str]:
        """The files that go beside one called ``stem`` and the suffix: their texts by their names."""
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """An exporter that is installed: by what name, from which package. It is loaded when it is asked for."""

    name: str
    package: str
    point: EntryPoint

    def load(self) -> Exporter:
        """The exporter. Raises OutputError, with one line, where it is broken or is none."""
        found = _guarded(self, self.point.load)
        made = _guarded(self, found) if isinstance(found, type) else found
        if not isinstance(made, Exporter):
            missing = [name for name in _NAMES if not hasattr(made, name)]
            raise OutputError(f"{_of(self)} is no exporter: it has no {', '.join(missing)}; tell its authors")
        return made


_NAMES = ("name", "description", "media_type", "suffix", "binary", "write")


def offers() -> dict[str, Offer]:
    """What is installed, by name and in the order of names; ours goes before another package's of the same name."""
    found: dict[str, Offer] = {}
    points = entry_points(group=GROUP)
    for offer in sorted((_offer(point) for point in points), key=lambda o: (o.package != _OURS, o.package)):
        found.setdefault(offer.name, offer)
    return dict(sorted(found.items()))


def _offer(point: EntryPoint) -> Offer:
    package = point.dist.metadata["Name"] if point.dist else "a package"
    return Offer(point.name, package, point)


def exporter(name: str) -> Exporter:
    """The exporter of that name. Raises OutputError where there is none, or it is broken."""
    installed = offers()
    if name not in installed:
        raise OutputError(f"no export format {name}; there are: {', '.join(installed)}")
    return installed[name].load()


def export(name: str, rows: Iterable[Row], out: IO[Any]) -> None:
    """Writes ``rows`` to ``out`` in the format of that name.

    Raises OutputError where there is no such format or its exporter fails; what the rows raise, and what ``out``
    raises when it cannot be written (OSError), passes through.
    """
    offer = offers().get(name)
    chosen = exporter(name)
    if offer is None or offer.package == _OURS:
        try:
            chosen.write(rows, out)
        except sqlite3.Error as error:
            raise OutputError(
                f"{name}: what is set aside on the way cannot be kept: {error}; make room, or name a folder in TMPDIR"
            ) from error
    else:
        _guarded(offer, lambda: chosen.write(rows, out))


def _guarded(offer: Offer, work: Callable[[], Any]) -> Any:
    """The one place where a fault of another package's code is caught: it costs its format, not the others."""
    try:
        return work()
    except (OnrecordError, OSError):
        raise
    except ImportError as error:
        raise OutputError(f"{_of(offer)} cannot be loaded: {error}; install what it needs, or remove it") from error
    except Exception as error:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise OutputError(f"{_of(offer)} failed: {what}; tell its authors") from error


def _of(offer: Offer) -> str:
    return f"{offer.name}: the exporter of {offer.package} ({offer.point.value})"
