"""From a CSV, JSON or JSONL file to its rows: plain values under the names of their columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec

from onrecord.documents.decoding import decoded
from onrecord.errors import DataError, DocumentError

Row = dict[str, Any]

_LARGEST = 200_000_000  # bytes
_DEEPEST = 4
_DELIMITERS = ",;\t|"


def rows_in(path: Path) -> tuple[list[Row], str]:
    """The rows of a file, and the file's text.

    The parts of an object within a row stand under ``name.part``. Raises DataError for a file without rows.
    """
    text = _text(path)
    try:
        rows = list(_rows(text))
    except (csv.Error, msgspec.DecodeError, RecursionError) as error:
        raise DataError(f"{path}: it is no CSV, JSON or JSONL that can be read: {error}") from None
    if not rows:
        raise DataError(f"{path}: there are no rows in it; give a CSV with a header, a JSON list or a JSONL file")
    return rows, text


def columns_of(rows: list[Row], among: int = 50) -> set[str]:
    """The names of the columns that the first rows have."""
    return {name for row in rows[:among] for name in row}


def _text(path: Path) -> str:
    try:
        if path.is_dir():
            raise DataError(f"{path}: this is a folder; name a file in it")
        if path.stat().st_size > _LARGEST:
            raise DataError(f"{path}: it is larger than {_LARGEST // 10**6} MB; give the part that is needed")
        return decoded(path.read_bytes(), str(path))[0]
    except OSError as error:
        raise DataError(f"{path}: it cannot be read: {(error.strerror or str(error)).lower()}") from None
    except DocumentError as error:
        raise DataError(str(error)) from None


def _rows(text: str) -> Iterator[Row]:
    match text.lstrip()[:1]:
        case "[":
            yield from _objects(msgspec.json.decode(text))
        case "{":
            yield from _objects(_whole_or_lines(text))
        case _:
            yield from _csv(text)


def _whole_or_lines(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return [msgspec.json.decode(line) for line in text.splitlines() if line.strip()]


def _objects(value: Any) -> Iterator[Row]:
    """The objects of a list; of an object, those of the one list in it."""
    if isinstance(value, dict):
        lists = [part for part in value.values() if isinstance(part, list)]
        value = lists[0] if len(lists) == 1 else [value]
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            yield dict(_flat(one))


def _flat(row: Row, before: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _flat(value, f"{before}{name}.", depth + 1)
        else:
            yield f"{before}{name}".strip(), value


def _csv(text: str) -> Iterator[Row]:
    header = text.lstrip().split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    lines = csv.reader(StringIO(text), delimiter=delimiter, skipinitialspace=True)
    names = [name.strip() for name in next(lines, [])]
    for values in lines:
        row = {name: value.strip() for name, value in zip(names, values, strict=False) if name}
        if any(row.values()):
            yield row
