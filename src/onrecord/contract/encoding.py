"""A reading as the JSON contract of DESIGN.md: one object a document, one document a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from onrecord.model import Caveat, Document, Figure, Party, Period, Place, Reading, Relay, Span, Statement, Time, Words

Json = dict[str, Any]

_SURROGATE = re.compile("[\ud800-\udfff]")
_EXACT = 2**53


def line(reading: Reading) -> str:
    """The reading as one line of JSON, without a line end; lone surrogates stand as U+FFFD, one for one."""
    values = contract(reading)
    try:
        return msgspec.json.encode(values).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_encodable(values)).decode()


def _encodable(value: Any) -> Any:
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", value)
        case list():
            return [_encodable(one) for one in value]
        case dict():
            return {key: _encodable(one) for key, one in value.items()}
        case _:
            return value


def contract(reading: Reading) -> Json:
    """The reading as plain values, described field by field in ``schema/reading.schema.json``.

    Offsets are in code points of ``document.text``.
    """
    return {
        "document": _document(reading.document),
        "reader": {"name": reading.reader.name, "version": reading.reader.version},
        "statements": [statement_values(s) for s in reading.statements],
        "caveats": [_caveat(c) for c in reading.caveats],
        "times": [_time(t) for t in reading.times],
        "places": [_place(p) for p in reading.places],
        "demonyms": [_place(p) for p in reading.demonyms],
        "figures": [_figure(f) for f in reading.figures],
        "notes": list(reading.notes),
    }


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _number(value: float | None) -> float | int | None:
    """A whole number without its ".0"; what is no number is null."""
    if value is None or value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if value == int(value) and abs(value) < _EXACT else value


def _document(document: Document) -> Json:
    return {
        "id": document.id,
        "key": document.key,
        "likeness": document.likeness,
        "published": document.published and document.published.isoformat(),
        "title": document.title,
        "publisher": document.publisher,
        "url": document.url,
        "language": document.language,
        "text": document.text,
    }


def _words(words: Words | None) -> Json | None:
    return {"spans": _spans(words.spans), "text": words.text} if words else None


def _party(party: Party) -> Json:
    return {"id": party.id, "name": party.name, "kind": party.kind, "role": party.role, "side": party.side}


def _claimant(parties: tuple[Party, ...]) -> Json | list[Json] | None:
    match parties:
        case ():
            return None
        case (one,):
            return _party(one)
        case _:
            return [_party(p) for p in parties]


def _relay(relay: Relay) -> Json:
    return {"name": relay.name, "spans": _spans(relay.spans), "certain": relay.certain}


def _period(period: Period | None) -> Json | None:
    if period is None:
        return None
    return {
        "earliest": period.earliest and period.earliest.isoformat(),
        "latest": period.latest and period.latest.isoformat(),
        "precision": period.precision,
        "text": period.text,
        "spans": _spans(period.spans),
    }


def statement_values(s: Statement) -> Json:
    """A statement as plain values."""
    return {
        "id": s.id,
        "content": _words(s.content),
        "cue": _words(s.cue),
        "source": _words(s.source),
        "claimant": _claimant(s.claimant),
        "relays": [_relay(r) for r in s.relays],
        "channel": s.channel,
        "act": s.act,
        "quotation": s.quotation,
        "factuality": s.factuality,
        "said": _period(s.said),
        "said_candidates": [_period(p) for p in s.said_candidates],
        "within": s.within,
        "caveats": list(s.caveats),
        "figures": [_figure(f) for f in s.figures],
        "places": [_place(p) for p in s.places],
        "doubts": list(s.doubts),
    }


def _caveat(c: Caveat) -> Json:
    return {
        "id": c.id,
        "spans": _spans(c.spans),
        "text": c.text,
        "kind": c.kind,
        "covers": list(c.covers),
        "certain": c.certain,
    }


def _figure(f: Figure) -> Json:
    return {
        "spans": _spans(f.spans),
        "text": f.text,
        "kind": f.kind,
        "comparator": f.comparator,
        "measure": f.measure,
        "noun": f.noun,
        "side": f.side,
        "value": _number(f.value),
        "low": _number(f.low),
        "high": _number(f.high),
        "unit": f.unit,
        "period": _period(f.period),
        "candidates": [_period(p) for p in f.candidates],
        "against": _period(f.against),
        "place": f.place,
        "numerator": f.numerator,
        "denominator": f.denominator,
        "more": f.more,
        "less": f.less,
        "direction": f.direction,
        "tally": f.tally,
    }


def _place(p: Place) -> Json:
    return {
        "spans": _spans(p.spans),
        "text": p.text,
        "name": p.name,
        "kind": p.kind,
        "lat": p.lat,
        "lon": p.lon,
        "uncertainty_m": p.uncertainty_m,
        "geonameid": p.geonameid,
    }


def _time(t: Time) -> Json:
    return {
        "spans": _spans(t.spans),
        "text": t.text,
        "type": t.type,
        "value": t.value,
        "from": t.from_,
        "to": t.to,
        "precision": t.precision,
        "candidates": [_period(p) for p in t.candidates],
    }
