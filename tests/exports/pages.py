"""A page taken apart by the standard library: its elements, their ids, links and words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "hr", "input"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    words: str = ""


@dataclass
class Page(HTMLParser):
    """Every element with the text inside it; ``stray`` lists end tags that close nothing."""

    source: str
    elements: list[Element] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Element] = []
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.stray.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data
        if any("ref" in e.attributes.get("class", "").split() for e in self.open):
            return
        for element in self.open:
            element.words += data

    def tags(self) -> set[str]:
        return {e.tag for e in self.elements}

    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    def links(self) -> list[str]:
        return [e.attributes["href"] for e in self.elements if "href" in e.attributes]

    def lit(self, kind: str) -> dict[str, str]:
        """The words lit as ``kind``, by the class of what they belong to ("" for none)."""
        found: dict[str, str] = defaultdict(str)
        for e in self.elements:
            first, *owners = e.attributes.get("class", "").split() or [""]
            if e.tag == "span" and first == kind:
                found["".join(o for o in owners if not o.startswith("in"))] += e.words
        return dict(found)
