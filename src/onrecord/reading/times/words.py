"""The words of a text as classes that rules can be written over: one character a word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onrecord.reading.lexicon import lexicon

Value = int | str | None

# Months and weekdays need their capital, short forms too: "may", "march", "sat" and "sun" are other words.
_CAPITALISED = {
    "months": "month",
    "months_short": "month_short",
    "weekdays": "weekday",
    "weekdays_short": "weekday_short",
}
_TABLES = {
    "cardinals": "cardinal",
    "multipliers": "multiplier",
    "ordinals": "ordinal_word",
    "units": "unit",
    "units_plural": "units",
    "seasons": "season",
    "seasons_plural": "seasons",
    "dayparts": "daypart",
    "dayparts_plural": "dayparts",
    "hours_named": "hour_named",
    "decades_named": "decade_named",
    "deictic_days": "deictic_day",
    "sets": "set",
    "quantities": "quantity",
    "present": "present",
    "past_words": "past_word",
    "future_words": "future_word",
}
_SHAPES = (
    "iso", "slashed", "dashed", "dotted", "pair_slash", "pair_dot", "clock", "decade", "ordinal_digits",
    "n12", "n31", "n99", "year", "hhmm", "int", "number",
)  # fmt: skip
_MARKS = ("hyphen", "ndash", "comma", "dot", "slash", "apostrophe_s", "apostrophe", "open", "break", "money", "other")


@dataclass(frozen=True, slots=True)
class Words:
    """Words in order: where each begins and ends, its value, and all their classes as one string."""

    starts: list[int]
    ends: list[int]
    values: list[Value]
    classes: str


@cache
def _codes() -> MappingProxyType[str, str]:
    """Each class and its character."""
    data = lexicon("times")
    names = dict.fromkeys([*_SHAPES, *_MARKS, *_CAPITALISED.values(), *_TABLES.values(), *data["words"]])
    return MappingProxyType({name: chr(0xE000 + number) for number, name in enumerate(names)})


@cache
def _lowercase() -> MappingProxyType[str, tuple[str, Value]]:
    data, codes = lexicon("times"), _codes()
    table: dict[str, tuple[str, Value]] = {}
    for section, name in _TABLES.items():
        for word, value in data[section].items():
            table.setdefault(word, (codes[name], value))
    for name, words in data["words"].items():
        for word in words:
            table.setdefault(word, (codes[name], word))
    return MappingProxyType(table)


@cache
def _capitalised() -> MappingProxyType[str, tuple[str, Value]]:
    data, codes = lexicon("times"), _codes()
    table: dict[str, tuple[str, Value]] = {}
    for section, name in _CAPITALISED.items():
        for word, value in data[section].items():
            table[word.capitalize()] = (codes[name], value)
            if not section.endswith("_short"):
                table[word.upper()] = (codes[name], value)
    del table["MAY"]
    return MappingProxyType(table)


_TOKEN = re.compile(
    r"""
    (?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}
      (?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9]))
  | (?P<slashed>[0-9]{1,4}/[0-9]{1,2}/[0-9]{2,4}(?![0-9/]))
  | (?P<dashed>[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}(?![0-9-]))
  | (?P<dotted>(?:[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}|[0-9]{4}\.[0-9]{2}\.[0-9]{2})(?![0-9]))
  | (?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:]))
  | (?P<pair_slash>[0-9]{1,2}/[0-9]{1,2}(?![0-9/]))
  | (?P<pair_dot>[0-9]{2}\.[0-9]{2}(?![0-9]|\.[0-9]))
  | (?P<decade>['’]?(?:[0-9]{2})?[0-9]0['’]?s(?![^\W_]))
  | (?P<ordinal_digits>[0-9]{1,4}(?:st|nd|rd|th)(?![^\W_]))
  | (?P<digits>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)
  | (?P<abbreviation>[A-Za-z](?:\.[A-Za-z])+\.?(?![^\W_]))
  | (?P<word>[^\W\d_]+(?:['’]clock)?)
  | (?P<apostrophe_s>['’]s(?![^\W_]))
  | (?P<hyphen>(?<=\w)[-‐‑](?=\w))
  | (?P<ndash>[–—‒-])
  | (?P<comma>,) | (?P<dot>\.) | (?P<slash>/) | (?P<apostrophe>['’]) | (?P<open>\()
  | (?P<money>[$£€¥])
  | (?P<break>[\n\r\x0b\x0c\x85\u2028\u2029]+)
  | (?P<other>[^\s])
    """,
    re.VERBOSE,
)


def words_of(text: str) -> Words:
    """The words of ``text``: linear in its length, for any text.

    >>> words_of("On March 7").values
    ['on', 3, 7]
    """
    codes, lower, capital = _codes(), _lowercase(), _capitalised()
    other = (codes["other"], None)
    starts, ends, values, classes = list[int](), list[int](), list[Value](), list[str]()
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "other"
        word = found.group()
        if kind in ("word", "abbreviation"):
            code, value = capital.get(word) or lower.get(word.lower()) or other
        elif kind == "digits":
            code, value = _number(word, codes)
        else:
            code, value = codes[kind], word
        starts.append(found.start())
        ends.append(found.end())
        values.append(value)
        classes.append(code)
    return Words(starts, ends, values, "".join(classes))


def _number(word: str, codes: MappingProxyType[str, str]) -> tuple[str, Value]:
    plain = word.replace(",", "")
    if "." in plain or len(plain) > 9:
        return codes["number"], plain[:20]
    value = int(plain)
    if len(word) == 4 and plain == word:
        return (
            (codes["hhmm"], word)
            if word[0] == "0"
            else (codes["year"], value)
            if value < 2200
            else (codes["int"], value)
        )
    if "," in word or len(word) > 2 or value == 0:
        return codes["int"], value
    return codes["n12" if value <= 12 else "n31" if value <= 31 else "n99"], value


@cache
def _unions() -> MappingProxyType[str, str]:
    codes = _codes()
    unions = {name: "".join(codes[one] for one in members) for name, members in lexicon("times")["unions"].items()}
    return MappingProxyType({**codes, **unions})


def rule(pattern: str) -> re.Pattern[str]:
    """A rule over classes: ``<month>`` is a word of that class or union, ``<year|n99>`` one of either, ``<!day>`` a
    word that is none; the rest is a regular expression, blanks set aside."""

    def classes(found: re.Match[str]) -> str:
        negated, names = found["not"], found["names"].split("|")
        return f"[{'^' if negated else ''}{''.join(_unions()[name] for name in names)}]"

    return re.compile(re.sub(r"(?<!\?P)<(?P<not>!?)(?P<names>[a-z0-9_|]+)>", classes, pattern), re.VERBOSE)
