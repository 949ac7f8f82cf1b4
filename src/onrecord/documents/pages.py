"""From the HTML of a page to its article: text, title, day and publisher, without a look at the network."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import Any

from onrecord.documents.days import stated_day
from onrecord.documents.given import Ask
from onrecord.errors import DocumentError
from onrecord.model import Document

_LOOKS_LIKE = re.compile(r"\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_DEEPEST = 250  # libxml2 gives up at 256 and drops what is deeper
_ELEMENTS = 50_000  # trafilatura takes 7 s for as many links, more than twice that for twice as many
_BOMB = 5  # characters of markup for each character of text that may be read
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def looks_like_page(text: str) -> bool:
    """
    >>> looks_like_page("<!DOCTYPE html><html>…"), looks_like_page("<b>bold</b> claims")
    (True, False)
    """
    return _LOOKS_LIKE.match(text[:4096]) is not None


def page(markup: str, where: str, ask: Ask) -> tuple[Document, str | None]:
    """The article of a page as a document, and a line on what was left out, if anything was.

    ``document.text`` is the article as trafilatura extracts it, one paragraph a line. Scripts are not run, addresses
    not followed. The day is the one in the page's metadata (htmldate) if it is printed in full there, else the one that
    the text states above its story, never a guess. Raises DocumentError when there is no article, or when the page is
    too large or too deep to be taken apart.
    """
    if len(markup) > _BOMB * ask.longest:
        raise DocumentError(
            f"too long: {where}: {len(markup):,} characters of HTML, the limit is {_BOMB * ask.longest:,}; "
            f"raise it with --longest {len(markup) // _BOMB + 1}"
        )
    tree = _tree(markup, where)
    deep = _depth(tree) >= _DEEPEST
    article = _article(tree, where)
    text = (article.text or "").strip() if article is not None else ""
    if not text and deep:
        raise DocumentError(
            f"nested too deep: {where}: its HTML has more than {_DEEPEST} levels; give its text as .txt"
        )
    if not text:
        raise DocumentError(f"no article: {where}: its HTML holds none that can be found; give its text as .txt")
    document = Document(
        text,
        published=_published(tree, markup, text),
        title=article.title or None,
        publisher=article.sitename or None,
        url=article.url or None,
    )
    return document, f"what is nested deeper than {_DEEPEST} levels in its HTML was left out" if deep else None


def _tree(markup: str, where: str) -> Any:
    """Parsed here and handed on as a tree: htmldate fetches a *string* that looks like an address."""
    from lxml import etree  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, collect_ids=False
    )
    try:
        tree = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise DocumentError(f"not a page: {where}: its HTML cannot be parsed; give its text as .txt") from None
    elements = sum(1 for _ in tree.iter())
    if elements > _ELEMENTS:
        raise DocumentError(
            f"too large a page: {where}: {elements:,} elements, the limit is {_ELEMENTS:,}; give its text as .txt"
        )
    return tree


def _depth(tree: Any) -> int:
    """How many levels the deepest element stands below the root, in one walk."""
    from lxml import etree

    deepest = level = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


def _article(tree: Any, where: str) -> Any:
    """Pages are hostile and trafilatura is not ours: whatever it trips over costs that page alone."""
    try:
        return _extracted(tree)
    except Exception as error:
        fault = type(error).__name__
        raise DocumentError(f"no article: {where}: extraction failed ({fault}); give its text as .txt") from error


def _extracted(tree: Any) -> Any:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs what is said here in one line
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _published(tree: Any, markup: str, text: str) -> date | None:
    """htmldate fills what a date lacks ("2016-07") with today's day, so the whole day has to stand in the page."""
    from htmldate import find_date

    try:
        found = find_date(tree, extensive_search=False, original_date=True)
    except Exception:  # as for the article; a page without a day is still a page
        found = None
    if found and _is_printed(day := date.fromisoformat(found), markup):
        return day
    stated = stated_day(text)
    return stated.day if stated else None


def _is_printed(day: date, markup: str) -> bool:
    y, m, d, name = day.year, day.month, day.day, _MONTHS[day.month - 1]
    forms = (
        rf"{y}[-/.]?0?{m}[-/.]?0?{d}(?!\d)",
        rf"(?<!\d)(?:0?{d}[-/.]0?{m}|0?{m}[-/.]0?{d})[-/.]{y}",
        rf"(?<!\d)0?{d}(?:st|nd|rd|th)?[\s.,-]+{name}[a-z]*[\s.,-]+{y}",
        rf"{name}[a-z]*[\s.]+0?{d}(?:st|nd|rd|th)?[\s,]+{y}",
        rf"{name}[a-z]*/0?{d}/{y}|{y}/{name}[a-z]*/0?{d}(?!\d)",
    )
    return any(re.search(form, markup, re.I) for form in forms)
