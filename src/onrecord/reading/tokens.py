"""Tokens of any text in time that grows with its length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

# spaCy's tokenizer takes a run without white space apart sign by sign, anew each time: quadratic in the run. Longer
# ones than this are no words (10,000 quotation marks, a picture in base64) and are cut by a plain pattern.
_LONGEST_RUN = 400
_RUN = re.compile(rf"\S{{{_LONGEST_RUN + 1},}}")
_PIECE = re.compile(r"\w{1,100}|[^\w\s]")


def tokenised(text: str, model: Language) -> Doc:
    """The tokens of ``text``, their offsets those of the text."""
    if not _RUN.search(text):
        return model.make_doc(text)
    words, spaces = [], []
    for word, space in _tokens(text, model):
        words.append(word)
        spaces.append(space)
    return Doc(model.vocab, words, spaces)


def _tokens(text: str, model: Language) -> Iterator[tuple[str, bool]]:
    at = 0
    for run in [*_RUN.finditer(text), None]:
        end = run.start() if run else len(text)
        yield from ((t.text, bool(t.whitespace_)) for t in model.make_doc(text[at:end]))
        if run:
            pieces = _PIECE.findall(run.group())
            yield from ((piece, False) for piece in pieces)
            at = run.end()
