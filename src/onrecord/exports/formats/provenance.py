"""PROV-JSON (W3C PROV): where every statement comes from, from the claimant to the reader that found it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

import msgspec

from onrecord.exports.rows import Row, flat, iso
from onrecord.exports.spooling import Once, Spools
from onrecord.model import Kept, Party, PartyKind, Sighting, digest

Json = dict[str, Any]

_PREFIXES = {
    kind: f"urn:onrecord:{kind}:"
    for kind in (
        "term", "document", "sighting", "reading", "reader", "party", "name", "utterance", "telling", "statement",
    )
}  # fmt: skip
_SECTIONS = (
    "entity", "activity", "agent", "wasGeneratedBy", "used", "wasAssociatedWith", "wasAttributedTo", "wasDerivedFrom",
    "specializationOf",
)  # fmt: skip
_KINDS = {PartyKind.PERSON: "prov:Person", PartyKind.ORGANISATION: "prov:Organization"}
_STATED = ("act", "quotation", "factuality", "said_from", "said_to", "channel", "review", "corrected", "found")


class ProvJson:
    """Documents, their sightings, utterances, tellings and statements as entities; readings as activities; claimants,
    relays, publishers and readers as agents. A quotation or revision is a derivation of that type, as PROV-DM has it.
    """

    name = "prov-json"
    description = "where every statement comes from, as W3C PROV"
    media_type = "application/json"
    suffix = ".prov.json"
    binary = False

    def write(self, rows: Iterable[Row], out: IO[str]) -> None:
        with Once() as once, Spools() as spools:
            graph = _Graph(once, spools)
            for row in rows:
                _statement(graph, row)
            out.write('{"prefix":' + _json(_PREFIXES))
            for section in _SECTIONS:
                out.write(f',\n"{section}":{{')
                out.writelines(spools.pieces(section))
                out.write("}")
            out.write("}\n")


class _Graph:
    """Records by section, each once."""

    def __init__(self, once: Once, spools: Spools) -> None:
        self._once = once
        self._spools = spools

    def record(self, section: str, name: str, values: Mapping[str, Any]) -> bool:
        """Adds a record under a name; whether it is new."""
        if not self._once.first(f"{section} {name}"):
            return False
        mark = ",\n" if not self._once.first(section) else "\n"
        told = {key: value for key, value in values.items() if value is not None}
        self._spools.write(section, f"{mark}{_json(name)}:{_json(told)}")
        return True

    def relate(self, section: str, **ends: Any) -> None:
        """Adds a relation between records: the ends as PROV names them, a type where it has one."""
        values = {f"prov:{end}": value for end, value in ends.items()}
        self.record(section, f"_:{digest(section + _json(values))[:20]}", values)

    def derive(self, entity: str, of: str, type_: str) -> None:
        """An entity derived from another: prov:Quotation, prov:Revision …"""
        self.relate("wasDerivedFrom", generatedEntity=entity, usedEntity=of, type=_qualified(type_))

    def attribute(self, entity: str, agent: str) -> None:
        self.relate("wasAttributedTo", entity=entity, agent=agent)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _qualified(name: str) -> Json:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _statement(graph: _Graph, row: Row) -> None:
    """A statement: quoted from its document, and from whoever told it last; found by a reading."""
    s, values = row.statement, flat(row)
    document = _document(graph, row.document)
    reading = _reading(graph, row, document)
    name = f"statement:{s.id}"
    graph.record(
        "entity",
        name,
        {
            "prov:type": _qualified("term:Statement"),
            "prov:value": s.content.text,
            **{f"term:{field}": values[field] for field in _STATED},
        },
    )
    graph.relate("wasGeneratedBy", entity=name, activity=reading)
    graph.derive(name, document, "prov:Quotation")
    if s.claimant:
        graph.derive(name, _told(graph, row), "prov:Quotation")


def _told(graph: _Graph, row: Row) -> str:
    """What the claimant said, and every telling of it on the way: each attributed to its party, quoted from the one
    before. Returns the last."""
    s = row.statement
    last = f"utterance:{s.id}"
    graph.record("entity", last, {"prov:type": _qualified("term:Utterance")})
    for party in s.claimant:
        graph.attribute(last, _party(graph, party))
    for n, relay in enumerate(s.relays):
        telling = f"telling:{s.id}-{n}"
        certain = {"term:certain": relay.certain}
        graph.record("entity", telling, {"prov:type": _qualified("term:Telling"), **certain})
        graph.attribute(telling, _named(graph, relay.name, None))
        graph.derive(telling, last, "prov:Quotation")
        last = telling
    return last


def _document(graph: _Graph, document: Kept) -> str:
    """A document, everything it was seen as, what it revises and what it is a copy of."""
    name = f"document:{document.id}"
    if graph.record("entity", name, {"prov:type": _qualified("term:Document")}):
        for seen in document.sightings:
            _sighting(graph, seen, name)
        for former in document.revises:
            graph.derive(name, f"document:{former}", "prov:Revision")
        for other in document.copies:
            graph.derive(name, f"document:{other}", "term:Copy")
    return name


def _sighting(graph: _Graph, seen: Sighting, document: str) -> None:
    name = f"sighting:{seen.id}"
    graph.record(
        "entity",
        name,
        {
            "prov:type": _qualified("term:Sighting"),
            "prov:label": seen.title,
            "prov:location": seen.url or seen.key,
            "term:published": iso(seen.published),
        },
    )
    graph.relate("specializationOf", specificEntity=name, generalEntity=document)
    if seen.publisher:
        graph.attribute(name, _named(graph, seen.publisher, "prov:Organization"))


def _reading(graph: _Graph, row: Row, document: str) -> str:
    """One reader's reading of a document, which used it."""
    reader = f"reader:{digest(f'{row.reader.name} {row.reader.version}')[:16]}"
    name = f"reading:{digest(f'{reader} {document}')[:16]}"
    if graph.record("activity", name, {"prov:type": _qualified("term:Reading")}):
        about = {"prov:label": row.reader.name, "term:version": row.reader.version}
        graph.record("agent", reader, {"prov:type": _qualified("prov:SoftwareAgent"), **about})
        graph.relate("wasAssociatedWith", activity=name, agent=reader)
        graph.relate("used", activity=name, entity=document)
    return name


def _party(graph: _Graph, party: Party) -> str:
    name = f"party:{party.id}"
    kind = _KINDS.get(party.kind)
    graph.record(
        "agent",
        name,
        {
            "prov:type": _qualified(kind) if kind else None,
            "prov:label": party.name,
            "term:role": party.role,
            "term:side": party.side,
        },
    )
    return name


def _named(graph: _Graph, label: str, kind: str | None) -> str:
    """An agent of which only the name is known: a relay, a publisher."""
    name = f"name:{digest(label)[:16]}"
    graph.record("agent", name, {"prov:type": _qualified(kind) if kind else None, "prov:label": label})
    return name
