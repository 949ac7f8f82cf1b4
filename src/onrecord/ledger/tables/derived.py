"""What is looked up by, and no part of the record: made from it, kept in step with it, and made anew at any time."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, MetaData, PrimaryKeyConstraint, Table, Text, UniqueConstraint

derived = MetaData()

tallies = Table(
    "tallies",
    derived,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("n", Integer, nullable=False),
    UniqueConstraint("kind", "value", name="uq_tallies_kind_value"),
)
"""Every value that statements are asked by, and how many newest views have it, as they stand after review."""

terms = Table(
    "terms",
    derived,
    Column("term", Integer, nullable=False),
    Column("row", Integer, nullable=False),
    PrimaryKeyConstraint("term", "row", name="pk_terms"),
    Index("ix_terms_row", "row", "term"),
    sqlite_with_rowid=False,
)
"""Which newest views have a value (``tallies.id``): ``statement_values.row``."""

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
