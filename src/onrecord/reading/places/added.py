"""Gazetteers that a user added from GeoNames dumps: packed into the user's data folder, loaded once."""

from __future__ import annotations

import heapq
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from onrecord.errors import DataError
from onrecord.reading import kept
from onrecord.reading.places.pack import MOST, Gazetteer, Head, Listed, from_geonames, head, pack, unpack

_LARGEST = 4_000_000_000
"""Bytes of an unpacked dump: the whole world is 1.7 GB."""
_LONGEST_LINE = 100_000
_LOOKED_AT = 1_000
"""Lines after which it is clear whether a file is a dump."""
_TABS = 18
_FEW = 255
"""Countries a packed gazetteer has room for; the world has 252."""


@dataclass(frozen=True, slots=True)
class Added:
    """A gazetteer in the data folder: how many places it has, of how many in the dump (None once that is forgotten)."""

    name: str
    places: int
    digest: str
    file: Path
    of: int | None = None


def add(dump: Path, step: Callable[[int, int], None] = lambda done, all_: None) -> Added:
    """Packs a GeoNames dump (``UA.zip`` or ``UA.txt``) into the data folder under its country's code.

    A dump of several countries keeps its file's name. Of more places than fit (262,144) the largest are kept.
    ``step`` is told how many bytes of how many are read. Raises DataError where ``dump`` is none, or cannot be kept.
    """
    counted = _Counted()
    with _opened(dump) as (stream, size):
        listed = counted.over(from_geonames(_lines(dump, stream, size, step)))
        places = heapq.nlargest(MOST, listed, key=lambda place: place.population)
    countries = {place.country for place in places}
    if not places or len(countries) > _FEW:
        raise _no_dump(dump)
    file = kept.write(kept.GAZETTEERS, countries.pop() if len(countries) == 1 else dump.stem, pack(places))
    added.cache_clear()
    return Added(file.stem, len(places), _head(file).digest, file, counted.count)


def remove(name: str) -> None:
    """Forgets the gazetteer ``name``; raises DataError where there is none."""
    kept.remove(kept.GAZETTEERS, name)
    added.cache_clear()


def there() -> tuple[Added, ...]:
    """What was added, in the order of the names; raises DataError for a file that is no gazetteer."""
    heads = [(file, _head(file)) for file in kept.kept(kept.GAZETTEERS)]
    return tuple(Added(file.stem, head.places, head.digest, file) for file, head in heads)


@cache
def added() -> tuple[Gazetteer, ...]:
    """The gazetteers in the data folder, in the order of their names; raises DataError for a file that is none."""
    return tuple(_unpacked(file) for file in kept.kept(kept.GAZETTEERS))


def _unpacked(file: Path) -> Gazetteer:
    with _understood(file):
        return unpack(kept.read(file))


def _head(file: Path) -> Head:
    with _understood(file):
        return head(kept.read(file))


@contextmanager
def _understood(file: Path) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise DataError(f"{error}: {file}: add the dump again, or: onrecord gazetteer remove {file.stem}") from None


# --- reading a dump ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Counted:
    count: int = 0

    def over(self, places: Iterator[Listed]) -> Iterator[Listed]:
        for place in places:
            self.count += 1
            yield place


def _no_dump(dump: Path) -> DataError:
    return DataError(
        f"no GeoNames dump: {dump}: it should have lines of 19 fields with tabs between them, "
        "as in the country files of GeoNames (UA.zip)"
    )


@contextmanager
def _opened(dump: Path) -> Iterator[tuple[IO[bytes], int]]:
    """The bytes of the dump, and how many there are; of an archive, those of the one table in it."""
    try:
        if not dump.is_file():
            raise DataError(f"{'not a file' if dump.exists() else 'no such file'}: {dump}: name a dump such as UA.zip")
        if not zipfile.is_zipfile(dump):
            with dump.open("rb") as stream:
                yield stream, _of_fit_size(dump, dump.stat().st_size)
            return
        with zipfile.ZipFile(dump) as archive:
            table = _table(dump, archive)
            with archive.open(table) as stream:
                yield stream, _of_fit_size(dump, table.file_size)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DataError(f"cannot be read: {dump}: {why.lower()}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise DataError(f"a broken or locked archive: {dump}: {str(error) or 'it ends too soon'}") from None


def _of_fit_size(dump: Path, size: int) -> int:
    if size > _LARGEST:
        raise DataError(f"too large: {dump}: {size:,} bytes unpacked, the limit is {_LARGEST:,}")
    return size


def _table(dump: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The dump in an archive: nothing is ever unpacked to a name that an archive gives."""
    tables = [m for m in archive.infolist() if m.filename.endswith(".txt") and m.filename.lower() != "readme.txt"]
    if len(tables) != 1:
        raise DataError(f"no GeoNames dump: {dump}: it should hold one table besides readme.txt, not {len(tables)}")
    return tables[0]


def _lines(dump: Path, stream: IO[bytes], size: int, step: Callable[[int, int], None]) -> Iterator[str]:
    """The lines of a dump; raises DataError as soon as it is clear that it is none."""
    done = number = fit = 0
    for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), 1):
        done += len(line)
        fit += line.count(b"\t") == _TABS
        if number % _LOOKED_AT == 0:
            _of_fit_size(dump, done)
            step(done, size)
            if fit * 2 < number:
                break
        yield line.decode("utf-8", "replace")
    if fit * 2 < number or not fit:
        raise _no_dump(dump)
    step(size, size)
