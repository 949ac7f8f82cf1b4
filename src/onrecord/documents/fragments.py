"""From a piece of HTML, as feeds carry it, to its text."""

from __future__ import annotations

import re
from typing import Any

from onrecord.errors import DocumentError

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td",
    "th", "tr", "ul",
))  # fmt: skip
_UNREAD = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "form", "button",
    "select", "textarea",
))  # fmt: skip


def fragment_text(markup: str, where: str) -> str:
    """The words of a piece of HTML, a paragraph a line; plain text comes back as it is.

    Nothing it names is fetched, scripts are left out. Raises DocumentError for what cannot be taken apart.

    >>> fragment_text("<p>The bridge is <b>closed</b>.</p><script>x()</script><p>He said.</p>", "a feed")
    'The bridge is closed.\\nHe said.'
    """
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import etree  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, collect_ids=False
    )
    try:
        tree = document_fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise DocumentError(f"not a page: {where}: its HTML cannot be parsed") from None
    lines = "".join(_pieces(tree)).split("\n")
    return "\n".join(plain for line in lines if (plain := " ".join(line.split())))


def _pieces(tree: Any) -> list[str]:
    """Text and line breaks in their order, in one walk that no depth can exhaust."""
    from lxml import etree

    found: list[str] = []
    unread = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _UNREAD:
            unread += 1 if event == "start" else -1
        if element.tag in _BLOCKS:
            found.append("\n")
        text = element.text if event == "start" else element.tail
        if text and not unread:
            found.append(re.sub(r"\s+", " ", text))
    return found
