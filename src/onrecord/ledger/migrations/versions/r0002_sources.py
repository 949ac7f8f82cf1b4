"""Where texts came from: snapshots, revisions, near copies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the tables of 0001 to those of 0002; they stay written as they were then."""
    op.create_table(
        "bands",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_bands_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_bands_document")),
        sa.PrimaryKeyConstraint("document", "n", name=op.f("pk_bands")),
    )
    op.create_index("ix_bands_band", "bands", ["band"], unique=False)
    op.create_table(
        "copies",
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Float(precision=53), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_copies_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_copies_document")),
        sa.ForeignKeyConstraint(["of"], ["documents.id"], name=op.f("fk_copies_of")),
        sa.PrimaryKeyConstraint("document", "of", name=op.f("pk_copies")),
    )
    op.create_index("ix_copies_of", "copies", ["of"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("former", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_revisions_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_revisions_document")),
        sa.ForeignKeyConstraint(["former"], ["documents.id"], name=op.f("fk_revisions_former")),
        sa.PrimaryKeyConstraint("document", "former", "url", name=op.f("pk_revisions")),
    )
    op.create_index("ix_revisions_former", "revisions", ["former"], unique=False)
    op.create_index("ix_revisions_url", "revisions", ["url"], unique=False)
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("final", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_snapshots_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_snapshots_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
    )
    op.create_index("ix_snapshots_final", "snapshots", ["final", "at"], unique=False)
    op.create_index("ix_sightings_url", "sightings", ["url"], unique=False)
