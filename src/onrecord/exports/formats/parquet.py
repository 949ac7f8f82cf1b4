"""Parquet: the same in columns, with parties, figures and places nested, for pandas, DuckDB, Spark and R."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import IO, Any

from onrecord.errors import OutputError
from onrecord.exports.rows import COLUMNS, Row, figure_values, flat, party_values, place_values
from onrecord.model import Relay

_AT_ONCE = 5_000  # rows in a row group
_DAYS = ("published", "said_from", "said_to", "period_from", "period_to")
_FLAGS = ("found", "withheld", "certain")
_NUMBERS = ("value", "low", "high", "latitude", "longitude")
_WHOLE = ("uncertainty_m", "geonameid")
_NESTED = {
    "parties": ("id", "name", "kind", "role", "side"),
    "passed_on_by": ("name", "certain"),
    "quantities": (
        "text", "kind", "comparator", "measure", "noun", "side", "value", "low", "high", "unit", "period_from",
        "period_to", "place",
    ),
    "located": ("text", "name", "kind", "latitude", "longitude", "uncertainty_m", "geonameid"),
}  # fmt: skip


class Parquet:
    """One row a statement: the columns of CSV, typed, and lists of structs; compressed with zstd."""

    name = "parquet"
    description = "one statement a row in typed columns, for pandas, DuckDB, Spark and R"
    media_type = "application/vnd.apache.parquet"
    suffix = ".parquet"
    binary = True

    def write(self, rows: Iterable[Row], out: IO[bytes]) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError:
            raise OutputError("parquet needs pyarrow; install it with: pip install 'onrecord[parquet]'") from None
        schema = _schema(pyarrow)
        coming = iter(rows)
        with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
            while some := list(islice(coming, _AT_ONCE)):
                writer.write_table(pyarrow.Table.from_pylist([_values(row) for row in some], schema))


def _schema(pyarrow: Any) -> Any:
    types = {
        **dict.fromkeys(_DAYS, pyarrow.date32()),
        **dict.fromkeys(_FLAGS, pyarrow.bool_()),
        **dict.fromkeys(_NUMBERS, pyarrow.float64()),
        **dict.fromkeys(_WHOLE, pyarrow.int64()),
    }

    def fields(names: Iterable[str]) -> list[Any]:
        return [(name, types.get(name, pyarrow.string())) for name in names]

    nested = [(name, pyarrow.list_(pyarrow.struct(fields(parts)))) for name, parts in _NESTED.items()]
    about = {"column." + name: said for name, said in COLUMNS.items()}
    return pyarrow.schema([*fields((*COLUMNS, "withheld")), *nested], metadata=about)


def _values(row: Row) -> dict[str, Any]:
    s = row.statement
    return {
        **_dated(flat(row)),
        "withheld": row.withheld,
        "parties": [party_values(party) for party in s.claimant],
        "passed_on_by": [_relay(relay) for relay in s.relays],
        "quantities": [_dated(figure_values(figure)) for figure in s.figures],
        "located": [place_values(place) for place in s.places],
    }


def _relay(relay: Relay) -> dict[str, Any]:
    return {"name": relay.name, "certain": relay.certain}


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(values[name]) for name in _DAYS if values.get(name)}
    return {**values, **days}
