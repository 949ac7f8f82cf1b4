"""The table: it fits every width, steers no terminal, and says what was read."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from onrecord.exports.table import table
from onrecord.model import Reading

from .readings import RICH, bare, everything
from .texts import HOSTILE, texts

WIDTHS = (80, 100, 119, 120, 140, 200)
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
ESCAPE = re.compile(r"\x1b\[[\d;]*m")


def widest(text: str) -> int:
    return max(cell_len(line) for line in text.split("\n"))


@pytest.mark.parametrize("width", range(80, 201))
def test_it_fits_every_width(width: int) -> None:
    assert widest(table(RICH, width)) <= width


@settings(max_examples=60, deadline=None)
@given(texts, st.integers(80, 200))
def test_hostile_text_fits_and_steers_nothing(text: str, width: int) -> None:
    shown = table(everything(text), width)
    assert widest(shown) <= width
    assert not CONTROL.search(shown)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [80, 132])
def test_each_hostile_text_fits(text: str, width: int) -> None:
    shown = table(everything(text), width)
    assert widest(shown) <= width
    assert not CONTROL.search(shown)


def test_colour_adds_nothing_but_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    for width in WIDTHS:
        coloured = table(RICH, width, colour=True)
        assert ESCAPE.search(coloured)
        assert ESCAPE.sub("", coloured) == table(RICH, width)


def test_no_colour_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in table(RICH)


def test_only_our_own_escapes_are_written() -> None:
    assert "\x1b[31mred" not in table(everything(HOSTILE[0]), colour=True)
    assert "␛[31mred" in table(everything(HOSTILE[0]))


def in_one_line(reading: Reading, width: int = 200) -> str:
    return " ".join(table(reading, width).split())


@pytest.mark.parametrize("width", WIDTHS)
def test_it_says_what_was_read(width: int) -> None:
    shown = in_one_line(RICH, width)
    for told in (
        "Rival tolls after the river crossing", "published 7 Mar 2023", "The River Courier",
        "7 statements by 5 claimants", "2 of the author’s own", "1 caveat", "colonel · UA", "via Vostok-Inform?",
        "estimate", "[10,500–11,500]", "[39.5–40.5]", "5 Mar 2023", "Velyka Rika", "Iryna Moroz?",
        "† The claims could not", "covers 7, 8?", "Figures in no statement: nine days", "? doubtful",
        "└ unnamed:", "Note: Read in one part.",
    ):  # fmt: skip
        assert told in shown, told


def test_a_figure_in_full() -> None:
    assert "11,000 losses · RU · Feb 2023 · Velyka Rika [10,500–11,500]" in table(RICH, 100)


def test_no_date_is_said() -> None:
    assert "no publication date" in table(bare("Nothing."))


def test_many_readings_of_nothing() -> None:
    shown = table(bare(""))
    assert "Untitled document" in shown
    assert "0 statements by 0 claimants, 0 of the author’s own, 0 caveats" in shown


def test_long_words_are_trimmed_with_an_ellipsis() -> None:
    first = RICH.statements[0]
    long = replace(first, content=replace(first.content, text="The shelling went on and on. " * 200))
    shown = table(replace(RICH, statements=(long,)), 100)
    assert "…" in shown
    assert len(shown.splitlines()) < 40


def test_a_circle_of_statements_is_shown_once_each() -> None:
    one, two, *_ = RICH.statements
    circle = replace(RICH, statements=(replace(one, within=two.id), replace(two, within=one.id)))
    assert in_one_line(circle).count("a railway town of") == 1


def test_thousands_of_statements_are_all_shown() -> None:
    many = replace(RICH, statements=RICH.statements * 200)
    assert len(table(many, 140).splitlines()) > 200 * len(RICH.statements)
