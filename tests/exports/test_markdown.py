"""The notes: every value told, nothing of the text left as markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from onrecord.exports.markdown import escaped, markdown

from .readings import RICH, bare, everything
from .texts import HOSTILE, texts

RENDER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def tokens(text: str) -> set[str]:
    found = RENDER.parse(text)
    return {t.type for block in found for t in (block, *(block.children or ()))}


def test_it_says_what_was_read() -> None:
    shown = markdown(RICH)
    for told in (
        "# Rival tolls after the river crossing\n", "published 7 Mar 2023 · The River Courier",
        "**Iryna Moroz** · colonel · UA", "via Vostok-Inform (doubtful)", "“Our lines,” … “have not moved.”",
        "- Figure: 11,000 losses · RU · Feb 2023 · Velyka Rika \\[10,500–11,500\\] (at ",
        "- Caveat: “The claims could not be independently verified” (doubtful)", "within 4",
        "| unverified | 7, 8 (doubtful) |", "## Figures in no statement", "nine days",
    ):  # fmt: skip
        assert told in shown, told


def test_offsets_lead_to_the_words() -> None:
    text = RICH.document.text
    quoted = re.findall(r"^> (.*) \(at (\d+)–(\d+)\)$", markdown(RICH), re.M)
    assert len(quoted) >= 7
    for words, start, end in quoted:
        assert escaped(text[int(start) : int(end)]) == words


@given(texts)
def test_hostile_text_is_no_markup(text: str) -> None:
    kinds = tokens(markdown(everything(text)))
    assert not kinds & {
        "html_inline",
        "html_block",
        "link_open",
        "image",
        "code_inline",
        "fence",
        "code_block",
        "s_open",
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_changes_no_structure(text: str) -> None:
    plain = [t.type for t in RENDER.parse(markdown(everything("plain words")))]
    assert [t.type for t in RENDER.parse(markdown(everything(text)))] == plain or not text.strip()


def test_nothing_read() -> None:
    assert "0 statements by 0 claimants" in markdown(bare("Nothing."))
