"""Loaders of series files, each described by a TOML file that says which columns it is known by and what they hold."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, ValidationError, convert

from onrecord.errors import DataError

_HERE = "data/series"
_SHAPE = ("by", "where", "but")


class Speaker(Struct, frozen=True, forbid_unknown_fields=True):
    """Who stands behind a short name in a file."""

    publisher: str
    speaks_for: str | None = None
    known_as: tuple[str, ...] = ()


class Told(Struct, frozen=True, forbid_unknown_fields=True):
    """One series of a file, or one for each value of ``by`` or each column of ``each``.

    Text may hold ``{column}``: the row's value there, in the file's ``words``. The fields are those of a Series;
    ``value`` is a column or several to be summed, ``each`` maps columns to the units they count; ``where`` and ``but``
    are patterns of values that rows must and must not have.
    """

    name: str
    publisher: str
    measure: str
    value: str | tuple[str, ...] | None = None
    low: str | None = None
    high: str | None = None
    scale: float = 1.0
    each: dict[str, str] = {}
    by: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = {}
    but: dict[str, tuple[str, ...]] = {}
    speaks_for: str | None = None
    known_as: tuple[str, ...] = ()
    side: str | None = None
    place: str | None = None
    read_as: tuple[str, ...] = ()
    unit: str | None = None
    noun: str | None = None
    cumulative: bool = False
    stock: bool = False
    starts: date | None = None
    definition: str | None = None
    hedge: str | None = None
    licence: str | None = None
    source: str | None = None


class Loader(Struct, frozen=True, forbid_unknown_fields=True):
    """How one kind of file is read: the columns it is known by, where its days stand, and its series."""

    name: str
    about: str
    columns: tuple[str, ...]
    series: tuple[Told, ...]
    lacks: tuple[str, ...] = ()
    day: str | None = None
    days: str | None = None
    year: int | None = None
    month: tuple[str, str] | None = None
    to: str | None = None
    lasts: int = 1
    undated: bool = False
    url: str | None = None
    combine: Literal["count", "sum"] | None = None
    words: dict[str, dict[str, str]] = {}
    speakers: dict[str, Speaker] = {}

    def knows(self, columns: Collection[str]) -> bool:
        """Whether a file with these columns is of its kind."""
        return set(self.columns) <= set(columns) and not set(self.lacks) & set(columns)


@cache
def loaders() -> tuple[Loader, ...]:
    """The loaders that come with onrecord, by name."""
    folder = files("onrecord.documents").joinpath(_HERE)
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(_loader(_named(file.name), file.read_text(encoding="utf-8"), file.name) for file in found)


def loader_in(path: Path) -> Loader:
    """The loader that a file of the user's describes. Raises DataError for a file that describes none."""
    try:
        return _loader(_named(path.name), path.read_text(encoding="utf-8-sig"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: it cannot be read: {getattr(error, 'strerror', None) or 'it is no UTF-8'}") from None


def recognised(columns: Collection[str], where: str, known: Iterable[Loader] | None = None) -> Loader:
    """The loader for a file with these columns: the one that knows it by most of them.

    Raises DataError where none does, or two know it alike.
    """
    found = [loader for loader in known or loaders() if loader.knows(columns)]
    most = max((len(loader.columns) for loader in found), default=0)
    best = [loader for loader in found if len(loader.columns) == most]
    if len(best) == 1:
        return best[0]
    if best:
        raise DataError(f"{where}: it may be {' or '.join(one.name for one in best)}; say which with --as NAME")
    listed = ", ".join(sorted(columns)[:8]) or "none"
    raise DataError(
        f"{where}: no loader knows a file with these columns ({listed}); describe it in a TOML file and give that with "
        "--as FILE.toml"
    )


def _named(file: str) -> str:
    return file.removesuffix(".toml").replace("_", "-")


def _loader(name: str, text: str, where: str) -> Loader:
    try:
        told = tomllib.loads(text)
        common = {**told.pop("common", {}), **{key: told.pop(key) for key in _SHAPE if key in told}}
        series = [{**common, **one} for one in told.pop("series", [])]
        loader = convert({"name": name, **told, "series": series}, Loader)
    except (tomllib.TOMLDecodeError, ValidationError, TypeError) as error:
        raise DataError(f"{where}: it describes no series file: {error}") from None
    if fault := _fault(loader):
        raise DataError(f"{where}: it describes no series file: {fault}")
    return loader


def _fault(loader: Loader) -> str | None:
    """What a description lacks, None where it lacks nothing."""
    ways: list[Any] = [loader.day, loader.month, loader.undated or None]
    if sum(way is not None for way in ways) != 1:
        return "say one of day, month and undated"
    if not loader.columns or not loader.series:
        return "say by which columns it is known, and which series it holds"
    for one in loader.series:
        if one.value is None and not one.each and loader.combine != "count":
            return f"say which column holds the values of {one.name}"
    return None
