"""``onrecord statements`` and ``onrecord documents``: what is on the record, printed as it is found."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from io import StringIO
from typing import Any

from onrecord.cli.output import to_screen
from onrecord.exports.visible import clipped, visible
from onrecord.ledger import Found, Listed, Where, open_ledger

Row = dict[str, Any]

_STATEMENT = (
    "id", "document", "document_id", "claimant", "side", "act", "quotation", "factuality", "said_from", "said_to",
    "text", "found", "reader", "version",
)  # fmt: skip
_DOCUMENT = tuple(Listed.__dataclass_fields__)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def print_statements(place: str, format_: str, where: Row) -> None:
    """The statements, one row each; as ``jsonl`` the whole value in the contract's shape."""
    with closing(open_ledger(place)) as ledger:
        found = ledger.statements(Where(**where))
        if format_ == "jsonl":
            _write(_json(_whole(one) for one in found))
        else:
            _write(_laid_out(format_, _STATEMENT, map(_flat, found), _statement_lines))


def print_documents(place: str, format_: str, where: Row) -> None:
    """The documents, one row each."""
    with closing(open_ledger(place)) as ledger:
        rows = map(asdict, ledger.documents(Where(**where)))
        _write(_json(rows) if format_ == "jsonl" else _laid_out(format_, _DOCUMENT, rows, _document_lines))


def _write(pieces: Iterable[str]) -> None:
    output = to_screen()
    for piece in pieces:
        output.write(piece)


def _laid_out(format_: str, columns: Sequence[str], rows: Iterable[Row], lines: Callable[[Row], str]) -> Iterator[str]:
    return _csv(columns, rows) if format_ == "csv" else (lines(row) + "\n" for row in rows)


def _whole(found: Found) -> Row:
    return {
        **found.value,
        "document": found.key or found.document,
        "document_id": found.document,
        "spans": (found.value.get("content") or {}).get("spans"),
        "marked": found.marked,
        "found": found.found,
        "reader": {"name": found.reader, "version": found.version},
    }


def _flat(found: Found) -> Row:
    value = found.value
    parties = _several(value.get("claimant"))
    said = value.get("said") or {}
    return {
        "id": value.get("id"),
        "document": found.key or found.document,
        "document_id": found.document,
        "claimant": "; ".join(party["name"] for party in parties),
        "side": "; ".join(dict.fromkeys(party["side"] for party in parties if party["side"])),
        "act": value.get("act"),
        "quotation": value.get("quotation"),
        "factuality": value.get("factuality"),
        "said_from": said.get("earliest"),
        "said_to": said.get("latest"),
        "text": found.marked or (value.get("content") or {}).get("text"),
        "found": found.found,
        "reader": found.reader,
        "version": found.version,
    }


def _several(claimant: Any) -> list[Row]:
    """None, one party or a list of them, as a list."""
    return claimant if isinstance(claimant, list) else [claimant] if claimant else []


def _json(rows: Iterable[Row]) -> Iterator[str]:
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Rows for a spreadsheet; text that one would take for a formula has an apostrophe before it."""
    yield _line(columns)
    for row in rows:
        yield _line([_cell(row[name]) for name in columns])


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


def _statement_lines(row: Row) -> str:
    """Who, how and when on one line, the words under it."""
    said = " to ".join(dict.fromkeys(filter(None, (row["said_from"], row["said_to"]))))
    who = row["claimant"] or "the author"
    parts = [f"{who} ({row['side']})" if row["side"] else who, row["act"], row["factuality"]]
    parts += [f"said {said}"] if said else []
    parts += [row["document"]]
    parts += [] if row["found"] else ["not found again"]
    head = " · ".join(clipped(str(part), 80) for part in parts)
    return f"{row['id']}  {head}\n                  {clipped(row['text'] or '', 400)}\n"


def _document_lines(row: Row) -> str:
    parts = [row["published"] or "no day", row["key"], row["title"], row["publisher"]]
    parts += [
        f"{row[name]} {name[:-1] if row[name] == 1 else name}" for name in ("statements", "readings", "sightings")
    ]
    return f"{row['id']}  " + " · ".join(clipped(str(part), 80) for part in parts if part)
