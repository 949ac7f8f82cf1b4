"""From a reading to the rows that keep it: pure, with the ids that the record gives its statements and caveats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

import msgspec
from sqlalchemy import Table

from onrecord.ledger import tables as t
from onrecord.ledger.chain import Row
from onrecord.ledger.laying import View
from onrecord.model import Caveat, Document, Figure, Place, ReaderInfo, Reading, Span, Statement, Words, digest

Json = dict[str, Any]
Laid = Iterator[tuple[Table, Row]]
_encode = msgspec.json.Encoder().encode
_SIGHTED = ("key", "published", "title", "publisher", "url", "language")


@dataclass(frozen=True, slots=True)
class Ids:
    """The record's ids for the statements and caveats of a reading, in the reading's order, and which are new."""

    statements: Sequence[str]
    caveats: Sequence[str]
    new_statements: Set[str]
    new_caveats: Set[str]


def compact(value: object) -> str:
    """JSON without white space."""
    return _encode(value).decode()


def iso(day: date | None) -> str | None:
    """A day as ISO text."""
    return day.isoformat() if day else None


def reading_id(document: str, reader: ReaderInfo, published: date | None) -> str:
    """The id of a reading: same text, same reader, same day, same reading."""
    return digest(compact([document, reader.name, reader.version, iso(published)]))[:16]


def document_row(document: Document) -> Row:
    """The row of a text."""
    return {
        "id": document.id,
        "likeness": document.likeness,
        "characters": len(document.text),
        "text": document.text,
    }


def sighting_row(document: Document) -> Row:
    """The row of a text seen somewhere; the same sighting has the same id."""
    said = {name: storable(getattr(document, name)) for name in _SIGHTED}
    return {"id": digest(compact([document.id, *said.values()]))[:16], **said}


def storable(value: str | date | None) -> str | None:
    """Text that both stores take: what is no character, and the null character, stand as U+FFFD."""
    if value is None or isinstance(value, date):
        return iso(value)
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


# --- words as they are laid --------------------------------------------------------------------------------------


def statement_view(statement: Statement) -> View:
    """A statement's words, to be laid against those on the record."""
    return View(
        statement.id,
        statement.content.spans,
        statement.cue.spans if statement.cue else (),
        tuple(span for figure in statement.figures for span in figure.spans),
    )


def caveat_view(caveat: Caveat) -> View:
    """A caveat's words."""
    return View(caveat.id, caveat.spans)


# --- rows of a reading -------------------------------------------------------------------------------------------


def reading_rows(reading: Reading, contract: Json, nth: int, ids: Ids, parties: set[str]) -> Laid:
    """Every row of a reading. ``contract`` is the reading as plain values; ``parties`` are those on
    the record; what is new is added to them.
    """
    id_ = reading_id(reading.document.id, reading.reader, reading.document.published)
    yield (
        t.readings,
        {
            "id": id_,
            "nth": nth,
            "reader": reading.reader.name,
            "version": reading.reader.version,
            "published": iso(reading.document.published),
            "times": compact(contract["times"]),
            "demonyms": compact(contract["demonyms"]),
            "notes": compact(contract["notes"]),
        },
    )
    known = _renamed((s.id for s in reading.statements), ids.statements)
    hedges = _renamed((c.id for c in reading.caveats), ids.caveats)
    for statement, value, kept in zip(reading.statements, contract["statements"], ids.statements, strict=True):
        if kept in ids.new_statements:
            yield t.statements, _statement(kept, statement)
        yield t.statement_values, _value(kept, id_, nth, statement, _in_the_record(value, kept, known, hedges))
        yield from _credited(kept, id_, statement, parties)
    for caveat, kept in zip(reading.caveats, ids.caveats, strict=True):
        yield from _caveat(kept, id_, caveat, kept in ids.new_caveats, known)
    yield from _figures(reading, contract, id_, ids.statements)
    yield from _places(reading, id_, ids.statements)


def _renamed(theirs: Iterable[str], ours: Sequence[str]) -> dict[str, str]:
    """From the reader's ids to the record's; of several with one id, the first."""
    return dict(reversed(list(zip(theirs, ours, strict=True))))


def _in_the_record(value: Json, kept: str, known: Mapping[str, str], hedges: Mapping[str, str]) -> Json:
    """A statement's value with the record's ids for its own, and for those it names."""
    within = known.get(value["within"])
    caveats = [hedges[caveat] for caveat in value["caveats"] if caveat in hedges]
    return {**value, "id": kept, "within": within, "caveats": caveats}


def _words(spans: Sequence[Span], text: str) -> Row:
    starts, ends = (spans[0].start, spans[-1].end) if spans else (0, 0)
    return {"starts": starts, "ends": ends, "spans": compact(spans), "text": text}


def _spans(words: Words | None) -> str | None:
    return compact(words.spans) if words else None


def _statement(kept: str, s: Statement) -> Row:
    words = _words(s.content.spans, s.content.text)
    return {"id": kept, **words, "cue": _spans(s.cue), "source": _spans(s.source)}


def _value(kept: str, reading: str, nth: int, s: Statement, value: Json) -> Row:
    return {
        "statement": kept,
        "reading": reading,
        "nth": nth,
        **_words(s.content.spans, s.content.text),
        "act": str(s.act),
        "quotation": str(s.quotation),
        "factuality": str(s.factuality),
        "channel": s.channel,
        "said_from": iso(s.said.earliest) if s.said else None,
        "said_to": iso(s.said.latest) if s.said else None,
        "value": compact(value),
    }


def _credited(kept: str, reading: str, s: Statement, parties: set[str]) -> Laid:
    for n, party in enumerate(s.claimant):
        if party.id not in parties:
            parties.add(party.id)
            yield t.parties, {"id": party.id, "name": party.name}
        yield (
            t.claimants,
            {
                "statement": kept,
                "reading": reading,
                "n": n,
                "party": party.id,
                "name": party.name,
                "kind": str(party.kind),
                "role": party.role,
                "side": party.side,
            },
        )
    for n, relay in enumerate(s.relays):
        named = {"name": relay.name, "spans": compact(relay.spans), "certain": relay.certain}
        yield t.relays, {"statement": kept, "reading": reading, "n": n, **named}


def _caveat(kept: str, reading: str, caveat: Caveat, new: bool, known: Mapping[str, str]) -> Laid:
    words = _words(caveat.spans, caveat.text)
    if new:
        yield t.caveats, {"id": kept, **words}
    yield (
        t.caveat_values,
        {"caveat": kept, "reading": reading, "kind": caveat.kind, "certain": caveat.certain, **words},
    )
    for covered in dict.fromkeys(known[id_] for id_ in caveat.covers if id_ in known):
        yield t.covers, {"caveat": kept, "reading": reading, "statement": covered}


def _figures(reading: Reading, contract: Json, id_: str, kept: Sequence[str]) -> Laid:
    """Those of statements first, then those in none: a figure without a statement is listed."""
    inside = {figure.spans for s in reading.statements for figure in s.figures}
    told: list[tuple[str | None, Figure, Json]] = []
    for statement, value, name in zip(reading.statements, contract["statements"], kept, strict=True):
        told += [(name, f, whole) for f, whole in zip(statement.figures, value["figures"], strict=True)]
    loose = zip(reading.figures, contract["figures"], strict=True)
    told += [(None, figure, whole) for figure, whole in loose if figure.spans not in inside]
    for n, (holder, figure, whole) in enumerate(told):
        yield t.figures, {"reading": id_, "n": n, "statement": holder, **_figure(figure, whole)}


def _figure(f: Figure, whole: Json) -> Row:
    return {
        **_words(f.spans, f.text),
        "kind": str(f.kind),
        "comparator": f.comparator,
        "measure": f.measure,
        "noun": f.noun,
        "side": f.side,
        "value": _float(f.value),
        "low": _float(f.low),
        "high": _float(f.high),
        "unit": f.unit,
        "period_from": iso(f.period.earliest) if f.period else None,
        "period_to": iso(f.period.latest) if f.period else None,
        "place": f.place,
        "whole": compact(whole),
    }


def _float(value: float | None) -> float | None:
    """A number as both stores give it back, and as the contract has it: what is no number is none."""
    return float(value) if value is not None and isfinite(value) else None


def _places(reading: Reading, id_: str, kept: Sequence[str]) -> Laid:
    every = dict.fromkeys((*reading.places, *(place for s in reading.statements for place in s.places)))
    number = {place: n for n, place in enumerate(every)}
    for place, n in number.items():
        yield t.places, {"reading": id_, "n": n, **_place(place)}
    for statement, name in zip(reading.statements, kept, strict=True):
        for n in dict.fromkeys(number[place] for place in statement.places):
            yield t.statement_places, {"reading": id_, "n": n, "statement": name}


def _place(p: Place) -> Row:
    return {
        **_words(p.spans, p.text),
        "name": p.name,
        "kind": str(p.kind),
        "lat": _float(p.lat),
        "lon": _float(p.lon),
        "uncertainty_m": p.uncertainty_m,
        "geonameid": p.geonameid,
    }


def unfound_rows(reading: str, missing: Iterable[str]) -> Laid:
    """The marks on statements that a reading does not find."""
    for statement in sorted(missing):
        yield t.unfound, {"statement": statement, "reading": reading}
