"""Words that measure by themselves, and where to find them beside a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from spacy.tokens import Token

from onrecord.reading.figures.units import Measured
from onrecord.reading.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Tables:
    object: MappingProxyType[str, str]
    subject: MappingProxyType[str, str]
    nouns: MappingProxyType[str, str]
    adjectives: MappingProxyType[str, str]
    equipment: MappingProxyType[str, str]
    joined: tuple[tuple[str, frozenset[str]], ...]
    level: frozenset[str]
    level_nouns: frozenset[str]
    events: frozenset[str]
    attributes: MappingProxyType[str, str]


@cache
def tables() -> Tables:
    """What verbs, nouns and adjectives measure, as the data has it."""
    data, nouns = lexicon("figures_measures"), lexicon("figures_nouns")
    flat = {
        key: MappingProxyType({w: m for m, entry in data["measures"].items() for w in entry.get(key, [])})
        for key in ("object", "subject", "nouns", "adjectives")
    }
    return Tables(
        flat["object"],
        flat["subject"],
        flat["nouns"],
        flat["adjectives"],
        MappingProxyType({w: unit for unit, words in nouns["equipment"].items() for w in words}),
        tuple((name, frozenset(parts)) for name, parts in data["joined"].items()),
        frozenset(data["level"]["verbs"]),
        frozenset(data["level"]["nouns"]),
        frozenset(nouns["events"]["words"]),
        MappingProxyType({w: m for m, words in data["attributes"].items() for w in words}),
    )


PEOPLE = frozenset(("killed", "wounded", "casualties", "missing", "displaced", "captured", "detained"))


@cache
def idle_verbs() -> frozenset[str]:
    """Verbs whose passive tells nothing of those counted ("were interviewed")."""
    return frozenset(lexicon("figures_measures")["idle"]["verbs"]) | tables().level


def noun_measure(token: Token) -> str | None:
    """The measure that a noun names by itself: "deaths", "casualties"."""
    nouns = tables().nouns
    return nouns.get(token.lemma_.lower()) or nouns.get(token.lower_)


def equipment_of(word: str) -> str | None:
    """The kind of equipment that a noun names: "car bomb" none, "armoured vehicle" a vehicle."""
    table = tables().equipment
    return table.get(word) or table.get(word.split(" ")[-1])


def counted_noun(m: Measured) -> tuple[str, Token] | None:
    """The counted noun itself: "11,000 deaths", "410 bodies", "30 prisoners"."""
    token = m.noun.token if m.noun is not None else None
    if token is None:
        token = m.token if m.token.lower_ in tables().nouns else None
    measure = noun_measure(token) if token is not None else None
    return (measure, token) if measure is not None and token is not None else None


def amod(token: Token) -> tuple[str, Token] | None:
    """The measure of an adjective on a noun, with the adjective: "dead farmers"."""
    for child in token.lefts:
        if child.dep_ in ("amod", "compound", "nmod") and child.lower_ in tables().adjectives:
            return tables().adjectives[child.lower_], child
    return None


def last_token(m: Measured) -> int:
    """The index of the last token of a figure's words."""
    doc, index = m.token.doc, m.token.i
    while index + 1 < len(doc) and doc[index + 1].idx < m.end:
        index += 1
    return index


def before_noun(anchor: Token) -> Iterator[Token]:
    """The words right before a figure that the parse left hanging ("the number of dead farmers at 25")."""
    for step in range(1, 10):
        if anchor.i - step < 0 or anchor.doc[anchor.i - step + 1].is_sent_start:
            return
        yield anchor.doc[anchor.i - step]
