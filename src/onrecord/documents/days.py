"""The day a document was published, as it is given or as the document itself says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.errors import DateError

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:$|[T ])")
_LINES = 6  # headline, by-line, agency, date: what stands above the story
_LONGEST_LINE = 400


def day(text: str) -> date:
    """The day of an ISO date or timestamp, as it is printed: no shift between time zones.

    Raises DateError when it is none.

    >>> day("2022-05-03T23:11:49.000Z")
    datetime.date(2022, 5, 3)
    """
    given = text.strip()
    try:
        if _ISO.match(given):
            return datetime.fromisoformat(given).date()
    except ValueError:
        pass
    raise DateError(f"not a date: {text[:60]}: write it as YYYY-MM-DD")


class Stated(NamedTuple):
    """A day of publication with the words that say so."""

    day: date
    words: str


def stated_day(text: str) -> Stated | None:
    """The day of publication that a plain text states above its story, or None.

    Only what is clearly a publication line counts, among the first six lines with anything on them:

    - a word of publishing with a whole date, and no more than a time beside it: "Posted on July 20 2016";
    - a whole date alone on its line: "21 Jul 2016";
    - a dateline, a place in capitals and a whole date, alone or before a dash: "KYIV, March 7, 2023 — …";
    - a by-line that ends in a whole date: "By Ann Writer | March 7, 2023".

    A date in figures counts only as YYYY-MM-DD, the others are ambiguous. Two lines that disagree cancel out.

    >>> stated_day("Bridge destroyed\\nPublished July 20, 2016\\nThe bridge …").day
    datetime.date(2016, 7, 20)
    >>> stated_day("On July 20, 2016 the bridge was destroyed.") is None
    True
    """
    found = [stated for line in _first_lines(text) if (stated := _on_line(line))]
    return found[0] if len({stated.day for stated in found}) == 1 else None


def _first_lines(text: str) -> Iterator[str]:
    head = text[: _LINES * _LONGEST_LINE * 4].lstrip("\ufeff")
    lines = [line.strip() for line in head.splitlines()]
    return iter([line[:_LONGEST_LINE] for line in lines if line][:_LINES])


def _on_line(line: str) -> Stated | None:
    for pattern in _patterns():
        if (found := pattern.match(line)) and (stated := _date(found)):
            return Stated(stated, found.group("words").strip(" .,;:|—–-"))
    return None


def _date(found: re.Match[str]) -> date | None:
    part = found.groupdict()
    try:
        if part["iso"]:
            return date.fromisoformat(part["iso"])
        name = (part["month_first"] or part["month_last"]).lower().rstrip(".")
        number, year = part["day_last"] or part["day_first"], part["year_first"] or part["year_last"]
        return date(int(year), _months()[name[:3]], int(number))
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    return {name[:3]: n for n, name in enumerate(_words()["months"], start=1)}


@cache
def _words() -> dict[str, list[str]]:
    path = files("onrecord.documents") / "data" / "days.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = _words()
    month = "|".join(
        f"{name}|{name[:3]}\\.?" + ("|sept\\.?" if name == "september" else "") for name in words["months"]
    )
    weekday = f"(?:(?:{'|'.join(words['weekdays'])}),?\\s+)?"
    whole = (
        rf"(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
        rf"|{weekday}(?P<month_first>{month})\s+(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_first>\d{{4}})"
        rf"|{weekday}(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month_last>{month}),?\s+(?P<year_last>\d{{4}})"
    )
    clock = (
        r"(?:[,;|T\s]*(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{1,5}(?:[+-]\d+)?\)?)?)?"
    )
    publishing = "|".join(words["publishing"])
    end = r"\s*[.|]?$"
    capitals = r"[A-Z][A-Z'’.\-]+(?:[ ,/]+[A-Z][A-Z'’.\-]+){0,4}"
    forms = (
        rf"(?P<words>(?i:(?:{publishing})(?:\s+on)?\s*:?\s+(?:{whole}){clock})){end}",
        rf"(?P<words>(?i:{whole}){clock}){end}",
        rf"(?P<words>{capitals}(?:,\s*[A-Z][\w.]+)?,?\s+\(?(?i:{whole})\)?)(?:{end}|\s*(?:\([^)]{{1,40}}\)\s*)?[—–-])",
        rf"(?P<words>(?i:by)\s+[A-Z][^\d|]{{2,80}}[\s,|·•—–-]+(?i:{whole}){clock}){end}",
    )
    return tuple(re.compile(form) for form in forms)
