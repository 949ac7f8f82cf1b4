"""Claims, drift, series and findings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the tables of 0003 to those of 0004; they stay written as they were then."""
    op.create_table(
        "findings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("assumptions", sa.Text(), nullable=False),
        sa.Column("arithmetic", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("hedges", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=True),
        sa.Column("fits", sa.Boolean(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_findings_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", "inputs", "nth", name=op.f("pk_findings")),
    )
    op.create_index("ix_findings_kind", "findings", ["kind", "id"], unique=False)
    op.create_index("ix_findings_nth", "findings", ["id", "nth"], unique=False)
    op.create_table(
        "matchings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("matcher", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_matchings_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matchings")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("noun", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("read_as", sa.Text(), nullable=False),
        sa.Column("speaks_for", sa.Text(), nullable=True),
        sa.Column("known_as", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.Column("hedge", sa.Text(), nullable=True),
        sa.Column("cumulative", sa.Boolean(), nullable=False),
        sa.Column("stock", sa.Boolean(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_series_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    op.create_index("ix_series_name", "series", ["name"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("matching", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("claimant", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.Column("independent", sa.Integer(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("updates", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_claims_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["matching"], ["matchings.id"], name=op.f("fk_claims_matching")),
        sa.PrimaryKeyConstraint("id", "matching", name=op.f("pk_claims")),
    )
    op.create_index("ix_claims_nth", "claims", ["id", "nth"], unique=False)
    op.create_index("ix_claims_texts", "claims", ["texts", "id"], unique=False)
    op.create_table(
        "observations",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("value", sa.Float(precision=53), nullable=True),
        sa.Column("low", sa.Float(precision=53), nullable=True),
        sa.Column("high", sa.Float(precision=53), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_observations_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["series"], ["series.id"], name=op.f("fk_observations_series")),
        sa.PrimaryKeyConstraint("series", "n", name=op.f("pk_observations")),
    )
    op.create_index("ix_observations_day", "observations", ["series", "day"], unique=False)
    op.create_table(
        "claim_statements",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("matching", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_claim_statements_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["matching"], ["matchings.id"], name=op.f("fk_claim_statements_matching")),
        sa.ForeignKeyConstraint(["statement"], ["statements.id"], name=op.f("fk_claim_statements_statement")),
        sa.PrimaryKeyConstraint("claim", "matching", "n", name=op.f("pk_claim_statements")),
    )
    op.create_index("ix_claim_statements_statement", "claim_statements", ["statement"], unique=False)
    op.create_table(
        "drifts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("matching", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("retold", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("from_value", sa.Text(), nullable=True),
        sa.Column("to_value", sa.Text(), nullable=True),
        sa.Column("class", sa.Text(), nullable=False),
        sa.Column("from_spans", sa.Text(), nullable=False),
        sa.Column("to_spans", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_drifts_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["matching"], ["matchings.id"], name=op.f("fk_drifts_matching")),
        sa.ForeignKeyConstraint(["retold"], ["statements.id"], name=op.f("fk_drifts_retold")),
        sa.ForeignKeyConstraint(["told"], ["statements.id"], name=op.f("fk_drifts_told")),
        sa.PrimaryKeyConstraint("id", "matching", name=op.f("pk_drifts")),
    )
    op.create_index("ix_drifts_nth", "drifts", ["id", "nth"], unique=False)
    op.create_index("ix_drifts_retold", "drifts", ["retold"], unique=False)
    op.create_index("ix_drifts_told", "drifts", ["told"], unique=False)
    op.create_table(
        "edges",
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("matching", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(precision=53), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_edges_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["matching"], ["matchings.id"], name=op.f("fk_edges_matching")),
        sa.ForeignKeyConstraint(["one"], ["statements.id"], name=op.f("fk_edges_one")),
        sa.ForeignKeyConstraint(["other"], ["statements.id"], name=op.f("fk_edges_other")),
        sa.PrimaryKeyConstraint("one", "other", "matching", name=op.f("pk_edges")),
    )
    op.create_index("ix_edges_nth", "edges", ["one", "other", "nth"], unique=False)
    op.create_index("ix_edges_other", "edges", ["other"], unique=False)
    op.create_table(
        "finding_statements",
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_finding_statements_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["statement"], ["statements.id"], name=op.f("fk_finding_statements_statement")),
        sa.PrimaryKeyConstraint("finding", "inputs", "n", name=op.f("pk_finding_statements")),
    )
    op.create_index("ix_finding_statements_statement", "finding_statements", ["statement"], unique=False)
