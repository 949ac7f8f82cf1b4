"""HTML to articles: what is taken, what is left, what is refused."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from onrecord.documents.given import Ask
from onrecord.documents.pages import looks_like_page, page
from onrecord.errors import DocumentError

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "karabakh.html"
SENTENCE = "The army said on Monday that forty soldiers &amp; medics were hurt near the town, which nobody verified."
ARTICLE = "<article><h1>Rival tolls</h1>" + f"<p>{SENTENCE}</p>" * 6 + "</article>"


def wrapped(head: str = "", body: str = ARTICLE) -> str:
    return f"<!DOCTYPE html><html><head><title>Rival tolls</title>{head}</head><body>{body}</body></html>"


def published(markup: str) -> date | None:
    return page(markup, "f", Ask())[0].published


def test_the_sample_page() -> None:
    document, remark = page(SAMPLE.read_text(encoding="utf-8"), "f", Ask())
    assert document.title == "Security Council to discuss Nagorno-Karabakh"
    assert document.publisher == "The Sample Courier"
    assert document.published == date(2020, 9, 29)
    assert "Armenia’s defence ministry" in document.text
    assert "Sport" not in document.text
    assert remark is None


def test_scripts_and_markup_are_left_behind() -> None:
    body = f"<script>alert('x')</script><style>p {{}}</style>{ARTICLE}<img src=x onerror=alert(1)>"
    text = page(wrapped(body=body), "f", Ask())[0].text
    assert "soldiers & medics" in text
    assert not any(word in text for word in ("alert", "onerror", "&amp;", "<p"))


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2016-07-20T08:30:00Z">',
        '<meta name="date" content="2016-07-20">',
        '<link rel="canonical" href="https://example.org/2016/07/20/story">',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2016-07-20"}</script>',
    ],
)
def test_the_day_in_the_metadata(head: str) -> None:
    assert published(wrapped(head)) == date(2016, 7, 20)


def test_the_day_stated_above_the_story() -> None:
    assert published(wrapped(body=ARTICLE.replace("</h1>", "</h1><p>Published July 20, 2016</p>"))) == date(2016, 7, 20)


@pytest.mark.parametrize(
    "markup",
    [
        wrapped(),
        wrapped('<meta property="article:published_time" content="2016-07">'),
        wrapped('<meta property="article:published_time" content="2016">'),
        wrapped(body=f"<time>2 hours ago</time>{ARTICLE}"),
        wrapped(body=ARTICLE.replace("on Monday", "on July 20, 2016")),
        wrapped(body=f"{ARTICLE}<footer>&copy; 2019</footer>"),
    ],
    ids=["none", "month", "year", "relative", "event", "copyright"],
)
def test_a_day_is_never_guessed(markup: str) -> None:
    assert published(markup) is None


@pytest.mark.parametrize("tag", ["div", "span", "b", "blockquote", "ul><li", "table><tr><td", "font"])
def test_deep_nesting_is_one_line(tag: str) -> None:
    started = time.process_time()
    with pytest.raises(DocumentError, match=r"^nested too deep: f: "):
        page(wrapped(body=f"<{tag}>" * 50_000 + ARTICLE), "f", Ask())
    assert time.process_time() - started < 10


def test_what_is_nested_too_deep_beside_an_article_is_told() -> None:
    document, remark = page(wrapped(body=ARTICLE + "<div>" * 50_000 + "lost"), "f", Ask())
    assert "The army said" in document.text
    assert "left out" in str(remark)


@pytest.mark.parametrize(
    "markup",
    ["<html></html>", "<html><body> </body></html>", "<!-- nothing -->", "<html><script>x()</script></html>"],
)
def test_a_page_without_an_article_is_one_line(markup: str) -> None:
    with pytest.raises(DocumentError, match=r"^(no article|not a page): f: "):
        page(markup, "f", Ask())


def test_a_page_of_too_many_elements_or_characters_is_one_line() -> None:
    with pytest.raises(DocumentError, match=r"60,0.. elements, the limit is 50,000"):
        page(wrapped(body="<a href=x>y</a>" * 60_000), "f", Ask())
    with pytest.raises(DocumentError, match=r"--longest"):
        page(wrapped(), "f", Ask(longest=100))


def test_a_fault_in_extraction_costs_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", fails)
    with pytest.raises(DocumentError, match=r"^no article: f: extraction failed \(RecursionError\)"):
        page(wrapped(), "f", Ask())
    monkeypatch.undo()
    monkeypatch.setattr("htmldate.find_date", fails)
    assert published(wrapped('<meta name="date" content="2016-07-20">')) is None


def test_an_address_is_not_fetched() -> None:
    assert page("http://192.0.2.1/evil", "f", Ask())[0].text == "http://192.0.2.1/evil"


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        ("\n <!DOCTYPE HTML>", True),
        ("<!-- a --><html>", True),
        ('<?xml version="1.0"?><html>', True),
        ("<headline> is a word", False),
        ("a <html>", False),
        ("<!--" * 5_000, False),
    ],
)
def test_what_looks_like_a_page(text: str, is_page: bool) -> None:
    assert looks_like_page(text) is is_page
