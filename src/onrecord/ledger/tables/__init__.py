"""The tables of the record, as SQLAlchemy Core knows them; SQLite and PostgreSQL hold the same.

Each module holds the tables of one part of the record, parents before those that refer to them.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import Table

from onrecord.ledger.tables.columns import batches, metadata
from onrecord.ledger.tables.decisions import decisions
from onrecord.ledger.tables.findings import (
    claim_statements,
    claims,
    drifts,
    edges,
    finding_statements,
    findings,
    matchings,
    observations,
    series,
)
from onrecord.ledger.tables.readings import (
    caveat_values,
    caveats,
    claimants,
    covers,
    documents,
    figures,
    parties,
    places,
    readings,
    redactions,
    relays,
    sightings,
    statement_places,
    statement_values,
    statements,
    unfound,
)
from onrecord.ledger.tables.sources import bands, copies, revisions, snapshots

__all__ = [
    "GROWING",
    "ROWS",
    "bands",
    "batches",
    "caveat_values",
    "caveats",
    "claim_statements",
    "claimants",
    "claims",
    "copies",
    "covers",
    "decisions",
    "documents",
    "drifts",
    "edges",
    "figures",
    "finding_statements",
    "findings",
    "hashed",
    "matchings",
    "metadata",
    "observations",
    "parties",
    "places",
    "readings",
    "redactions",
    "relays",
    "revisions",
    "series",
    "sightings",
    "snapshots",
    "statement_places",
    "statement_values",
    "statements",
    "unfound",
]

GROWING: tuple[Table, ...] = tuple(metadata.tables.values())
"""Every table; none of them ever loses or changes a row, but by redaction."""

ROWS: tuple[Table, ...] = tuple(table for table in GROWING if table is not batches)
"""The tables whose rows come in batches."""


@cache
def hashed(table: Table) -> tuple[str, ...]:
    """The columns a row's digest is over, in their order."""
    return tuple(column.name for column in table.columns if column.name not in ("digest", "row"))
