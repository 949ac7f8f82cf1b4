"""The sentences of a text and what attributions and caveats leave of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.model import Span
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.stance.wording import main_head

Range = tuple[int, int]

_ENDS = frozenset((".", "!", "?", "…", "...", "”", '"', "''", "’", ")"))
_GOES_ON = frozenset((":", ",", ";"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_LONGEST_ITEM = 200


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, overlapping and touching ones made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def units_of(parsed: Parsed) -> Iterator[Range]:
    """Token ranges of sentences: the parser's, joined where it broke one, lists joined to the line they go
    on from.

    A line that ends in a colon takes the short lines after it, as in the losses a ministry lists one a line.
    """
    doc = parsed.doc
    open_: Range | None = None
    for sentence in doc.sents:
        start, end = _without_space(doc, sentence.start, sentence.end)
        if start == end:
            continue
        if open_ is not None and _joins(parsed, open_, start):
            open_ = (open_[0], end)
            continue
        if open_ is not None:
            yield open_
        open_ = (start, end)
    if open_ is not None:
        yield open_


def _without_space(doc: Doc, start: int, end: int) -> Range:
    while start < end and doc[start].is_space:
        start += 1
    while start < end and doc[end - 1].is_space:
        end -= 1
    return start, end


def _joins(parsed: Parsed, open_: Range, start: int) -> bool:
    last, first = parsed.doc[open_[1] - 1], parsed.doc[start]
    before, after = parsed.layout.line_at(last.idx), parsed.layout.line_at(first.idx)
    if before is None or after is None:
        return False
    if before is after:
        return last.text not in _ENDS and last.text != ":"
    if after.end - after.start > _LONGEST_ITEM:
        return False
    if last.text == ":":
        return True
    item = _ITEM.search(parsed.text, after.start, after.end) is not None
    return (last.text in _GOES_ON or item) and _is_list(parsed, open_)


# "tanks – 1361 (+3),": a dash and a number
_ITEM = re.compile(r"[-–—‒] ?\d")


def _is_list(parsed: Parsed, open_: Range) -> bool:
    """Whether the open stretch began with a line that ends in a colon."""
    first = parsed.layout.line_at(parsed.doc[open_[0]].idx)
    return first is not None and parsed.text[first.end - 1] == ":"


def clauses_of(parsed: Parsed, unit: Range, taken: Sequence[Span]) -> Iterator[Range]:
    """What is left of a sentence: all of it where nothing is taken, else each stretch that is a clause."""
    doc = parsed.doc
    start, end = unit
    first = bisect_right(taken, doc[start].idx, key=lambda s: s.end)
    last = doc[end - 1]
    if first == len(taken) or taken[first].start >= last.idx + len(last):
        yield trimmed(doc, start, end)
        return
    for stretch in _free(doc, unit, taken, first):
        left, right = trimmed(doc, *stretch)
        if right - left >= 4 and _is_clause(doc, left, right):
            yield left, right


def _free(doc: Doc, unit: Range, taken: Sequence[Span], index: int) -> Iterator[Range]:
    """The runs of tokens that touch no taken span."""
    open_: int | None = None
    for token in doc[unit[0] : unit[1]]:
        i, start = token.i, token.idx
        while index < len(taken) and taken[index].end <= start:
            index += 1
        free = index == len(taken) or taken[index].start >= start + len(token)
        if free and open_ is None:
            open_ = i
        elif not free and open_ is not None:
            yield open_, i
            open_ = None
    if open_ is not None:
        yield open_, unit[1]


def _is_clause(doc: Doc, start: int, end: int) -> bool:
    """Whether the head of the stretch is a verb with its subject in the stretch, or a participle that tells
    an event ("killing four people")."""
    head = main_head(tuple(doc[i] for i in range(start, end)))
    if head is None or head.pos_ not in ("VERB", "AUX"):
        return False
    subjects = (c for c in head.lefts if c.dep_ in _SUBJECTS)
    if any(start <= c.i < end and c.tag_ not in ("WDT", "WP") for c in subjects):
        return True
    first = next((doc[i] for i in range(start, end) if doc[i].pos_ != "ADV"), doc[start])
    return first is head and head.tag_ == "VBG" and head.lemma_.lower() in _events()


@cache
def _events() -> frozenset[str]:
    return frozenset(lexicon("own")["events"]["verbs"])


def trimmed(doc: Doc, start: int, end: int) -> Range:
    """Without the words that tie a clause to the one before, and without dashes and commas at its ends."""
    while start < end and (
        (doc[start].is_punct and not _opens(doc[start]))
        or doc[start].is_space
        or doc[start].pos_ == "CCONJ"
        or (doc[start].dep_ == "mark" and doc[start].pos_ == "SCONJ" and doc[start].lower_ != "if")
    ):
        start += 1
    while start < end and (
        doc[end - 1].is_space
        or doc[end - 1].text in (",", ";", ":", "-", "–", "—", "(")
        or doc[end - 1].pos_ == "CCONJ"
        or doc[end - 1].tag_ in ("WDT", "WP", "WRB")
        or (doc[end - 1].pos_ in ("ADP", "SCONJ", "DET") and doc[end - 1].dep_ in ("prep", "mark", "det"))
    ):
        end -= 1
    return start, end


def _opens(token: Token) -> bool:
    return token.text in ("“", '"', "‘", "„", "«", "(", "[", "''")
