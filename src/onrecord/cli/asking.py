"""``onrecord statements``, ``claimants``, ``figures``, ``documents``: what is on the record, printed as it is found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from typing import Any

from onrecord.cli.told import csv_lines, write
from onrecord.exports.visible import clipped
from onrecord.ledger import Claimed, Found, FoundFigure, Ledger, Listed, Where, open_ledger

Row = dict[str, Any]

_STATEMENT = (
    "id", "document", "document_id", "claimant", "side", "relays", "act", "quotation", "factuality", "said_from",
    "said_to", "text", "figures", "places", "state", "found", "reader", "version",
)  # fmt: skip
_FIGURE = (
    "statement", "document", "document_id", "claimant", "text", "kind", "comparator", "measure", "noun", "side",
    "value", "low", "high", "unit", "period_from", "period_to", "place", "content",
)  # fmt: skip
_CLAIMANT = tuple(Claimed.__dataclass_fields__)
_DOCUMENT = tuple(Listed.__dataclass_fields__)


def print_statements(
    place: str, format_: str, where: Row, after: str | None, limit: int | None, sort: str = "added"
) -> None:
    """The statements, one row each; as ``jsonl`` the whole value in the contract's shape."""
    with closing(open_ledger(place)) as ledger:
        found = ledger.statements(Where(**where), sort=sort, after=_row(ledger, after), limit=limit)
        if format_ == "jsonl":
            write(json_lines(whole(one) for one in found))
        else:
            write(laid_out(format_, _STATEMENT, map(_flat, found), _statement_lines))


def print_claimants(place: str, format_: str, where: Row, after: str | None, limit: int | None) -> None:
    """The claimants, one row each."""
    with closing(open_ledger(place)) as ledger:
        rows = map(asdict, ledger.claimants(Where(**where), after=after, limit=limit))
        write(json_lines(rows) if format_ == "jsonl" else laid_out(format_, _CLAIMANT, rows, _claimant_line))


def print_figures(place: str, format_: str, where: Row, after: str | None, limit: int | None) -> None:
    """The figures, one row each; as ``jsonl`` the whole of each in the contract's shape."""
    with closing(open_ledger(place)) as ledger:
        found = ledger.figures(Where(**where), after=_row(ledger, after), limit=limit)
        if format_ == "jsonl":
            write(json_lines(map(_whole_figure, found)))
        else:
            write(laid_out(format_, _FIGURE, map(_flat_figure, found), _figure_lines))


def print_documents(place: str, format_: str, where: Row, after: str | None, limit: int | None) -> None:
    """The documents, one row each."""
    with closing(open_ledger(place)) as ledger:
        rows = map(asdict, ledger.documents(Where(**where), after=after, limit=limit))
        write(json_lines(rows) if format_ == "jsonl" else laid_out(format_, _DOCUMENT, rows, _document_lines))


def _row(ledger: Ledger, statement: str | None) -> int | None:
    return None if statement is None else ledger.row(statement)


def laid_out(format_: str, columns: Sequence[str], rows: Iterable[Row], lines: Callable[[Row], str]) -> Iterator[str]:
    """Rows as CSV, or as a table of lines for each."""
    return csv_lines(columns, rows) if format_ == "csv" else (lines(row) + "\n" for row in rows)


def json_lines(rows: Iterable[Row]) -> Iterator[str]:
    """One object a line."""
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


# --- statements --------------------------------------------------------------------------------------------------


def whole(found: Found) -> Row:
    """A statement as the ledger prints it: the contract's fields, and where it stands."""
    return {
        **found.value,
        "document": found.key or found.document,
        "document_id": found.document,
        "spans": (found.value.get("content") or {}).get("spans"),
        "marked": found.marked,
        "state": found.state,
        "found": found.found,
        "reader": {"name": found.reader, "version": found.version},
    }


def _flat(found: Found) -> Row:
    value = found.value
    parties = several(value.get("claimant"))
    said = value.get("said") or {}
    return {
        "id": value.get("id"),
        "document": found.key or found.document,
        "document_id": found.document,
        "claimant": _listed(party["name"] for party in parties),
        "side": _listed(party["side"] for party in parties),
        "relays": _listed(relay["name"] for relay in value.get("relays") or ()),
        "act": value.get("act"),
        "quotation": value.get("quotation"),
        "factuality": value.get("factuality"),
        "said_from": said.get("earliest"),
        "said_to": said.get("latest"),
        "text": found.marked or (value.get("content") or {}).get("text"),
        "figures": _listed(figure["text"] for figure in value.get("figures") or ()),
        "places": _listed(place["name"] for place in value.get("places") or ()),
        "state": found.state,
        "found": found.found,
        "reader": found.reader,
        "version": found.version,
    }


def several(claimant: Any) -> list[Row]:
    """None, one party or a list of them, as a list."""
    return claimant if isinstance(claimant, list) else [claimant] if claimant else []


def _listed(names: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(name for name in names if name))


def _statement_lines(row: Row) -> str:
    """Who, how and when on one line, the words under it."""
    said = " to ".join(dict.fromkeys(filter(None, (row["said_from"], row["said_to"]))))
    who = row["claimant"] or "the author"
    parts = [f"{who} ({row['side']})" if row["side"] else who, row["act"], row["factuality"]]
    parts += [f"said {said}"] if said else []
    parts += [f"by {row['relays']}"] if row["relays"] else []
    parts += [row["document"]]
    parts += [] if row["state"] == "open" else [row["state"]]
    parts += [] if row["found"] else ["not found again"]
    return f"{row['id']}  {_joined(parts)}\n                  {clipped(row['text'] or '', 400)}\n"


def _joined(parts: Iterable[Any]) -> str:
    return " · ".join(clipped(str(part), 80) for part in parts if part)


# --- the others --------------------------------------------------------------------------------------------------


def _whole_figure(found: FoundFigure) -> Row:
    document = found.key or found.document
    statement = {"id": found.statement, "document": document, "spans": found.spans} if found.statement else None
    return {**found.value, "document": document, "document_id": found.document, "statement": statement}


def _flat_figure(found: FoundFigure) -> Row:
    value, period = found.value, found.value.get("period") or {}
    return {
        **{name: value.get(name) for name in _FIGURE},
        "statement": found.statement,
        "document": found.key or found.document,
        "document_id": found.document,
        "claimant": found.claimant,
        "period_from": period.get("earliest"),
        "period_to": period.get("latest"),
        "content": found.text,
    }


def _figure_lines(row: Row) -> str:
    """The figure, what it is of and when; its statement under it."""
    bounds = dict.fromkeys(f"{row[name]:g}" for name in ("low", "high") if row[name] is not None)
    period = " to ".join(dict.fromkeys(filter(None, (row["period_from"], row["period_to"]))))
    parts = [f"“{row['text']}”", row["comparator"], "–".join(bounds), row["unit"], row["measure"], row["side"], period]
    parts += [row["place"], row["claimant"], row["document"]]
    content = clipped(row["content"], 400) if row["statement"] else "in no statement"
    return f"{row['statement'] or ' ' * 16}  {_joined(parts)}\n                  {content}\n"


def _claimant_line(row: Row) -> str:
    said = " to ".join(dict.fromkeys(filter(None, (row["said_from"], row["said_to"]))))
    roles = row["role"] and (row["role"] if row["roles"] == 1 else f"{row['role']} and {row['roles'] - 1} more")
    who = f"{row['name']} ({row['side']})" if row["side"] else row["name"]
    return _joined([who, row["kind"], roles, *_numbers(row, "statements", "documents"), said and f"said {said}"])


def _document_lines(row: Row) -> str:
    parts = [row["published"] or "no day", row["key"], row["title"], row["publisher"]]
    return f"{row['id']}  {_joined([*parts, *_numbers(row, 'statements', 'readings', 'sightings')])}"


def _numbers(row: Row, *names: str) -> list[str]:
    return [f"{row[name]} {name[:-1] if row[name] == 1 else name}" for name in names]
