"""Sources and quality: who read this ledger, at which version, and how often each field is wrong."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from fastapi import APIRouter, Request
from markdown_it import MarkdownIt
from markupsafe import Markup

from onrecord.web.desk import desk_of
from onrecord.web.remembering import read
from onrecord.web.rendering import Page, offered

router = APIRouter(tags=["quality"])


@offered(router, "/quality", "json")
def quality(request: Request) -> Page:
    """The readers of this ledger, and what is known of their errors."""
    desk = desk_of(request)
    readers: list[dict[str, Any]] = [
        {"name": name, "version": version, "readings": count}
        for name, version, count in desk.memory.recall("readers", desk.ledger.readers, read)
    ]
    return Page("quality.html", "Quality", {"readers": readers}, extra={"page": _page(), "formats": ("json",)})


@cache
def _page() -> Markup:
    """Our own page on quality, as it was when this onrecord was built."""
    file = files("onrecord.web") / "static" / "built" / "quality.md"
    if not file.is_file():
        return Markup("")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(_bare(file.read_text(encoding="utf-8")))
    for opening, heading in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", _anchor(heading.content))
        elif "style" in opening.attrs:  # which says how a column is set, and our policy allows no style but our own
            opening.attrs["class"] = "n" if "right" in str(opening.attrs.pop("style")) else ""
    html = markdown.renderer.render(tokens, markdown.options, {})
    return Markup(html)  # noqa: S704 - our own words, and no HTML among them


def _anchor(heading: str) -> str:
    """What links to a heading call it, as code hosts do.

    >>> _anchor("Times, quantities, places")
    'times-quantities-places'
    """
    return re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))


def _bare(page: str) -> str:
    """The page without its heading and the marks that commands write between."""
    lines = (line for line in page.splitlines() if not line.startswith(("# ", "<!--")))
    return "\n".join(line.replace("## ", "### ", 1) if line.startswith("## ") else line for line in lines)
