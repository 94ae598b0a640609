"""Feeds that are followed, alerts, and where these are still to be delivered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables, empty."""
    op.create_table("feeds", sa.Column("address", sa.Text, primary_key=True), sa.Column("feed", sa.Text, nullable=False))
    op.create_table(
        "feed_entries", sa.Column("address", sa.Text, primary_key=True), sa.Column("entry", sa.Text, primary_key=True)
    )
    op.create_table(
        "alerts",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("process", sa.Text, nullable=False, index=True),
        sa.Column("alert", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table("alerted", sa.Column("process", sa.Text, primary_key=True), sa.Column("account", sa.Integer, nullable=False))
    op.create_table(
        "deliveries",
        sa.Column("alert", sa.Integer, sa.ForeignKey("alerts.number"), primary_key=True),
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("due", sa.Text),
        sa.Column("problem", sa.Text),
    )
