"""Where texts came from: what was fetched, what a URL said before, which texts are copies of one another."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, PrimaryKeyConstraint, Text

from onrecord.ledger.tables.columns import key, metadata, number, record, string, whole

# Revisions are looked for by URL; the table is older than they are.
Index("ix_sightings_url", metadata.tables["sightings"].c.url)

snapshots = record(
    "snapshots",
    "What a URL gave when it was asked: fetched, or as an archive says it was seen.",
    key("Hash of the URL, the time, the status and the body's hash."),
    string("url", "The URL that was asked for.", empty=False),
    string("final", "The URL that answered, after redirects.", empty=False),
    string("at", "When, in UTC.", empty=False),
    whole("status", "The HTTP status; 304 where the host said that nothing had changed."),
    string("media_type", "The Content-Type it came with."),
    string("etag", "The ETag it came with."),
    string("modified", "The Last-Modified it came with."),
    string("sha256", "SHA-256 of the body.", empty=False),
    Column(
        "body",
        LargeBinary,
        nullable=True,
        doc="The body, its transfer and content codings undone; null where it was unchanged, or is in an archive.",
    ),
    Index("ix_snapshots_final", "final", "at"),
    about="perhaps a document",
)

revisions = record(
    "revisions",
    "A text that stands at a URL where another stood before (PROV `wasRevisionOf`).",
    Column("former", Text, ForeignKey("documents.id"), nullable=False, doc="`documents.id` of the one before."),
    string("url", "Where.", empty=False),
    PrimaryKeyConstraint("document", "former", "url"),
    Index("ix_revisions_former", "former"),
    Index("ix_revisions_url", "url"),
)

bands = record(
    "bands",
    "The MinHash of a text in bands, each kept by the first eight that have it: they are likely near copies.",
    whole("n", "Which band."),
    string("band", "Its hash, and its number in it.", empty=False),
    PrimaryKeyConstraint("document", "n"),
    Index("ix_bands_band", "band"),
)

copies = record(
    "copies",
    "Texts that are copies of others, as found when they were added.",
    Column("of", Text, ForeignKey("documents.id"), nullable=False, doc="`documents.id` of the one that was there."),
    string("kind", "exact (the same normalised text) or near.", empty=False),
    number("likeness", "Jaccard similarity of their runs of five words, 0 to 1."),
    PrimaryKeyConstraint("document", "of"),
    Index("ix_copies_of", "of"),
)
