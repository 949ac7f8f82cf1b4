"""Comparisons without a number: "far exceeded those of Ukraine", "the greatest losses"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from spacy.tokens import Doc, Token

from onrecord.reading.figures.governors import phrase, verb_of
from onrecord.reading.figures.meanings import noun_measure
from onrecord.reading.figures.sides import Sides, holder_of, sides_of
from onrecord.reading.lexicon import lexicon


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The comparing words ``[start, end)``, what they compare, and which side has more and less of it."""

    start: int
    end: int
    token: Token
    measure: str | None
    more: str | None
    less: str | None


def comparisons(doc: Doc, sides: Sides, taken: frozenset[int]) -> Iterator[Comparison]:
    """Every comparison whose words are not in ``taken`` (token indices of other figures)."""
    for token in doc:
        if token.i in taken or not token.is_alpha:
            continue
        found = None
        if token.pos_ == "VERB" and is_exceeding(token):
            found = _exceeding(token, sides, taken)
        elif token.tag_ in ("JJR", "RBR"):
            found = _comparative(token, sides, taken)
        elif token.tag_ == "JJS" and token.lower_ in _words("superlatives"):
            found = _superlative(token, sides)
        if found is not None:
            yield found


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon("figures_measures")["comparisons"][table])


def is_exceeding(verb: Token) -> bool:
    """Whether a verb says that its subject is more than its object."""
    return verb.lemma_.lower() in _words("exceeding")


def _exceeding(verb: Token, sides: Sides, taken: frozenset[int]) -> Comparison | None:
    """ "Russian losses far exceeded those of Ukraine": a verb between two amounts without a number."""
    objects = [c for c in verb.rights if c.dep_ in ("dobj", "obj")]
    if not objects or any(t.i in taken for t in islice(objects[0].subtree, 12)):
        return None
    more, less = sides_of(verb, sides)
    measure = _compared(verb)
    if measure is None and (more is None or less is None):
        return None
    first = verb.nbor(-1) if verb.i and verb.nbor(-1).dep_ == "advmod" else verb
    return Comparison(first.idx, verb.idx + len(verb), verb, measure, more, less)


def _comparative(token: Token, sides: Sides, taken: frozenset[int]) -> Comparison | None:
    """ "much higher than", "far more … than": with "than" after it and no number."""
    than = next((t for t in token.doc[token.i + 1 : token.i + 8] if t.lower_ == "than"), None)
    if than is None or than.i + 1 >= len(token.doc) or _numbered(token, than, taken):
        return None
    more, less = _compared_sides(token, than, sides)
    measure = _compared(token)
    if more is None or less is None or more == less:
        return None
    first = token.nbor(-1) if token.i and token.nbor(-1).lower_ in _words("degrees") else token
    if token.lower_ in _words("lesser"):
        more, less = less, more
    return Comparison(first.idx, token.idx + len(token), token, measure, more, less)


def _numbered(token: Token, than: Token, taken: frozenset[int]) -> bool:
    return any(i in taken for i in range(max(0, token.i - 2), than.i + 2))


def _compared_sides(token: Token, than: Token, sides: Sides) -> tuple[str | None, str | None]:
    doc = token.doc
    after = sides.in_phrase(doc[than.i + 1 : min(than.i + 14, len(doc))], capitals=True)
    verb = verb_of(token)
    subject = sides_of(verb, sides)[0] if verb is not None else None
    return subject, after


def _superlative(token: Token, sides: Sides) -> Comparison | None:
    """ "the greatest losses", "the largest instance of casualties"."""
    head = token.head
    measure = noun_measure(head) if head.pos_ == "NOUN" else None
    measure = measure or next((m for t in phrase(head, 8) if t.tag_ == "NNS" and (m := noun_measure(t))), None)
    if measure is None or head.i < token.i or head.i - token.i > 4:
        return None
    if head.tag_ == "NN" and not any(t.tag_ == "NNS" and noun_measure(t) for t in phrase(head, 8)):
        return None  # "the biggest loss" tells a rank, "the greatest losses" an amount
    first = token.nbor(-1) if token.i and token.nbor(-1).lower_ in ("the", "its", "their") else token
    end = head if noun_measure(head) is not None else token
    return Comparison(
        first.idx, end.idx + len(end), token, measure, sides.in_phrase(phrase(head)) or holder_of(head, sides), None
    )


def _compared(token: Token) -> str | None:
    verb = verb_of(token)
    if verb is None:
        return None
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            found = next((m for t in islice(child.subtree, 10) if (m := noun_measure(t))), None)
            if found is not None:
                return found
    return None
