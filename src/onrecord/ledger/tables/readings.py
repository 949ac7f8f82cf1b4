"""Documents, where they were seen, and what was read in them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Text, UniqueConstraint

from onrecord.ledger.tables.columns import key, number, of, record, string, truth, whole, words

redactions = record(
    "redactions",
    "Documents whose words were taken out: the tombstone. Only a row here lets rows about its document be changed.",
    string("by", "Who decided it.", empty=False),
    string("why", "For what reason.", empty=False),
    PrimaryKeyConstraint("document"),
)

documents = record(
    "documents",
    "Texts as published, immutable.",
    key("Hash of the text as given."),
    Column("likeness", Text, nullable=False, index=True, doc="Hash of the text's normalised form."),
    whole("characters", "How long the text is."),
    string("text", "The text as given, unchanged.", empty=False),
    about="no document",
)

sightings = record(
    "sightings",
    "A text seen under a name, at a URL, from a publisher, on a day: one text, many sightings.",
    key("Hash of the document and all that is said of the sighting."),
    string("key", "The name the user gave it: a file name, a corpus id."),
    string("published", "Day of publication."),
    string("title", "Its title."),
    string("publisher", "Who published it."),
    string("url", "Where."),
    string("language", "ISO 639-1 code."),
    Index("ix_sightings_document", "document"),
)

readings = record(
    "readings",
    "One reader's reading of a document, under the earliest day the text is known to have been published.",
    key("Hash of document, reader, version and day."),
    whole("nth", "1 for the first reading of its document, 2 for the next …"),
    string("reader", "Name of the reader.", empty=False),
    string("version", "Its version.", empty=False),
    string("published", "The day the text was read against."),
    string("times", "Every time expression: JSON, as in the contract.", empty=False),
    string("demonyms", "Every demonym: JSON, as in the contract.", empty=False),
    string("notes", "What a person should know of the reading: JSON list.", empty=False),
    UniqueConstraint("document", "nth"),
)

parties = record(
    "parties",
    "Whom source words denote: one row for all mentions in a document.",
    key("Hash of the document and the normalised name."),
    string("name", "The name as first printed.", empty=False),
)

statements = record(
    "statements",
    "One content in one document. The id stays with these words, whatever later readers conclude about them.",
    key("Hash of the document and the words it was first read from."),
    *words("the content, as first read"),
    string("cue", "Spans of the cue, as first read: JSON; null where there is none."),
    string("source", "Spans of the source, as first read: JSON; null where there is none."),
    Index("ix_statements_document", "document", "starts"),
)

statement_values = record(
    "statement_values",
    "What a reader read in a statement: every reader's view, beside the earlier ones.",
    Column("row", Integer, primary_key=True, doc="Number for the text index; no part of the record."),
    of("statements"),
    of("readings"),
    whole("nth", "`readings.nth`: the highest of a statement is its newest view."),
    *words("the content, as this reader has it"),
    string("act", "What the speech does.", empty=False),
    string("quotation", "direct, indirect, mixed or none.", empty=False),
    string("factuality", "As the source presents it.", empty=False),
    string("channel", "The medium used."),
    string("said_from", "Earliest day it was said on."),
    string("said_to", "Latest day it was said on."),
    string("value", "The whole statement as JSON, as in the contract, with the ledger's ids.", empty=False),
    UniqueConstraint("statement", "reading"),
    Index("ix_statement_values_document", "document"),
)

claimants = record(
    "claimants",
    "The parties that make a statement, as a reader has them; none for the author's own.",
    of("statements"),
    of("readings"),
    whole("n", "Their order, from 0."),
    of("parties"),
    string("name", "As printed.", empty=False),
    string("kind", "person, organisation, group or unnamed.", empty=False),
    string("role", "Office or rank, as printed."),
    string("side", "ISO 3166 alpha-2 code or short name."),
    PrimaryKeyConstraint("statement", "reading", "n"),
    Index("ix_claimants_name", "name"),
)

relays = record(
    "relays",
    "The parties between claimant and document, nearest the claimant first.",
    of("statements"),
    of("readings"),
    whole("n", "Their order, from 0."),
    string("name", "As printed.", empty=False),
    string("spans", "Where it is named: JSON.", empty=False),
    truth("certain", "Whether its reach is beyond doubt."),
    PrimaryKeyConstraint("statement", "reading", "n"),
)

unfound = record(
    "unfound",
    "Statements that a later reading does not find: marked, not removed.",
    of("statements"),
    of("readings"),
    PrimaryKeyConstraint("statement", "reading"),
)

caveats = record(
    "caveats",
    "Words that hedge statements.",
    key("Hash of the document and the words it was first read from."),
    *words("the caveat, as first read"),
    Index("ix_caveats_document", "document"),
)

caveat_values = record(
    "caveat_values",
    "What a reader read in a caveat.",
    of("caveats"),
    of("readings"),
    string("kind", "What kind of hedge it is.", empty=False),
    truth("certain", "Whether its scope is beyond doubt."),
    *words("the caveat, as this reader has it"),
    PrimaryKeyConstraint("caveat", "reading"),
    Index("ix_caveat_values_document", "document"),
)

covers = record(
    "covers",
    "Which statements a caveat covers, as a reader has it.",
    of("caveats"),
    of("readings"),
    of("statements"),
    PrimaryKeyConstraint("caveat", "reading", "statement"),
    Index("ix_covers_statement", "statement"),
)

figures = record(
    "figures",
    "Every stated quantity, inside a statement or not.",
    of("readings"),
    whole("n", "Their order in the reading, from 0."),
    of("statements", empty=True),
    *words("the figure"),
    string("kind", "count, change, ratio, share, duration, comparison or rate.", empty=False),
    string("comparator", "`=` `~` `>` `>=` `<` `<=` `up` `down`.", empty=False),
    string("measure", "What is measured."),
    string("noun", "The counted noun."),
    string("side", "Whose it is."),
    number("value", "What is printed."),
    number("low", "The least it allows."),
    number("high", "The most it allows."),
    string("unit", "A singular English noun."),
    string("period_from", "Earliest day."),
    string("period_to", "Latest day."),
    string("place", "Where."),
    string("whole", "The whole figure as JSON, as in the contract.", empty=False),
    PrimaryKeyConstraint("reading", "n"),
    Index("ix_figures_document", "document"),
    Index("ix_figures_statement", "statement"),
)

places = record(
    "places",
    "Every place named, inside a statement or not.",
    of("readings"),
    whole("n", "Their order in the reading, from 0."),
    *words("the place"),
    string("name", "Its name in the gazetteer or list of regions.", empty=False),
    string("kind", "settlement, district, region, country, facility or other.", empty=False),
    number("lat", "Latitude in degrees."),
    number("lon", "Longitude in degrees."),
    whole("uncertainty_m", "How far off it may lie, in metres.", empty=True),
    whole("geonameid", "Its number at GeoNames.", empty=True),
    PrimaryKeyConstraint("reading", "n"),
    Index("ix_places_document", "document"),
    Index("ix_places_name", "name"),
)

statement_places = record(
    "statement_places",
    "Which places stand in which statements.",
    of("readings"),
    whole("n", "`places.n` of the same reading."),
    of("statements"),
    PrimaryKeyConstraint("reading", "n", "statement"),
    Index("ix_statement_places_statement", "statement"),
)
