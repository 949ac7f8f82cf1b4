"""Which rows a redaction opens: those about its document, and those worked out from a statement in it."""

from __future__ import annotations

from sqlalchemy import Table

# The statements that a row rests on, where it is about no one document but may quote them.
QUOTING = {
    "edges": "{row}.one, {row}.other",
    "claims": "SELECT claim_statements.statement FROM claim_statements WHERE claim_statements.claim = {row}.id",
    "drifts": "{row}.told, {row}.retold",
    "findings": (
        "SELECT finding_statements.statement FROM finding_statements WHERE finding_statements.finding = {row}.id"
    ),
}


def redacted(table: Table, row: str) -> str | None:
    """The condition, in SQL of both stores, that a redaction opens ``row`` (``OLD``, or the table's name); None for a
    table whose rows it never opens."""
    if table.name in QUOTING:
        return (
            "EXISTS (SELECT 1 FROM redactions JOIN statements ON statements.document = redactions.document "  # noqa: S608 - our names
            f"WHERE statements.id IN ({QUOTING[table.name].format(row=row)}))"
        )
    about = "id" if table.name == "documents" else "document"
    if about not in table.columns or table.name == "redactions":
        return None
    return f"EXISTS (SELECT 1 FROM redactions WHERE redactions.document = {row}.{about})"  # noqa: S608 - our names


def bodiless(row: str) -> str:
    """The condition that a redaction has taken the body of a snapshot about no document: a feed holds many texts."""
    return f"{row}.document IS NULL AND {row}.body IS NULL AND EXISTS (SELECT 1 FROM redactions)"  # noqa: S608 - our names
