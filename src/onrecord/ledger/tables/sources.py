"""Where texts came from: what was fetched, what a URL said before, which texts are copies of one another."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, PrimaryKeyConstraint, Text

from onrecord.ledger.tables.columns import key, number, record, string, whole

snapshots = record(
    "snapshots",
    "What a URL gave when it was fetched, byte for byte.",
    key("Hash of the URL, the time and the bytes."),
    string("url", "The URL that was asked for.", empty=False),
    string("final", "The URL that answered, after redirects.", empty=False),
    string("at", "When, in UTC.", empty=False),
    whole("status", "The HTTP status."),
    string("media_type", "The Content-Type it came with."),
    string("etag", "The ETag it came with."),
    string("modified", "The Last-Modified it came with."),
    string("sha256", "SHA-256 of the body.", empty=False),
    Column("body", LargeBinary, nullable=True, doc="The body, unchanged; null where it was not kept."),
    Index("ix_snapshots_url", "url", "at"),
    about="perhaps a document",
)

revisions = record(
    "revisions",
    "A text that stands at a URL where another stood before (PROV `wasRevisionOf`).",
    Column("former", Text, ForeignKey("documents.id"), nullable=False, doc="`documents.id` of the one before."),
    string("url", "Where.", empty=False),
    PrimaryKeyConstraint("document", "former", "url"),
    Index("ix_revisions_former", "former"),
)

bands = record(
    "bands",
    "The MinHash of a text in bands: two texts with a band in common are likely near copies.",
    whole("n", "Which band."),
    string("band", "Its hash.", empty=False),
    PrimaryKeyConstraint("document", "n"),
    Index("ix_bands_band", "band", "n"),
)

copies = record(
    "copies",
    "Texts that are copies of one another, as found when the later one was added.",
    Column("of", Text, ForeignKey("documents.id"), nullable=False, doc="`documents.id` of the one that was there."),
    string("kind", "exact (the same normalised text) or near.", empty=False),
    number("likeness", "Estimated Jaccard similarity of their words, 0 to 1."),
    PrimaryKeyConstraint("document", "of"),
    Index("ix_copies_of", "of"),
)
