"""What statements are looked up by: no part of the record, and made from what is there."""

from __future__ import annotations

from alembic import op

from onrecord.ledger.indexing import create, make_anew

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables and fills them. A later version that has them otherwise drops them first and makes them anew."""
    connection = op.get_bind()
    create(connection)
    make_anew(connection)
