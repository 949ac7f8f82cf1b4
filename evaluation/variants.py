"""Other dress for the same text: how reporting reaches us without its quotation marks, commas or lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any

Row = dict[str, Any]
Edit = tuple[int, int, str]

_ROLES = ("source", "cue", "content")
_DOUBLE = re.compile(r"''|``|[\"“”„‟«»]")
_CURLY = re.compile(r"''|``|[“”„‟«»‘’‛]")
_STRAIGHT = {"‘": "'", "’": "'", "‛": "'"}
_LINES = re.compile(r"[ \t]*[\n\r]\s*")
_SENTENCE_END = re.compile(
    r"(?<=[.!?])[\"”’)]*(?P<gap>[ \t]+)(?=[\"“‘(]?[A-Z])|(?<=[.!?][\"”’)])(?P<more>[ \t]+)(?=[\"“‘(]?[A-Z])"
)
# Of our own writing: a headline names nobody who speaks.
HEADLINES = (
    "Talks continue as shelling enters third week",
    "What we know about the strike on the market",
    "Dozens dead after raid on border town",
    "Fuel depot burns for second night",
    "Council to vote on new aid package",
    "Markets slide on fears of wider war",
    "Search goes on for survivors",
)


def edited(row: Row, edits: Iterable[Edit]) -> Row:
    """The row with non-overlapping ``edits`` (start, end, replacement) made in its text and its spans moved along."""
    text = row["text"]
    parts: list[str] = []
    shift = [0] * (len(text) + 1)
    done = 0
    for start, end, words in edits:
        parts += (text[done:start], words)
        for i in range(start, end):  # a replaced character stands for the same one of its replacement, or for its end
            shift[i + 1] += min(i + 1 - start, len(words)) - min(i - start, len(words)) - 1
        shift[end] += len(words) - min(end - start, len(words))
        done = end
    moved = [i + s for i, s in enumerate(accumulate(shift))]
    return {
        **row,
        "text": "".join(parts) + text[done:],
        "attributions": [_moved(a, moved) for a in row["attributions"]],
    }


def _moved(attribution: Row, moved: list[int]) -> Row:
    spans = {role: [[moved[s], moved[e]] for s, e in attribution[role] if moved[s] < moved[e]] for role in _ROLES}
    return {**attribution, **spans}


def straightened(row: Row) -> Row:
    """Curly, doubled and angled quotation marks made straight."""
    return edited(row, ((m.start(), m.end(), _STRAIGHT.get(m.group(), '"')) for m in _CURLY.finditer(row["text"])))


def unquoted(row: Row) -> Row:
    """All double quotation marks removed."""
    return edited(row, ((m.start(), m.end(), "") for m in _DOUBLE.finditer(row["text"])))


def stripped(row: Row) -> Row:
    """Commas and apostrophes removed."""
    return edited(row, ((m.start(), m.end(), "") for m in re.finditer(r"[,'’‘‛]", row["text"])))


def upper(row: Row) -> Row:
    """All in capitals, but for letters whose capital is longer."""
    text = "".join(c.upper() if len(c.upper()) == 1 else c for c in row["text"])
    return {**row, "text": text}


def single_paragraph(row: Row) -> Row:
    """All on one line."""
    return edited(row, ((m.start(), m.end(), " ") for m in _LINES.finditer(row["text"])))


def sentence_lines(row: Row) -> Row:
    """Every sentence on a line of its own."""
    found = _SENTENCE_END.finditer(row["text"])
    return edited(row, ((*m.span("gap" if m["gap"] else "more"), "\n") for m in found))


def headlined(row: Row) -> Row:
    """A headline in front, on a line of its own."""
    line = HEADLINES[len(row["text"]) % len(HEADLINES)]
    return edited(row, [(0, 0, line + "\n\n")])


VARIANTS: dict[str, Callable[[Row], Row]] = {
    "as printed": lambda row: row,
    "quotes straightened": straightened,
    "quotes removed": unquoted,
    "commas and apostrophes stripped": stripped,
    "upper case": upper,
    "single paragraph": single_paragraph,
    "one sentence a line": sentence_lines,
    "headline in front": headlined,
}
