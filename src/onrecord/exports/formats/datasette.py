"""A SQLite file for Datasette: flat, indexed, labelled tables with full-text search, and the metadata beside it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from onrecord.exports.rows import COLUMNS, Row, figure_values, flat, iso, party_values, place_values

_OF_DOCUMENT = ("document", "published", "publisher", "title", "url")
_STATEMENT = tuple(name for name in COLUMNS if name not in _OF_DOCUMENT)
_ABOUT = {
    "documents": "The texts, each with its earliest sighting.",
    "sightings": "Where each text was seen.",
    "statements": "One content in one document: who says it, how, and with which hedges.",
    "claimants": "Who makes each statement. Private persons are under pseudonyms unless they were asked for.",
    "relays": "Who passed each statement on, nearest the claimant first.",
    "figures": "The quantities in statements, with what they allow.",
    "places": "The places in statements, no finer than a kilometre; young positions have no coordinates.",
}
_FACETS = {
    "statements": ["claimant_side", "act", "factuality", "review"],
    "claimants": ["name", "side", "kind"],
    "relays": ["name"],
    "figures": ["measure", "side", "kind"],
    "places": ["name", "kind"],
    "documents": ["publisher"],
    "sightings": ["publisher"],
}
_SCHEMA = """
CREATE TABLE documents (id TEXT PRIMARY KEY, name TEXT, title TEXT, publisher TEXT, published TEXT, url TEXT,
  language TEXT, characters INTEGER);
CREATE TABLE sightings (id TEXT PRIMARY KEY, document TEXT REFERENCES documents(id), key TEXT, published TEXT,
  title TEXT, publisher TEXT, url TEXT, language TEXT);
CREATE TABLE statements (id TEXT PRIMARY KEY, document_id TEXT REFERENCES documents(id), claimant TEXT,
  claimant_kind TEXT, claimant_role TEXT, claimant_side TEXT, relays TEXT, channel TEXT, act TEXT, quotation TEXT,
  factuality TEXT, said_from TEXT, said_to TEXT, text TEXT, spans TEXT, cue TEXT, source TEXT, within TEXT,
  hedges TEXT, figures TEXT, measures TEXT, places TEXT, doubts TEXT, review TEXT, corrected TEXT, found INTEGER,
  reader TEXT, version TEXT);
CREATE TABLE claimants (statement TEXT REFERENCES statements(id), n INTEGER, party TEXT, name TEXT, kind TEXT,
  role TEXT, side TEXT, PRIMARY KEY (statement, n));
CREATE TABLE relays (statement TEXT REFERENCES statements(id), n INTEGER, name TEXT, certain INTEGER,
  PRIMARY KEY (statement, n));
CREATE TABLE figures (statement TEXT REFERENCES statements(id), n INTEGER, text TEXT, kind TEXT, comparator TEXT,
  measure TEXT, noun TEXT, side TEXT, value REAL, low REAL, high REAL, unit TEXT, period_from TEXT, period_to TEXT,
  place TEXT, PRIMARY KEY (statement, n));
CREATE TABLE places (statement TEXT REFERENCES statements(id), n INTEGER, text TEXT, name TEXT, kind TEXT,
  latitude REAL, longitude REAL, uncertainty_m INTEGER, geonameid INTEGER, PRIMARY KEY (statement, n));
"""
_INDEXES = """
CREATE INDEX statements_document ON statements(document_id);
CREATE INDEX statements_act ON statements(act);
CREATE INDEX statements_factuality ON statements(factuality);
CREATE INDEX statements_side ON statements(claimant_side);
CREATE INDEX statements_said ON statements(said_from, said_to);
CREATE INDEX statements_review ON statements(review);
CREATE INDEX sightings_document ON sightings(document);
CREATE INDEX claimants_name ON claimants(name);
CREATE INDEX claimants_side ON claimants(side);
CREATE INDEX relays_name ON relays(name);
CREATE INDEX figures_measure ON figures(measure, side);
CREATE INDEX places_name ON places(name);
CREATE INDEX documents_published ON documents(published);
CREATE VIRTUAL TABLE statements_fts USING fts5(text, claimant, hedges, content="statements",
  tokenize='porter unicode61 remove_diacritics 2');
INSERT INTO statements_fts(statements_fts) VALUES ('rebuild');
CREATE VIEW figures_told AS SELECT figures.measure, figures.side, figures.comparator, figures.value, figures.low,
  figures.high, figures.unit, figures.period_from, figures.period_to, figures.place, statements.claimant,
  statements.said_from, statements.hedges, documents.published, documents.publisher, statements.text,
  statements.id AS statement
  FROM figures JOIN statements ON statements.id = figures.statement
  JOIN documents ON documents.id = statements.document_id;
ANALYZE;
"""


class Datasette:
    """A SQLite file: ``datasette FILE.db --metadata FILE.metadata.json`` opens it; it opens without the second too."""

    name = "datasette"
    description = "a SQLite file of flat, indexed tables with text search, for Datasette"
    media_type = "application/vnd.sqlite3"
    suffix = ".db"
    binary = True

    def write(self, rows: Iterable[Row], out: IO[bytes]) -> None:
        with TemporaryDirectory(prefix="onrecord-") as folder:
            file = Path(folder) / "export.db"
            with closing(sqlite3.connect(file, isolation_level=None)) as store:
                _fill(store, rows)
            with file.open("rb") as made:
                shutil.copyfileobj(made, out)

    def beside(self, stem: str) -> Mapping[str, str]:
        """Datasette's metadata: titles, what each column says, facets."""
        return {f"{stem}.metadata.json": json.dumps(_metadata(stem), indent=2) + "\n"}


def _fill(store: sqlite3.Connection, rows: Iterable[Row]) -> None:
    store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
    store.execute("BEGIN")
    for row in rows:
        for table, values in _rows(row):
            _insert(store, table, values)
    store.execute("COMMIT")
    store.executescript(_INDEXES)


def _insert(store: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> None:
    """Adds a row that is not there yet."""
    marks = ", ".join("?" * len(values))
    query = f"INSERT OR IGNORE INTO {table} ({', '.join(values)}) VALUES ({marks})"  # noqa: S608 - our names
    store.execute(query, tuple(values.values()))


def _rows(row: Row) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a statement, those it refers to first."""
    yield "documents", _document(row)
    for seen in row.document.sightings:
        yield "sightings", {**_seen(seen), "id": seen.id, "document": row.document.id, "key": seen.key}
    values = flat(row)
    yield "statements", {name: values[name] for name in _STATEMENT}
    s = row.statement
    for n, party in enumerate(s.claimant):
        told = party_values(party)
        yield "claimants", {"statement": s.id, "n": n, "party": told.pop("id"), **told}
    for n, relay in enumerate(s.relays):
        yield "relays", {"statement": s.id, "n": n, "name": relay.name, "certain": relay.certain}
    for n, figure in enumerate(s.figures):
        yield "figures", {"statement": s.id, "n": n, **figure_values(figure)}
    for n, place in enumerate(s.places):
        yield "places", {"statement": s.id, "n": n, **place_values(place)}


def _document(row: Row) -> dict[str, Any]:
    return {"id": row.document.id, "name": row.name, **_seen(row.seen), "characters": len(row.document.text)}


def _seen(seen: Any) -> dict[str, Any]:
    return {
        "title": seen.title,
        "publisher": seen.publisher,
        "published": iso(seen.published),
        "url": seen.url,
        "language": seen.language,
    }


def _metadata(stem: str) -> dict[str, Any]:
    tables: dict[str, Any] = {
        name: {"description": said, "facets": _FACETS[name], "size": 50} for name, said in _ABOUT.items()
    }
    tables["documents"]["label_column"] = "name"
    tables["statements"]["label_column"] = "text"
    tables["statements"]["columns"] = {name: said for name, said in COLUMNS.items() if name in _STATEMENT}
    return {
        "title": "On record",
        "description": "Who said what, on whose word, how sure. Nothing here is a verdict.",
        "databases": {stem: {"tables": tables}},
    }
