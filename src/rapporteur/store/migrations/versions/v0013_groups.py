"""What reconciling keeps between runs: claims by look-up key, their groups, families of reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _number(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, primary_key=key, nullable=False, autoincrement=False)


def _scope() -> sa.Column[str]:
    return sa.Column("scope", sa.String(200), primary_key=True)


def upgrade() -> None:
    """Makes the tables, empty, and forgets the standing, which is made anew with them when it is next asked for."""
    op.create_table(
        "standing_items",
        _scope(),
        _number("number", key=True),
        sa.Column("report", sa.Text, nullable=False),
        _number("leader"),
        sa.Column("likeness", sa.Float, nullable=False),
        sa.Column("item", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_standing_items_report", "standing_items", ["scope", "report"])
    op.create_index("ix_standing_items_leader", "standing_items", ["scope", "leader"])
    op.create_table(
        "standing_keys",
        _scope(),
        _number("key", key=True),
        _number("place", key=True),
        _number("number", key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_standing_keys_number", "standing_keys", ["scope", "number"])
    op.create_table(
        "standing_kin",
        _scope(),
        sa.Column("report", sa.Text, primary_key=True),
        sa.Column("own", sa.String(80)),
        sa.Column("kin", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_standing_kin_own", "standing_kin", ["scope", "own"])
    op.create_table("standing_waiting", _scope(), sa.Column("report", sa.Text, primary_key=True))
    for table in ("states", "links", "steps", "told", "derived", "findings", "claims", "parts"):
        op.execute(f"DELETE FROM standing_{table}")


def downgrade() -> None:
    """Drops the tables."""
    for name in ("waiting", "kin", "keys", "items"):
        op.drop_table(f"standing_{name}")
