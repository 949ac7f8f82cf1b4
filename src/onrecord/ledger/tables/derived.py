"""What is looked up by, and no part of the record: made from it, kept in step with it, and made anew at any time."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, MetaData, PrimaryKeyConstraint, Table, Text

derived = MetaData()

terms = Table(
    "terms",
    derived,
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("row", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "value", "row", name="pk_terms"),
    Index("ix_terms_row", "row", "kind", "value"),
    sqlite_with_rowid=False,
)
"""For every value that statements are asked by, which newest views have it: ``statement_values.row``."""

tallies = Table(
    "tallies",
    derived,
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "value", name="pk_tallies"),
    sqlite_with_rowid=False,
)
"""How many newest views have each of those values."""

spots = Table(
    "spots",
    derived,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("lat", Float(53), nullable=False),
    Column("lon", Float(53), nullable=False),
    Column("uncertainty_m", Integer),
    Index("ix_spots_lat", "lat", "lon"),
)
"""Where the places lie that statements name: by their number at GeoNames, else their name."""
