"""Numbers, ordinals and units of time, and the DURATION values made of them."""

from __future__ import annotations

import re

from onrecord.reading.times.context import Context, span_of

Found = re.Match[str]


# A unit whose place is not known
UNKNOWN = {
    "D": "XXXX-XX-XX", "NI": "XXXX-XX-XX", "W": "XXXX-WXX", "2W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX",
    "Q": "XXXX-QX", "Y": "XXXX", "10Y": "XXX", "100Y": "XX", "1000Y": "X",
}  # fmt: skip


_VAGUE_COUNT = "X"


def count_of(context: Context, found: Found, group: str = "n") -> float | str | None:
    """The number a group of words stands for, "X" where it is vague, None where there is none.

    Of a range ("two to six") it is the larger."""
    first, last = span_of(found, group)
    if first < 0 or first == last:
        return None
    total: float | None = None
    for index in range(first, last):
        value = context.words.values[index]
        word = context.surface_of(index)
        if word in ("to", "or", "-", "–", "—"):
            total = total if word == "-" and _adds(context, index) else None
        elif value == "X":
            return _VAGUE_COUNT
        else:
            total = _grown(total, value, word)
    return 1 if total is None and context.surface_of(first) in ("a", "an") else total


def _adds(context: Context, index: int) -> bool:
    """Whether a hyphen joins one number ("twenty-four") and is no range ("3-4")."""
    before, after = context.words.values[index - 1], context.words.values[index + 1]
    return isinstance(before, int) and isinstance(after, int) and 20 <= before <= 90 and after < 10 and (
        not context.surface_of(index - 1).isdigit()
    )  # fmt: skip


def _grown(total: float | None, value: int | str | None, word: str) -> float | None:
    if isinstance(value, int):
        if value in (100, 1000, 1_000_000, 1_000_000_000) and not word[0].isdigit():
            return (total or 1) * value
        if value == 12 and word == "dozen":
            return (total or 1) * 12
        return (total or 0) + value
    if word in ("a", "an"):
        return total
    if word == "half":
        return (total or 0) + 0.5
    fraction = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", word)
    if fraction and int(fraction[2]):
        return (total or 0) + int(fraction[1]) / int(fraction[2])
    try:
        return float(str(value))
    except ValueError:
        return total


def nth_of(context: Context, found: Found, group: str = "nth") -> int | None:
    """An ordinal, "twenty-first" too."""
    first, last = span_of(found, group)
    if first < 0:
        return None
    total = 0
    for value in context.words.values[first:last]:
        digits = re.match(r"[0-9]{1,4}", value) if isinstance(value, str) else None
        if digits:
            total += int(digits.group())
        elif isinstance(value, int):
            total += value
        elif value == "second":
            total += 2
    return total or None


def spelled(unit: str, count: float | str | None) -> str:
    """A DURATION value: "P9M", "PT24H", "PXY", "P2Y6M"."""
    if unit == "Q":
        return "PXQ" if isinstance(count, str) or count is None else f"P{plain(count)}Q"
    clock, letter = ("T", unit[1]) if unit in ("TS", "TM", "TH") else ("", unit)
    number = re.match(r"[0-9]+", letter)
    size, letter = (int(number.group()), letter[number.end() :]) if number else (1, letter)
    if isinstance(count, str) or count is None:
        return f"P{clock}X{ {10: 'E', 100: 'C', 1000: 'L'}.get(size, letter) if letter == 'Y' else letter }"
    whole, rest = divmod(count * size, 1)
    if rest == 0.5 and letter in ("Y", "H", "M") and not (letter == "M" and not clock):
        lower = {"Y": "6M", "H": "30M", "M": "30S"}[letter]
        return f"P{clock}{int(whole)}{letter}{lower}" if whole else f"P{clock}{lower}"
    return f"P{clock}{plain(count * size)}{letter}"


def plain(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:.2f}".rstrip("0")


def unit_of(context: Context, found: Found, group: str = "unit") -> str | None:
    """The unit letter of a group."""
    value = context.said(found, group)
    if value is None:
        return None
    return {"second": "TS", "quarter": "Q", "weekend": "WE", "period": "Q"}.get(value, value)


def nth_at(context: Context, index: int) -> int | None:
    digits = re.match(r"[0-9]{1,2}", context.surface_of(index))
    return int(digits.group()) if digits else None
