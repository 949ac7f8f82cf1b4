"""How values are shown on a page: days, numbers, names, words of documents made visible."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec
from markupsafe import Markup, escape

from onrecord.contract import statement_from
from onrecord.exports import phrases
from onrecord.exports.cards import Card, Link
from onrecord.exports.cards import card as of_statement
from onrecord.exports.visible import clipped, one_line, visible
from onrecord.model import Place, place_id

_ASKED = 400  # characters of a statement in a table; the whole stands in its story
_FIXED = "\N{NO-BREAK SPACE}"
_SPACED = 8  # times as many are looked at: what is left out of them is white space


def card(value: Mapping[str, Any], anchor: bool = True) -> Card:
    """The card of a statement on a page that its words do not stand on (``web.cards``)."""
    hedges = [Link(clipped(text, 120), None) for text in value["caveats"]]
    id_ = f"c-{value['id']}" if anchor else ""
    return of_statement(statement_from({**value, "caveats": []}), id_, f"s-{value['id']}", caveats=hedges)


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


def day(iso: str | None, none: str = "no day") -> str:
    """A day that is never broken over lines.

    >>> day("2023-03-07").split("\xa0"), day(None)
    (['7', 'Mar', '2023'], 'no day')
    """
    return phrases.day(date.fromisoformat(iso)).replace(" ", _FIXED) if iso else none


def days(period: Mapping[str, Any] | None) -> str:
    """The earliest and latest day of a period, as short as they can be said; days are not broken over lines.

    >>> days({"earliest": "2023-02-01", "latest": "2023-02-28"}).split("\xa0"), days(None)
    (['Feb', '2023'], '')
    """
    first, last = (period or {}).get("earliest"), (period or {}).get("latest")
    if not (first and last):
        return f"until {day(last)}" if last else f"from {day(first)}" if first else ""
    return phrases.between(date.fromisoformat(first), date.fromisoformat(last)).replace(" ", _FIXED)


def moment(at: str | None) -> str:
    """A time of the record to the minute.

    >>> moment("2024-05-01T10:00:12.000000+00:00")
    '2024-05-01 10:00'
    """
    return (at or "")[:16].replace("T", " ")


def plain(value: Any) -> str:
    """A decided value on one line: text as it is, all else as JSON; a dash for none.

    >>> plain("RU"), plain({"name": "Interfax"}), plain(None)
    ('RU', '{"name":"Interfax"}', '–')
    """
    return "–" if value is None else value if isinstance(value, str) else msgspec.json.encode(value).decode()


def place(value: Mapping[str, Any]) -> str:
    """The id over all documents of a place of the contract."""
    return place_id(msgspec.convert(value, Place))


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


def stated(text: str | None) -> str:
    """What is stated, without the "that" which opens many a content on the page.

    >>> stated("that the bridge fell"), stated("That bridge fell")
    ('the bridge fell', 'That bridge fell')
    """
    return (text or "").removeprefix("that ")


def exact(text: str) -> Markup:
    """Text as it is, for the value of a field that is sent back; it is escaped, and nothing in it is made visible."""
    return escape(text)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "number": number,
    "many": many,
    "day": day,
    "days": days,
    "shown": shown,
    "marked": marked,
    "stated": stated,
    "moment": moment,
    "plain": plain,
    "place_id": place,
    "card": card,
    "whole": whole,
    "exact": exact,
}
"""What the templates know these as."""
