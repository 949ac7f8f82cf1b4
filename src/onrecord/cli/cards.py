"""A statement under review as lines of a terminal: its words lit in their sentence, who said it, why it is asked."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import click

from onrecord.cli.deciding import shown
from onrecord.contract import statement_from
from onrecord.exports import phrases
from onrecord.exports.visible import one_line, visible
from onrecord.ledger import Difference, Queued, Why
from onrecord.model import Decision, Statement

_AROUND = 240  # characters before and after the words, at most
_ENDS = re.compile(r"[.!?…][\"”’»)]*\s|\n")
_LABEL = 12
_LIT: Mapping[str, dict[str, bool]] = {
    "content": {"bold": True},
    "cue": {"italic": True},
    "source": {"underline": True},
}


_Mark = tuple[int, int, str]
_Piece = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Card:
    """All that is shown of a statement: with its document's text, what is known of that, and its caveats' values."""

    queued: Queued
    text: str
    document: Mapping[str, Any]
    caveats: Sequence[Mapping[str, Any]] = field(default=())


def lines(card: Card, width: int) -> Iterator[str]:
    """The card, as wide as the terminal."""
    one = card.queued.statement
    yield click.style("─" * width, dim=True)
    yield from _wrapped("", " · ".join(_about(card.document)) or one.document, width)
    yield from _wrapped("why", "; ".join(map(_reason, card.queued.reasons)), width)
    yield ""
    yield from _sentence(card, width)
    yield ""
    for label, told in _fields(statement_from(one.value)):
        yield from _wrapped(label, told, width)
    for caveat in card.caveats:
        doubtful = "" if caveat.get("certain") else " (its reach is doubtful)"
        yield from _wrapped("caveat", f"“{caveat.get('text') or ''}” {caveat.get('kind')}{doubtful}", width)
    for difference in one.state.differs:
        yield from _wrapped("differs", differs(difference), width)
    if not one.found:
        yield from _wrapped("found", "the newest reading does not find it", width)
    yield from _wrapped("read by", f"{one.reader} {one.version}", width)
    for d in one.state.decisions:
        yield from _wrapped("decided", decided(d), width)


def decided(d: Decision) -> str:
    """A decision in words.

    >>> from onrecord.model import Judgement
    >>> decided(Decision(Judgement.REJECT, "statement", "5e1f", "A. Editor", "2024-05-01T10:00:00+00:00", "no claim"))
    'A. Editor, 2024-05-01 10:00: reject · no claim'
    """
    value = [shown(d.value)] if d.field and d.judgement == "correct" else []
    what = " ".join(filter(None, (d.judgement, d.field, *value, d.other)))
    return f"{d.by}, {d.at[:16].replace('T', ' ')}: {what}" + (f" · {d.why}" if d.why else "")


def differs(difference: Difference) -> str:
    """What was decided, and what the newest reading has instead."""
    return f"{difference.field}: decided {_short(difference.was)}; now reads {_short(difference.now)}"


def _short(value: Any) -> str:
    """What a value is called, where it is called something."""
    match value:
        case {"name": str(name)} | {"text": str(name)}:
            rest = [str(value[key]) for key in ("kind", "role", "side", "value", "measure") if value.get(key)]
            return ", ".join([name, *rest])
        case list():
            return "; ".join(map(_short, value)) or "none"
        case None:
            return "none"
        case _:
            return shown(value)


def _reason(reason: Any) -> str:
    if reason.why is Why.UNSURE:
        return f"{reason.text} is unsure"
    return f"{reason.why}: {reason.text}" if reason.text else str(reason.why)


def _about(document: Mapping[str, Any]) -> list[str]:
    return [one_line(str(document[name])) for name in ("title", "publisher", "published", "key") if document.get(name)]


def _fields(s: Statement) -> Iterator[tuple[str, str]]:
    standing = phrases.standing(s.claimant)
    yield "claimant", phrases.claimants(s) + (f" ({standing})" if standing else "")
    if s.relays:
        yield "relayed by", ", ".join(phrases.relays(s))
    yield "act", " · ".join([*phrases.manner(s), *([s.channel] if s.channel else [])])
    if said := phrases.said(s):
        yield "said", said
    for figure in s.figures:
        yield "figure", phrases.figure(figure)
    if s.places:
        yield "places", ", ".join(phrases.place_names(s.places))
    if s.doubts:
        yield "doubtful", ", ".join(s.doubts)


def _wrapped(label: str, told: str, width: int) -> Iterator[str]:
    indent = " " * (_LABEL + 2)
    room = max(width - len(indent), 20)
    first, *rest = textwrap.wrap(one_line(told), room) or [""]
    yield f"{click.style(label.rjust(_LABEL), dim=True)}  {first}"
    yield from (indent + line for line in rest)


# --- words in their sentence -------------------------------------------------------------------------------------


def _sentence(card: Card, width: int) -> Iterator[str]:
    """The words with what stands around them, folded where the text may break."""
    value = card.queued.statement.value
    marks = list(_marks(value))
    if not marks or not card.text:
        yield from _wrapped("", value.get("content", {}).get("text", ""), width)
        return
    start, end = _bounds(card.text, min(s for s, _, _ in marks), max(e for _, e, _ in marks))
    yield from _folded(_pieces(card.text, start, end, marks), width)


def _marks(value: Mapping[str, Any]) -> Iterator[_Mark]:
    for name in _LIT:
        for start, end in (value.get(name) or {}).get("spans", ()):
            yield start, end, name


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds the words, or as much of it as there is room for."""
    before = text[max(0, start - _AROUND) : start]
    ends = list(_ENDS.finditer(before))
    first = start - len(before) + (ends[-1].end() if ends else 0)
    after = _ENDS.search(text, max(end - 1, 0), end + _AROUND)
    return first, after.end() if after else min(len(text), end + _AROUND)


def _pieces(text: str, start: int, end: int, marks: Sequence[_Mark]) -> Iterator[_Piece]:
    """The text in runs, each with the names of what it is lit as."""
    cuts = sorted({start, end, *(at for mark in marks for at in mark[:2] if start < at < end)})
    for one, two in pairwise(cuts):
        yield text[one:two], frozenset(name for s, e, name in marks if s <= one and two <= e)


def _folded(pieces: Iterable[_Piece], width: int) -> Iterator[str]:
    """Lines of styled words; a style takes no room."""
    line, room = "  ", width - 2
    for text, names in pieces:
        for word in re.findall(r"\s+|\S+", visible(text)):
            if word.isspace():
                line, room = (line + " ", room - 1) if room > 0 and line.strip() else (line, room)
                continue
            if len(word) > room and line.strip():
                yield line.rstrip()
                line, room = "  ", width - 2
            line += _lit(word, names)
            room -= len(word)
    if line.strip():
        yield line.rstrip()


def _lit(word: str, names: frozenset[str]) -> str:
    style = {key: value for name in names for key, value in _LIT[name].items()}
    return click.style(word, **style) if style else word
