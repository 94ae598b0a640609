"""What a look-up asks of many linked reports at once stands by itself, before the long columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table anew, empty: the standing is made when it is next asked for."""
    op.drop_table("standing_links")
    op.create_table(
        "standing_links",
        sa.Column("scope", sa.String(200), primary_key=True),
        sa.Column("report", sa.Text, primary_key=True),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("node", sa.LargeBinary, nullable=False),
        sa.Column("profile", sa.LargeBinary, nullable=False),
    )
    op.execute("DELETE FROM standing_states")
