"""The board: frameworks, observations and ratings, which are only ever added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REFUSED = "the entries of a board are only ever added"


def upgrade() -> None:
    """Makes the table; SQLite itself refuses to change or delete its rows."""
    op.create_table(
        "board",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("entry", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER board_{verb.lower()} BEFORE {verb} ON board BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END")
