"""What only stands over a text: the date in "KYIV, March 7, 2023 —" or on a line of its own, the day it says the text
was written, and the place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from onrecord.model import Time

_PLACES = re.compile(
    r"^[ \t]{0,4}([A-Z][\w.’'-]{1,30}(?:[ ,/]{1,3}[A-Z][\w.’'-]{0,30}){0,5})[ ,/]{0,3}(?:\([^()\n]{1,30}\) ?)?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})? ?)?(?:\([^()\n]{1,30}\) ?)?(?:[—–]|--?\s)",
    re.MULTILINE,
)
_NAMES = re.compile(
    r"(?:(?!(?:On|In|At|By|Since|Until|From|Late|Early)\b)[A-Z][\w.’'-]*[,/ ]*|\([^()\n]{1,30}\)\s*){1,8}"
)
_AFTER = re.compile(r"[.,]?[ \t]*(?:\([^()\n]{1,40}\)|/[^/\n]{1,30}/)?[ \t]*(?:[—–]|--?\s|\||\n|$)")


def places_over(text: str) -> Iterator[tuple[int, int]]:
    """Where the places stand that open a line before a dash.

    >>> text = "SANAA — Rain fell.\\nGOMA, Congo (AP) — It rained."
    >>> [text[start:end] for start, end in places_over(text)]
    ['SANAA', 'GOMA, Congo']
    """
    return (match.span(1) for match in _PLACES.finditer(text))


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether the date ``[start, end)`` opens its line, alone or after a place, and a dash or the line's end follows.

    >>> is_dateline("KYIV, March 7, 2023 — The army said", 6, 19)
    True
    >>> is_dateline("On March 7 — a Tuesday — the army said", 3, 10)
    False
    """
    if not any(c.isdigit() for c in text[start:end]):
        return False
    line = max(text.rfind("\n", max(0, start - 80), start), text.rfind("\r", max(0, start - 80), start)) + 1
    before = text[line:start].strip() if start - line <= 80 else "."
    return (not before or _NAMES.fullmatch(before) is not None) and _AFTER.match(text, end) is not None


# A dateline stands this near the top, and a text is published at most so many days after the day over it. A date one
# day ahead is the same day elsewhere on earth.
_TOP = 400
_WRITTEN_BEFORE, _WRITTEN_AHEAD = timedelta(3), timedelta(1)


def written_on(text: str, times: Sequence[Time], published: date | None) -> date | None:
    """The day that the dateline says the text was written on; None where there is none, or one that ``published``
    does not bear out."""
    for time in times:
        start, end = time.spans[0].start, time.spans[-1].end
        if start > _TOP:
            return None
        if time.type != "DATE" or time.from_ is None or not _is_day(time) or not is_dateline(text, start, end):
            continue
        day = date.fromisoformat(time.from_[:10])
        return day if published is None or -_WRITTEN_AHEAD <= published - day <= _WRITTEN_BEFORE else None
    return None


def _is_day(time: Time) -> bool:
    return time.value is not None and len(time.value) == 10 and time.value[:4].isdigit()
