"""What stands over a story on the line of its first sentence: the day of publication, the headline, the agency.

Texts taken from pages often lose their line ends, and with them where a headline stops and the story starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.reading.lexicon import lexicon

_TOP = 500  # characters in which a headline is looked for
_BEFORE = 120  # characters of day and by-line before a headline
_SHORTEST, _LONGEST = 3, 30  # words of a headline
_STARTS = r"(?=[\"“‘'(]?[A-Z\d])"


def breaks(text: str, title: str | None = None) -> Iterator[int]:
    """Where a line begins though no line ends before it, in order: before and after the headline, after the agency
    beneath it. A day that no headline parts from the story stays with its first sentence, which may be told by it.

    >>> text = "21 Jul 2016 Raid kills nine AFP A raid killed nine people."
    >>> [text[at:] for at in breaks(text, "Raid kills nine")]
    ['Raid kills nine AFP A raid killed nine people.', 'AFP A raid killed nine people.', 'A raid killed nine people.']
    """
    start = len(text) - len(text.lstrip())
    headline = _headline(text, title) if title else None
    if headline is None:
        return
    if headline[0] > start:
        yield headline[0]
    after = _next(text, headline[1])
    if after is not None:
        yield after
        agency = _agency().match(text, after)
        if agency and (after := _next(text, agency.end())):
            yield after


def _headline(text: str, title: str) -> tuple[int, int] | None:
    """Where the title stands: at the head of the text or behind the day over it, marks left aside."""
    words = re.findall(r"\w+", title)
    if not _SHORTEST <= len(words) <= _LONGEST:
        return None
    pattern = r"\b" + r"\W{0,3}".join(map(re.escape, words)) + r"\b[.!?…]?[\"”’']?"
    found = re.compile(pattern, re.IGNORECASE).search(text, 0, _TOP)
    if found is None:
        return None
    before = text[: found.start()].strip()
    if before and (len(before) > _BEFORE or not _day().match(before)):
        return None
    return found.span()


def _next(text: str, end: int) -> int | None:
    """Where the next sentence begins on the line of ``end``; None where what follows goes on."""
    found = re.compile(r"[ \t\xa0]+" + _STARTS).match(text, end)
    return found.end() if found else None


@cache
def _day() -> re.Pattern[str]:
    """A day in full at the head of a text, with the words that publish it and the hour behind it."""
    times = lexicon("times")
    months = _any((*times["months"], *times["months_short"]))
    weekdays = _any((*times["weekdays"], *times["weekdays_short"]))
    published = _any(lexicon("layout")["published"])
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    dates = (
        rf"{day} {months}\.?,? \d{{4}}",
        rf"{months}\.? {day},? \d{{4}}",
        r"\d{1,2}[./]\d{1,2}[./]\d{4}",
        r"\d{4}-\d\d-\d\d",
    )
    hour = r"(?:[ ,-]+\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: (?:GMT|UTC))?)?"
    return re.compile(
        rf"(?:{published}(?: on| at| in)?:? )?(?:{weekdays},? )?(?:{'|'.join(dates)}){hour}(?: ?\([^()\n]{{1,40}}\))?",
        re.IGNORECASE,
    )


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(r"{0}(?:[/ ]+{0})*\b".format(_any(lexicon("layout")["agencies"])))


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"
