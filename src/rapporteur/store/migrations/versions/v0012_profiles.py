"""Profiles stand apart from what changes with every report that comes: a row is written as a whole."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables anew, empty: the standing is made when it is next asked for."""
    op.drop_table("standing_links")
    for name, columns in (("standing_links", ("head", "node")), ("standing_profiles", ("profile",))):
        op.create_table(
            name,
            sa.Column("scope", sa.String(200), primary_key=True),
            sa.Column("report", sa.Text, primary_key=True),
            *(sa.Column(column, sa.LargeBinary, nullable=False) for column in columns),
        )
    op.execute("DELETE FROM standing_states")
