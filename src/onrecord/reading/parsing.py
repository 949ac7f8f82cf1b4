"""A document laid out, tokenised, tagged and parsed, ready for every step of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from onrecord.model import Document
from onrecord.reading.layout import Layout, Line, lay_out

# The parser wants about 1 GB for each 100,000 words it is given at once.
_CHUNK = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """One document with its layout and its parse; token offsets are offsets into ``document.text``."""

    document: Document
    layout: Layout
    doc: Doc

    @property
    def text(self) -> str:
        return self.document.text

    def tokens(self, start: int, end: int) -> Span:
        """The tokens that overlap ``[start, end)``."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span if span is not None else self.doc[0:0]

    def quoted(self, token: Token) -> bool:
        """Whether ``token`` stands inside a quotation."""
        return self.layout.quotation_at(token.idx) is not None


def parse(document: Document, model: Language) -> Parsed:
    """The parse of ``document``: sentences never run over a line end."""
    text = document.text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(document.text) else document.text
    layout = lay_out(text)
    docs = [_parsed_chunk(text, lines, start, end, model) for start, end, lines in _chunks(text, layout)]
    doc = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False, exclude=["tensor"])
    return Parsed(document, layout, doc)


# A sentence end that lost its space ("in the world.The extensive fragment"): common in scraped and translated text.
_GLUED = re.compile(r"[a-z\d)][.!?][\"”’']?(?=[\"“‘]?[A-Z][a-z])")


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _chunks(text: str, layout: Layout) -> Iterator[tuple[int, int, list[Line]]]:
    """Stretches of whole lines, each of about ``_CHUNK`` characters or one longer line."""
    start, lines = 0, list[Line]()
    for line in layout.lines:
        if lines and line.end - start > _CHUNK:
            yield start, line.start, lines
            start, lines = line.start, []
        lines.append(line)
    yield start, len(text), lines


def _parsed_chunk(text: str, lines: list[Line], start: int, end: int, model: Language) -> Doc:
    doc = model.make_doc(text[start:end])
    starts = {line.start - start for line in lines}
    starts.update(found.end() - start for found in _GLUED.finditer(text, start, end))
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    for _, step in model.pipeline:
        doc = step(doc)
    return doc
