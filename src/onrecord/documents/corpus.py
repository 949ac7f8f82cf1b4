"""From a corpus, one JSON object a line, to documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from onrecord.documents.days import day
from onrecord.documents.given import Ask, Given, Tell, of_fit_length
from onrecord.errors import DateError, DocumentError
from onrecord.model import Document

_OPTIONAL = ("id", "published", "title", "publisher", "url", "language")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a corpus: its number from 1, and its bytes, None where there are too many."""

    number: int
    data: bytes | None


def corpus(stream: BinaryIO, where: str, ask: Ask, tell: Tell) -> Iterator[Given]:
    """The documents of a corpus, in its order, one line in memory at a time.

    A row has ``text``, and ``id`` (the document's key; else file and line number), ``published`` (ISO date or
    timestamp, of which the day), ``title``, ``publisher``, ``url``, ``language`` where known; other fields are passed
    over. A row that is broken is told with its line number and left out. One whose date is none is told as well, but
    kept: its words are there, and its relative dates stay unresolved, which its notes say.
    """
    found = False
    for line in _lines(stream, ask.most_bytes_a_line):
        found = True
        try:
            yield _given(line, f"{where}, line {line.number}", f"{where}:{line.number}", ask, tell)
        except DocumentError as error:
            tell(error)
    if not found:
        tell(DocumentError(f"no text: {where}: it is empty or white space only"))


def _lines(stream: BinaryIO, most: int) -> Iterator[_Line]:
    number = 0
    while data := stream.readline(most + 1):
        number += 1
        if len(data) > most:
            while (rest := stream.readline(most)) and not rest.endswith(b"\n"):
                pass
            yield _Line(number, None)
        elif not data.isspace():
            yield _Line(number, data)


def _given(line: _Line, where: str, name: str, ask: Ask, tell: Tell) -> Given:
    if line.data is None:
        raise DocumentError(
            f"too long: {where}: the limit for a line is {ask.most_bytes_a_line:,} bytes; split the document"
        )
    row = _row(line.data, where)
    text = of_fit_length(row["text"], where, ask)
    said, notes = (None, ()) if ask.published else _day(row["published"], where, tell)
    return Given(
        Document(
            text,
            key=row["id"] or name,
            published=ask.published or said,
            title=row["title"],
            publisher=row["publisher"],
            url=row["url"],
            language=row["language"],
        ),
        notes,
    )


def _row(data: bytes, where: str) -> dict[str, Any]:
    row = _object(data, where)
    if "text" not in row:
        raise DocumentError(f"no text: {where}: the row has no `text`; each row needs one")
    if isinstance(row.get("id"), int):
        row["id"] = str(row["id"])
    for field in ("text", *_OPTIONAL):
        value = row.get(field)
        if not isinstance(value, str) and (value is not None or field == "text"):
            raise DocumentError(f"broken row: {where}: `{field}` is not a string; put it in quotation marks")
    return {field: row.get(field) or None for field in _OPTIONAL} | {"text": row["text"]}


def _object(data: bytes, where: str) -> dict[str, Any]:
    try:
        row = json.loads(data.rstrip().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise DocumentError(f"wrong encoding: {where}: it is not UTF-8; convert the file") from None
    except json.JSONDecodeError as error:
        raise DocumentError(
            f"broken JSON: {where}: {_lowered(error.msg)} at column {error.colno}; mend the line"
        ) from None
    except (ValueError, RecursionError):
        raise DocumentError(f"broken JSON: {where}: its values are too large or too deep; mend the line") from None
    if not isinstance(row, dict):
        raise DocumentError(f"broken row: {where}: it is not a JSON object; write one a line, with `text`")
    return row


def _day(text: str | None, where: str, tell: Tell) -> tuple[date | None, tuple[str, ...]]:
    """The day, and a note where there is none in what was given as one."""
    try:
        return (day(text) if text else None), ()
    except DateError:
        given = f"`published` is “{(text or '')[:40]}”"
        tell(DateError(f"not a date: {where}: {given}; write YYYY-MM-DD or leave it out (read without a date)"))
        return None, (f"{given}, which is no date: read without one",)


def _lowered(message: str) -> str:
    return (message[:1].lower() + message[1:]).removesuffix(" at")
