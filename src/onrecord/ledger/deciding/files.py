"""Decisions as lines of a file, JSON or CSV, and back: what is written is read as the same decisions, ids and all."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain
from typing import Any, TextIO

from onrecord.errors import DecisionError
from onrecord.model import Decision, Judgement, Span

Json = dict[str, Any]

COLUMNS = ("id", "judgement", "of", "target", "field", "value", "other", "by", "at", "why", "words", "saw")
_NEEDED = ("judgement", "target")
_AS_JSON = ("value", "words", "saw")
_LONGEST = 10_000_000  # characters of a line
# A spreadsheet takes such a cell for a formula: it is written with an apostrophe before it, and read without.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def record(d: Decision) -> Json:
    """A decision as plain values, in the order of ``COLUMNS``; a value only where it is a correction's."""
    values = {name: getattr(d, name) for name in COLUMNS}
    words = [list(span) for span in d.words] or None
    kept = {**values, "judgement": str(d.judgement), "words": words}
    return {name: value for name, value in kept.items() if value is not None or _says_null(d, name)}


def _says_null(d: Decision, name: str) -> bool:
    return name == "value" and d.judgement is Judgement.CORRECT


def json_lines(decisions: Iterable[Decision]) -> Iterator[str]:
    """One object a line."""
    return (json.dumps(record(d), ensure_ascii=False) + "\n" for d in decisions)


def csv_lines(decisions: Iterable[Decision]) -> Iterator[str]:
    """One row each, under the names of the columns."""
    yield _row(COLUMNS)
    for d in decisions:
        values = record(d)
        yield _row([_cell(name, values[name]) if name in values else "" for name in COLUMNS])


def _row(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _cell(name: str, value: Any) -> str:
    text = json.dumps(value) if name in _AS_JSON else str(value)
    return "'" + text if _FORMULA.match(text) else text


# --- and back ----------------------------------------------------------------------------------------------------


def read(stream: TextIO, by: str | None = None) -> Iterator[tuple[int, Decision | DecisionError]]:
    """The decisions of a file with the numbers of their lines; what is none is told as it comes.

    JSON where the first line begins with ``{``, else CSV with names of columns. ``by`` stands where a line says not
    by whom. Raises DecisionError for a file that is neither.
    """
    lines = _lines(stream)
    number, first = next(((n, line) for n, line in lines if isinstance(line, DecisionError) or line.strip()), (0, ""))
    if not first:
        return
    rest = chain([(number, first)], lines)
    parsed = _json_rows(rest) if isinstance(first, DecisionError) or first.lstrip("\ufeff ").startswith("{") else None
    for n, row in parsed if parsed is not None else _csv_rows(rest):
        try:
            yield n, row if isinstance(row, DecisionError) else _decision(row, by)
        except DecisionError as error:
            yield n, error


def _lines(stream: TextIO) -> Iterator[tuple[int, str | DecisionError]]:
    """The lines of a file; of one that is longer than any decision only that it is."""
    number = 0
    try:
        while line := stream.readline(_LONGEST):
            number += 1
            if len(line) < _LONGEST or line.endswith("\n"):
                yield number, line
                continue
            while len(line) == _LONGEST and not line.endswith("\n"):
                line = stream.readline(_LONGEST)
            yield number, DecisionError(f"it is longer than {_LONGEST:,} characters")
    except UnicodeDecodeError:
        raise DecisionError(f"after line {number} it is no text in UTF-8; save it as such") from None


def _json_rows(lines: Iterable[tuple[int, str | DecisionError]]) -> Iterator[tuple[int, Json | DecisionError]]:
    for number, line in lines:
        if isinstance(line, DecisionError):
            yield number, line
        elif line.strip():
            try:
                row = json.loads(line.lstrip("\ufeff"))
            except (ValueError, RecursionError):
                row = None
            yield number, row if isinstance(row, dict) else DecisionError("it is no JSON object")


def _csv_rows(lines: Iterable[tuple[int, str | DecisionError]]) -> Iterator[tuple[int, Json | DecisionError]]:
    """Rows under the names in the first; a cell may go over several lines, and has the number of its last."""
    csv.field_size_limit(_LONGEST)
    at = [0]
    rows = csv.reader(_following(lines, at), strict=True)
    try:
        names = [name.strip().lstrip("\ufeff").lower() for name in next(rows, [])]
        if missing := [name for name in _NEEDED if name not in names]:
            raise DecisionError(f"no column {missing[0]}: it is neither CSV with the names of columns nor JSON lines")
        for cells in rows:
            if len(cells) > len(names):
                yield at[0], DecisionError(f"it has {len(cells)} cells under {len(names)} columns")
            elif any(cells):
                yield at[0], {name: _value(name, cell) for name, cell in zip(names, cells, strict=False) if cell}
    except csv.Error as error:
        raise DecisionError(f"line {at[0]}: broken CSV: {error}; nothing after it was read") from None


def _following(lines: Iterable[tuple[int, str | DecisionError]], at: list[int]) -> Iterator[str]:
    for number, line in lines:
        at[0] = number
        if isinstance(line, DecisionError):
            raise csv.Error(str(line))
        yield line


def _value(name: str, cell: str) -> Any:
    """A cell as it was before it was made safe; JSON, or else plain text, where a value may be anything."""
    text = cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
    if name not in _AS_JSON:
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _decision(row: Json, by: str | None) -> Decision:
    """The decision that a row says. Raises DecisionError for a name or value that means nothing."""
    if unknown := sorted(row.keys() - {*COLUMNS}):
        raise DecisionError(f"{unknown[0][:40]} means nothing here; the names are {', '.join(COLUMNS)}")
    texts = {name: row.get(name) for name in COLUMNS if name not in _AS_JSON}
    for name, text in texts.items():
        if text is not None and not isinstance(text, str):
            raise DecisionError(f"{name} is text")
    if texts["judgement"] not in [str(one) for one in Judgement]:
        raise DecisionError(f"judgement is one of {', '.join(Judgement)}")
    if texts["judgement"] == Judgement.CORRECT and "value" not in row:
        raise DecisionError("a correction has a value; write null for none")
    return Decision(
        Judgement(texts["judgement"]),
        texts["of"] or "statement",
        texts["target"] or "",
        texts["by"] or by or "",
        texts["at"] or "",
        texts["why"],
        texts["field"],
        row.get("value"),
        texts["other"],
        texts["id"] or "",
        _words(row.get("words")),
        row.get("saw"),
    )


def _words(given: Any) -> tuple[Span, ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or not all(map(_is_span, given)):
        raise DecisionError("words are spans: [[start, end], …]")
    return tuple(Span(*one) for one in given)


def _is_span(one: Any) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(type(n) is int for n in one)
