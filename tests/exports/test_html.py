"""The page: self-contained, without scripts, every link leading somewhere, every word lit where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings

from onrecord.exports.html import page
from onrecord.exports.marking import Mark, MarkKind, PieceKind, cut
from onrecord.exports.outline import outline
from onrecord.exports.visible import visible
from onrecord.model import Document, Reading, Span, Statement, Words

from .pages import Page
from .readings import RICH, bare, everything
from .texts import HOSTILE, texts

BREAKS = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]+")


def shown(text: str, spans: Sequence[Span]) -> str:
    return "".join(visible(BREAKS.sub("", text[start:end])) for start, end in spans)


def sound(found: Page) -> None:
    """What holds of every page."""
    assert not found.stray
    assert not found.open
    assert not found.tags() & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "svg", "input"}
    assert len(found.ids()) == len(set(found.ids()))
    inner = [href[1:] for href in found.links() if href.startswith("#")]
    assert set(inner) <= set(found.ids())
    for e in found.elements:
        assert not any(name.startswith("on") or name in ("style", "src", "srcset") for name in e.attributes)


def test_the_page_of_a_reading() -> None:
    html = page([RICH])
    found = Page(html)
    sound(found)
    assert html.startswith("<!DOCTYPE html>")
    assert "<script" not in html
    assert {s.id for s in RICH.statements} | {c.id for c in RICH.caveats} <= set(found.ids())
    outside = [href for href in found.links() if not href.startswith("#")]
    assert outside == [RICH.document.url]
    assert "url(" not in html.replace("-url(", "")
    assert "@import" not in html


def test_nothing_may_be_fetched() -> None:
    policy = next(e for e in Page(page([RICH])).elements if "http-equiv" in e.attributes)
    assert policy.attributes["content"].startswith("default-src 'none'; style-src 'unsafe-inline'")


@pytest.mark.parametrize("kind", ["content", "source", "cue"])
def test_what_is_lit_is_what_was_read(kind: str) -> None:
    lit = Page(page([RICH])).lit(kind)
    for entry in outline(RICH):
        words: Words | None = getattr(entry.statement, kind)
        if words:
            assert lit[f"f1-{entry.number}"] == shown(RICH.document.text, words.spans)


def test_every_mention_is_lit() -> None:
    found = Page(page([RICH]))
    assert found.lit("caveat") == {"c1-1": RICH.caveats[0].text, "": "caveat"}
    for kind, mentions in (("figure", RICH.figures), ("place", RICH.places), ("time", RICH.times)):
        words = [e.words for e in found.elements if e.attributes.get("class") == kind]
        assert {m.text for m in mentions} <= set(words), kind


def test_statement_and_words_lead_to_each_other() -> None:
    found = Page(page([RICH]))
    for entry in outline(RICH):
        card = next(e for e in found.elements if e.attributes.get("id") == entry.statement.id)
        assert f"f1-{entry.number}" in card.attributes["class"].split()
        words = next(e for e in found.elements if e.attributes.get("id") == f"w1-{entry.number}")
        assert words.attributes["href"] == f"#{entry.statement.id}"
        assert f"#w1-{entry.number}" in found.links()


def test_several_documents_have_contents() -> None:
    found = Page(page([RICH, bare("Other words.", title="Second"), RICH]))
    sound(found)
    assert {"#document-1", "#document-2", "#document-3"} <= set(found.links())
    assert [e.words for e in found.elements if e.tag == "h1"] == ["3 documents"]


def test_no_documents_no_text() -> None:
    sound(Page(page([])))
    found = Page(page([bare("")]))
    sound(found)
    assert "The text is empty." in found.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_ever_text(text: str) -> None:
    found = Page(page([everything(text)]))
    sound(found)
    assert all(href.startswith("#") for href in found.links())


@settings(max_examples=40, deadline=None)
@given(texts)
def test_any_text_makes_a_sound_page(text: str) -> None:
    reading = everything(text)
    found = Page(page([reading]))
    sound(found)
    if text.strip() and not BREAKS.search(text):
        assert found.lit("content")["f1-1"] == visible(text)


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://example.org/a", True),
        ("http://example.org/a", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("https:nothing", False),
        ("//example.org", False),
        ("https://[", False),
    ],
)
def test_only_web_addresses_are_links(url: str, followed: bool) -> None:
    found = Page(page([bare("Words.", url=url)]))
    sound(found)
    assert (url in found.links()) is followed


def test_the_language_of_the_text_is_told_if_it_is_one() -> None:
    langs = {e.attributes.get("lang") for e in Page(page([bare("Слова.", language="uk")])).elements}
    assert "uk" in langs
    assert 'lang="&' not in page([bare("Words.", language='"><b>')])


def lines_of(text: str, marks: Sequence[Mark]) -> str:
    signs = {PieceKind.OPEN: "<", PieceKind.CLOSE: ">"}
    return "|".join("".join(signs.get(p.is_, p.text) for p in line) for line in cut(text, marks, ()))


def test_crossing_marks_are_cut() -> None:
    one, two = Mark(0, 6, MarkKind.CONTENT, 1), Mark(3, 9, MarkKind.CONTENT, 2)
    assert lines_of("abcdefghi", [one, two]) == "<abc<def>><ghi>"


def test_marks_over_lines_are_opened_anew() -> None:
    assert lines_of("abc\ndef", [Mark(1, 6, MarkKind.CONTENT, 1)]) == "a<bc>|<de>f"


def test_marks_deeper_than_any_eye_are_left_out() -> None:
    deep = [Mark(0, 100 - n, MarkKind.CONTENT, n + 1) for n in range(50)]
    assert lines_of("x" * 100, deep).startswith("<" * 12 + "x")


def test_marks_outside_the_text_are_left_out() -> None:
    assert lines_of("abc", [Mark(2, 9, MarkKind.TIME), Mark(1, 1, MarkKind.TIME)]) == "abc"


def long_reading(copies: int) -> Reading:
    """The rich text over and over, its statements read in every copy."""
    text, length = RICH.document.text * copies, len(RICH.document.text)

    def moved(words: Words | None, by: int) -> Words | None:
        return words and Words(tuple(Span(a + by, b + by) for a, b in words.spans), words.text)

    def copied(s: Statement, n: int) -> Statement:
        content = moved(s.content, n * length)
        assert content
        cue, source = moved(s.cue, n * length), moved(s.source, n * length)
        return replace(s, id=f"{s.id}-{n}", content=content, cue=cue, source=source, within=None)

    statements = tuple(copied(s, n) for n in range(copies) for s in RICH.statements)
    return replace(RICH, document=Document(text), statements=statements)


def test_a_long_story_makes_a_sane_page() -> None:
    reading = long_reading(600)
    html = page([reading])
    assert len(html) < 14 * len(reading.document.text)
    assert html.count(":has(") == 0
