"""The year that a date shares with one it is joined to: "January and February 2022"."""

from __future__ import annotations

import re
from functools import cache

from onrecord.reading.times.context import Context
from onrecord.reading.times.words import rule

Found = re.Match[str]


def linked_year(context: Context, found: Found, month: int) -> int | None:
    """The year of a date joined to one that prints it: "January and February 2022", "from 3 March to 5 April 2021"."""
    joined = _joined().match(context.words.classes, found.end())
    if joined is None:
        return None
    values = context.words.values
    year, last = values[joined.start("year")], values[joined.start("month")]
    if not isinstance(year, int) or not isinstance(last, int):
        return None
    return year - (month > last)


# Behind a month or day: a joining word, then another date with its year
_JOINED = """
    (?:<to|and|or|hyphen|ndash|by|comma>{1,2})<the>?(?:<early|late|mid><hyphen>?)?
    (?:<n12|n31|ordinal_digits><of>?)?(?P<month><month|month_short>)<dot>?
    (?:<n12|n31|ordinal_digits>(?!<am|pm>))?<comma|of>?(?P<year><year>)(?!<am|pm>)
"""


@cache
def _joined() -> re.Pattern[str]:
    return rule(_JOINED)
