"""The rules of a language, each with the function that reads its meaning, and how they find expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import NamedTuple

from onrecord.reading.lexicon import lexicon
from onrecord.reading.times import anchored, clock, dates, days, lengths, nights, units, vague, years
from onrecord.reading.times.calendar import interval_of
from onrecord.reading.times.context import Context
from onrecord.reading.times.meaning import Meaning
from onrecord.reading.times.phases import PHASES, phase_of
from onrecord.reading.times.words import rule


class Part(NamedTuple):
    """Words ``[first, last)`` with their meaning; ``explicit`` where the text itself prints the year."""

    first: int
    last: int
    meaning: Meaning
    explicit: bool = False


Read = Callable[[Context, re.Match[str]], Meaning | None]


class Rule(NamedTuple):
    """A pattern over classes of words, and what its words mean (None: they are no time after all)."""

    name: str
    pattern: re.Pattern[str]
    read: Read


_MODULES = (anchored, clock, dates, days, lengths, nights, units, vague, years)
# The functions a rule of the data file may name.
_READ: dict[str, Read] = {
    name: function
    for name, function in chain.from_iterable(vars(m).items() for m in _MODULES)
    if callable(function) and getattr(function, "__annotations__", {}).get("return") == "Meaning | None"
}
_PRINTED_YEAR = frozenset({"iso", "slashed"})


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, compiled when first asked for."""
    data = lexicon("times_rules")
    return tuple(
        Rule(one["name"], rule(_expanded(one["pattern"], data["macros"])), _READ[one["read"]]) for one in data["rule"]
    )


def _expanded(pattern: str, macros: dict[str, str]) -> str:
    """The pattern with its macros written out; a macro may hold others."""
    while (found := re.search(r"<([A-Z]+)>", pattern)) is not None:
        pattern = pattern[: found.start()] + macros[found[1]].strip() + pattern[found.end() :]
    return pattern


@cache
def openers() -> re.Pattern[str]:
    """Where a rule may begin: at a word of a class that stands first in one."""
    return rule("<" + "|".join(lexicon("times_rules")["openers"]) + ">")


def parts(context: Context) -> Iterator[Part]:
    """The expressions of a document from the left to the right: at each place the longest rule that has a meaning."""
    classes, position = context.words.classes, 0
    opener = openers()
    while (opened := opener.search(classes, position)) is not None:
        part = _longest(context, opened.start())
        if part is None:
            position = opened.start() + 1
            continue
        yield part
        position = part.last


def _longest(context: Context, position: int) -> Part | None:
    classes = context.words.classes
    matches = [(found, one) for one in rules() if (found := one.pattern.match(classes, position)) is not None]
    matches.sort(key=lambda pair: -pair[0].end())
    for found, one in matches:
        meaning = one.read(context, found) if found.end() > position else None
        if meaning is not None:
            explicit = one.name in _PRINTED_YEAR or found.groupdict().get("year") is not None
            return Part(position, found.end(), _in_phase(context, position, meaning), explicit)
    return None


def _in_phase(context: Context, position: int, meaning: Meaning) -> Meaning:
    """The meaning with the part of it that a first "early" or "late" points at."""
    first = context.surface_of(position)
    word = context.surface_of(position + 1) if first == "the" else first
    if word not in PHASES or meaning.type != "DATE":
        return meaning
    whole = meaning.interval if meaning.interval is not None else interval_of(meaning.value)
    part = phase_of(whole, word, context.published)
    return meaning if part is None else replace(meaning, others=(part, *meaning.others))
