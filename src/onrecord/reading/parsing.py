"""A document laid out, tokenised, tagged and parsed, ready for every step of reading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from onrecord.model import Document, Span
from onrecord.reading.layout import Layout, lay_out
from onrecord.reading.parts import cut
from onrecord.reading.recasing import recased
from onrecord.reading.tokens import tokenised

# The parser wants about 1 GB for each 100,000 words it is given at once.
_CHUNK = 20_000
# Tokens without a full stop after which a sentence is cut: real ones stay below half of it, and every step that walks
# a parse tree is quadratic in its sentence.
_LONGEST_SENTENCE = 300
_ENDS = frozenset((".", "!", "?", "…", ";"))


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """One document with its layout and its parse; token offsets are offsets into ``document.text``, and so are token
    texts its words, but for lines in capitals, which are parsed in small letters."""

    document: Document
    layout: Layout
    doc: Doc

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def lined(self) -> str:
        """The text with a line end where a line begins without one ("… Monitor One woman …"); of the same length."""
        letters = list(self.text)
        for line in self.layout.lines:
            if line.start and letters[line.start - 1] in " \t\xa0":
                letters[line.start - 1] = "\n"
        return "".join(letters)

    def tokens(self, start: int, end: int) -> Tokens:
        """The tokens that overlap ``[start, end)``."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span if span is not None else self.doc[0:0]

    def quoted(self, token: Token) -> bool:
        """Whether ``token`` stands inside a quotation."""
        return self.layout.quotation_at(token.idx) is not None


def parse(document: Document, model: Language) -> Parsed:
    """The parse of ``document``: sentences never run over a line end, lines in capitals are parsed in small letters."""
    text = document.text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(document.text) else document.text
    layout = lay_out(text, document.title)
    starts = {line.start for line in layout.lines} | {found.end() for found in _GLUED.finditer(text)}
    cased = recased(text, model)
    docs = [_parsed_chunk(cased, chunk, starts, model) for chunk in cut(cased, _CHUNK)]
    doc = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False, exclude=["tensor"])  # type: ignore[call-arg]  # the stub of spaCy 3.8 lacks it
    return Parsed(document, layout, doc)


# A sentence end that lost its space ("in the world.The extensive fragment"): common in scraped and translated text.
_GLUED = re.compile(r"[a-z\d)][.!?][\"”’']?(?=[\"“‘]?[A-Z][a-z])")


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _parsed_chunk(text: str, chunk: Span, starts: set[int], model: Language) -> Doc:
    doc = tokenised(text[chunk.start : chunk.end], model)
    since = 0
    for token in doc:
        at = token.idx + chunk.start
        if at in starts or since >= _LONGEST_SENTENCE:
            token.is_sent_start = True
            since = 0
        since = 0 if token.text in _ENDS else since + 1
    for _, step in model.pipeline:
        doc = step(doc)
    return doc
