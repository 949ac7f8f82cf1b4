"""``onrecord series``: reference series added to a ledger, listed, shown and laid beside each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path

from onrecord.cli.faults import say
from onrecord.cli.told import Row, csv_lines, paragraph, write
from onrecord.errors import DataError
from onrecord.ledger import Ledger, open_ledger
from onrecord.model import Observation, Series
from onrecord.pipeline.comparing import Compared, Comparison, add_series, compare_series

_SERIES = (
    "name", "id", "publisher", "side", "measure", "noun", "unit", "place", "kind", "observations", "first", "last",
    "definition", "hedge", "licence", "version", "source",
)  # fmt: skip
_OBSERVATION = ("day", "to", "value", "low", "high", "source")
_COMPARED = ("first", "last", "one", "other", "apart")
_SHOWN = 12


def add(place: str, file: Path, as_: str | None, version: str | None, on: date | None) -> None:
    """Adds the series of a file and says which."""
    with closing(open_ledger(place, new=True)) as ledger:
        loaded, new = add_series(ledger, file, as_, version=version, on=on)
    names = [one.name for one in loaded.series]
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    say(f"read as {loaded.loader.name}: {', '.join(names[:_SHOWN])}{more}")
    if loaded.undated:
        say(f"{loaded.undated:,} of {loaded.rows:,} rows have no day that can be read; they are left out")
    there = len(names) - new
    say(f"{new:,} new series" + (f", {there:,} there already" if there else ""))


def list_series(place: str, format_: str) -> None:
    """One row a series."""
    with closing(open_ledger(place)) as ledger:
        rows = map(_row, ledger.series())
        match format_:
            case "jsonl":
                write(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            case "csv":
                write(csv_lines(_SERIES, rows))
            case _:
                write(map(_brief, rows))


def show(place: str, name: str, format_: str, from_: date | None, to: date | None) -> None:
    """A series, with the observations between two days."""
    with closing(open_ledger(place)) as ledger:
        one = _named(ledger, name)
    wanted = [o for o in one.observations if (not from_ or (o.to or o.day) >= from_) and (not to or o.day <= to)]
    match format_:
        case "jsonl":
            write(json.dumps(row, ensure_ascii=False) + "\n" for row in map(_observation, wanted))
        case "csv":
            write(csv_lines(_OBSERVATION, map(_observation, wanted)))
        case _:
            write(_whole(one, wanted))


def compare(place: str, one: str, other: str, format_: str) -> None:
    """Two series on the days that both have."""
    with closing(open_ledger(place)) as ledger:
        compared = compare_series(_named(ledger, one), _named(ledger, other))
    rows = (
        {**asdict(row), "first": str(row.first), "last": str(row.last), "apart": row.apart} for row in compared.rows
    )
    match format_:
        case "jsonl":
            write(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        case "csv":
            write(csv_lines(_COMPARED, rows))
        case _:
            write([_side_by_side(compared)])


def _side_by_side(compared: Comparison) -> str:
    """What two series do not have alike, how far they lie apart, and their last values."""
    one, other, furthest = compared.one, compared.other, compared.furthest
    lines = [f"{name} is not the same: {_told(one, name)}, {_told(other, name)}" for name in compared.differs]
    lines += [f"{len(compared.rows):,} values of the same days, {compared.equal:,} of them equal"]
    lines += [f"furthest apart, {_values(furthest)}"] if furthest else []
    lines += [_values(row) for row in compared.rows[-_SHOWN:]]
    return paragraph(f"{one.name} ({one.publisher}) and {other.name} ({other.publisher})", lines)


def _values(row: Compared) -> str:
    return f"{_days(row.first, row.last)}: {row.one:,.10g} and {row.other:,.10g} ({row.apart:+,.10g})"


def list_loaders() -> None:
    """One line a loader, with a tab between name and what it reads."""
    from onrecord.documents.series import loaders

    write(f"{one.name}\t{one.about}\n" for one in loaders())


def _named(ledger: Ledger, name: str) -> Series:
    found = next(ledger.series(name), None)
    if found is None:
        raise DataError(f"no series {name} in this ledger; see: onrecord series list LEDGER")
    return found


def _row(one: Series) -> Row:
    days = [o.day for o in one.observations]
    return {
        "name": one.name,
        "id": one.id,
        "publisher": one.publisher,
        "side": one.side,
        "measure": one.measure,
        "noun": one.noun,
        "unit": one.unit,
        "place": one.place,
        "kind": _kind(one),
        "observations": len(days),
        "first": str(min(days)) if days else None,
        "last": str(max(o.to or o.day for o in one.observations)) if days else None,
        "definition": one.definition,
        "hedge": one.hedge,
        "licence": one.licence,
        "version": one.version,
        "source": one.source,
    }


def _kind(one: Series) -> str:
    return "cumulative" if one.cumulative else "stock" if one.stock else "daily"


def _brief(row: Row) -> str:
    what = " ".join(filter(None, (row["side"], row["noun"] or row["unit"], row["measure"])))
    return paragraph(
        f"{row['name']} · {row['publisher']}",
        [f"{what}, {row['kind']}, {row['observations']:,} from {row['first']} to {row['last']}"],
    )


def _whole(one: Series, wanted: list[Observation]) -> Iterator[str]:
    told = {
        **_row(one),
        "counts from": one.starts,
        "speaks for": one.speaks_for,
        "also known as": "; ".join(one.known_as),
    }
    yield paragraph(
        f"{one.name} · {one.publisher}",
        [f"{name}: {told[name]}" for name in told if told[name] is not None and told[name] != ""],
    )
    for o in wanted:
        value = f"{o.value:,.10g}" if o.value is not None else "—"
        room = f"  ({o.low:,.10g} to {o.high:,.10g})" if o.low is not None and o.high is not None else ""
        yield f"{_days(o.day, o.to or o.day)}  {value}{room}{f'  {o.source}' if o.source else ''}\n"


def _observation(o: Observation) -> Row:
    return {**asdict(o), "day": str(o.day), "to": o.to and str(o.to)}


def _told(one: Series, name: str) -> str:
    return (
        str(getattr(one, name)).lower()
        if isinstance(getattr(one, name), bool)
        else str(getattr(one, name) or "not told")
    )


def _days(first: date, last: date) -> str:
    return str(last) if first == last else f"{first} to {last}"
