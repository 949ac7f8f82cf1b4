"""Numbers as words and digits in a text, before anything is known about what they count."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from onrecord.reading.lexicon import lexicon


class Form(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    VAGUE = "vague"
    SHARE = "share"
    MULTIPLE = "multiple"
    BARE_TIME = "bare time"


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number on the page: ``[start, end)`` are its own words, ``[left, right)`` with currency sign and unit.

    ``low`` and ``high`` are told for vague words and ranges only. ``step`` is one of the last printed non-zero
    digit. ``parts`` are the numbers a range was joined from.
    """

    start: int
    end: int
    left: int
    right: int
    value: float | None
    form: Form
    step: float = 1.0
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    signed: bool = False
    scale: float | None = None
    parts: tuple[Numeral, ...] = ()

    @property
    def ranged(self) -> bool:
        return bool(self.parts)


_DIGITS = re.compile(
    r"(?P<whole>\d{1,3}(?:[,\u00a0\u202f]\d{3})++(?!\d)|\d++)?(?P<decimals>\.\d++)?"
    r"(?P<over>(?:(?<=\d)\s\d{1,2})?/\d{1,2}(?![\d/]))?(?P<vulgar>\s?[½¼¾⅓⅔])?"
)
_WORD = re.compile(r"[^\W\d_]+|\d|\.(?=\d)|[½¼¾⅓⅔]")
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_LONGEST = 400  # digits; beyond it a float is no number any more


def numerals(text: str) -> list[Numeral]:
    """Every number of ``text`` in order, without overlap; designations ("T-72") are still among them.

    >>> [(n.value, n.unit) for n in numerals("two dozen of 1.2 million, or $3bn and 40 per cent")]
    [(24.0, None), (1200000.0, None), (3000000000.0, 'dollar'), (40.0, 'percent')]
    """
    found, position, openers = list[Numeral](), 0, _openers()
    for word in _WORD.finditer(text):
        if word.start() < position:
            continue
        first = word.group()
        numeral: Numeral | None = None
        if not first.isalpha():
            numeral = _digits(text, word.start())
        elif first.lower() in openers:
            numeral = _phrase(text, word.start()) or _words(text, word.start())
        if numeral is not None:
            numeral = _with_unit(text, numeral)
            found.append(numeral)
            position = max(numeral.right, numeral.end)
    return found


# --- digits ----------------------------------------------------------------------------------------------------


def _digits(text: str, at: int) -> Numeral | None:
    match = _DIGITS.match(text, at)
    if match is None or not match.group():
        return None
    value, step = _digit_value(match)
    end = match.end()
    scale = _scale_after(text, end)
    if scale is not None:
        value, step, end = value * scale[0], step * scale[0], scale[1]
    start, sign = _sign(text, at)
    number = value if math.isfinite(value) else None
    if number is not None and sign < 0:
        number = -number
    return Numeral(
        start, end, start, end, number, Form.DIGITS, step, signed=start < at, scale=scale[0] if scale else None
    )


def _digit_value(match: re.Match[str]) -> tuple[float, float]:
    """The value, and one of the last printed non-zero digit."""
    whole = re.sub(r"\D", "", match["whole"] or "")
    decimals = (match["decimals"] or "")[1:]
    if len(whole) + len(decimals) > _LONGEST:
        return math.inf, 1.0
    value = float(f"{whole or 0}.{decimals or 0}")
    step = 10.0 ** -len(decimals.rstrip("0")) if decimals.strip("0") else _last_digit(whole)
    if match["over"]:
        return _fraction(value, match["over"]), 1.0
    if match["vulgar"]:
        return (value if match["whole"] else 0.0) + _VULGAR[match["vulgar"].strip()], 0.1
    return value, step


def _last_digit(whole: str) -> float:
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(10 ** min(zeros, 300)) if whole.strip("0") else 1.0


def _fraction(value: float, over: str) -> float:
    above, below = over.split("/")
    if not float(below):
        return math.inf
    return value + float(above) / float(below) if above.strip() else value / float(below)


def _sign(text: str, at: int) -> tuple[int, int]:
    """Where the number starts with its sign, and the sign: a minus must stand free or after a bracket."""
    if text[max(0, at - 6) : at].lower() in ("minus-", "minus "):
        return at - 6, -1
    before = text[at - 1 : at] if at else ""
    free = at < 2 or text[at - 2] in " \t\n\u00a0([=~"
    if before and before in "+-−" and free:
        return at - 1, 1 if before == "+" else -1
    return at, 1


@cache
def _scale_pattern() -> re.Pattern[str]:
    data = lexicon("figures")
    short = "|".join(map(re.escape, data["short_scales"]))
    return re.compile(
        rf"(?:[\s-]{{1,2}}(?P<long>{'|'.join(data['scales'])})\b|\s?(?P<short>{short})(?![\w]))", re.IGNORECASE
    )


# "2.7m combined sales", not "1.5m of cloth" nor "2.5m high walls"
_SOME_PLURAL = re.compile(
    r"m\s(?:(?!(?:of|in|to|from|at|by|on|for|high|tall|long|wide|deep|away|above|below|thick)\b)[a-z]+\s){0,4}"
    r"(?!(?:was|is|has|its|this|as)\b)[a-z]{3,}s\b"
)
_MILLION_M = re.compile(r"m(?![\w²³/])(?=(?P<rest>\s+\w+|-)?)", re.IGNORECASE)


def _scale_after(text: str, end: int) -> tuple[float, int] | None:
    match = _scale_pattern().match(text, end)
    if match is not None:
        data = lexicon("figures")
        word = (match["long"] or match["short"]).lower()
        return float(data["scales"].get(word) or data["short_scales"][word]), match.end()
    return None


# --- words -----------------------------------------------------------------------------------------------------


def _alternatives(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered)


@cache
def _openers() -> frozenset[str]:
    """The first words of everything that may be a number."""
    data = lexicon("figures")
    tables = ("cardinals", "scales", "exact", "vague", "vague_shares", "fractions", "multiples")
    firsts = {re.split(r"[\s-]", phrase)[0] for table in tables for phrase in data[table]}
    return frozenset(firsts | set(data["bare_times"]["words"]))


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, tuple[Form, float | None, list[float]]]]:
    data = lexicon("figures")
    table: dict[str, tuple[Form, float | None, list[float]]] = {}
    table |= dict.fromkeys(data["bare_times"]["words"], (Form.BARE_TIME, None, data["bare_times"]["bounds"]))
    table |= {w: (Form.MULTIPLE, float(v), []) for w, v in data["multiples"].items()}
    table |= {w: (Form.SHARE, float(v), []) for w, v in data["fractions"].items()}
    table |= {w: (Form.SHARE, None, b) for w, b in data["vague_shares"].items()}
    table |= {w: (Form.VAGUE, None, b) for w, b in data["vague"].items()}
    table |= {w: (Form.WORDS, float(v), []) for w, v in data["exact"].items()}
    return re.compile(rf"(?:{_alternatives(table)})(?![\w])", re.IGNORECASE), table


_AND = re.compile(r"\s(?:and\s)?", re.IGNORECASE)


def _phrase(text: str, at: int) -> Numeral | None:
    pattern, table = _phrases()
    match = pattern.match(text, at)
    if match is None:
        return None
    key = " ".join(match.group().lower().split())
    form, value, bounds = table[key]
    low, high = [*map(float, bounds), None, None][:2]
    end = match.end()
    step = _last_digit(str(int(value))) if value and value >= 1 else 1.0
    if form is Form.WORDS and value is not None and value in lexicon("figures")["scales"].values():
        rest = _AND.match(text, end)
        added = _words(text, rest.end()) if rest is not None else None
        if added is not None and added.value is not None and added.value < value:  # "a hundred and two"
            return replace(added, start=at, left=at, value=value + added.value)
    more = _scale_after(text, end) if form is Form.WORDS else None
    if more is not None and value is not None:  # "a hundred thousand", "a couple hundred"
        value, end = value * more[0], more[1]
    return Numeral(at, end, at, end, value, form, step, low, high)


@cache
def _word_pattern() -> re.Pattern[str]:
    data = lexicon("figures")
    word = _alternatives([*data["cardinals"], *data["scales"]])
    return re.compile(rf"(?:{word})(?:(?:\s+|-)(?:and\s+)?(?:{word})){{0,12}}+(?![\w])", re.IGNORECASE)


_PIECE = re.compile(r"[^\W\d_]+")


def _words(text: str, at: int) -> Numeral | None:
    match = _word_pattern().match(text, at)
    if match is None:
        return None
    value, end = _spelled(match.group().lower())
    if value is None:
        return None
    end += at
    return Numeral(at, end, at, end, value, Form.WORDS, _last_digit(str(int(value))))


def _spelled(words: str) -> tuple[float | None, int]:
    """The value of number words and where the first number among them ends.

    >>> _spelled("twenty-eight thousand six hundred and two")
    (28602.0, 41)
    >>> _spelled("one seven")
    (1.0, 3)
    """
    data = lexicon("figures")
    total, group, end, last = 0.0, 0.0, 0, math.inf
    for piece in _PIECE.finditer(words):
        word = piece.group()
        if word == "and":
            continue
        if word in data["scales"]:
            scale = float(data["scales"][word])
            if end == 0:
                return None, 0
            if scale < 1000:
                if scale <= group:
                    break
                group *= scale
            else:
                total, group = total + (group or 1.0) * scale, 0.0
            last = scale
        else:
            number = float(data["cardinals"][word])
            if end and not _may_follow(number, group, last):
                break
            group, last = group + number, number
        end = piece.end()
    return (total + group, end) if end else (None, 0)


def _may_follow(number: float, group: float, last: float) -> bool:
    """Whether a number word continues the number: "twenty" takes "eight", "hundred" takes anything below."""
    if last >= 100:
        return number < last
    return last >= 20 and last % 10 == 0 and 0 < number < 10


# --- units -----------------------------------------------------------------------------------------------------


_CAPITALS = frozenset("vwcf")  # 5V, 100W, 12C; a metre, gram or litre is written small


@cache
def _unit_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Word units, glued signs, currency signs before, and the unit each of them stands for."""
    of, words, glued, signs = dict[str, str](), list[str](), list[str](), list[str]()
    for name, unit in lexicon("figures_units")["units"].items():
        for kind, bag in (("words", words), ("glued", glued), ("signs", signs)):
            for sign in unit.get(kind, []):
                of[f"{kind}:{sign}"] = name
                bag.append(sign)
    long_glued = [g for g in glued if len(g) > 1 or not g.isalpha()]
    letters = "".join(g.upper() if g in _CAPITALS else g for g in glued if len(g) == 1 and g.isalpha())
    after = rf"(?:[\s-]?(?i:{_alternatives(long_glued)})(?![\w])|[{letters}](?![\w])|\s[CF](?![\w.’']))"
    return (
        re.compile(rf"(?:\s|-|\s-\s?|-\s)?(?P<unit>{_alternatives(words)})(?![\w])", re.IGNORECASE),
        re.compile(after),
        re.compile(rf"(?<![^\W\d_])(?P<sign>{_alternatives(signs)})\s?$", re.IGNORECASE),
        of,
    )


def _with_unit(text: str, numeral: Numeral) -> Numeral:
    if numeral.form is Form.BARE_TIME:
        word = text[numeral.start : numeral.end].lower()
        return replace(numeral, unit=_unit_patterns()[3][f"words:{word}"])
    if numeral.form is Form.DIGITS:
        numeral = _with_currency(text, numeral)
        numeral = _with_million(text, numeral)
    if numeral.unit is not None:
        return numeral
    words, glued, _, of = _unit_patterns()
    match = words.match(text, numeral.end)
    if match is not None:
        unit = of["words:" + _plain(match["unit"])]
        return replace(numeral, unit=unit, right=match.end())
    match = glued.match(text, numeral.end) if numeral.form is Form.DIGITS else None
    if match is not None:
        return replace(numeral, unit=_glued_unit(match.group(), of), right=match.end())
    return numeral


def _plain(words: str) -> str:
    """Small letters as a pattern that ignores case compares them: İ, ı and ſ are i, i and s to it."""
    return " ".join(words.lower().replace("\u0307", "").translate({0x131: "i", 0x17F: "s"}).split())


def _glued_unit(sign: str, of: dict[str, str]) -> str:
    return of["glued:" + _plain(sign).lstrip("-")]


def _with_currency(text: str, numeral: Numeral) -> Numeral:
    _, _, before, of = _unit_patterns()
    match = before.search(text[max(0, numeral.start - 8) : numeral.start])
    if match is None or _part_of_word(match, text, numeral.start):
        return numeral
    unit = of["signs:" + _plain(match["sign"])]
    return replace(numeral, unit=unit, left=numeral.start - len(match.group()))


def _part_of_word(match: re.Match[str], text: str, start: int) -> bool:
    """Letters for a currency must be upper case and stand against their number ("EUR50m", not "Ukrainian RM 5")."""
    sign = match["sign"]
    at = start - len(match.group())
    if at > 0 and sign[0].isalpha() and text[at - 1].isalnum():
        return True
    return sign.isalpha() and (sign != sign.upper() or (match.group() != sign and len(sign) < 3))


def _with_million(text: str, numeral: Numeral) -> Numeral:
    """ "2.7m" of money, people or mass is millions, "37m" alone is metres."""
    match = _MILLION_M.match(text, numeral.end)
    if match is None or numeral.scale is not None or numeral.value is None:
        return numeral
    rest = (match["rest"] or "").strip().lower()
    decimal = "." in text[numeral.start : numeral.end] and _SOME_PLURAL.match(text, numeral.end) is not None
    million = numeral.unit is not None or decimal or _counts_millions(rest)
    if not million:
        return numeral
    return replace(
        numeral, value=numeral.value * 1e6, step=numeral.step * 1e6, end=match.end(), right=match.end(), scale=1e6
    )


def _counts_millions(rest: str) -> bool:
    nouns, units = lexicon("figures_nouns"), lexicon("figures_units")["units"]
    singular = rest[:-1] if rest.endswith("s") else rest
    mass = any(rest in u["words"] for u in units.values() if u["kind"] in ("mass", "money"))
    people = rest in nouns["irregular"] or singular in nouns["people"]
    return mass or people


def unit_kind(unit: str | None) -> str | None:
    """What a unit measures: "length", "time", "money" …; None for counted nouns."""
    found = lexicon("figures_units")["units"].get(unit)
    return str(found["kind"]) if found else None


def unit_named(word: str) -> str | None:
    """The unit that a single word names ("years" in "50 previous years")."""
    return _unit_patterns()[3].get("words:" + word)
