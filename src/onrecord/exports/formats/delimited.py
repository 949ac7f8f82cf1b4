"""CSV: a statement a line, for spreadsheets and everything that reads tables."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO, Any

from onrecord.exports.rows import COLUMNS, Row, flat
from onrecord.exports.visible import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Csv:
    """RFC 4180 with line feeds; text that a spreadsheet would take for a formula has an apostrophe before it."""

    name = "csv"
    description = "one statement a line, for spreadsheets"
    media_type = "text/csv"
    suffix = ".csv"
    binary = False

    def write(self, rows: Iterable[Row], out: IO[str]) -> None:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow(COLUMNS)
        for row in rows:
            lines.writerow([_cell(value) for value in flat(row).values()])


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value
    return visible("'" + value if value.startswith(_FORMULA) else value)
