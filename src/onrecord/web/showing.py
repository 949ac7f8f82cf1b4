"""How values are shown on a page: days, numbers, names, words of documents made visible."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from onrecord.exports.visible import one_line, visible

_ASKED = 400  # characters of a statement in a table; the whole stands in its story
_SPACED = 8  # times as many are looked at: what is left out of them is white space


def number(value: float | int | None) -> str:
    """A number with its thousands parted; a dash where there is none.

    >>> number(11000), number(0.5), number(None)
    ('11,000', '0.5', '–')
    """
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"


def many(count: int, one: str, more: str = "") -> str:
    """A count with its noun.

    >>> many(1, "statement"), many(2000, "statement"), many(0, "party", "parties")
    ('1 statement', '2,000 statements', '0 parties')
    """
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def days(period: Mapping[str, Any] | None) -> str:
    """The earliest and latest day of a period, one where they are the same.

    >>> days({"earliest": "2023-02-01", "latest": "2023-02-28"}), days(None)
    ('2023-02-01 to 2023-02-28', '')
    """
    if not period:
        return ""
    first, last = period.get("earliest"), period.get("latest")
    if first == last:
        return first or ""
    return f"until {last}" if not first else f"from {first}" if not last else f"{first} to {last}"


def shown(text: str | None, most: int = _ASKED) -> str:
    """Words of a document on one line, with what would hide or turn text made visible, cut where they are long."""
    begins = (text or "")[: most * _SPACED]
    line = one_line(begins)
    return line if len(line) <= most and len(begins) == len(text or "") else line[: most - 1] + "…"


def marked(text: str) -> Markup:
    """Text in which words searched for stand between ``**``, as markup with them marked; all else is escaped.

    >>> marked("a **hit** <b>")
    Markup('a <mark>hit</mark> &lt;b&gt;')
    """
    parts = shown(text).split("**")
    told = (Markup("<mark>{}</mark>").format(part) if n % 2 else escape(part) for n, part in enumerate(parts))
    return Markup("").join(told)


def whole(text: str) -> Markup:
    """Words of a story, or a drawing, however long; what would hide or turn text is made visible."""
    return escape(visible(text))


def exact(text: str) -> Markup:
    """Text as it is, for the value of a field that is sent back; it is escaped, and nothing in it is made visible."""
    return escape(text)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "number": number,
    "many": many,
    "days": days,
    "shown": shown,
    "marked": marked,
    "whole": whole,
    "exact": exact,
}
"""What the templates know these as."""
