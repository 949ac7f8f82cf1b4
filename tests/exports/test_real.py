"""Every format of real readings: the samples, read by the reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from onrecord.exports import FORMATS, write
from onrecord.model import Reading

from .pages import Page
from .readings import RICH
from .test_html import shown, sound
from .test_jsonl import anchored, complaints

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.txt"))


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def reading(request: pytest.FixtureRequest, read: Callable[..., Reading]) -> Reading:
    return read(request.param.read_text(encoding="utf-8"), "2023-03-07")


def test_it_is_written_as_described(reading: Reading) -> None:
    assert complaints(reading) == []
    written = json.loads("".join(write([reading], "jsonl")))
    text = written.pop("document")["text"]
    for words in anchored(written):
        assert words["text"] == " … ".join(text[a:b] for a, b in words["spans"])


def test_its_page_lights_what_was_read(reading: Reading) -> None:
    found = Page("".join(write([reading], "html")))
    sound(found)
    assert {s.id for s in reading.statements} <= set(found.ids())
    lit = "".join(sorted(w for owner, w in found.lit("content").items() if owner))
    assert lit == "".join(sorted(shown(reading.document.text, s.content.spans) for s in reading.statements))


@pytest.mark.parametrize("width", [80, 120, 200])
def test_its_table_fits(reading: Reading, width: int) -> None:
    lines = "".join(write([reading], "table", width=width)).split("\n")
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_ends_each_piece_with_a_line_end(format: str) -> None:
    assert all(piece.endswith("\n") for piece in write([RICH, RICH], format))


def test_readings_are_written_as_they_arrive() -> None:
    for format in ("table", "jsonl", "markdown"):
        assert next(iter(write(iter([RICH]), format)))


def test_a_format_nobody_knows() -> None:
    with pytest.raises(KeyError):
        write([], "pdf")
