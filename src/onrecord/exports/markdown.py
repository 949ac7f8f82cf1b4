"""A reading as Markdown to paste into notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.exports import phrases
from onrecord.exports.outline import Entry, caveats_of, loose_figures, outline
from onrecord.exports.visible import one_line
from onrecord.model import Caveat, Reading, Span, Statement

# What CommonMark, its tables, strike-through and formulas, or HTML could read as markup anywhere in a line
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
# What begins a list, a rule or a heading, but only at the start of a line
_LEADING = re.compile(r"^([-+=:]|\d{1,9}(?=[.)]))")


def markdown(reading: Reading) -> str:
    """The reading as a document: heading, what is known of the text, each statement with its figures and caveats.

    ``(at 120–164)`` behind words are their offsets in the text, in code points. Numbers are those of the table and the
    page. Nothing of the text is left to be read as markup.
    """
    entries = outline(reading)
    numbers = {e.statement.id: e.number for e in reversed(entries)}
    covering = caveats_of(reading)
    parts = list(_head(reading))
    for heading, own in (("Statements", False), ("The author’s own", True)):
        found = ["\n".join(_entry(e, numbers, covering)) for e in entries if e.own is own]
        parts += [f"## {heading}", *found] if found else []
    parts += _caveats(reading.caveats, numbers)
    parts += _foot(reading)
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """``text`` on one line with everything that could be markup escaped.

    >>> print(escaped("<b>1*2</b> | `x`"))
    \\<b\\>1\\*2\\</b\\> \\| \\`x\\`
    >>> print(escaped("- 1. no list"), escaped("2. nor this"))
    \\- 1. no list 2\\. nor this
    """
    return _LEADING.sub(_backslashed, _MARKUP.sub(r"\\\1", one_line(text)))


def _backslashed(found: re.Match[str]) -> str:
    mark = found.group()
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"


def _head(reading: Reading) -> Iterator[str]:
    document = reading.document
    yield f"# {escaped(phrases.title(reading))}"
    facts = [" · ".join(escaped(fact) for fact in phrases.facts(reading))]
    facts += [escaped(document.url)] if document.url else []
    yield "  \n".join([*facts, phrases.counts(reading)])


def _entry(entry: Entry, numbers: dict[str, int], covering: dict[str, tuple[Caveat, ...]]) -> Iterator[str]:
    s = entry.statement
    yield f"**{entry.number}.** {_who(entry)}"
    yield ""
    yield f"> {escaped(s.content.text)} {_offsets(s.content.spans)}"
    yield ""
    outer = numbers.get(s.within or "")
    if manner := _manner(entry):
        yield f"- {manner}{f' · within {outer}' if outer and entry.depth else ''}"
    for figure in s.figures:
        yield f"- Figure: {escaped(phrases.figure(figure))} {_offsets(figure.spans)}"
    if s.places:
        yield f"- Places: {', '.join(escaped(name) for name in phrases.place_names(s.places))}"
    for caveat in covering.get(s.id, ()):
        doubt = "" if caveat.certain else " (doubtful)"
        yield f"- Caveat: “{escaped(caveat.text)}”{doubt} {_offsets(caveat.spans)}"
    if s.doubts:
        yield f"- Doubtful: {', '.join(escaped(doubt) for doubt in s.doubts)}"


def _who(entry: Entry) -> str:
    s = entry.statement
    if entry.own:
        return "the author"
    parts = [phrases.standing(s.claimant), *(f"via {relay}" for relay in phrases.relays(s))]
    return " · ".join([f"**{escaped(phrases.claimants(s))}**", *(escaped(p) for p in parts if p)])


def _manner(entry: Entry) -> str:
    s: Statement = entry.statement
    parts = phrases.manner(s)[2 if entry.own else 0 :]
    if s.cue:
        parts.append(f"“{s.cue.text}”")
    if said := phrases.said(s):
        parts.append(f"said {said}")
    return " · ".join(escaped(p) for p in (*parts, *([s.channel] if s.channel else [])))


def _offsets(spans: Sequence[Span]) -> str:
    return f"(at {', '.join(f'{start}–{end}' for start, end in spans)})"


def _caveats(caveats: Sequence[Caveat], numbers: dict[str, int]) -> Iterator[str]:
    rows = [f"| “{escaped(c.text)}” {_offsets(c.spans)} | {escaped(c.kind)} | {_covers(c, numbers)} |" for c in caveats]
    if rows:
        yield "## Caveats"
        yield "\n".join(["| words | kind | covers |", "|---|---|---|", *rows])


def _covers(caveat: Caveat, numbers: dict[str, int]) -> str:
    known = ", ".join(str(n) for n in sorted({numbers[id_] for id_ in caveat.covers if id_ in numbers}))
    return (known or "no statement that was read") + ("" if caveat.certain else " (doubtful)")


def _foot(reading: Reading) -> Iterator[str]:
    loose = [f"- {escaped(phrases.figure(f))} {_offsets(f.spans)}" for f in loose_figures(reading)]
    if loose:
        yield "## Figures in no statement"
        yield "\n".join(loose)
    for note in reading.notes:
        yield f"Note: {escaped(note)}"
    reader = escaped(f"{reading.reader.name} {reading.reader.version}")
    yield f"Read by {reader}; offsets are in code points of the text."
