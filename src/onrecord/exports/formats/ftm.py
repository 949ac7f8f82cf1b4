"""FollowTheMoney statements: documents, claimants, mentions and what was said, for Aleph and its kin."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec

from onrecord.exports.rows import Row, flat, iso
from onrecord.exports.spooling import Once
from onrecord.model import Party, PartyKind

DATASET = "onrecord"
_BASE = "id"  # the statement that says an entity is there
_SCHEMATA = {PartyKind.PERSON: "Person", PartyKind.ORGANISATION: "Organization", PartyKind.GROUP: "LegalEntity"}
_LANGUAGES = {"en": "eng", "uk": "ukr", "ru": "rus", "ar": "ara", "fr": "fra", "de": "deu", "es": "spa", "he": "heb"}

Values = dict[str, Any]


class Ftm:
    """JSON lines of FollowTheMoney statements, one a property of an entity, each once.

    A document is an Article, a named claimant a Person, an Organization or (a group) a LegalEntity, a naming of one in
    a document a Mention, a statement a Note on both. A statement's id is FollowTheMoney's: the hash of data set,
    entity, property and value. ``canonical_id`` is what people merged a party into, ``origin`` the reader.
    """

    name = "ftm"
    description = "FollowTheMoney statements on documents, claimants and what they said"
    media_type = "application/json+ftm"
    suffix = ".statements.json"
    binary = False

    def write(self, rows: Iterable[Row], out: IO[str]) -> None:
        with Once() as once:
            for row in rows:
                for statement in _statements(row):
                    if once.first(statement["id"]):
                        out.write(msgspec.json.encode(statement).decode() + "\n")


def _statements(row: Row) -> Iterator[Values]:
    yield from _entity(row, _article(row), "Article", _about_article(row))
    for party in row.statement.claimant:
        if schema := _SCHEMATA.get(party.kind):
            yield from _entity(row, _of(party), schema, _about_party(party), row.same.get(party.id))
            yield from _entity(row, _mention(row, party), "Mention", _about_mention(row, party, schema))
    yield from _entity(row, f"onrecord-stmt-{row.statement.id}", "Note", _about_note(row))


def _entity(
    row: Row, id_: str, schema: str, properties: Iterator[tuple[str, str | None]], merged: str | None = None
) -> Iterator[Values]:
    """The statements on an entity: that it is there, and each property that has a value."""
    seen = row.document.known.isoformat()
    for prop, value in ((_BASE, id_), *properties):
        if value:
            yield {
                "canonical_id": f"onrecord-party-{merged}" if merged else id_,
                "entity_id": id_,
                "prop": prop,
                "schema": schema,
                "value": value,
                "dataset": DATASET,
                "lang": None,
                "original_value": None,
                "first_seen": seen,
                "last_seen": seen,
                "external": False,
                "origin": f"{row.reader.name} {row.reader.version}",
                "id": statement_key(DATASET, id_, prop, value),
            }


def statement_key(dataset: str, entity: str, prop: str, value: str) -> str:
    """A statement's id as FollowTheMoney makes it (``Statement.make_key``)."""
    key = f"{dataset}.{entity}.{prop}.{value}"
    return hashlib.sha1(key.encode("utf-8", "replace")).hexdigest()  # noqa: S324 - theirs, no secret


def _article(row: Row) -> str:
    return f"onrecord-doc-{row.document.id}"


def _of(party: Party) -> str:
    return f"onrecord-party-{party.id}"


def _mention(row: Row, party: Party) -> str:
    return f"onrecord-mention-{row.document.id[:16]}-{party.id}"


def _about_article(row: Row) -> Iterator[tuple[str, str | None]]:
    for seen in row.document.sightings:
        yield "title", seen.title
        yield "fileName", seen.key
        yield "sourceUrl", seen.url
        yield "publisher", seen.publisher
        yield "publishedAt", iso(seen.published)
        yield "language", _LANGUAGES.get(seen.language or "")
    if not any(seen.key for seen in row.document.sightings):
        yield "fileName", row.document.id


def _about_party(party: Party) -> Iterator[tuple[str, str | None]]:
    yield "name", party.name
    if party.kind is PartyKind.PERSON:
        yield "position", party.role
    else:
        yield "description", party.role
    yield "country", _country(party.side)


def _about_mention(row: Row, party: Party, schema: str) -> Iterator[tuple[str, str | None]]:
    yield "document", _article(row)
    yield "resolved", _of(party)
    yield "name", party.name
    yield "detectedSchema", schema
    yield "contextCountry", _country(party.side)


def _about_note(row: Row) -> Iterator[tuple[str, str | None]]:
    """The words, who said them, how and when."""
    values = flat(row)
    who = values["claimant"] or "the author"
    yield "name", f"{who}: {values['act']}, {values['factuality']}"
    yield "description", row.statement.content.text
    yield "entity", _article(row)
    for party in row.statement.claimant:
        if party.kind in _SCHEMATA:
            yield "entity", _of(party)
    yield "sourceUrl", row.seen.url
    yield "publisher", row.seen.publisher
    for field in ("act", "quotation", "factuality", "review"):
        yield "keywords", f"{field}: {values[field]}"
    for field in ("relays", "hedges"):
        yield "notes", f"{field}: {values[field]}" if values[field] else None
    for party in row.statement.claimant:
        yield "country", _country(party.side)


def _country(side: str | None) -> str | None:
    """A side as FollowTheMoney has countries: the small letters of a country's code, else nothing."""
    code = side is not None and len(side) == 2 and side.isascii() and side.isalpha() and side != "UN"
    return side.lower() if side and code else None
