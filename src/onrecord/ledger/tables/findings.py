"""What was worked out over many texts: claims, drift, findings, and the series that figures are checked against."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Text

from onrecord.ledger.tables.columns import key, number, of, record, string, truth, whole


def nth() -> Column[int]:
    """A run writes only what it has otherwise than the runs before."""
    return Column("nth", Integer, nullable=False, doc="The run it came with: of rows of one id, the highest holds.")


def gone() -> Column[bool]:
    """What a later run no longer finds is marked, not removed."""
    return truth("gone", "Whether that run no longer finds it.")


matchings = record(
    "matchings",
    "A run of the matcher over the record.",
    key("Hash of the matcher, its version and what it ran over."),
    whole("nth", "1 for the first run, 2 for the next …"),
    string("matcher", "Name of the matcher.", empty=False),
    string("version", "Its version.", empty=False),
    whole("upto", "The batch up to which the record was matched: `batches.n`."),
    about="no document",
)

edges = record(
    "edges",
    "Two statements taken for one claim, with why.",
    Column("one", Text, ForeignKey("statements.id"), nullable=False, doc="`statements.id`, the lesser of the two."),
    Column("other", Text, ForeignKey("statements.id"), nullable=False, doc="`statements.id`, the greater."),
    of("matchings"),
    nth(),
    gone(),
    number("score", "From 0 to 1."),
    string("reasons", "JSON list of the reasons.", empty=False),
    PrimaryKeyConstraint("one", "other", "matching"),
    Index("ix_edges_nth", "one", "other", "nth"),
    Index("ix_edges_other", "other"),
    about="no document",
)

claims = record(
    "claims",
    "What one claimant asserts over all documents, as a run of the matcher has it.",
    string("id", "Stays with the claim's earliest statement.", empty=False),
    of("matchings"),
    nth(),
    gone(),
    string("claimant", "The claimants' names.", empty=False),
    string("parties", "The claimants: JSON, as in the contract.", empty=False),
    string("summary", "One line.", empty=False),
    string("origins", "JSON list of party, document and day said.", empty=False),
    whole("independent", "How many origins do not rest on one another."),
    whole("texts", "How many documents are behind it."),
    string("updates", "JSON list of from, to and why.", empty=False),
    PrimaryKeyConstraint("id", "matching"),
    Index("ix_claims_nth", "id", "nth"),
    Index("ix_claims_texts", "texts", "id"),
    about="no document",
)

claim_statements = record(
    "claim_statements",
    "The statements of a claim, the earliest first.",
    string("claim", "`claims.id`.", empty=False),
    of("matchings"),
    whole("n", "Their order, from 0."),
    of("statements"),
    PrimaryKeyConstraint("claim", "matching", "n"),
    Index("ix_claim_statements_statement", "statement"),
    about="no document",
)

drifts = record(
    "drifts",
    "A field that differs between a statement and its retelling.",
    string("id", "Hash of the two statements and the field.", empty=False),
    of("matchings"),
    nth(),
    gone(),
    Column(
        "told",
        Text,
        ForeignKey("statements.id"),
        nullable=False,
        doc="`statements.id` of the telling nearest the claimant.",
    ),
    Column("retold", Text, ForeignKey("statements.id"), nullable=False, doc="`statements.id` of the retelling."),
    string("field", "Which field.", empty=False),
    string("from_value", "Its value in the telling."),
    string("to_value", "Its value in the retelling."),
    string("class", "change, inherited, update or scope.", empty=False),
    string("from_spans", "The words in the telling: JSON.", empty=False),
    string("to_spans", "The words in the retelling: JSON.", empty=False),
    PrimaryKeyConstraint("id", "matching"),
    Index("ix_drifts_nth", "id", "nth"),
    Index("ix_drifts_told", "told"),
    Index("ix_drifts_retold", "retold"),
    about="no document",
)

series = record(
    "series",
    "A reference figure over time, published by a named party.",
    key("Hash of the name, the version and every observation."),
    string("name", "What it is called here.", empty=False),
    string("publisher", "Who publishes it.", empty=False),
    string("measure", "What is measured.", empty=False),
    string("side", "Whose it is."),
    string("noun", "The counted noun."),
    string("unit", "A singular English noun."),
    string("place", "Where."),
    string("read_as", "JSON list of measures under which the same figures are retold.", empty=False),
    string("speaks_for", "The publisher's side."),
    string("known_as", "JSON list of the other names that the publisher speaks under.", empty=False),
    string("definition", "What is counted, in the publisher's words."),
    string("hedge", "How surely, in the publisher's words."),
    truth("cumulative", "Whether a value is the total until its day."),
    truth("stock", "Whether a value is what there is on its day, which no sum is made of."),
    string("starts", "The day a cumulative series counts from."),
    string("licence", "Under which licence."),
    string("version", "Which version."),
    string("source", "Where it was taken from."),
    Index("ix_series_name", "name"),
    about="no document",
)

observations = record(
    "observations",
    "The values of a series.",
    of("series"),
    whole("n", "Their order, from 0."),
    string("day", "The day, or the first of several.", empty=False),
    string("until", "The last day, where it covers several."),
    number("value", "The value."),
    number("low", "The least it allows."),
    number("high", "The most it allows."),
    string("source", "Where that one value was published."),
    PrimaryKeyConstraint("series", "n"),
    Index("ix_observations_day", "series", "day"),
    about="no document",
)

findings = record(
    "findings",
    "What the ledger worked out, with all it rests on.",
    string("id", "Hash of the kind and what it is about.", empty=False),
    string("inputs", "Hash of the values it was worked out from: another one makes it stale.", empty=False),
    nth(),
    gone(),
    string("kind", "conflict, implied, series or drift.", empty=False),
    string("assumptions", "JSON list of sentences.", empty=False),
    string("arithmetic", "The sum, to be checked by hand.", empty=False),
    string("text", "One sentence.", empty=False),
    string("series", "JSON list of `series.id`.", empty=False),
    string("hedges", "JSON list of the caveats on the statements.", empty=False),
    string("asks", "What a person must say first."),
    Column("fits", Boolean(create_constraint=False), doc="Whether a figure fits the series it was set beside."),
    PrimaryKeyConstraint("id", "inputs", "nth"),
    Index("ix_findings_nth", "id", "nth"),
    Index("ix_findings_kind", "kind", "id"),
    about="no document",
)

finding_statements = record(
    "finding_statements",
    "The statements a finding rests on.",
    string("finding", "`findings.id`.", empty=False),
    string("inputs", "`findings.inputs`.", empty=False),
    whole("n", "Their order, from 0."),
    of("statements"),
    PrimaryKeyConstraint("finding", "inputs", "n"),
    Index("ix_finding_statements_statement", "statement"),
    about="no document",
)
