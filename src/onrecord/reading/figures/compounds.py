"""Numbers joined to ranges and to so many in so many, with the hedge that stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from onrecord.reading.figures.numerals import Form, Numeral, unit_kind
from onrecord.reading.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Hedged:
    """A numeral with its hedge: ``[start, end)`` covers both, ``of`` is the second number of "one in seven"."""

    numeral: Numeral
    start: int
    end: int
    comparator: str
    of: Numeral | None = None
    ratio: bool = False


# --- ranges ----------------------------------------------------------------------------------------------------


def joined(text: str, found: list[Numeral]) -> list[Numeral]:
    """The numerals with "X to Y", "between X and Y", "X-Y" and "X or Y" as one range each."""
    result, index = list[Numeral](), 0
    while index < len(found):
        one, two = found[index], found[index + 1] if index + 1 < len(found) else None
        spanned = _range(text, one, two) if two is not None else None
        if spanned is None and two is not None and text.startswith("- or ", one.right):
            one = replace(one, unit=two.unit)  # "a 7- or 8-inch screen"
        result.append(spanned or one)
        index += 2 if spanned else 1
    return result


_LINK = re.compile(
    r"\s?-?\s?(?:to|or|and|up to|through)[\s-]"
    r"(?:(?:about|around|some|almost|as many as|as much as|nearly|more than|over|well over)\s)?|\s?[-–—‒]\s?",
    re.IGNORECASE,
)
_OPENER = re.compile(r"(?P<word>\bbetween|\bfrom)\s(?:(?:about|around|some|roughly)\s)?$", re.IGNORECASE)


def _range(text: str, one: Numeral, two: Numeral) -> Numeral | None:
    gap = text[one.right : two.left]
    if len(gap) > 20 or _LINK.fullmatch(gap) is None:
        return None
    word = gap.strip(" -").lower().split(" ")[0] if gap.strip(" -–—‒") else "-"
    if _told_ratio(text, one, two):
        return None
    opener = _OPENER.search(text[max(0, one.left - 22) : one.left])
    between = opener is not None and opener["word"].lower() == "between"
    low, high = _same_scale(one, two)
    if not _may_span(text, one, two, low, high, word, between, opener is not None):
        return None
    left = one.left - len(opener.group()) if opener is not None and between else one.left
    return Numeral(
        left, two.end, left, two.right, None, Form.DIGITS, two.step, low, high, two.unit or one.unit, parts=(one, two)
    )


def _same_scale(one: Numeral, two: Numeral) -> tuple[float | None, float | None]:
    """Both ends; the first takes the scale that is printed once only ("70 to 80,000", "$89 to $93 billion")."""
    low, high = one.value, two.value
    if low is None or high is None or one.scale is not None:
        return low, high
    shared = two.scale or (1000.0 if 1 <= low < 1000 <= high < 1e6 and high % 1000 == 0 else 1.0)
    return (low * shared, high) if 0 < low * shared < high and low * 20 >= high / shared else (low, high)


def _may_span(
    text: str, one: Numeral, two: Numeral, low: float | None, high: float | None, word: str, between: bool, opened: bool
) -> bool:
    if low is None or high is None or one.ranged or {one.form, two.form} & {Form.MULTIPLE, Form.SHARE}:
        return False
    if one.unit != two.unit and one.unit is not None and two.unit is not None:
        return False
    if one.unit is not None and two.unit is None and unit_kind(one.unit) not in ("money", "length", "mass", "economy"):
        return False
    if word == "or" and text[one.right : one.right + 2] == "- ":
        return False  # "a 7- or 8-inch screen" is the one or the other
    if word == "and":
        return between and low <= high
    if word == "to" and high == 1 and low > 1:
        return False  # seven to one
    if word == "to" and opened and not between:
        return low < high and not _changes(text, one.left)
    return low < high


_CHANGED = re.compile(r"\b(?:(?P<verb>[a-z]+)\s+)?(?P<last>[a-z]+)\s+from\s$", re.IGNORECASE)


def _changes(text: str, at: int) -> bool:
    """Whether "from X to Y" tells two levels ("rose from 17 to 23") rather than one range."""
    match = _CHANGED.search(text[max(0, at - 40) : at])
    return match is not None and any(_stem((match[w] or "").lower()) in _movers() for w in ("verb", "last"))


@cache
def _movers() -> frozenset[str]:
    change = lexicon("figures_measures")["change"]
    return frozenset(_stem(w) for w in [*change["up"], *change["down"], *lexicon("figures")["past_moves"]])


def _stem(verb: str) -> str:
    return re.sub(r"(?<=[a-z]{3})(?:ping|ped|ning|ned|ing|ed|es|s|e)$", "", verb)


# --- so many in so many ----------------------------------------------------------------------------------------

_IN = re.compile(r"\s(?:(?P<of>out of|of|of every|of the)|in(?:\severy)?)\s", re.IGNORECASE)
_TO_ONE = re.compile(r"\s?:\s?|\s?-?to-?\s?", re.IGNORECASE)


def paired(text: str, found: list[Numeral]) -> Iterator[tuple[Numeral, Numeral | None, bool]]:
    """Each numeral alone, or ("one in seven", "seven to one") with its second number; the last is True for a ratio."""
    index = 0
    while index < len(found):
        one, two = found[index], found[index + 1] if index + 1 < len(found) else None
        share = two is not None and _is_share(text, one, two)
        told = two is not None and _told_ratio(text, one, two)
        ratio = two is not None and (told or (not share and _is_ratio(text, one, two)))
        yield one, two if share or ratio else None, ratio
        index += 2 if share or ratio else 1


_FAVOUR_GAP = re.compile(r"\s?[-–]?\s?(?:to|in|:|against)\s?[-–]?\s?", re.IGNORECASE)
_RATIO_BEFORE = re.compile(r"\bratio\b[^.;:!?]{0,30}$|\boutnumber\w*\s[^.;:!?]{0,30}$", re.IGNORECASE)
_RATIO_AFTER = re.compile(r"[\s-](?:ratio|advantage|superiority|margin|loss(?:es)?|kill)\b", re.IGNORECASE)


def _told_ratio(text: str, one: Numeral, two: Numeral) -> bool:
    """So many to one, where the words beside them say that they are a ratio: "one to seven in our favour"."""
    gap, ends = text[one.right : two.left], (one.value, two.value)
    if one.unit or two.unit or 1 not in ends or None in ends or one.value == two.value:
        return False
    if len(gap) > 9 or _FAVOUR_GAP.fullmatch(gap) is None:
        return False
    before = text[max(0, one.left - 50) : one.left]
    beside = _RATIO_BEFORE.search(before) is not None or _RATIO_AFTER.match(text, two.right) is not None
    return FAVOURED.match(text, two.right) is not None or (beside and " in " not in gap)


# "in our favour"
FAVOURED = re.compile(
    r"[\s”\"’']{0,2}\sin\s(?:the\s)?(?P<whose>our|their|his|her|its|(?:[\w’']+\s)?[\w’']+[’']s?)\s(?:own\s)?favou?r\b",
    re.IGNORECASE,
)


def _is_share(text: str, one: Numeral, two: Numeral) -> bool:
    gap = _IN.fullmatch(text[one.right : two.left]) if two.left - one.right <= 12 else None
    if gap is None or one.value is None or two.value is None or not 0 < one.value < two.value:
        return False
    if one.unit is not None or one.form is Form.SHARE or two.unit is not None or two.value % 1:
        return False
    link = gap.group().strip().lower()
    if link == "out of" or link.endswith("every"):
        return True
    round_whole = (one.value == 1 and two.value <= 1000) or two.value in (10, 100, 1000)
    round_whole = round_whole or (two.form is Form.WORDS and two.value <= 10)
    return link == "in" and round_whole and two.form is one.form


def _is_ratio(text: str, one: Numeral, two: Numeral) -> bool:
    gap = text[one.right : two.left]
    if len(gap) > 4 or _TO_ONE.fullmatch(gap) is None or one.unit or two.unit or one.value is None:
        return False
    tail = text[two.right : two.right + 1]
    return two.value == 1 and one.value > 1 and not tail.isdigit() and tail not in ("-", ":")


# --- hedges ----------------------------------------------------------------------------------------------------


@cache
def _before() -> tuple[re.Pattern[str], dict[str, str]]:
    data = lexicon("figures")
    of = {words: sign for sign, phrases in data["hedges"].items() for words in phrases}
    of |= dict.fromkeys(data["neutral"], "")
    ordered = "|".join(re.escape(w) for w in sorted(of, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<hedge>{ordered})\s*(?P<mark>[“\"‘'(])?\s?$", re.IGNORECASE), of


@cache
def _after() -> tuple[re.Pattern[str], dict[str, str]]:
    of = {words: sign for sign, phrases in lexicon("figures")["hedges_after"].items() for words in phrases}
    ordered = "|".join(re.escape(w) for w in sorted(of, key=len, reverse=True))
    return re.compile(
        rf"(?P<plus>\+)(?!\d)|-?(?P<word>plus)(?=[\s-])(?!\s\d)|\s?(?P<hedge>{ordered})(?![\w])", re.IGNORECASE
    ), of


def hedged(text: str, numeral: Numeral, of: Numeral | None = None, ratio: bool = False) -> Hedged:
    """The numeral with the words beside it that say how it is meant; the hedge farthest from it wins nothing."""
    start, comparator = _hedge_before(text, numeral.left)
    if unit_kind(numeral.unit) == "time" and _DURING.search(text[max(0, start - 14) : numeral.left]):
        start, comparator = numeral.left, "="
    end, later = _hedge_after(text, of.right if of else numeral.right)
    if comparator == "=" and numeral.form is not Form.SHARE:
        comparator = later or _vague(numeral)
    if numeral.value is None and not numeral.ranged and numeral.form is not Form.SHARE:
        comparator = "~" if comparator == "=" else comparator
    return Hedged(numeral, start, end, comparator, of, ratio)


# "over four days" is during them, "for over four days" longer
_DURING = re.compile(
    r"(?<!\bfor)(?<!\bafter)(?<!\blasted)(?<!\btook)(?<!\bof)(?<!\bwell)(?<!\bin)(?<!\bis)(?<!\bwas)(?<!\bbeen)(?<!\bspent)"
    r"(?<!\bby)(?<!\bjust)(?<!\bwithin)(?<!\ba)\sover\s$",
    re.IGNORECASE,
)


def _vague(numeral: Numeral) -> str:
    return "~" if numeral.form is Form.VAGUE else "="


def _hedge_before(text: str, left: int) -> tuple[int, str]:
    """Where the hedge starts and what it says; "at least about 50" is at least."""
    pattern, table = _before()
    start, sign, at = left, "=", left
    for _ in range(3):
        match = pattern.search(text[max(0, at - 26) : at])
        if match is None:
            break
        at -= len(match.group())
        found = table[" ".join(match["hedge"].lower().split())]
        if found:
            start, sign = at, found
    return start, sign


def _hedge_after(text: str, right: int) -> tuple[int, str | None]:
    pattern, table = _after()
    match = pattern.match(text, right)
    if match is None:
        return right, None
    if match["hedge"] is None:
        return match.end(), ">="
    return match.end(), table[" ".join(match["hedge"].lower().split())]


def bounds(numeral: Numeral, comparator: str) -> tuple[float | None, float | None]:
    """What the words allow, both ends included: a wider hedge never allows less.

    Exact below 1,000, else half of one of the last non-zero digit; half a point for per cent; about is one whole
    of the last non-zero digit (of per cent half of one, at least a point); the vague as gold/GUIDE.md has it.
    """
    if numeral.value is None:
        return _open(numeral.low, numeral.high, comparator)
    value, half = numeral.value, _half(numeral, comparator)
    return _open(value - half, value + half, comparator, value)


def _half(numeral: Numeral, comparator: str) -> float:
    percent = numeral.unit == "percent"
    if comparator == "~" and percent:
        return max(1.0, numeral.step / 2)
    if comparator == "~" and numeral.form is Form.SHARE:
        return 0.05
    if comparator == "~":  # of a round number no more than a half: "about 100,000" is not nothing
        return min(numeral.step, max(numeral.step, abs(numeral.value or 0.0)) / 2)
    if percent:
        return 0.5 if numeral.step >= 1 else numeral.step / 2
    return numeral.step / 2 if abs(numeral.value or 0.0) >= 1000 else 0.0


def _open(
    low: float | None, high: float | None, comparator: str, value: float | None = None
) -> tuple[float | None, float | None]:
    if comparator in (">", ">="):
        return (low if value is None else value), None
    if comparator in ("<", "<="):
        return None, (high if value is None else value)
    return low, high


def signed(numeral: Numeral) -> Numeral:
    """The numeral without its sign, for changes that say their direction."""
    return numeral if numeral.value is None else replace(numeral, value=abs(numeral.value))
