"""Gazetteers of single countries that a user added, kept in the user's data folder and loaded once."""

from __future__ import annotations

import io
import os
import zipfile
from functools import cache
from pathlib import Path

from onrecord.reading.places.pack import Gazetteer, from_geonames, pack, unpack

_LARGEST = 2_000_000_000
"""Bytes of an unpacked dump: the whole world is 1.7 GB."""


def folder() -> Path:
    """Where added gazetteers are kept: ``ONRECORD_DATA``, else the user's data folder."""
    given = os.environ.get("ONRECORD_DATA")
    base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return (Path(given) if given else base / "onrecord") / "gazetteers"


def add(dump: Path, into: Path | None = None) -> Path:
    """Packs a GeoNames country dump (``UA.zip`` or ``UA.txt``) into the data folder; returns the file written.

    The settlements are kept, with all their names. Raises OSError where the dump cannot be read and ValueError where
    it is none.
    """
    places = list(from_geonames(io.StringIO(_text(dump))))
    if not places:
        raise ValueError(f"{dump}: no GeoNames country dump (no line with 19 fields and a settlement)")
    target = (into or folder()) / f"{dump.stem}.gaz"
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(pack(places))
    unfinished.replace(target)
    added.cache_clear()
    return target


@cache
def added() -> tuple[Gazetteer, ...]:
    """The gazetteers in the data folder, in the order of their names; files that are none are passed over."""
    found = []
    for file in sorted(folder().glob("*.gaz")) if folder().is_dir() else ():
        try:
            found.append(unpack(file.read_bytes()))
        except (OSError, ValueError):
            continue
    return tuple(found)


def digest() -> str:
    """The digests of all added gazetteers, which belong to the reader's version; empty where there is none."""
    return "+".join(gazetteer.digest for gazetteer in added())


def _text(dump: Path) -> str:
    if not zipfile.is_zipfile(dump):
        return dump.read_text(encoding="utf-8", errors="replace")
    with zipfile.ZipFile(dump) as archive:
        inner = archive.getinfo(f"{dump.stem}.txt") if f"{dump.stem}.txt" in archive.namelist() else None
        if inner is None or inner.file_size > _LARGEST:
            raise ValueError(f"{dump}: no {dump.stem}.txt in it, or one that is too large")
        return archive.read(inner).decode("utf-8", "replace")
