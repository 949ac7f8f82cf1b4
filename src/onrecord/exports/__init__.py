"""From readings, and from the record, to text a person or a program reads.

``write(readings, format)`` yields the text of any of ``FORMATS`` piece by piece; ``schema()`` is the JSON Schema of
the ``jsonl`` format. What is on the record goes out through an ``Exporter``: ``export(name, rows, out)`` writes the
rows of statements in any format that is installed, ours or a third party's (``offers()``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from onrecord import contract as _contract
from onrecord.exports import html as _html
from onrecord.exports import markdown as _markdown
from onrecord.exports import table as _table
from onrecord.exports.exporter import Accompanied, Exporter, Offer, export, exporter, offers
from onrecord.exports.rows import Row
from onrecord.model import Reading

__all__ = [
    "FORMATS",
    "Accompanied",
    "Exporter",
    "Offer",
    "Row",
    "Writer",
    "export",
    "exporter",
    "offers",
    "schema",
    "write",
]

Writer = Callable[[Iterable[Reading]], Iterator[str]]
"""From readings, as they arrive, to pieces of text that each end with a line end."""


def _tables(readings: Iterable[Reading], width: int, colour: bool) -> Iterator[str]:
    for n, reading in enumerate(readings):
        yield ("\n" if n else "") + _table.table(reading, width, colour)


def _lines(readings: Iterable[Reading]) -> Iterator[str]:
    return (_contract.line(reading) + "\n" for reading in readings)


def _page(readings: Iterable[Reading]) -> Iterator[str]:
    yield _html.page(tuple(readings))


def _notes(readings: Iterable[Reading]) -> Iterator[str]:
    for n, reading in enumerate(readings):
        yield ("\n---\n\n" if n else "") + _markdown.markdown(reading)


FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "table": "for a person at a terminal",
        "jsonl": "the JSON contract, one document a line",
        "html": "one self-contained page: the story with its words lit, each statement beside it",
        "markdown": "notes to paste",
    }
)
"""The formats by name, each with what it is for."""


def write(
    readings: Iterable[Reading], format: str = "table", *, width: int = 100, colour: bool = False
) -> Iterator[str]:
    """The text of ``readings`` in ``format``, piece by piece as they arrive (``html``: one page once all are there).

    ``width`` (cells) and ``colour`` are for the table. Raises KeyError for a format that is not in ``FORMATS``.
    """
    writers: dict[str, Writer] = {
        "table": partial(_tables, width=width, colour=colour),
        "jsonl": _lines,
        "html": _page,
        "markdown": _notes,
    }
    return writers[format](readings)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one line of ``jsonl`` output."""
    text = (files("onrecord.exports") / "schema" / "reading.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
