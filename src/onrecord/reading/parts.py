"""Long texts in parts of bounded size: cut at line ends, read one by one, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from onrecord.model import Document, Reading, Span, identifier, party_id, statement_id

# Characters read at once. A parse takes about 20 kB for each thousand of them; stories are a hundredth of this long.
LONGEST_PART = 300_000

_Value = TypeVar("_Value")
_GOOD_CUTS = (re.compile(r"\n"), re.compile(r"[.!?]\s"), re.compile(r"\s"))


def cut(text: str, longest: int = LONGEST_PART) -> Iterator[Span]:
    """Spans that cover ``text``, none longer than ``longest``, cut at a line end if there is one, else at a sentence
    end, else at a space, else anywhere.

    >>> [text[a:b] for text in ["one two\\nthree"] for a, b in cut(text, 9)]
    ['one two\\n', 'three']
    """
    start = 0
    while len(text) - start > longest:
        end = next((e for e in (_last(c, text, start, start + longest) for c in _GOOD_CUTS) if e), start + longest)
        yield Span(start, end)
        start = end
    yield Span(start, len(text))


def _last(pattern: re.Pattern[str], text: str, start: int, limit: int) -> int | None:
    """The end of the last match in the second half of the part."""
    end = None
    for found in pattern.finditer(text, start + (limit - start) // 2, limit):
        end = found.end()
    return end


def joined(document: Document, parts: Iterable[tuple[Span, Reading]]) -> Reading:
    """One reading of ``document`` from those of its parts, with the ids that its spans have in the whole text."""
    placed = [_placed(reading, span.start, document) for span, reading in parts]
    note = f"a text of {len(document.text):,} characters, read in {len(placed)} parts"
    return replace(
        placed[0],
        statements=tuple(s for r in placed for s in r.statements),
        caveats=tuple(c for r in placed for c in r.caveats),
        times=tuple(t for r in placed for t in r.times),
        places=tuple(p for r in placed for p in r.places),
        demonyms=tuple(p for r in placed for p in r.demonyms),
        figures=tuple(f for r in placed for f in r.figures),
        notes=(*placed[0].notes, note),
    )


def _placed(reading: Reading, start: int, document: Document) -> Reading:
    """The reading of a part as if the whole text had been before it: spans moved, ids made anew from them."""
    here = moved(replace(reading, document=document), start)
    new = {s.id: statement_id(document, s.content, s.cue, s.source) for s in here.statements}
    new |= {c.id: identifier(document, "caveat", c.spans) for c in here.caveats}
    return replace(
        here,
        statements=tuple(
            replace(
                s,
                id=new[s.id],
                within=s.within and new[s.within],
                caveats=tuple(new[id_] for id_ in s.caveats),
                claimant=tuple(replace(p, id=party_id(document, p.name)) for p in s.claimant),
            )
            for s in here.statements
        ),
        caveats=tuple(replace(c, id=new[c.id], covers=tuple(new[i] for i in c.covers)) for c in here.caveats),
    )


def moved(value: _Value, by: int) -> _Value:
    """``value`` with every span in it moved on by ``by`` characters.

    >>> moved((Span(1, 2), "a"), 10)
    (Span(start=11, end=12), 'a')
    """
    if isinstance(value, Span):
        return cast(_Value, Span(value.start + by, value.end + by))
    if isinstance(value, tuple):
        return cast(_Value, tuple(moved(item, by) for item in value))
    if is_dataclass(value) and not isinstance(value, (type, Document)):
        changed = {f.name: moved(getattr(value, f.name), by) for f in fields(value) if f.init}
        return cast(_Value, type(value)(**changed))
    return value
