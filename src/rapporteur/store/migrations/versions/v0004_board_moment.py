"""An account keeps up to which entry of the board it was made, so that its section on the board can be made again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Earlier accounts were made without a board."""
    op.add_column("accounts", sa.Column("last_board", sa.Integer, nullable=False, server_default="0"))
