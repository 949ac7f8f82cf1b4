"""From the rows of a file to series, as its loader tells."""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase
from math import isfinite
from pathlib import Path
from typing import Any

import msgspec

from onrecord.documents.series.described import Loader, Speaker, Told, loader_in, loaders, recognised
from onrecord.documents.series.rows import Row, columns_of, rows_in
from onrecord.errors import DataError
from onrecord.model import Observation, Series, digest, normalised

_LONGEST_NAME = 60  # characters of a value that stands in a name
_COLUMN = re.compile(r"\{([^{}]+)\}")
_MONTHS = {name.casefold(): n for names in (calendar.month_name, calendar.month_abbr) for n, name in enumerate(names)}


@dataclass(frozen=True, slots=True)
class LoadedSeries:
    """The series of a file, the loader that read it, and how many rows had no day that could be read."""

    series: tuple[Series, ...]
    loader: Loader
    rows: int
    undated: int


def load_series(
    path: Path, as_: str | None = None, *, version: str | None = None, on: date | None = None
) -> LoadedSeries:
    """The series in a file, by the loader that knows it by its columns or the one named.

    ``as_`` names a loader or a TOML file that describes one; any other name is what the series is to be called, with
    its own name behind it where there are several. ``version`` is by default a hash of the file; ``on`` is the day of
    a file that gives none. Raises DataError for a file that cannot be read or recognised.
    """
    rows, text = rows_in(path)
    loader, called = _chosen(as_, rows, str(path))
    if loader.undated and on is None:
        raise DataError(f"{path}: its figures have no day; say with --on DATE of which day they are")
    dated = [(row, days) for row in rows if (days := _days(loader, row, on))]
    version = version or f"sha256:{digest(text)[:12]}"
    found = [one for told in loader.series for one in _series(loader, told, dated, version)]
    if not found:
        raise DataError(f"{path}: no figures of {loader.name} are in it; is it the right loader?")
    return LoadedSeries(tuple(_called(found, called)), loader, len(rows), len(rows) - len(dated))


def _chosen(as_: str | None, rows: list[Row], where: str) -> tuple[Loader, str | None]:
    """The loader, and what its series are to be called."""
    if as_ is None:
        return recognised(columns_of(rows), where), None
    if as_.endswith(".toml"):
        return loader_in(Path(as_)), None
    named = next((loader for loader in loaders() if loader.name == as_), None)
    return (named, None) if named else (recognised(columns_of(rows), where), as_)


def _called(found: list[Series], called: str | None) -> Iterator[Series]:
    """The series under the names they are to have, none twice."""
    seen: Counter[str] = Counter()
    for one in found:
        name = one.name if called is None else called if len(found) == 1 else f"{called}-{one.name}"
        seen[name] += 1
        name = name if seen[name] == 1 else f"{name}-{seen[name]}"
        yield replace(one, name=name, id=_id(name, one.version, one.observations))


def _id(name: str, version: str | None, observations: tuple[Observation, ...]) -> str:
    return digest(msgspec.json.encode([name, version, observations]).decode())[:16]


# --- days --------------------------------------------------------------------------------------------------------


def _days(loader: Loader, row: Row, on: date | None) -> tuple[date, date] | None:
    """The first and last day that a row is of."""
    if loader.undated:
        return (on, on) if on else None
    if loader.month:
        return _month(row, *loader.month)
    first = _day(loader, row.get(loader.day or ""))
    if first is None:
        return None
    last = _day(loader, row.get(loader.to)) if loader.to else first + timedelta(days=loader.lasts - 1)
    return first, max(first, last or first)


def _day(loader: Loader, raw: Any) -> date | None:
    text = str(raw or "").strip()
    try:
        if loader.days is None:
            return date.fromisoformat(text[:10])
        dated = (f"{text} {loader.year}", f"{loader.days} %Y") if loader.year else (text, loader.days)
        return datetime.strptime(*dated).date()
    except ValueError:
        return None


def _month(row: Row, month: str, year: str) -> tuple[date, date] | None:
    name, number = str(row.get(month) or "").strip().casefold(), _number(row.get(year))
    n = _MONTHS.get(name) or (int(name) if name.isdecimal() else 0)
    if number is None or not 1 <= n <= 12 or not 1 <= number <= 9999:
        return None
    first = date(int(number), n, 1)
    return first, first.replace(day=calendar.monthrange(first.year, n)[1])


# --- series ------------------------------------------------------------------------------------------------------

Dated = list[tuple[Row, tuple[date, date]]]


def _series(loader: Loader, told: Told, dated: Dated, version: str) -> Iterator[Series]:
    """The series that are told of: one a column, one a value of ``by``; those without a figure are left out."""
    columns: Iterable[tuple[Told, str | None]] = [(told, None)]
    if told.each:
        columns = [(msgspec.structs.replace(told, value=column), unit) for column, unit in told.each.items()]
    for one, unit in columns:
        for raw, rows in _groups(one, dated):
            observations = tuple(_observations(loader, one, rows))
            if observations:
                yield _one(loader, one, raw, unit, version, observations)


def _groups(told: Told, dated: Dated) -> Iterator[tuple[dict[str, str], Dated]]:
    """The rows wanted, by the values of the columns that tell series apart, in the order these first come."""
    groups: dict[tuple[str, ...], Dated] = defaultdict(list)
    for row, days in dated:
        if not _wanted(told, row):
            continue
        values = tuple(" ".join(str(row.get(column) or "").split()) for column in told.by)
        if all(values):
            groups[values].append((row, days))
    for values, rows in groups.items():
        yield dict(zip(told.by, values, strict=True)), rows


def _wanted(told: Told, row: Row) -> bool:
    def any_of(column: str, patterns: tuple[str, ...]) -> bool:
        return any(fnmatchcase(str(row.get(column)), pattern) for pattern in patterns)

    return all(any_of(*one) for one in told.where.items()) and not any(any_of(*one) for one in told.but.items())


def _observations(loader: Loader, told: Told, rows: Dated) -> Iterator[Observation]:
    if loader.combine:
        yield from _combined(loader, told, rows)
        return
    read = (_observation(loader, told, row, days) for row, days in rows)
    yield from sorted((o for o in read if o), key=lambda o: (o.day, o.to or o.day))


def _observation(loader: Loader, told: Told, row: Row, days: tuple[date, date]) -> Observation | None:
    value, low, high = (_scaled(told, row, column) for column in (told.value, told.low, told.high))
    if value is None and low is None and high is None:
        return None
    first, last = (days[1], days[1]) if told.cumulative else days
    url = row.get(loader.url) if loader.url else None
    return Observation(first, value, low, high, last if last != first else None, str(url) if url else None)


def _combined(loader: Loader, told: Told, rows: Dated) -> Iterator[Observation]:
    """One observation for all rows of the same days: how many there are, or their sum."""
    sums: dict[tuple[date, date], float] = defaultdict(float)
    for row, days in rows:
        value = 1.0 if loader.combine == "count" else _scaled(told, row, told.value)
        if value is not None:
            sums[days] += value
    for (first, last), value in sorted(sums.items()):
        yield Observation(first, value, to=last if last != first else None)


def _scaled(told: Told, row: Row, column: str | tuple[str, ...] | None) -> float | None:
    if column is None:
        return None
    several = (column,) if isinstance(column, str) else column
    numbers = [number for one in several if (number := _number(row.get(one))) is not None]
    return sum(numbers) * told.scale if numbers else None


def _number(raw: Any) -> float | None:
    """A number, with or without commas; None for all else."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    try:
        number = float(raw.replace(",", "") if isinstance(raw, str) else raw)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _one(
    loader: Loader,
    told: Told,
    raw: Mapping[str, str],
    unit: str | None,
    version: str,
    observations: tuple[Observation, ...],
) -> Series:
    printed = {column: loader.words.get(column, {}).get(value, value) for column, value in raw.items()}

    def filled(text: str | None) -> str | None:
        return _COLUMN.sub(lambda found: printed.get(found[1], found[0]), text) if text else None

    named = {**printed, "unit": unit or ""}
    speaker = _speaker(loader, told, raw, filled(told.publisher) or told.publisher)
    name = _COLUMN.sub(lambda found: _slug(named.get(found[1], found[1])), told.name)
    return Series(
        id="",
        name=name,
        publisher=speaker.publisher,
        measure=filled(told.measure) or told.measure,
        observations=observations,
        side=filled(told.side),
        unit=unit or filled(told.unit),
        place=filled(told.place),
        definition=told.definition,
        hedge=told.hedge,
        cumulative=told.cumulative,
        starts=told.starts,
        licence=told.licence,
        version=version,
        source=told.source,
        noun=told.noun,
        stock=told.stock,
        read_as=told.read_as,
        speaks_for=speaker.speaks_for or None,
        known_as=speaker.known_as,
    )


def _speaker(loader: Loader, told: Told, raw: Mapping[str, str], publisher: str) -> Speaker:
    """Who publishes: as the file's short name is told, else as it stands there."""
    short = _COLUMN.sub(lambda found: raw.get(found[1], found[0]), told.publisher)
    return loader.speakers.get(short) or Speaker(publisher, told.speaks_for, told.known_as)


def _slug(text: str) -> str:
    return normalised(text)[:_LONGEST_NAME].strip().replace(" ", "-")
