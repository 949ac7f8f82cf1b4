"""Numbers that name rather than count: dates, clock times, "T-72", "Article 5", scores, addresses."""

from __future__ import annotations

import re
from functools import cache

from onrecord.model import Time
from onrecord.reading.figures.numerals import Form, Numeral, unit_kind
from onrecord.reading.figures.words import day_words
from onrecord.reading.lexicon import lexicon


def is_quantity(text: str, numeral: Numeral, times: tuple[Time, ...]) -> bool:
    """Whether ``numeral`` counts or measures something; ``times`` are the time expressions that overlap it."""
    if numeral.form is Form.DIGITS:
        return not (
            _glued(text, numeral)
            or _clock(text, numeral)
            or _date(text, numeral)
            or _in_date(numeral, times)
            or _year(text, numeral)
            or _named(text, numeral)
            or _address_or_phone(text, numeral)
            or _score(text, numeral)
            or _list_number(text, numeral)
        )
    return not (
        _in_date(numeral, times)
        or _glued_words(text, numeral)
        or _idle_one(text, numeral)
        or _idle_half(text, numeral)
        or _idle_time(text, numeral)
        or _idle_share(text, numeral)
        or _idle_multiple(text, numeral)
        or _rank(text, numeral)
    )


# --- digits ----------------------------------------------------------------------------------------------------

_JOINTS = "-–/.:,@#_&'’\\"


def _glued(text: str, n: Numeral) -> bool:
    """Part of a word or code: "T-72", "S23", "22nd", "1990s", "2.1.3"."""
    before, after = text[max(0, n.left - 2) : n.left], text[n.right : n.right + 2]
    if _in_ratio(text, n) or _to_another(text, n):
        return False
    if before[-1:].isalnum() or before[-1:] in ("_", "#"):
        return True
    if len(before) == 2 and before[1] in _JOINTS and before[0].isalnum():
        return not (before[1] in ",:–" and before[0].isalpha())
    if after[:1].isalpha() or after[:1] == "_":
        return True
    return len(after) == 2 and after[0] in ".:/,@" and after[1].isdigit()


def _to_another(text: str, n: Numeral) -> bool:
    """The second number of "5-to-1"."""
    return re.search(r"\w-to-$", text[max(0, n.left - 5) : n.left], re.IGNORECASE) is not None


_RATIO = re.compile(r"(?<![\w:.,])(?:1:\d{1,3}|\d{1,3}:1)(?![\w:])")
_RATIO_SAID = re.compile(r"\bratio\b|\bfavou?r\b|\badvantage\b|\boutnumber", re.IGNORECASE)


def _in_ratio(text: str, n: Numeral) -> bool:
    """One of the numbers of "7:1", where the words beside it say that it is a ratio and no time of day."""
    near = text[max(0, n.left - 4) : n.right + 5]
    if ":" not in near or not any(m.start() <= n.left - max(0, n.left - 4) < m.end() for m in _RATIO.finditer(near)):
        return False
    return _RATIO_SAID.search(text[max(0, n.left - 40) : n.right + 40]) is not None


_CLOCK = re.compile(r"\s?(?:[ap]\.?m\b\.?|GMT|UTC|EST|EDT|CET|o['’]clock|hours? local|local time)", re.IGNORECASE)


def _clock(text: str, n: Numeral) -> bool:
    if n.unit is not None or _in_ratio(text, n):
        return False
    return _CLOCK.match(text, n.end) is not None or re.match(r":\d\d(?!\d)", text[n.end : n.end + 4]) is not None


@cache
def _months() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(m.capitalize() for m in lexicon("figures")["designators"]["months"])
    span = r"(?:\d{1,2}(?:st|nd|rd|th)?\s?(?:[-–,]|to|and|or)\s?)*"
    return (
        re.compile(rf"\b(?:{names})\.?\s(?:the\s)?{span}$"),
        re.compile(rf"\s?{span}(?:of\s)?(?:{names})\b(?!\s(?:have|be)\b)"),
    )


_DATE_LIKE = re.compile(r"[0-3]?\d\.[01]\d(?:\.\d{2,4})?")
_DATE_OPENER = re.compile(r"\b(?:from|to|on|of|by|since|until|till|dated)\s$", re.IGNORECASE)


def _date(text: str, n: Numeral) -> bool:
    if (n.unit is not None and not n.ranged) or n.scale is not None:
        return False
    before, after = _months()
    words = text[n.start : n.end]
    day = len(words) <= 5 and "," not in words and (n.value or n.low or 0) <= 31
    if day and (before.search(text[max(0, n.start - 24) : n.start]) or after.match(text, n.end)):
        return True
    dotted = _DATE_LIKE.fullmatch(words) is not None and _DATE_OPENER.search(text[max(0, n.start - 7) : n.start])
    zero = re.fullmatch(r"[0-3]\d\.0\d", words) is not None
    slashed = re.fullmatch(r"\d{1,2}/\d{1,2}", words) is not None and (n.value or 0) not in _FRACTIONS
    return bool(dotted) or zero or slashed


_FRACTIONS = frozenset(a / b for b in (2, 3, 4, 5, 6, 8, 10, 16, 20, 40, 50, 100) for a in range(1, b))


def _in_date(n: Numeral, times: tuple[Time, ...]) -> bool:
    """Inside a date or clock time, unless it is a number of days or years ("the last three months")."""
    if unit_kind(n.unit) == "time":
        return False
    return any(
        t.type in ("DATE", "TIME") and any(s <= n.start and n.end <= e and (s, e) != _bare(n) for s, e in t.spans)
        for t in times
    )


def _bare(n: Numeral) -> tuple[int, int] | None:
    """The words of a plain number that no year of our time is: left to the rule for years."""
    plain = n.form is Form.DIGITS and n.value is not None and not 1600 <= n.value <= 2100
    return (n.start, n.end) if plain else None


@cache
def _before_year() -> re.Pattern[str]:
    data = lexicon("figures")["designators"]
    words = "|".join(map(re.escape, [*data["before_year"], *data["months"]]))
    return re.compile(rf"(?:\b(?:{words})\.?[\s-]|\d,?\s|\(|[-–/])$", re.IGNORECASE)


_PLURAL_AFTER = re.compile(r"\s(?:[A-Za-z-]+\s)?[a-z]{2,}(?<!s)s\b")


def _year(text: str, n: Numeral) -> bool:
    """A bare number of four digits that a year could be: after "in" it is one, else when nothing countable follows."""
    words = text[n.start : n.end]
    if n.unit is not None or n.left < n.start:
        return False
    if n.ranged:
        return all(re.fullmatch(r"(?:1[89]|20)\d\d", text[p.start : p.end]) for p in n.parts)
    if re.fullmatch(r"(?:1[89]|20)\d\d", words) is None:
        return False
    before = text[max(0, n.start - 12) : n.start]
    if _before_year().search(before):
        return True
    round_count = n.value is not None and n.value % 100 == 0 and _PLURAL_AFTER.match(text, n.end) is not None
    return n.value is not None and 1900 <= n.value <= 2060 and not round_count


@cache
def _designator() -> re.Pattern[str]:
    words = "|".join(map(re.escape, lexicon("figures")["designators"]["words"]))
    return re.compile(rf"(?:^|[\s(\[“\"])(?P<word>{words})\s$", re.IGNORECASE)


_NAME_BEFORE = re.compile(r"(?P<start>^|[.!?:;,]\s|[“\"(]|\s)(?P<name>(?:&\s?|[A-Z][a-z]?\s)?[a-z]?[A-Z][\w&/]*)\s$")
_COUNTED_AFTER = re.compile(
    r"\s(?:[\w-]+\s){0,1}?(?:(?!has\b|was\b|is\b|this\b|its\b|his\b|as\b|us\b|plus\b)[a-z]+(?:s|men|women|ren)|people|troops|personnel|aircraft|more|were|are|have)\b"
)


def _named(text: str, n: Numeral) -> bool:
    """After a word that is numbered ("Section 427", "Article 5") or a name ("Stoxx 600", "iPhone 12")."""
    if (n.unit is not None and unit_kind(n.unit) != "time") or n.left < n.start or n.signed:
        return False
    if n.ranged or n.scale is not None or not text[n.start : n.end].isdigit():
        return False
    before = text[max(0, n.start - 30) : n.start]
    match = _designator().search(before)
    if match is not None and (match["word"][0].isupper() or _numbers_small(match["word"], text, n)):
        return not _past(match["word"], text, n)
    name = _NAME_BEFORE.search(before)
    if (
        name is None
        or name["name"].lower() in day_words()
        or name["start"] not in (" ", "")
        or name["name"] in _SENTENCE_STARTS
    ):
        return False
    if name["start"] == "" and len(before) < 30:
        return False
    return unit_kind(n.unit) is None and _COUNTED_AFTER.match(text, n.end) is None


def _numbers_small(word: str, text: str, n: Numeral) -> bool:
    if word in lexicon("figures")["designators"]["capital"] and word not in ("top", "bottom", "number", "level"):
        return False
    return _COUNTED_AFTER.match(text, n.end) is None


_SENTENCE_STARTS = frozenset(
    {
        "The",
        "A",
        "Of",
        "In",
        "At",
        "About",
        "Some",
        "Only",
        "Another",
        "And",
        "But",
        "To",
        "For",
        "With",
        "From",
        "I",
        "MSRP",
    }
)


def _past(word: str, text: str, n: Numeral) -> bool:
    """ "the last 36 hours" and "top 10 countries" count, "Under 21" does not."""
    return word.lower() in ("last", "top", "under", "bottom", "big") and (
        unit_kind(n.unit) == "time" or _COUNTED_AFTER.match(text, n.end) is not None
    )


@cache
def _street() -> re.Pattern[str]:
    words = "|".join(w.capitalize() for w in lexicon("figures")["designators"]["streets"])
    return re.compile(rf"\s(?:[A-Z][\w.'’-]*\s){{1,3}}(?:{words})\b")


_PHONE = re.compile(r"(?:[\s-]\(?\d{2,4}\)?){2,}")


def _address_or_phone(text: str, n: Numeral) -> bool:
    if n.unit is not None or n.scale is not None:
        return False
    if n.ranged or (n.signed and text[n.start] == "+"):
        return _PHONE.match(text, n.parts[0].end if n.parts else n.end) is not None
    if re.match(r"\s(?:ZIP|postcode|area code)\b", text[n.end : n.end + 12], re.IGNORECASE):
        return True
    return _street().match(text, n.end) is not None or _PHONE.match(text, n.end) is not None


def _score(text: str, n: Numeral) -> bool:
    """ "2-0", "89-89": two small numbers with a hyphen, the first not below the second (a range would be)."""
    match = (
        re.match(r"[-–](\d{1,3})(?!\d|[.,]\d)", text[n.end : n.end + 5]) if not n.ranged and n.unit is None else None
    )
    return match is not None and text[n.start : n.end].isdigit() and (n.value or 0) >= float(match[1])


def _list_number(text: str, n: Numeral) -> bool:
    if n.start and text[n.start - 1] not in "\n\r[":
        return False
    return re.match(r"[.)\]]\s?(?=\S)", text[n.end : n.end + 3]) is not None and len(text[n.start : n.end]) <= 2


# --- words -----------------------------------------------------------------------------------------------------


def _glued_words(text: str, n: Numeral) -> bool:
    """Inside a longer word or a name ("Twenty-First", "BBC One")."""
    before, after = text[max(0, n.start - 2) : n.start], text[n.right : n.right + 1]
    joined = len(before) == 2 and before[1] in "-–" and before[0].isalnum() and not _to_another(text, n)
    glued = before[-1:].isalnum() or joined or after.isalnum()
    return glued or _ends_name(text, n)


_CAPITALISED = re.compile(r"[a-z,]\s(?:[A-Z][\w’'-]*[ \u00a0])+$")


def _ends_name(text: str, n: Numeral) -> bool:
    """A word with a capital after another inside a sentence, and none after it: "the Kick Six game"."""
    if not text[n.start].isupper() or n.unit is not None or re.match(r"\s(?:[A-Z]|of\b)", text[n.end : n.end + 4]):
        return False
    return _CAPITALISED.search(text[max(0, n.start - 40) : n.start]) is not None


@cache
def _idle(table: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = lexicon("figures")[table]
    before = "|".join(map(re.escape, data["before"]))
    after = "|".join(map(re.escape, data["after"]))
    return re.compile(rf"(?<![\w])(?:{before})\s$", re.IGNORECASE), re.compile(
        rf"\s?(?:{after})(?![\w])", re.IGNORECASE
    )


def _beside(text: str, n: Numeral, table: str) -> bool:
    before, after = _idle(table)
    return bool(before.search(text[max(0, n.start - 14) : n.start]) or after.match(text, n.end))


_ONE_OF = re.compile(
    r"\sof\s(?:the|his|her|their|its|our|my|your|those|these|a|\w+['’]s)\b|\s(?:in|out of)\s(?:\w+)", re.IGNORECASE
)


def _idle_one(text: str, n: Numeral) -> bool:
    """ "one" that is a pronoun: what follows is no noun, nor "of the", nor "in seven"; left to the parse otherwise."""
    if text[n.start : n.end].lower() != "one" or _to_another(text, n):
        return False
    return _beside(text, n, "not_one") and _ONE_OF.match(text, n.end) is None


def _idle_half(text: str, n: Numeral) -> bool:
    words = text[n.start : n.end].lower()
    return words == "half" and _beside(text, n, "not_half")


@cache
def _bare_time() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = lexicon("figures")["bare_times"]
    before = "|".join(map(re.escape, data["before"]))
    after = "|".join(map(re.escape, data["after"]))
    return re.compile(rf"(?<![\w])(?:{before})\s$", re.IGNORECASE), re.compile(rf"(?:{after})(?![\w])", re.IGNORECASE)


def _idle_time(text: str, n: Numeral) -> bool:
    """A plural time word that is no duration of its own ("the days after"), or ends one that is ("ten days")."""
    if n.form is not Form.BARE_TIME:
        return False
    before, after = _bare_time()
    return not (before.search(text[max(0, n.start - 14) : n.start]) or after.match(text, n.end))


_SHARE_AFTER = re.compile(r"\s(?:of|the|its|his|her|their|as)\b|\s\w+|[.,;)]|$")
_FRACTION_AFTER = re.compile(
    r"\s(?:of|in|to|more|less|higher|lower|as|since|from|after|on|last|this)\b|[.,;)]|$", re.IGNORECASE
)


def _idle_share(text: str, n: Numeral) -> bool:
    """ "a third person", "the most important": a fraction wants "of", a change or the end of the clause after it."""
    if n.form is not Form.SHARE:
        return False
    words = text[n.start : n.end].lower()
    if words == "mostly":
        return _follows(text, n, "not_mostly")
    if words.startswith("most") and re.match(
        r"(?:\sof)?\sthe\s(?:way|time|day|night|rest)\b", text[n.end : n.end + 16]
    ):
        return True
    if words == "most":
        return not re.match(r"\sof\b", text[n.end : n.end + 4], re.IGNORECASE)
    if words in ("a third", "a quarter", "a fifth", "a sixth", "an eighth", "a tenth"):
        return _FRACTION_AFTER.match(text, n.end) is None
    return False


@cache
def _after_words(table: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, lexicon("figures")[table]["after"]))
    return re.compile(rf"\s(?:{words})\b", re.IGNORECASE)


def _follows(text: str, n: Numeral, table: str) -> bool:
    return _after_words(table).match(text, n.end) is not None


def _idle_multiple(text: str, n: Numeral) -> bool:
    """ "twice" that tells how often or "double" that is no ratio ("scored twice", "a double room")."""
    if n.form is not Form.MULTIPLE or text[n.start : n.end].lower().endswith("fold"):
        return False
    return not (_follows(text, n, "multiple") or _AS.match(text, n.end))


_AS = re.compile(
    r"\sas\s[a-z]+(?:\s[a-z]+)?(?:\sas\b|[.,;)]|$)|\sas\s(?:many|much|high|large|big|great|long|likely|often)\b"
)
_RANKED = re.compile(r"\b(?:top|bottom)\s$", re.IGNORECASE)


def _rank(text: str, n: Numeral) -> bool:
    """ "the bottom three" names places in a table when no noun follows."""
    if not _RANKED.search(text[max(0, n.start - 8) : n.start]):
        return False
    return _COUNTED_AFTER.match(text, n.end) is None
