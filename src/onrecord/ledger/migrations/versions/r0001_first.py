"""The first tables of the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From nothing to the tables of the first ledger; they stay written as they were then."""
    op.create_table(
        "batches",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_batches")),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Text(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_documents_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_likeness"), "documents", ["likeness"], unique=False)
    op.create_table(
        "caveats",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_caveats_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_caveats_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caveats")),
    )
    op.create_index("ix_caveats_document", "caveats", ["document"], unique=False)
    op.create_table(
        "parties",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_parties_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_parties_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("times", sa.Text(), nullable=False),
        sa.Column("demonyms", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_readings_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_readings_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint("document", "nth", name=op.f("uq_readings_document_nth")),
    )
    op.create_table(
        "redactions",
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_redactions_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_redactions_document")),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_redactions")),
    )
    op.create_table(
        "sightings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_sightings_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_sightings_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
    )
    op.create_index("ix_sightings_document", "sightings", ["document"], unique=False)
    op.create_table(
        "statements",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_statements_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_statements_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    op.create_index("ix_statements_document", "statements", ["document", "starts"], unique=False)
    op.create_table(
        "caveat_values",
        sa.Column("caveat", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_caveat_values_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["caveat"], ["caveats.id"], name=op.f("fk_caveat_values_caveat")),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_caveat_values_document")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_caveat_values_reading")),
        sa.PrimaryKeyConstraint("caveat", "reading", name=op.f("pk_caveat_values")),
    )
    op.create_index("ix_caveat_values_document", "caveat_values", ["document"], unique=False)
    op.create_table(
        "claimants",
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_claimants_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_claimants_document")),
        sa.ForeignKeyConstraint(["party"], ["parties.id"], name=op.f("fk_claimants_party")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_claimants_reading")),
        sa.ForeignKeyConstraint(["statement"], ["statements.id"], name=op.f("fk_claimants_statement")),
        sa.PrimaryKeyConstraint("statement", "reading", "n", name=op.f("pk_claimants")),
    )
    op.create_index("ix_claimants_name", "claimants", ["name"], unique=False)
    op.create_table(
        "covers",
        sa.Column("caveat", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_covers_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["caveat"], ["caveats.id"], name=op.f("fk_covers_caveat")),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_covers_document")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_covers_reading")),
        sa.ForeignKeyConstraint(["statement"], ["statements.id"], name=op.f("fk_covers_statement")),
        sa.PrimaryKeyConstraint("caveat", "reading", "statement", name=op.f("pk_covers")),
    )
    op.create_index("ix_covers_statement", "covers", ["statement"], unique=False)
    op.create_table(
        "figures",
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("comparator", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("noun", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("value", sa.Float(precision=53), nullable=True),
        sa.Column("low", sa.Float(precision=53), nullable=True),
        sa.Column("high", sa.Float(precision=53), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("period_from", sa.Text(), nullable=True),
        sa.Column("period_to", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_figures_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_figures_document")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_figures_reading")),
        sa.ForeignKeyConstraint(["statement"], ["statements.id"], name=op.f("fk_figures_statement")),
        sa.PrimaryKeyConstraint("reading", "n", name=op.f("pk_figures")),
    )
    op.create_index("ix_figures_document", "figures", ["document"], unique=False)
    op.create_index("ix_figures_statement", "figures", ["statement"], unique=False)
    op.create_table(
        "places",
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(precision=53), nullable=True),
        sa.Column("lon", sa.Float(precision=53), nullable=True),
        sa.Column("uncertainty_m", sa.Integer(), nullable=True),
        sa.Column("geonameid", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_places_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_places_document")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_places_reading")),
        sa.PrimaryKeyConstraint("reading", "n", name=op.f("pk_places")),
    )
    op.create_index("ix_places_document", "places", ["document"], unique=False)
    op.create_index("ix_places_name", "places", ["name"], unique=False)
    op.create_table(
        "relays",
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_relays_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_relays_document")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_relays_reading")),
        sa.ForeignKeyConstraint(["statement"], ["statements.id"], name=op.f("fk_relays_statement")),
        sa.PrimaryKeyConstraint("statement", "reading", "n", name=op.f("pk_relays")),
    )
    op.create_table(
        "statement_places",
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_statement_places_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_statement_places_document")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_statement_places_reading")),
        sa.ForeignKeyConstraint(["statement"], ["statements.id"], name=op.f("fk_statement_places_statement")),
        sa.PrimaryKeyConstraint("reading", "n", "statement", name=op.f("pk_statement_places")),
    )
    op.create_index("ix_statement_places_statement", "statement_places", ["statement"], unique=False)
    op.create_table(
        "statement_values",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("quotation", sa.Text(), nullable=False),
        sa.Column("factuality", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("said_from", sa.Text(), nullable=True),
        sa.Column("said_to", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_statement_values_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_statement_values_document")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_statement_values_reading")),
        sa.ForeignKeyConstraint(["statement"], ["statements.id"], name=op.f("fk_statement_values_statement")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_statement_values")),
        sa.UniqueConstraint("statement", "reading", name=op.f("uq_statement_values_statement_reading")),
    )
    op.create_index("ix_statement_values_document", "statement_values", ["document"], unique=False)
    op.create_table(
        "unfound",
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.n"], name=op.f("fk_unfound_batch"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_unfound_document")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_unfound_reading")),
        sa.ForeignKeyConstraint(["statement"], ["statements.id"], name=op.f("fk_unfound_statement")),
        sa.PrimaryKeyConstraint("statement", "reading", name=op.f("pk_unfound")),
    )
