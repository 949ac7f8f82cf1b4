"""What all that is shown has in common: plain values, decisions, sightings, words in their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from onrecord.ledger import tables as t
from onrecord.ledger.deciding import State, decisions
from onrecord.ledger.rows import Json
from onrecord.model import standing

_END = re.compile(r"[.!?…][\"'”’»)\]]*\s|\n")
_AROUND = 400  # characters on either side, at most


def plain(value: Any) -> Any:
    """Dataclasses, days and enumerations as what JSON has."""
    return msgspec.to_builtins(value, str_keys=True)


def decided(connection: Connection, of: str, target: str) -> list[Json]:
    """All that was decided on it, the earliest first, undos among it; ``undone`` tells what no longer stands."""
    found = list(decisions(connection, of, target))
    gone = standing.undone(found)
    return [{**plain(one), "undone": one.id in gone} for one in found]


def held(state: State) -> Json:
    """What holds after the decisions."""
    return {
        "status": str(state.status),
        "decided": str(state.decided),
        "fields": list(state.fields),
        "differs": plain(state.differs),
        "by": state.by,
        "at": state.at,
    }


def sightings(connection: Connection, document: str) -> list[Json]:
    """Where a document was seen, in the order of the days."""
    s, b = t.sightings.c, t.batches.c
    names = ("id", "key", "published", "title", "publisher", "url", "language")
    asked = select(*(s[name] for name in names), b.at.label("added")).join_from(t.sightings, t.batches)
    rows = connection.execute(asked.where(s.document == document).order_by(s.published, s.batch, s.id)).mappings()
    return [dict(row) for row in rows]


def key_of(connection: Connection, document: str) -> str:
    """A document's first name, else its id."""
    s = t.sightings.c
    key = connection.execute(select(s.key).where(s.document == document).order_by(s.key).limit(1)).scalar()
    return key or document


def sentence(text: str, spans: Iterable[Iterable[int]]) -> Json:
    """The words in their sentence: the text around them and where it starts.

    >>> sentence("It rained. The bridge fell, he said. It was late.", [[11, 26]])
    {'start': 11, 'text': 'The bridge fell, he said.'}
    """
    pairs = [tuple(span) for span in spans]
    if not pairs or not text:
        return {"start": 0, "text": ""}
    first, last = pairs[0][0], pairs[-1][1]
    before = [found.end() for found in _END.finditer(text, max(0, first - _AROUND), first)]
    start = before[-1] if before else max(0, first - _AROUND)
    after = _END.search(text, max(first, last - 1), min(len(text), last + _AROUND))
    end = after.end() if after else min(len(text), last + _AROUND)
    return {"start": start, "text": text[start:end].rstrip()}
