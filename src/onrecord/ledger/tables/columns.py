"""What the tables of the record are made of, and the batches that every row comes in.

Every record table has the ``document`` a row is about, the ``batch`` it came in with, and a ``digest`` of its values.
A day is ISO text, a list of spans or a whole value is JSON text, so that a row hashes the same in every store.
``doc`` of a column is what ``docs/ledger.md`` says of it.
"""

from __future__ import annotations

from typing import Any, Literal

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


def key(doc: str) -> Column[str]:
    return Column("id", Text, primary_key=True, doc=doc)


def string(name: str, doc: str, *, empty: bool = True) -> Column[str]:
    return Column(name, Text, nullable=empty, doc=doc)


def whole(name: str, doc: str, *, empty: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=empty, doc=doc)


def number(name: str, doc: str) -> Column[float]:
    return Column(name, Float(53), doc=doc)


def truth(name: str, doc: str) -> Column[bool]:
    return Column(name, Boolean(create_constraint=False), nullable=False, doc=doc)


def of(table: str, *, empty: bool = False) -> Column[str]:
    """A reference to a row of ``table``."""
    singular = table.removesuffix("ies") + "y" if table.endswith("ies") else table.removesuffix("s")
    name = table if table == "series" else singular
    none = "; null where it is in none" if empty else ""
    return Column(name, Text, ForeignKey(f"{table}.id"), nullable=empty, doc=f"`{table}.id`{none}.")


def words(of: str) -> tuple[Column[Any], ...]:
    """Where the words stand, and what they are."""
    return (
        whole("starts", f"First character of {of}, in code points of the document's text."),
        whole("ends", f"One past the last character of {of}."),
        string("spans", f"Every part of {of}: JSON `[[start, end], …]`.", empty=False),
        string("text", "The text under the spans, parts joined by ` … `.", empty=False),
    )


def record(
    name: str,
    doc: str,
    *parts: Column[Any] | PrimaryKeyConstraint | UniqueConstraint | Index,
    about: Literal["a document", "perhaps a document", "no document"] = "a document",
) -> Table:
    """A table that only grows; ``about`` tells whether its rows are about a document, whose redaction they follow."""
    document = () if about == "no document" else (of("documents", empty=about != "a document"),)
    return Table(
        name,
        metadata,
        *(part for part in parts if isinstance(part, Column)),
        *document,
        Column(
            "batch",
            Integer,
            ForeignKey("batches.n", deferrable=True, initially="DEFERRED"),
            nullable=False,
            doc="The batch it was added with: `batches.n`.",
        ),
        string("digest", "SHA-256 of the row's other values.", empty=False),
        *(part for part in parts if not isinstance(part, Column)),
        info={"doc": doc, "record": True},
    )


batches = Table(
    "batches",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False, doc="1, 2, 3 … without a gap."),
    string("at", "When it was added, in UTC.", empty=False),
    string("tool", "Which onrecord added it.", empty=False),
    string("manifest", "JSON: for every table, how many rows came and the hash over their digests.", empty=False),
    string("previous", "The hash of the batch before; empty for the first.", empty=False),
    string("hash", "SHA-256 over all of this row's other values, the previous hash among them.", empty=False),
    info={"doc": "What was added in one go, each chained to the one before by its hash.", "record": True},
)
