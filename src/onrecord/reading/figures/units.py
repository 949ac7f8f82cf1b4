"""A hedged number with its kind and unit: what is counted, in what, per what."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from onrecord.model import FigureKind
from onrecord.reading.figures.changes import change
from onrecord.reading.figures.compounds import Hedged, bounds
from onrecord.reading.figures.numerals import Form, Numeral, unit_kind, unit_named
from onrecord.reading.figures.words import Noun, Tokens, before, counted
from onrecord.reading.figures.words import noun as named
from onrecord.reading.lexicon import lexicon


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A quantity with its words ``[start, end)``, kind, comparator, value, bounds and unit; ``token`` is where it
    stands in the parse, ``noun`` what it counts."""

    hedged: Hedged
    start: int
    end: int
    kind: FigureKind
    comparator: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    token: Token
    noun: Noun | None
    listed: bool = False
    sentence: int = 0
    direction: str | None = None

    @property
    def noun_word(self) -> str | None:
        """The counted noun where the unit is a person; "people" says no more than the unit."""
        if self.noun is None or not self.noun.people or self.noun.word == "people":
            return None
        return self.noun.word


def measured(text: str, tokens: Tokens, h: Hedged, after: tuple[Hedged, ...] = ()) -> Measured | None:
    """The quantity that ``h`` tells; None for a "one" that counts nothing. No noun is sought beyond the next number of
    those ``after`` it, unless that is only the size of what is counted ("40 155mm shells")."""
    n = h.numeral
    token = tokens.doc[tokens.index_at(n.start)]
    noun, listed = _noun(text, tokens, h, after)
    if _pronoun(text, n, token, noun, h):
        return None
    unit, right = _unit(text, n, noun, h)
    value, low, high = _number(h)
    sentence, hedged_end = tokens.sentence(token.i)[0], max(h.end, right)
    changed = None if h.ratio else change(text, tokens.doc[tokens.index_at(h.start)], h, unit, hedged_end)
    rate_unit = _rate(text, unit, hedged_end, noun) or unit
    if changed is not None:
        kind, comparator, direction = FigureKind.CHANGE, changed[1], changed[0]
    else:
        kind, comparator, direction = _kind(text, h, unit, rate_unit), h.comparator, None
    if kind not in (FigureKind.RATE, FigureKind.CHANGE):
        rate_unit = None if kind is FigureKind.RATIO and unit != "count" else unit
    return Measured(
        h, h.start, hedged_end, kind, comparator, value, low, high, rate_unit, token, noun, listed, sentence, direction
    )


def _noun(text: str, tokens: Tokens, h: Hedged, after: tuple[Hedged, ...]) -> tuple[Noun | None, bool]:
    n = h.of or h.numeral
    if n.unit is not None or n.form is Form.BARE_TIME:
        return None, False
    right = max(n.right, h.end)
    if _STRONG.match(text, right) or _AGED.search(text[max(0, h.numeral.left - 30) : h.numeral.left]):
        return None, False
    limit = after[0].start if after else len(text)
    if after and _is_size(text, right, after[0]):
        right, limit = after[0].end, after[1].start if len(after) > 1 else len(text)
    found = counted(tokens, right, limit) or _told_before(text, tokens, h)
    if found is not None:
        return found, False
    if after and _OF_NEXT.fullmatch(text, right, after[0].start):
        return counted(tokens, after[0].end, after[1].start if len(after) > 1 else len(text)), False
    listed = before(tokens, h.start)
    return listed, listed is not None


_SIZES = frozenset(("length", "mass", "volume", "area", "power", "energy", "data"))


def _is_size(text: str, right: int, following: Hedged) -> bool:
    """Whether the number that follows at once measures the things that one ending at ``right`` counts."""
    return unit_kind(following.numeral.unit) in _SIZES and text[right : following.start] in (" ", "\u00a0")


_OR_TWO = re.compile(r"\b(?:an?|another|one)\s[\w-]+\s(?P<or>or)\s$", re.IGNORECASE)


def _told_before(text: str, tokens: Tokens, h: Hedged) -> Noun | None:
    """ "another mine or two": the noun stands before."""
    match = _OR_TWO.search(text[max(0, h.start - 40) : h.start])
    if match is None:
        return None
    token = tokens.doc[tokens.index_at(h.start) - 2]
    return named(token) if token.pos_ in ("NOUN", "PROPN") else None


# "34 of 41 drones": the part is counted in what the whole is
_OF_NEXT = re.compile(r"\sof\s(?:the\s|its\s|their\s|his\s|her\s|our\s|all\s)*", re.IGNORECASE)
# "along one front line", "in one case": some one, not a count
_AT_ONE = re.compile(r"\b(?:in|on|at|along|near|from|to|for|of|with|through|into|inside|outside|by)\s$", re.IGNORECASE)
_STRONG = re.compile(r"[-‑\s][Ss]trong\b")
_OF_THEM = re.compile(r"\s(?:(?:of|out of)\s|in\s(?:the\s|a\s)?[A-Z0-9])")


def _pronoun(text: str, n: Numeral, token: Token, noun: Noun | None, h: Hedged) -> bool:
    """A bare "one" that the parse does not have before a noun."""
    if text[n.start : n.end].lower() != "one" or h.of is not None or n.unit is not None:
        return False
    if _OF_THEM.match(text, n.end) or h.comparator != "=":
        return False
    if noun is not None and not noun.people and _AT_ONE.search(text[max(0, n.start - 12) : n.start]):
        return True
    if noun is None:
        return token.tag_ != "CD" or token.dep_ not in ("nsubj", "nsubjpass", "ROOT", "nummod")
    return token.tag_ in ("PRP", "NN") and noun.token.i != token.i + 1


def _number(h: Hedged) -> tuple[float | None, float | None, float | None]:
    n = h.numeral
    if h.of is None or n.value is None or not h.of.value:
        low, high = bounds(n, h.comparator)
        return n.value, _finite(low), _finite(high)
    if h.ratio:  # "one in seven in our favour" is seven to one
        ratio = max(n.value, h.of.value) / min(n.value, h.of.value)
        return ratio, ratio, ratio
    share = n.value / h.of.value
    return share, (None if h.comparator[0] == "<" else share), (None if h.comparator[0] == ">" else share)


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def _unit(text: str, n: Numeral, noun: Noun | None, h: Hedged) -> tuple[str | None, int]:
    """The unit and where its words end."""
    if h.of is not None:
        return None, h.of.right
    if _named_age(text, n, h) or (n.unit is None and _AGED.search(text[max(0, n.left - 30) : n.left])):
        return "year of age", max(n.right, n.end)
    right = max(n.right, n.end)
    if n.unit is not None:
        if unit_kind(n.unit) == "time" and _AGED.search(text[max(0, n.left - 30) : n.left]):
            return f"{n.unit} of age", right
        age = _AGE.match(text, right) if unit_kind(n.unit) == "time" else None
        if age is not None:
            return f"{n.unit} of age", age.end()
        return n.unit, right
    if _STRONG.match(text, right):
        return "person", right
    if noun is None and n.unit is None and re.match(r"\swho\b", text[right : right + 5]):
        return "person", right
    if n.form in (Form.SHARE, Form.MULTIPLE) or noun is None:
        return None, right
    known = unit_named(noun.token.lower_)
    if known is not None:
        return known, right
    return ("person" if noun.people else noun.word), right


_AGE = re.compile(r"[\s-]olds?\b|\sof\sage\b", re.IGNORECASE)


# "under the age of 18", "aged between 18 and 60"
_AGED = re.compile(
    r"\b(?:age of|aged|ages|ages of)\s(?:between\s|from\s|only\s|just\s)?$"
    r"|\b(?:children|those|people|men|women|boys|girls|adults|anyone|everyone)\s(?:under|over|below|above)\s$"
    r"|\b(?:boy|girl|man|woman|child|toddler|baby|infant)\sof\s(?:just\s|only\s)?$",
    re.IGNORECASE,
)
_NAMED_AGE = re.compile(r"\b[A-Z][\w’'-]+,\s$")


def _named_age(text: str, n: Numeral, h: Hedged) -> bool:
    """ "Maddon, 66, …": a small number between commas after a name."""
    if n.unit is not None or h.start != n.start or n.value is None or not 0 < n.value <= 110:
        return False
    return text[n.end : n.end + 1] in (",", ".") and _NAMED_AGE.search(text[max(0, n.start - 30) : n.start]) is not None


@cache
def _per() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = lexicon("figures_units")["per"]
    units, times = "|".join(data["units"]), "|".join(data["times"])
    adverbs = "|".join(data["adverbs"])
    return (
        re.compile(
            rf"(?:\s|-)(?:(?:per|each|every)[\s-](?P<strong>(?:\d+\s)?(?:{units}))s?|an?[\s-](?P<weak>{times})|(?P<adverb>{adverbs}))\b"
            rf"|/(?P<slash>day|week|month|year|hour|hr|sec|s|h)\b",
            re.IGNORECASE,
        ),
        re.compile(r"(?:\s[\w-]+){0,4}?(?=\s(?:per|a|an|each|every|daily)\s?)", re.IGNORECASE),
    )


# "seven times those of …", "three times as many", "twice … higher", "seven soldiers for every one of theirs"
_TIMES = re.compile(r"\s(?:as|more|those|that|the|its|their|his|her|higher|larger|greater|bigger|fewer|less|what)\b")
FOR_EVERY = re.compile(r"[^.,;:!?\d]{0,50}?\sfor\s(?:every|each)\s(?:one\s|single\s)?(?:[a-z-]+\s){0,3}?(?=[A-Z])")


def _kind(text: str, h: Hedged, unit: str | None, rate_unit: str | None) -> FigureKind:
    """What kind of quantity it is, where it is no change."""
    if h.ratio:
        return FigureKind.RATIO
    if h.of is not None or h.numeral.form is Form.SHARE:
        return FigureKind.SHARE
    if h.numeral.form is Form.MULTIPLE:
        return FigureKind.RATIO
    if unit == "count" and _TIMES.match(text, h.numeral.right):
        return FigureKind.RATIO
    if unit is not None and unit_kind(unit) is None and FOR_EVERY.match(text, h.end):
        return FigureKind.RATIO
    if rate_unit != unit:
        return FigureKind.RATE
    if unit == "percent":
        return FigureKind.SHARE
    return FigureKind.DURATION if unit_kind(unit) == "time" else FigureKind.COUNT


@cache
def _not_rate() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(lexicon('figures')['not_rate']['after'])})\b", re.IGNORECASE)


def _rate(text: str, unit: str | None, end: int, noun: Noun | None) -> str | None:
    """ "200 a day", "50,000 shells per day": the unit of the rate."""
    if unit_kind(unit) == "time" and unit not in ("hour", "day"):
        return None
    after = noun.token.idx + len(noun.token) if noun is not None and noun.token.idx >= end else end
    match = _per()[0].match(text, after)
    if match is None or _not_rate().match(text, match.end()):
        return None
    data = lexicon("figures_units")["per"]["adverbs"]
    per = match["strong"] or match["weak"] or match["slash"] or data[match["adverb"].lower()]
    return f"{unit or 'person'} per {' '.join(per.lower().split())}"
