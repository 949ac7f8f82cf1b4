"""A reading as a table for a person at a terminal, from 80 to 200 columns wide.

From 120 cells on, statements stand in columns; below, each is a short stack of lines. Numbers follow the order of
telling and are those of the HTML page. What is doubtful carries a question mark, what a caveat covers a dagger, and
no meaning hangs on colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from onrecord.exports import phrases
from onrecord.exports.outline import Entry, caveats_of, loose_figures, outline
from onrecord.exports.visible import clipped
from onrecord.model import Caveat, Factuality, Reading, Statement

_COLUMNS_FROM = 120
_LINES = 5  # of one statement's words; the whole is on the page and in the JSON
_FIGURES = 8
_GAP = 2
_GUTTER = 4
_DEEPEST = 3
_NAME, _QUIET, _VALUE, _HEDGE = "bold", "dim", "cyan", "yellow"

_Cell = list[Text]


def table(reading: Reading, width: int = 100, colour: bool = False) -> str:
    """The reading as lines of at most ``width`` cells, each ended by a line end.

    Escape codes are written only with ``colour``; control characters of the text are shown, never passed on.
    """
    sheet = _Sheet(reading, max(width, 40))
    lines = list(sheet.lines())
    for line in lines:
        line.rstrip()
    return _coloured(lines, width) if colour else "".join(line.plain + "\n" for line in lines)


def _coloured(lines: Iterable[Text], width: int) -> str:
    console = Console(
        file=StringIO(), width=width, force_terminal=True, color_system="standard", no_color=False, highlight=False
    )
    with console.capture() as captured:
        for line in lines:
            console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return captured.get()


# --- one statement's cells -------------------------------------------------------------------------------------


def _doubtful(statement: Statement, *fields: str) -> str:
    return "?" if any(field in statement.doubts for field in fields) else ""


_PLACED = {"claimant", "source", "relays", "act", "cue", "quotation", "factuality", "said", "channel"}


def _number(entry: Entry) -> Text:
    unplaced = [doubt for doubt in entry.statement.doubts if doubt not in _PLACED]
    return Text(f"{entry.number}{'?' if unplaced else ''}", style=_QUIET)


def _name(statement: Statement) -> Text:
    doubt = _doubtful(statement, "claimant", "source")
    return Text(clipped(phrases.claimants(statement), 240) + doubt, style=_NAME)


def _standing(statement: Statement) -> str:
    return clipped(phrases.standing(statement.claimant), 160)


def _via(statement: Statement) -> str:
    """The relays, each doubtful one with its mark."""
    if not statement.relays:
        return ""
    names = [clipped(r.name, 80) + ("" if r.certain else "?") for r in statement.relays[:6]]
    return "via " + ", ".join(names) + _doubtful(statement, "relays")


def _manner(statement: Statement) -> list[str]:
    told = [f"{statement.act}{_doubtful(statement, 'act', 'cue')}"]
    told.append(f"{statement.quotation}{_doubtful(statement, 'quotation')}")
    if statement.factuality is not Factuality.CERTAIN or "factuality" in statement.doubts:
        told.append(f"{statement.factuality}{_doubtful(statement, 'factuality')}")
    return told


def _when(statement: Statement) -> str:
    said = phrases.said(statement)
    doubt = _doubtful(statement, "said") or ("?" if statement.said_candidates and not statement.said else "")
    return f"said {clipped(said, 120)}{doubt}" if said else ""


def _channel(statement: Statement) -> str:
    return f"{clipped(statement.channel, 60)}{_doubtful(statement, 'channel')}" if statement.channel else ""


def _where(statement: Statement) -> str:
    names = phrases.place_names(statement.places)
    return clipped(", ".join(names), 200)


def _figures(statement: Statement) -> list[str]:
    told = [clipped(phrases.figure(f), 200) for f in statement.figures[:_FIGURES]]
    left = len(statement.figures) - _FIGURES
    return [*told, f"… and {left} more"] if left > 0 else told


def _covering(caveats: Sequence[Caveat]) -> list[str]:
    return [f"† {clipped(c.text, 160)}{'' if c.certain else '?'}" for c in caveats[:3]]


# --- the sheet -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Widths:
    """Cells of each column; a column nobody fills has none."""

    claimant: int
    manner: int
    words: int
    figures: int
    where: int


class _Sheet:
    """One reading laid out for one width."""

    def __init__(self, reading: Reading, width: int) -> None:
        self.reading = reading
        self.width = width
        self.console = Console(width=width, file=StringIO(), color_system=None)
        self.entries = outline(reading)
        self.numbers = {e.statement.id: e.number for e in reversed(self.entries)}
        self.caveats = caveats_of(reading)
        self.columns = _widths(width, self.entries) if width >= _COLUMNS_FROM else None

    def lines(self) -> Iterator[Text]:
        told = [e for e in self.entries if not e.own]
        own = [e for e in self.entries if e.own]
        yield from self._head()
        if self.columns and told:
            yield from self._headings(self.columns)
        for entry in told:
            yield from self._row(entry)
            yield Text()
        if own:
            yield from self._section("The author’s own statements")
            for entry in own:
                yield from self._row(entry)
                yield Text()
        yield from self._foot()

    def _head(self) -> Iterator[Text]:
        yield from self._wrapped(Text(clipped(phrases.title(self.reading), 300), style=_NAME), self.width)
        yield from self._wrapped(Text(clipped(" · ".join(phrases.facts(self.reading)), 300)), self.width)
        yield from self._wrapped(Text(phrases.counts(self.reading)), self.width)
        yield self._rule()
        if not self.columns:
            yield Text()

    def _section(self, heading: str) -> Iterator[Text]:
        yield Text(heading, style=_NAME)
        yield self._rule()

    def _rule(self) -> Text:
        return Text("─" * self.width, style=_QUIET)

    def _headings(self, w: _Widths) -> Iterator[Text]:
        titles = ("CLAIMANT", "ACT", "STATEMENT", "FIGURES", "SAID · PLACES")
        widths = (w.claimant, w.manner, w.words, w.figures, w.where)
        shown = [([Text(t, style=_QUIET)], n) for t, n in zip(titles, widths, strict=True) if n]
        yield from _beside([([Text()], _GUTTER - 1), *shown])
        yield self._rule()

    def _row(self, entry: Entry) -> Iterator[Text]:
        if self.columns and entry.own:
            return self._own_in_columns(entry, self.columns)
        return self._in_columns(entry, self.columns) if self.columns else self._stacked(entry)

    def _in_columns(self, entry: Entry, w: _Widths) -> Iterator[Text]:
        s = entry.statement
        words = self._words(s, w.words) + self._block(_covering(self.caveats.get(s.id, ())), w.words, _HEDGE)
        cells = [
            ([_number(entry)], _GUTTER - 1),
            (self._claimant(entry, w.claimant), w.claimant),
            (self._block(_manner(s), w.manner, _QUIET), w.manner),
            (words, w.words),
            *self._right(s, w),
        ]
        return _beside(cells)

    def _own_in_columns(self, entry: Entry, w: _Widths) -> Iterator[Text]:
        s, room = entry.statement, w.claimant + w.manner + w.words + 2 * _GAP
        measure = min(room, 88)
        words = self._words(s, measure, _manner(s)[2:])
        words += self._block(_covering(self.caveats.get(s.id, ())), measure, _HEDGE)
        return _beside([([_number(entry)], _GUTTER - 1), (words, room), *self._right(s, w)])

    def _right(self, s: Statement, w: _Widths) -> list[tuple[_Cell, int]]:
        where = self._block([_when(s), _channel(s)], w.where, "") + self._block([_where(s)], w.where, "")
        both = [(self._block(_figures(s), w.figures, _VALUE), w.figures), (where, w.where)]
        return [(cell, width) for cell, width in both if width]

    def _claimant(self, entry: Entry, width: int) -> _Cell:
        s, indent = entry.statement, _indent(entry)
        lead = " " * (indent - 2) + "└ " if indent else ""
        name = self._wrapped(_name(s), width - indent, 4)
        rest = self._block([_standing(s), _via(s)], width - indent, "")
        return [Text(lead if n == 0 else " " * indent).append_text(line) for n, line in enumerate([*name, *rest])]

    def _stacked(self, entry: Entry) -> Iterator[Text]:
        s, indent = entry.statement, _indent(entry)
        room = min(self.width - _GUTTER - indent, 92)
        lines = [] if entry.own else [*self._wrapped(_first_line(s), room, 4)]
        manner = _manner(s)
        told = " · ".join(t for t in (*([] if entry.own else manner), _when(s), _channel(s)) if t)
        lines += self._block([told], room, _QUIET) + self._words(s, room, manner[2:] if entry.own else ())
        lines += self._labelled("figures", _figures(s), room, _VALUE)
        lines += self._labelled("places", [_where(s)], room, "")
        lines += self._labelled("caveat", _covering(self.caveats.get(s.id, ())), room, _HEDGE)
        gutter = Text(" " * (indent - 2) + "└ ") if indent else Text()
        first = [Text(" " * indent)] * (len(lines) - 1)
        body = [lead + line for lead, line in zip([gutter, *first], lines, strict=False)]
        return _beside([([_number(entry)], _GUTTER - _GAP), (body, self.width - _GUTTER)])

    def _labelled(self, label: str, values: Sequence[str], room: int, style: str) -> _Cell:
        value = self._block(values, room - 9, style)
        return list(_beside([([Text(label, style=_QUIET)], 7), (value, room - 9)])) if value else []

    def _words(self, s: Statement, width: int, manner: Sequence[str] = ()) -> _Cell:
        text = Text(clipped(phrases.words(s), width * _LINES))
        if manner:
            text.append(f" ({', '.join(manner)})", style=_QUIET)
        return self._wrapped(text, width, _LINES)

    def _block(self, values: Sequence[str], width: int, style: str) -> _Cell:
        """Values one under another; what does not fit on the first line of one is set in by two."""
        lines: _Cell = []
        for value in filter(None, values):
            for n, line in enumerate(_parted(value, width)):
                lead = "  " if n else ""
                wrapped = self._wrapped(Text(line, style=style), width - len(lead), 4)
                lines += [Text(lead if n or m else "") + w for m, w in enumerate(wrapped)]
        return lines

    def _wrapped(self, text: Text, width: int, most: int | None = None) -> _Cell:
        lines = list(text.wrap(self.console, max(width, 4), overflow="fold")) or [Text()]
        for line in lines:
            line.rstrip()
        if most is None or len(lines) <= most:
            return lines
        last = lines[most - 1]
        last.truncate(max(width, 4) - 1)
        last.rstrip()
        return [*lines[: most - 1], last.append("…")]

    def _foot(self) -> Iterator[Text]:
        if self.reading.caveats:
            yield from self._section("Caveats")
            for caveat in self.reading.caveats:
                yield from self._wrapped(Text(self._caveat(caveat), style=_HEDGE), self.width, 3)
            yield Text()
        loose = [clipped(f.text, 40) for f in loose_figures(self.reading)]
        if loose:
            more = [f"… and {len(loose) - 30} more"] if len(loose) > 30 else []
            line = "Figures in no statement: " + " · ".join(loose[:30] + more)
            yield from self._wrapped(Text(line), self.width)
        for note in self.reading.notes:
            yield from self._wrapped(Text("Note: " + clipped(note, 400)), self.width)
        yield from self._wrapped(Text(self._legend(), style=_QUIET), self.width)

    def _caveat(self, caveat: Caveat) -> str:
        covered = [str(n) for n in sorted({self.numbers[id_] for id_ in caveat.covers if id_ in self.numbers})]
        doubt = "" if caveat.certain else "?"
        reach = f"covers {', '.join(covered)}{doubt}" if covered else f"covers no statement that was read{doubt}"
        return f"† {clipped(caveat.text, 200)} · {clipped(caveat.kind, 40)} · {reach}"

    def _legend(self) -> str:
        parts = ["? doubtful", "[ ] what a figure allows"]
        parts += ["† covered by a caveat"] if self.reading.caveats else []
        parts += ["└ within the statement above"] if any(e.depth for e in self.entries) else []
        return " · ".join(parts)


def _first_line(statement: Statement) -> Text:
    rest = [t for t in (_standing(statement), _via(statement)) if t]
    return _name(statement).append("".join(f" · {t}" for t in rest), style="not bold")


def _indent(entry: Entry) -> int:
    return 2 * min(entry.depth, _DEEPEST)


def _widths(width: int, entries: Sequence[Entry]) -> _Widths:
    """Room shared between the columns that are used: the words get most, none more than reads well."""
    statements = [e.statement for e in entries]
    figures = any(s.figures for s in statements)
    where = any(s.said or s.said_candidates or s.channel or s.places for s in statements)
    manner = 11
    room = width - _GUTTER + 1 - manner - _GAP * (3 + figures + where)
    claimant = min(int(room * 0.23), 32)
    right = min(int(room * 0.17), 30) if where else 0
    numbers = min(int(room * 0.23), 44) if figures else 0
    words = min(room - claimant - right - numbers, 80)
    return _Widths(claimant, manner, words, numbers, right)


def _parted(value: str, width: int) -> Iterator[str]:
    """The value broken at its dots, where a line is full; a part that is itself too long stays whole."""
    line = ""
    for part in value.split(" · "):
        joined = f"{line} · {part}" if line else part
        if line and cell_len(joined) > width - 2:
            yield line
            joined = part
        line = joined
    yield line


def _beside(cells: Sequence[tuple[_Cell, int]]) -> Iterator[Text]:
    """Cells side by side, each padded to its width in terminal cells."""
    for row in zip_longest(*(cell for cell, _ in cells)):
        line, want = Text(), 0
        for part, (_, width) in zip(row, cells, strict=True):
            line.append(" " * max(0, want - cell_len(line.plain)))
            line.append_text(part if part is not None else Text())
            want += width + _GAP
        yield line
