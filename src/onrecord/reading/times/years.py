"""Years and longer: "2022", "fiscal 1989", "2014–15", "the 1990s", "the 20th century"."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from onrecord.model import Precision
from onrecord.reading.lexicon import lexicon
from onrecord.reading.times.calendar import Interval
from onrecord.reading.times.context import Context
from onrecord.reading.times.counts import count_of, nth_of, unit_of
from onrecord.reading.times.meaning import Meaning, date_of

Found = re.Match[str]


def year(context: Context, found: Found) -> Meaning | None:
    """2022, fiscal 1989, early 2023, the end of 2022"""
    number = context.number_at(found, "year")
    if number is None:
        return None
    if "kind" not in found.groupdict() and "edge" not in found.groupdict() and not _is_year(context, found, number):
        return None
    return date_of(f"{number:04d}")


def _is_year(context: Context, found: Found, number: int) -> bool:
    """Whether four digits are a year: by the words beside them, and by how likely a year the number is."""
    index = found.start("year")
    before, after = context.surface_of(index - 1), context.surface_of(index + 1)
    cues = year_cues()
    if before in cues["never_after"] or after in cues["never_before"] or after.startswith("%"):
        return False
    if after == "(" and context.surface_of(index + 2) in ("+", "-"):
        return False  # a count with its change beside it: "tanks – 2042 (+23)"
    if found.start("year") > found.start():
        return True
    if before in cues["after"]:
        return 1000 <= number <= 2100 and not _counts(context, index)
    if before in ("-", "/", ".") and context.words.ends[index - 1] == context.words.starts[index]:
        return before == "-" and 1900 <= number <= 2050 and not context.surface_of(index - 2).isdigit()
    return 1900 <= number <= 2050 and not _counts(context, index)


def _counts(context: Context, index: int) -> bool:
    """Whether the digits count the noun after them ("2,000 people" printed as "2000 people")."""
    token = context.tenses.token_at(context.words.starts[index])
    if token is None or token.i + 1 >= len(token.doc):
        return False
    after = token.nbor(1)
    if after.ent_type_ and token.ent_type_ == "DATE":
        return False
    counted = after.tag_ == "NNS" and token.dep_ == "nummod" and token.head.i == after.i
    opens = context.surface_of(index - 1) in ("", ".", ",", ":", ";", "that", "with", "killed", "wounded")
    return (counted and opens) or (token.ent_type_ in ("CARDINAL", "QUANTITY", "MONEY") and after.tag_ == "NNS")


@cache
def year_cues() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in lexicon("times_cues").items()}


def year_range(context: Context, found: Found) -> Meaning | None:
    """2014–15, 1991-95, 2014-2016: all the years, both ends included"""
    first, last = context.number_at(found, "year"), context.number_at(found, "last")
    if first is None or last is None or not _is_year(context, found, first):
        return None
    printed = context.surface_of(found.start("last"))
    if len(printed) == 2:
        last += first // 100 * 100
    if len(printed) not in (2, 4) or not first < last <= first + _LONGEST_YEARS or len(printed) == 4:
        return None
    return Meaning("DATE", f"{first:04d}", Interval(datetime(first, 1, 1), datetime(last + 1, 1, 1), Precision.RANGE))


# "2014-15" is a stretch of years, "1995-60" is none.
_LONGEST_YEARS = 40


def named_year(context: Context, found: Found) -> Meaning | None:
    """the year 2000, the year two thousand"""
    if context.surface_of(found.start() + 1) != "year":
        return None
    number = count_of(context, found, "year")
    if not isinstance(number, (int, float)) or not 100 <= number <= 9999:
        return None
    return date_of(f"{int(number):04d}")


def spoken(context: Context, found: Found) -> int | None:
    century, rest = context.number_at(found, "century"), count_of(context, found, "rest")
    if century is None or not 10 <= century <= 20 or not isinstance(rest, (int, float)) or not 10 <= rest <= 99:
        return None
    return century * 100 + int(rest)


def spoken_year(context: Context, found: Found) -> Meaning | None:
    """nineteen ninety-four"""
    number = spoken(context, found)
    return date_of(f"{number:04d}") if number else None


def decade(context: Context, found: Found) -> Meaning | None:
    """the 1990s, the '80s, the nineties"""
    value = context.words.values[found.start("decade")]
    if isinstance(value, int):
        return date_of(f"19{value // 10}") if value >= 20 else None
    digits = re.sub(r"[^0-9]", "", str(value))
    if len(digits) == 2:
        return date_of(f"19{digits[0]}") if digits[1] == "0" and _meant_as_decade(context, found) else None
    return date_of(digits[:3]) if digits[3] == "0" and digits[0] in "12" else None


def _meant_as_decade(context: Context, found: Found) -> bool:
    return context.surface_of(found.start()) == "the" or str(context.words.values[found.start("decade")])[0] in "'’"


def century(context: Context, found: Found) -> Meaning | None:
    """the 20th century"""
    number = nth_of(context, found, "nth")
    if unit_of(context, found) != "100Y" or number is None or not 1 <= number <= 30:
        return None
    if found["bc"] and context.said(found, "bc") != "ad":
        return Meaning("DATE", f"BC{number - 1:02d}")
    return date_of(f"{number - 1:02d}")


def before_christ(context: Context, found: Found) -> Meaning | None:
    """44 BC"""
    number = context.number_at(found, "year")
    return Meaning("DATE", f"BC{number:04d}") if number and number < 10_000 else None
