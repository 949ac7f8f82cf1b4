"""Figures without a number: one person harmed ("a farmer was wounded") and nobody ("no casualties")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from onrecord.model import FigureKind
from onrecord.reading.figures.compounds import Hedged
from onrecord.reading.figures.meanings import PEOPLE, noun_measure
from onrecord.reading.figures.measures import sense_of
from onrecord.reading.figures.numerals import Form, Numeral
from onrecord.reading.figures.units import Measured
from onrecord.reading.figures.words import Noun, Tokens, noun

_ZERO = frozenset(("nobody", "none"))


def singles(tokens: Tokens, taken: frozenset[int]) -> Iterator[Measured]:
    """One or nobody harmed; ``taken`` are the tokens of figures that are told by a number."""
    for token in tokens.doc:
        if token.i in taken:
            continue
        found = _single(token, tokens) or _zero(token, tokens)
        if found is not None:
            yield found


def _single(token: Token, tokens: Tokens) -> Measured | None:
    """ "a woman", "an old man", where what happened to them is harm."""
    head = token.head
    if token.dep_ != "det" or token.lower_ not in ("a", "an") or head.tag_ != "NN" or head.i - token.i > 8:
        return None
    counted = noun(head, token.i + 1)
    by = head.dep_ == "pobj" and head.head.lower_ == "by"
    if by or not counted.people or noun_measure(head) is not None or head.dep_ in ("compound", "poss", "attr", "appos"):
        return None
    found = _measured(token, head, counted, 1.0, tokens)
    sense = sense_of(found)
    harmed = sense.word is not None and sense.word.pos_ == "VERB" and sense.measure in PEOPLE - {"displaced"}
    return found if harmed else None


def _zero(token: Token, tokens: Tokens) -> Measured | None:
    """ "no casualties", "nobody was hurt", "no civilians were killed"."""
    if token.lower_ in _ZERO and token.dep_ in ("nsubjpass", "nsubj", "dobj"):
        found = _measured(token, token, None, 0.0, tokens)
        sense = sense_of(found)
        return replace(found, unit="person") if sense.word is not None and sense.measure in PEOPLE else None
    head = token.head
    if token.lower_ != "no" or token.dep_ != "det" or not 0 < head.i - token.i <= 4:
        return None
    counted = None if head.lower_ == "one" else noun(head, token.i + 1)
    found = _measured(token, head, counted, 0.0, tokens)
    sense = sense_of(found)
    harm = noun_measure(head) in PEOPLE or (sense.measure in PEOPLE and sense.word is not None)
    people = counted is None or counted.people or noun_measure(head) in PEOPLE
    plural = head.tag_ in ("NNS", "NNPS") or counted is None or counted.people
    return found if harm and people and plural else None


def _measured(first: Token, last: Token, counted: Noun | None, value: float, tokens: Tokens) -> Measured:
    start, end = first.idx, last.idx + len(last)
    numeral = Numeral(start, first.idx + len(first), start, end, value, Form.WORDS)
    return Measured(
        Hedged(numeral, start, end, "="),
        start,
        end,
        FigureKind.COUNT,
        "=",
        value,
        value,
        value,
        "person",
        last,
        counted,
        sentence=tokens.sentence(first.i)[0],
    )
