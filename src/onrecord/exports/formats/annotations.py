"""Web Annotation (W3C): an annotation for every statement, on the words it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import msgspec

from onrecord.exports.rows import Row, flat
from onrecord.model import Span

_AROUND = 32  # characters of a quotation's surroundings
_SAID = (
    "claimant", "claimant_kind", "claimant_role", "claimant_side", "relays", "channel", "act", "quotation",
    "factuality", "said_from", "said_to", "within", "hedges", "figures", "measures", "places", "doubts", "review",
    "corrected", "found",
)  # fmt: skip
_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": "urn:onrecord:term:"}]

Json = dict[str, Any]


class WebAnnotation:
    """An AnnotationCollection whose one page holds the annotations, as JSON-LD.

    The target is the text, the words found by position and by quotation; the bodies are a line on what was read in them
    for people and the fields for programs.
    """

    name = "web-annotation"
    description = "one annotation for every statement on its words, as JSON-LD"
    media_type = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
    suffix = ".jsonld"
    binary = False

    def write(self, rows: Iterable[Row], out: IO[str]) -> None:
        head = {
            "@context": _CONTEXT,
            "id": "urn:onrecord:annotations",
            "type": "AnnotationCollection",
            "label": "Statements",
        }
        out.write(_json(head)[:-1] + ',"first":{"id":"urn:onrecord:annotations:1","type":"AnnotationPage",')
        out.write('"partOf":"urn:onrecord:annotations","startIndex":0,"items":[')
        total = 0
        for row in rows:
            out.write((",\n" if total else "\n") + _json(_annotation(row)))
            total += 1
        out.write(f'\n]}},"total":{total}}}\n')


def _json(value: Json) -> str:
    return msgspec.json.encode(value).decode()


def _annotation(row: Row) -> Json:
    targets = [_target(row, span) for span in row.statement.content.spans]
    return {
        "id": f"urn:onrecord:statement:{row.statement.id}",
        "type": "Annotation",
        "motivation": "describing",
        "generator": {
            "id": f"urn:onrecord:reader:{row.reader.name}:{row.reader.version}".replace(" ", "_"),
            "type": "Software",
            "name": f"{row.reader.name} {row.reader.version}",
        },
        "body": _bodies(row),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _bodies(row: Row) -> list[Json]:
    """What was read, in a line and field by field; what the text does not say is left out."""
    values = flat(row)
    told = {f"onrecord:{name}": values[name] for name in _SAID if values[name] is not None}
    line = {"type": "TextualBody", "value": _line(values), "format": "text/plain", "purpose": "describing"}
    return [line, {"type": "onrecord:Statement", **told}]


def _line(values: Json) -> str:
    parts = [values["claimant"] or "the author", values["act"], values["factuality"]]
    parts += [f"via {values['relays']}"] if values["relays"] else []
    parts += [f"caveat: {values['hedges']}"] if values["hedges"] else []
    return " · ".join(parts)


def _target(row: Row, span: Span) -> Json:
    """A part of the content; one that is interrupted has several."""
    return {"source": _source(row), "selector": [_position(span), _quote(row.document.text, span)]}


def _source(row: Row) -> Json:
    seen = row.seen
    known = {name: value for name, value in (("language", seen.language), ("via", seen.url)) if value}
    return {"id": f"urn:onrecord:document:{row.document.id}", "type": "Text", "format": "text/plain", **known}


def _position(span: Span) -> Json:
    return {"type": "TextPositionSelector", "start": span.start, "end": span.end}


def _quote(text: str, span: Span) -> Json:
    return {
        "type": "TextQuoteSelector",
        "exact": text[span.start : span.end],
        "prefix": text[max(0, span.start - _AROUND) : span.start],
        "suffix": text[span.end : span.end + _AROUND],
    }
