"""Which dates only stand over a text: "KYIV, March 7, 2023 —", a date on a line of its own."""

from __future__ import annotations

import re

_NAMES = re.compile(
    r"(?:(?!(?:On|In|At|By|Since|Until|From|Late|Early)\b)[A-Z][\w.’'-]*[,/ ]*|\([^()\n]{1,30}\)\s*){1,8}"
)
_AFTER = re.compile(r"[.,]?[ \t]*(?:\([^()\n]{1,40}\)|/[^/\n]{1,30}/)?[ \t]*(?:[—–]|--?\s|\||\n|$)")


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
