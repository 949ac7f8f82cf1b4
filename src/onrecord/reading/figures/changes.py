"""Which way a figure says that something changed: "rose 40 percent", "(+200)", "a 3 percent drop"."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from onrecord.reading.figures.compounds import Hedged
from onrecord.reading.figures.numerals import unit_kind
from onrecord.reading.lexicon import lexicon

_FINANCIAL = ("percent", "point", "cent", "money")


@cache
def _directions() -> dict[str, str]:
    change = lexicon("figures_measures")["change"]
    return dict.fromkeys(change["up"], "up") | dict.fromkeys(change["down"], "down")


@cache
def _noun_directions() -> dict[str, str]:
    change = lexicon("figures_measures")["change"]
    return dict.fromkeys(change["nouns_up"], "up") | dict.fromkeys(change["nouns_down"], "down")


def direction_of(verb: str) -> str | None:
    """ "up" or "down" for any form of a verb of change ("rose" is left to the parse)."""
    word = verb.lower()
    forms = (word, word.removesuffix("s"), word.removesuffix("d"), word.removesuffix("ed"))
    return next((_directions()[f] for f in forms if f in _directions()), None)


_BOUNDS = frozenset((">", ">=", "<="))


def change(text: str, token: Token, h: Hedged, unit: str | None, end: int) -> tuple[str, str] | None:
    """Direction and comparator where the figure at ``token`` is an amount of change that ends at ``end``, else None.

    The direction is "up" or "down". The comparator is the same where the figure's own phrase says what it did; it stays
    a bound that the words set ("rose more than 3 percent"), and the plain one of an amount that a noun or adjective
    after it turns into a change ("a 3 percent drop").
    """
    if h.numeral.signed and text[h.numeral.left - 1 : h.numeral.left] == "(":
        direction = "down" if (h.numeral.value or 0) < 0 else "up"
        return direction, direction
    verb = _by_verb(token, unit)
    if verb is not None:
        return verb, h.comparator if h.comparator in _BOUNDS or h.numeral.ranged else verb
    after = _by_word_after(text, unit, end) or _by_noun(text, unit, end)
    return None if after is None else (after, h.comparator)


def _by_verb(token: Token, unit: str | None) -> str | None:
    """The verb or "up"/"down" before the figure, past "by", hedges and adverbs; "rose to 40" tells a level."""
    between = _between()
    for index in range(token.i - 1, max(-1, token.i - 7), -1):
        before = token.doc[index]
        word = before.lower_
        direction = _directions().get(word if before.pos_ in ("ADV", "ADP", "ADJ") else before.lemma_.lower())
        if direction is not None and (before.pos_ in ("VERB", "ADV", "ADP", "ADJ", "NOUN", "PROPN")):
            return direction if _may_change(before, word, unit) else None
        if word not in between and before.pos_ != "ADV":
            return None
    return None


@cache
def _between() -> frozenset[str]:
    return frozenset(lexicon("figures")["change_between"]["words"])


@cache
def _weak() -> frozenset[str]:
    return frozenset(lexicon("figures_measures")["change"]["weak"])


def _may_change(verb: Token, word: str, unit: str | None) -> bool:
    """Losses of people are no change of a level; "up to" is a hedge; a noun ("rise of") needs a verb's form."""
    if verb.pos_ == "VERB" and verb.lemma_.lower() == "down":
        return False  # "downed six drones"
    if word in ("up", "down"):
        following = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
        return following != "to" and not _particle(verb)
    if verb.pos_ in ("NOUN", "PROPN") and verb.lemma_.lower() == word:
        return False
    financial = unit_kind(unit) in _FINANCIAL
    return financial or (verb.lemma_.lower() not in _weak() and unit_kind(unit) != "time")


def _particle(word: Token) -> bool:
    """ "shot down", "gave up": the direction belongs to a verb of another meaning."""
    before = word.nbor(-1) if word.i else word
    if before.pos_ != "VERB":
        return False
    moves = lexicon("figures_measures")["change"]["moves"]
    return before.lemma_.lower() not in _directions() and before.lemma_.lower() not in moves


_THEN = (
    r"\sthan\s(?:in\s|during\s)?(?:the\s(?:year|month|week|quarter|previous|same)|last|a\s(?:year|month|week)|\d{4})\b"
)
_AFTER = re.compile(
    rf"\s(?P<word>higher|lower|more|less|fewer|up|down)\b(?:(?={_THEN})|(?!\sthan\b|\s\w+s\b))", re.IGNORECASE
)


def _by_word_after(text: str, unit: str | None, end: int) -> str | None:
    match = _AFTER.match(text, end) if unit_kind(unit) == "percent" else None
    return None if match is None else "up" if match["word"].lower() in ("higher", "more", "up") else "down"


@cache
def _noun_after() -> re.Pattern[str]:
    nouns = "|".join(_noun_directions())
    return re.compile(rf"\s(?:[\w-]+\s){{0,2}}?(?P<noun>{nouns})\b", re.IGNORECASE)


def _by_noun(text: str, unit: str | None, end: int) -> str | None:
    match = _noun_after().match(text, end) if unit_kind(unit) == "percent" else None
    return None if match is None else _noun_directions()[match["noun"].lower()]
