"""The tokens of an attribution and the heads among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Attribution, Spans

Tokens = tuple[Token, ...]

# A clause hangs on the words before it by one of these; anything else is part of a noun phrase.
_CLAUSAL = frozenset(
    (
        "ROOT",
        "ccomp",
        "xcomp",
        "advcl",
        "parataxis",
        "conj",
        "pcomp",
        "acl",
        "relcl",
        "csubj",
        "dep",
        "csubjpass",
    )
)
_VERBAL = frozenset(("VERB", "AUX"))


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """An attribution's tokens: ``cue_head`` and ``content_head`` are those the others hang on, None where
    empty."""

    attribution: Attribution
    source: Tokens
    cue: Tokens
    content: Tokens
    source_head: Token | None
    cue_head: Token | None
    content_head: Token | None


def worded(parsed: Parsed, attribution: Attribution) -> Wording:
    """The tokens under an attribution's spans."""
    source = tokens_of(parsed, attribution.source)
    cue = tokens_of(parsed, attribution.cue)
    content = tokens_of(parsed, attribution.content)
    return Wording(attribution, source, cue, content, head_of(source), head_of(cue), main_head(content))


def tokens_of(parsed: Parsed, spans: Spans) -> Tokens:
    """The tokens that overlap any of ``spans``, in order, white space left out."""
    return tuple(t for start, end in spans for t in parsed.tokens(start, end) if not t.is_space)


def head_of(tokens: Tokens) -> Token | None:
    """The first token that hangs on none of the others, punctuation and particles aside."""
    free = _free(tokens)
    return next((t for t in free if t.pos_ != "PART"), free[0] if free else None)


def _free(tokens: Tokens) -> list[Token]:
    """The tokens that hang on none of the others, punctuation aside."""
    places = [t.i for t in tokens]
    inside = set(places)
    heads = [t.head.i for t in tokens]
    return [
        t
        for t, i, head in zip(tokens, places, heads, strict=True)
        if (head == i or head not in inside) and not t.is_punct
    ]


def main_head(tokens: Tokens) -> Token | None:
    """The head of the main clause of ``tokens``: the first verb that hangs on none of the others, else their
    head.

    Where the parse cut the words elsewhere, the head may be a noun though a finite verb governs it inside.
    """
    free = _free(tokens)
    verbs = [t for t in free if t.pos_ in _VERBAL]
    clausal = [t for t in verbs if t.dep_ in _CLAUSAL]
    for group in (clausal, verbs, free):
        if group:
            return group[0]
    return None


def lemmas(tokens: Iterable[Token]) -> list[str]:
    """Their lemmas in lower case.

    The tagger leaves a capital on names and on words it takes for names, as in headlines.
    """
    return [t.lemma_.lower() for t in tokens]
