"""Statements as the lists of claims, drift and findings name them: where they stand, in which document."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import Any, TypeVar

from onrecord.cli.faults import say
from onrecord.cli.output import to_screen
from onrecord.exports.visible import clipped, one_line, visible
from onrecord.ledger import Ledger
from onrecord.model import Appearance

Row = dict[str, Any]
Kind = TypeVar("Kind")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE = 300
_QUOTED = 300


def doing(what: str) -> None:
    """What is being done now, on standard error."""
    say(f"{what} …")


def write(pieces: Iterable[str]) -> None:
    """Pieces of text to standard output, as they come."""
    output = to_screen()
    for piece in pieces:
        output.write(piece)


def in_parts(every: Iterable[Kind]) -> Iterator[list[Kind]]:
    """A few hundred at a time."""
    coming = iter(every)
    while some := list(islice(coming, _AT_ONCE)):
        yield some


def looked_up(ledger: Ledger, ids: Iterable[str]) -> dict[str, Appearance]:
    """The statements with these ids, as they stand now; what was rejected or is no longer found is left out."""
    return {one.statement.id: one for one in ledger.appearances(list(dict.fromkeys(ids)))}


def reference(id_: str, found: dict[str, Appearance]) -> Row:
    """A statement as DESIGN.md has it: its id, its document's key and the spans of its content."""
    one = found.get(id_)
    if one is None:
        return {"id": id_, "document": None, "spans": []}
    spans = [[start, end] for start, end in one.statement.content.spans]
    return {"id": id_, "document": one.key or one.document, "spans": spans}


def quoted(id_: str, found: dict[str, Appearance], limit: int = _QUOTED) -> str:
    """A statement on one line: its document, and its words."""
    one = found.get(id_)
    if one is None:
        return f"{id_} (no longer on the record as it was)"
    return f"{clipped(one.key or one.document, 60)}: “{clipped(one.statement.content.text, limit)}”"


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Rows for a spreadsheet; text that one would take for a formula has an apostrophe before it."""
    yield _line(columns)
    for row in rows:
        yield _line([_cell(row[name]) for name in columns])


def paragraph(head: str, lines: Iterable[str]) -> str:
    """A head with lines under it, moved in, and an empty line; nothing in it steers the terminal."""
    return "\n".join([one_line(head), *(f"    {one_line(line)}" for line in lines if line), "", ""])


def _line(cells: Sequence[Any]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value
    return visible("'" + value if value.startswith(_FORMULA) else value)
