"""Any unicode string can be read, and every span slices to its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord import Reader, Reading
from onrecord.contract import contract
from onrecord.model import Document

# Pieces that set off the rules, so that random texts reach deeper than random letters do.
PIECES = st.sampled_from(
    [
        "Kyiv", "Ivan Petrenko", "the ministry", "Russia’s", "said", "according to", "told reporters", "that", "“", "”",
        '"', "''", "‘", "’", "at least 40", "11,000", "one in seven", "percent", "dozens of", "km", "on Monday",
        "last fall", "March 7, 2023", "24.02.2022", "could not be verified", ", ", ". ", "\n", "\r\n", "\u2029", "\x00",
        "\x1b[31m", "\u202e", "لن", "Бахмут", "😀", "\ud800", "e\u0301", "ﬁ", "İ", "ß", "1" * 30, "²", "½", "٣", " ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join))

HOSTILE = {
    "nothing": "",
    "white space": " \n\t ",
    "lone surrogate": "\ud800 said Kyiv",
    "quotation marks": '"' * 2_000 + "“" * 2_000,
    "digits": "1" * 20_000,
    "one line": "word " * 3_000,
    "line ends": "\n" * 20_000,
    "right to left": "The spokesman said “لن نتراجع” on Monday, \u202ereversed\u202c and 40 died.",
    "controls": "The army\x00 said\x01 on Monday that \x1b[31m40\x1b[0m were killed.",
    "combining marks": "a" + "\u0301" * 5_000,
}


def worded(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a contract that has both spans and text."""
    match value:
        case dict():
            if "spans" in value and "text" in value:
                yield value
            for inner in value.values():
                yield from worded(inner)
        case list():
            for inner in value:
                yield from worded(inner)


def assert_spans_slice(reading: Reading) -> None:
    text = reading.document.text
    for one in worded(contract(reading)):
        parts = [text[start:end] for start, end in one["spans"]]
        assert all(0 <= start < end <= len(text) for start, end in one["spans"]), one
        assert one["text"] in (" … ".join(parts), " ".join(parts)), one


@given(TEXTS)
@example("“We hold,” Ivan Petrenko said on Monday. “At least 40 died,” he added.")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    reading = reader(Document(text))
    assert reading.document.text == text
    assert_spans_slice(reading)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_can_be_read(read: Callable[..., Reading], text: str) -> None:
    assert_spans_slice(read(text, "2023-03-07"))
