"""A desk's own parties: read from a TOML or CSV file, row by row, and kept in the user's data folder."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.errors import DataError
from onrecord.reading import kept
from onrecord.reading.countries import by_code
from onrecord.reading.lexicon import lexicon

_LARGEST = 10_000_000
_LONGEST = 120
_TABLE = re.compile(r"^\s*\[\[\s*party\s*\]\]", re.MULTILINE)
_FIELDS = ("name", "type", "side", "aliases", "wikidata")
_WIKIDATA = re.compile(r"Q[1-9]\d{0,11}")
_CAPITAL_OR_DIGIT = re.compile(r"[^\W_a-z]")

Row = dict[str, Any]
"""One party as in ``parties_known.toml``: name, type, and perhaps side, aliases, wikidata."""


@dataclass(frozen=True, slots=True)
class Added:
    """A kept file of parties."""

    name: str
    parties: int
    digest: str
    file: Path


def add(given: Path, tell: Callable[[str], None]) -> Added:
    """Keeps the parties of ``given`` under its name; what was kept under that name is replaced.

    ``tell`` hears of every row that cannot be kept: the others are. Raises DataError where the file is no table of
    parties, or none of its rows can be kept.
    """
    name = kept.checked(given.stem)
    rows, names = [], set[str]()
    for where, raw in _rows(given):
        row = _trimmed(raw)
        wrong = _wrong(row) or (f"{row['name']} is there twice" if row["name"] in names else None)
        if wrong:
            tell(f"{given.name}, {where}: {wrong}")
            continue
        names.add(row["name"])
        rows.append(row)
    if not rows:
        raise DataError(f"no parties: {given}: a row needs a name and a type, as shown in docs/adding.md")
    file = kept.write(kept.PARTIES, name, json.dumps(rows, ensure_ascii=False, indent=1).encode())
    parties.cache_clear()
    return _about(file)


def remove(name: str) -> None:
    """Forgets the parties kept under ``name``; raises DataError where there are none."""
    kept.remove(kept.PARTIES, name)
    parties.cache_clear()


def there() -> tuple[Added, ...]:
    """The kept files, in the order of their names."""
    return tuple(_about(file) for file in kept.kept(kept.PARTIES))


@cache
def parties() -> tuple[Row, ...]:
    """Every party that was added; raises DataError for a kept file that is broken."""
    return tuple(row for file in kept.kept(kept.PARTIES) for row in _kept_rows(file))


def types() -> tuple[str, ...]:
    """The types a party can have: those of the parties we know."""
    return tuple(sorted({row["type"] for row in lexicon("parties_known")["party"]}))


def _about(file: Path) -> Added:
    return Added(file.stem, len(_kept_rows(file)), kept.digest_of(file), file)


def _kept_rows(file: Path) -> list[Row]:
    try:
        rows = json.loads(kept.read(file))
        if isinstance(rows, list) and all(isinstance(row, dict) and _wrong(row) is None for row in rows):
            return rows
    except (ValueError, RecursionError):
        pass
    raise DataError(f"no parties in it: {file}: add them again, or: onrecord parties remove {file.stem}")


# --- the rows of a file -----------------------------------------------------------------------------------------


def _rows(given: Path) -> Iterator[tuple[str, Row]]:
    """Every row of the file, with where it stands."""
    text = _text(given)
    if given.suffix.lower() == ".csv":
        yield from _of_csv(given, text)
    elif given.suffix.lower() == ".toml":
        yield from _of_toml(given, text)
    else:
        raise DataError(f"neither .toml nor .csv: {given}: parties are read from one of these")


def _text(given: Path) -> str:
    try:
        if not given.is_file():
            raise DataError(f"{'not a file' if given.exists() else 'no such file'}: {given}: check the name")
        if given.stat().st_size > _LARGEST:
            raise DataError(f"too large: {given}: the limit is {_LARGEST:,} bytes")
        return given.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"not UTF-8: {given}: save it as UTF-8") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DataError(f"cannot be read: {given}: {why.lower()}") from None


def _of_toml(given: Path, text: str) -> Iterator[tuple[str, Row]]:
    try:
        found = tomllib.loads(text).get("party")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError(f"broken TOML: {given}: {error}") from None
    if not isinstance(found, list):
        raise DataError(f"no [[party]] tables: {given}: each party is one, as shown in docs/adding.md")
    starts = [text.count("\n", 0, match.end()) + 1 for match in _TABLE.finditer(text)]
    sure = len(starts) == len(found)
    for number, row in enumerate(found, 1):
        yield f"line {starts[number - 1]}" if sure else f"party {number}", row if isinstance(row, dict) else {}


def _of_csv(given: Path, text: str) -> Iterator[tuple[str, Row]]:
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        columns = [column.strip().lower() for column in reader.fieldnames or ()]
        if not {"name", "type"} <= set(columns):
            raise DataError(f"no columns name and type: {given}: they stand in the first line, with side and aliases")
        reader.fieldnames = columns
        for row in reader:
            yield f"line {reader.line_num}", _of_cells(row)
    except csv.Error as error:
        raise DataError(f"broken CSV: {given}, line {reader.line_num}: {error}") from None


def _of_cells(cells: dict[Any, Any]) -> Row:
    row: Row = {column: cell for column, cell in cells.items() if cell}
    if "aliases" in row:
        row["aliases"] = re.split(r"[|\n]", row["aliases"])
    return row


def _trimmed(row: Row) -> Row:
    """The row without white space round its values, and without empty ones."""
    found: Row = {}
    for field, value in row.items():
        if isinstance(value, list):
            value = [" ".join(v.split()) if isinstance(v, str) else v for v in value]
            value = [v for v in value if v != ""]
        elif isinstance(value, str):
            value = " ".join(value.split())
        if value not in ("", []):
            found[field] = value
    return found


def _wrong(row: Row) -> str | None:
    """What is wrong with a row, None where nothing is."""
    unknown = [str(field) for field in row if field not in _FIELDS]
    if unknown:
        return f"unknown field {', '.join(unknown)}: the fields are {', '.join(_FIELDS)}"
    if not isinstance(row.get("name"), str):
        return "it has no name"
    if row.get("type") not in types():
        return f"type {row.get('type', 'is missing')}: it is one of {', '.join(types())}"
    side, wikidata, aliases = row.get("side", ""), row.get("wikidata", "Q1"), row.get("aliases", [])
    if not isinstance(side, str) or (len(side) == 2 and side.islower()) or (_is_code(side) and not by_code(side)):
        return f"side {side}: it is a country's code such as UA, or the name of a party"
    if not isinstance(wikidata, str) or not _WIKIDATA.fullmatch(wikidata):
        return f"wikidata {wikidata}: it is an id such as Q212"
    if not isinstance(aliases, list):
        return "aliases: it is a list of names"
    return next((wrong for name in (row["name"], *aliases) if (wrong := _wrong_name(name))), None)


def _is_code(side: str) -> bool:
    return len(side) == 2 and side.isascii() and side not in ("UN", "EU")


def _wrong_name(name: object) -> str | None:
    if not isinstance(name, str) or not re.search(r"[^\W_]{2}", name):
        return f"{name} is no name"
    if len(name) > _LONGEST:
        return f"{name[:20]}… is longer than {_LONGEST} characters"
    if len(name.split()) == 1 and not _CAPITAL_OR_DIGIT.search(name):
        return f"{name} is an ordinary word: a name of one word needs a capital"
    return None
