"""The standing of a record: who took what from whom, and the findings, kept and brought up to date."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _table(name: str, key: list[str], *columns: sa.Column[object]) -> None:
    keys = [sa.Column(k, sa.String(80) if k in ("id", "finding") else sa.Text, primary_key=True) for k in key]
    op.create_table(name, sa.Column("scope", sa.String(200), primary_key=True), *keys, *columns)


def upgrade() -> None:
    """Makes the tables, empty: the standing is made when it is first asked for."""
    _table("standing_states", [], sa.Column("state", sa.Text, nullable=False))
    _table(
        "standing_links",
        ["report"],
        sa.Column("profile", sa.LargeBinary, nullable=False),
        sa.Column("node", sa.LargeBinary, nullable=False),
    )
    _table("standing_steps", ["parent", "report"])
    _table("standing_told", ["report"], sa.Column("told", sa.Text, nullable=False))
    _table("standing_derived", ["parent", "report"])
    _table(
        "standing_findings",
        ["id"],
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("as_of", sa.String(40)),
        sa.Column("origins", sa.Integer, nullable=False),
        sa.Column("speakers", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("finding", sa.Text, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("gone", sa.Integer),
    )
    _table("standing_claims", ["claim", "finding"], sa.Column("report", sa.Text, nullable=False))
    _table("standing_parts", ["name"], sa.Column("part", sa.LargeBinary, nullable=False))
    for table, columns in (
        ("steps", ["report"]),
        ("derived", ["report"]),
        ("findings", ["gone", "weight"]),
        ("findings", ["last"]),
        ("claims", ["finding"]),
        ("claims", ["report"]),
    ):
        name = "report" if columns == ["report"] else "weight" if "weight" in columns else columns[0]
        op.create_index(f"ix_standing_{table}_{name}", f"standing_{table}", ["scope", *columns])
