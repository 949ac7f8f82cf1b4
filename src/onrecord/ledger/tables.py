"""The tables of the record, as SQLAlchemy Core knows them; SQLite and PostgreSQL hold the same.

Every record table has the ``document`` a row is about, the ``batch`` it came in with, and a ``digest`` of its values.
A day is ISO text, a list of spans or a whole value is JSON text, so that a row hashes the same in every store.
``doc`` of a column is what ``docs/ledger.md`` says of it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key(doc: str) -> Column[str]:
    return Column("id", Text, primary_key=True, doc=doc)


def _text(name: str, doc: str, *, empty: bool = True) -> Column[str]:
    return Column(name, Text, nullable=empty, doc=doc)


def _whole(name: str, doc: str, *, empty: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=empty, doc=doc)


def _number(name: str, doc: str) -> Column[float]:
    return Column(name, Float(53), doc=doc)


def _truth(name: str, doc: str) -> Column[bool]:
    return Column(name, Boolean(create_constraint=False), nullable=False, doc=doc)


def _of(table: str, *, empty: bool = False) -> Column[str]:
    """A reference to a row of ``table``."""
    name = table.removesuffix("ies") + "y" if table.endswith("ies") else table.removesuffix("s")
    none = "; null where it is in none" if empty else ""
    return Column(name, Text, ForeignKey(f"{table}.id"), nullable=empty, doc=f"`{table}.id`{none}.")


def _words(of: str) -> tuple[Column[Any], ...]:
    """Where the words stand, and what they are."""
    return (
        _whole("starts", f"First character of {of}, in code points of the document's text."),
        _whole("ends", f"One past the last character of {of}."),
        _text("spans", f"Every part of {of}: JSON `[[start, end], …]`.", empty=False),
        _text("text", "The text under the spans, parts joined by ` … `.", empty=False),
    )


def _record(name: str, doc: str, *parts: Column[Any] | PrimaryKeyConstraint | UniqueConstraint | Index) -> Table:
    """A table that only grows."""
    about = () if name == "documents" else (_of("documents"),)
    return Table(
        name,
        metadata,
        *(part for part in parts if isinstance(part, Column)),
        *about,
        Column(
            "batch",
            Integer,
            ForeignKey("batches.n", deferrable=True, initially="DEFERRED"),
            nullable=False,
            doc="The batch it was added with: `batches.n`.",
        ),
        _text("digest", "SHA-256 of the row's other values.", empty=False),
        *(part for part in parts if not isinstance(part, Column)),
        info={"doc": doc, "record": True},
    )


batches = Table(
    "batches",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False, doc="1, 2, 3 … without a gap."),
    _text("at", "When it was added, in UTC.", empty=False),
    _text("tool", "Which onrecord added it.", empty=False),
    _text("manifest", "JSON: for every table, how many rows came and the hash over their digests.", empty=False),
    _text("previous", "The hash of the batch before; empty for the first.", empty=False),
    _text("hash", "SHA-256 over all of this row's other values, the previous hash among them.", empty=False),
    info={"doc": "What was added in one go, each chained to the one before by its hash.", "record": True},
)

redactions = _record(
    "redactions",
    "Documents whose words were taken out: the tombstone. Only a row here lets rows about its document be changed.",
    _text("by", "Who decided it.", empty=False),
    _text("why", "For what reason.", empty=False),
    PrimaryKeyConstraint("document"),
)

documents = _record(
    "documents",
    "Texts as published, immutable.",
    _key("Hash of the text as given."),
    Column("likeness", Text, nullable=False, index=True, doc="Hash of the text's normalised form."),
    _whole("characters", "How long the text is."),
    _text("text", "The text as given, unchanged.", empty=False),
)

sightings = _record(
    "sightings",
    "A text seen under a name, at a URL, from a publisher, on a day: one text, many sightings.",
    _key("Hash of the document and all that is said of the sighting."),
    _text("key", "The name the user gave it: a file name, a corpus id."),
    _text("published", "Day of publication."),
    _text("title", "Its title."),
    _text("publisher", "Who published it."),
    _text("url", "Where."),
    _text("language", "ISO 639-1 code."),
    Index("ix_sightings_document", "document"),
)

readings = _record(
    "readings",
    "One reader's reading of a document, under the earliest day the text is known to have been published.",
    _key("Hash of document, reader, version and day."),
    _whole("nth", "1 for the first reading of its document, 2 for the next …"),
    _text("reader", "Name of the reader.", empty=False),
    _text("version", "Its version.", empty=False),
    _text("published", "The day the text was read against."),
    _text("times", "Every time expression: JSON, as in the contract.", empty=False),
    _text("demonyms", "Every demonym: JSON, as in the contract.", empty=False),
    _text("notes", "What a person should know of the reading: JSON list.", empty=False),
    UniqueConstraint("document", "nth"),
)

parties = _record(
    "parties",
    "Whom source words denote: one row for all mentions in a document.",
    _key("Hash of the document and the normalised name."),
    _text("name", "The name as first printed.", empty=False),
)

statements = _record(
    "statements",
    "One content in one document. The id stays with these words, whatever later readers conclude about them.",
    _key("Hash of the document and the words it was first read from."),
    *_words("the content, as first read"),
    _text("cue", "Spans of the cue, as first read: JSON; null where there is none."),
    _text("source", "Spans of the source, as first read: JSON; null where there is none."),
    Index("ix_statements_document", "document", "starts"),
)

statement_values = _record(
    "statement_values",
    "What a reader read in a statement: every reader's view, beside the earlier ones.",
    Column("row", Integer, primary_key=True, doc="Number for the text index; no part of the record."),
    _of("statements"),
    _of("readings"),
    _whole("nth", "`readings.nth`: the highest of a statement is its newest view."),
    *_words("the content, as this reader has it"),
    _text("act", "What the speech does.", empty=False),
    _text("quotation", "direct, indirect, mixed or none.", empty=False),
    _text("factuality", "As the source presents it.", empty=False),
    _text("channel", "The medium used."),
    _text("said_from", "Earliest day it was said on."),
    _text("said_to", "Latest day it was said on."),
    _text("value", "The whole statement as JSON, as in the contract, with the ledger's ids.", empty=False),
    UniqueConstraint("statement", "reading"),
    Index("ix_statement_values_document", "document"),
    Index("ix_statement_values_act", "act"),
    Index("ix_statement_values_said", "said_from", "said_to"),
)

claimants = _record(
    "claimants",
    "The parties that make a statement, as a reader has them; none for the author's own.",
    _of("statements"),
    _of("readings"),
    _whole("n", "Their order, from 0."),
    _of("parties"),
    _text("name", "As printed.", empty=False),
    _text("kind", "person, organisation, group or unnamed.", empty=False),
    _text("role", "Office or rank, as printed."),
    _text("side", "ISO 3166 alpha-2 code or short name."),
    PrimaryKeyConstraint("statement", "reading", "n"),
    Index("ix_claimants_name", "name"),
    Index("ix_claimants_side", "side", "statement", "reading"),
)

relays = _record(
    "relays",
    "The parties between claimant and document, nearest the claimant first.",
    _of("statements"),
    _of("readings"),
    _whole("n", "Their order, from 0."),
    _text("name", "As printed.", empty=False),
    _text("spans", "Where it is named: JSON.", empty=False),
    _truth("certain", "Whether its reach is beyond doubt."),
    PrimaryKeyConstraint("statement", "reading", "n"),
    Index("ix_relays_name", "name"),
)

unfound = _record(
    "unfound",
    "Statements that a later reading does not find: marked, not removed.",
    _of("statements"),
    _of("readings"),
    PrimaryKeyConstraint("statement", "reading"),
)

caveats = _record(
    "caveats",
    "Words that hedge statements.",
    _key("Hash of the document and the words it was first read from."),
    *_words("the caveat, as first read"),
    Index("ix_caveats_document", "document"),
)

caveat_values = _record(
    "caveat_values",
    "What a reader read in a caveat.",
    _of("caveats"),
    _of("readings"),
    _text("kind", "What kind of hedge it is.", empty=False),
    _truth("certain", "Whether its scope is beyond doubt."),
    *_words("the caveat, as this reader has it"),
    PrimaryKeyConstraint("caveat", "reading"),
    Index("ix_caveat_values_document", "document"),
)

covers = _record(
    "covers",
    "Which statements a caveat covers, as a reader has it.",
    _of("caveats"),
    _of("readings"),
    _of("statements"),
    PrimaryKeyConstraint("caveat", "reading", "statement"),
    Index("ix_covers_statement", "statement"),
)

figures = _record(
    "figures",
    "Every stated quantity, inside a statement or not.",
    _of("readings"),
    _whole("n", "Their order in the reading, from 0."),
    _of("statements", empty=True),
    *_words("the figure"),
    _text("kind", "count, change, ratio, share, duration, comparison or rate.", empty=False),
    _text("comparator", "`=` `~` `>` `>=` `<` `<=` `up` `down`.", empty=False),
    _text("measure", "What is measured."),
    _text("noun", "The counted noun."),
    _text("side", "Whose it is."),
    _number("value", "What is printed."),
    _number("low", "The least it allows."),
    _number("high", "The most it allows."),
    _text("unit", "A singular English noun."),
    _text("period_from", "Earliest day."),
    _text("period_to", "Latest day."),
    _text("place", "Where."),
    _text("whole", "The whole figure as JSON, as in the contract.", empty=False),
    PrimaryKeyConstraint("reading", "n"),
    Index("ix_figures_document", "document"),
    Index("ix_figures_statement", "statement"),
    Index("ix_figures_measure", "measure", "statement", "reading"),
)

places = _record(
    "places",
    "Every place named, inside a statement or not.",
    _of("readings"),
    _whole("n", "Their order in the reading, from 0."),
    *_words("the place"),
    _text("name", "Its name in the gazetteer or list of regions.", empty=False),
    _text("kind", "settlement, district, region, country, facility or other.", empty=False),
    _number("lat", "Latitude in degrees."),
    _number("lon", "Longitude in degrees."),
    _whole("uncertainty_m", "How far off it may lie, in metres.", empty=True),
    _whole("geonameid", "Its number at GeoNames.", empty=True),
    PrimaryKeyConstraint("reading", "n"),
    Index("ix_places_document", "document"),
    Index("ix_places_name", "name"),
)

statement_places = _record(
    "statement_places",
    "Which places stand in which statements.",
    _of("readings"),
    _whole("n", "`places.n` of the same reading."),
    _of("statements"),
    PrimaryKeyConstraint("reading", "n", "statement"),
    Index("ix_statement_places_statement", "statement"),
)

GROWING: tuple[Table, ...] = tuple(metadata.tables.values())
"""Every table; none of them ever loses or changes a row, but by redaction."""

ROWS: tuple[Table, ...] = tuple(table for table in GROWING if table is not batches)
"""The tables whose rows come in batches."""


def hashed(table: Table) -> tuple[str, ...]:
    """The columns a row's digest is over, in their order."""
    return tuple(column.name for column in table.columns if column.name not in ("digest", "row"))
