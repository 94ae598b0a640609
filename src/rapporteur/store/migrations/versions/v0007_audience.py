"""An account keeps what it leaves out for those it was made for, so that nobody is shown one made for others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Earlier accounts were made for everybody, and leave nothing out."""
    op.add_column("accounts", sa.Column("audience", sa.Text, nullable=False, server_default=""))
