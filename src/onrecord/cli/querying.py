"""``onrecord query``: the rows of the user's own SELECT, printed as they come."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from onrecord.cli.told import csv_lines, write
from onrecord.exports.visible import clipped
from onrecord.ledger import Answer, open_ledger

_WIDEST = 100  # characters of a cell in a table


def print_answer(place: str, sql: str, format_: str, limit: int | None, seconds: float) -> None:
    """The rows, one a line; in a table cells stand beside one another with ``|`` between them."""
    with closing(open_ledger(place)) as ledger, ledger.query(sql, limit=limit, seconds=seconds) as answer:
        write(_PRINTED[format_](answer))


def _table(answer: Answer) -> Iterator[str]:
    yield _line(answer.columns)
    for row in answer.rows:
        yield _line(["" if value is None else str(_plain(value)) for value in row])


def _line(cells: Sequence[str]) -> str:
    return " | ".join(clipped(cell, _WIDEST) for cell in cells).rstrip() + "\n"


def _csv(answer: Answer) -> Iterator[str]:
    rows = (dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows)
    return csv_lines(answer.columns, rows)


def _json(answer: Answer) -> Iterator[str]:
    for row in answer.rows:
        values = dict(zip(answer.columns, map(_plain, row), strict=True))
        yield json.dumps(values, ensure_ascii=False, default=str) + "\n"


def _plain(value: Any) -> Any:
    """What JSON and a spreadsheet have: bytes as hexadecimal digits, days as ISO text, exact numbers as numbers."""
    match value:
        case bytes() | memoryview():
            return bytes(value).hex()
        case date() | datetime():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case _:
            return value


_PRINTED = {"table": _table, "csv": _csv, "jsonl": _json}
