"""Lines and quotations: how a text is laid out before any word of it is parsed.

Every quotation mark style is read (curly, straight, ``''``, guillemets, low-high, single); a mark that is never
closed ends with its sentence, so that one stray mark does not swallow a page. A quotation over several paragraphs
(each opened anew, only the last one closed) is read as stretches that know they go on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TypeVar

from onrecord.reading.fronts import breaks
from onrecord.reading.lexicon import lexicon

_Item = TypeVar("_Item", "Line", "Quotation")


class LineKind(StrEnum):
    TEXT = "text"
    HEADING = "heading"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text without the white space round it."""

    start: int
    end: int
    kind: LineKind


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch of quoted words with its marks; ``closed`` is False where no closing mark was found, ``continues``
    is True where it takes up the quotation of the line before."""

    start: int
    end: int
    closed: bool
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines and quotations of one text, each in order and without overlap."""

    lines: tuple[Line, ...]
    quotations: tuple[Quotation, ...]

    def line_at(self, offset: int) -> Line | None:
        """The line that covers ``offset``, if any."""
        return _at(self.lines, offset)

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation that covers ``offset``, marks included, if any."""
        return _at(self.quotations, offset)

    def quoted(self, start: int, end: int) -> list[Quotation]:
        """The quotations that overlap ``[start, end)``."""
        at = max(0, bisect_right(self.quotations, start, key=lambda q: q.start) - 1)
        found = []
        while at < len(self.quotations) and self.quotations[at].start < end:
            if self.quotations[at].end > start:
                found.append(self.quotations[at])
            at += 1
        return found


def _at(items: tuple[_Item, ...], offset: int) -> _Item | None:
    index = bisect_right(items, offset, key=lambda item: item.start) - 1
    return items[index] if index >= 0 and offset < items[index].end else None


def lay_out(text: str, title: str | None = None) -> Layout:
    """The layout of ``text``; ``title`` is a line of its own where the text begins with it."""
    lines = tuple(_lines(text, list(breaks(text, title))))
    quotations: list[Quotation] = []
    open_before = False
    for line in lines:
        found = list(_quotations(text, line, open_before))
        quotations.extend(found)
        if line.kind is not LineKind.BOILERPLATE:
            open_before = bool(found) and not found[-1].closed and _runs_to_end(text, found[-1], line)
    return Layout(lines, tuple(quotations))


def _runs_to_end(text: str, quotation: Quotation, line: Line) -> bool:
    return quotation.end >= line.end


# --- lines -----------------------------------------------------------------------------------------------------

# str.splitlines() but for separators that occur inside lines of scraped text
_BREAK = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]+")
_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")


def _lines(text: str, begins: Sequence[int]) -> Iterator[Line]:
    """The lines of ``text``; at ``begins`` lines begin too."""
    ends = [found.span() for found in _BREAK.finditer(text)]
    start = 0
    for end, after in sorted([*ends, *((at, at) for at in begins), (len(text), len(text))]):
        words = text[start:end]
        if words.strip():
            left = start + len(words) - len(words.lstrip())
            right = start + len(words.rstrip())
            yield Line(left, right, _kind(text[left:right]))
        start = after


def _kind(line: str) -> LineKind:
    if len(line) <= 200 and _boilerplate().fullmatch(line):
        return LineKind.BOILERPLATE
    if len(line) <= 140 and not _ENDS_SENTENCE.search(line):
        return LineKind.HEADING
    return LineKind.TEXT


@cache
def _boilerplate() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in lexicon("layout")["boilerplate"]), re.IGNORECASE)


# --- quotations ------------------------------------------------------------------------------------------------

_MARK = re.compile(r"''|``|[\"“”„‟«»]|(?<![\w])[‘'](?=[\w“\"$£€(])|(?<=[\w.,!?…;:)–—-])[’'](?!\w)")
_OPENS, _CLOSES = frozenset("“„«‘") | {"``"}, frozenset("”»’")
_LONGEST_SINGLE = 600
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool
    single: bool


def _quotations(text: str, line: Line, open_before: bool) -> Iterator[Quotation]:
    marks = [_mark(text, m, line) for m in _MARK.finditer(text, line.start, line.end)]
    opened: _Mark | None = None
    first = True
    for mark in _balanced(text, marks):
        if opened is None and mark.opens:
            opened = mark
        elif opened is None and first and open_before and mark.closes and not mark.single:
            yield Quotation(line.start, mark.end, closed=True, continues=True)
        elif opened is not None and mark.closes and mark.single == opened.single:
            yield Quotation(opened.start, mark.end, True, open_before and opened.start == line.start)
            opened = None
        elif opened is not None and mark.opens and not mark.closes and mark.single == opened.single:
            yield replace(_unclosed(text, opened, mark.start), closed=False)
            opened = mark
        first = False
    if opened is not None and not opened.single:
        stretch = _unclosed(text, opened, line.end)
        yield replace(stretch, continues=open_before and opened.start == line.start)


def _mark(text: str, found: re.Match[str], line: Line) -> _Mark:
    mark, start, end = found.group(), found.start(), found.end()
    single = mark in ("‘", "’", "'")
    before = text[start - 1] if start > line.start else " "
    after = text[end] if end < line.end else " "
    if mark in "”’" and before.isspace() and (after.isalnum() or after in "[($"):
        return _Mark(start, end, True, False, single)  # ”typed with the closing mark at both ends”
    if mark in _OPENS or mark in _CLOSES:
        return _Mark(start, end, mark in _OPENS, mark in _CLOSES, single)
    opens = (before.isspace() or before in "([{—–-/:“‘\"'") and not after.isspace()
    closes = not before.isspace() and (after.isspace() or not after.isalnum() or not opens)
    return _Mark(start, end, opens or not closes, closes, single)


def _balanced(text: str, marks: list[_Mark]) -> Iterator[_Mark]:
    """The marks without single ones that have no partner near by: an apostrophe is not a quotation."""
    closing = [m.start for m in marks if m.single and m.closes]
    open_single: _Mark | None = None
    for mark in marks:
        if not mark.single:
            yield mark
        elif mark.opens and open_single is None:
            nearest = bisect_right(closing, mark.end)
            if nearest < len(closing) and closing[nearest] - mark.start <= _LONGEST_SINGLE:
                open_single = mark
                yield mark
        elif mark.closes and open_single is not None:
            open_single = None
            yield mark


def _unclosed(text: str, opened: _Mark, limit: int) -> Quotation:
    """A quotation whose closing mark is missing: to the end of the line if that is its last sentence, else to the
    end of the sentence in which it opens."""
    found = _SENTENCE_END.search(text, opened.end, limit)
    end = found.end() if found else limit
    rest = text[end:limit].strip()
    starts_line = opened.start == 0 or text[opened.start - 1] in "\n\r"
    if not rest or starts_line:
        end = limit
    return Quotation(opened.start, opened.start + len(text[opened.start : end].rstrip()), closed=False)
