"""The first record: contents, reports, link keys, issues, judgements, accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=True)


def upgrade() -> None:
    """Makes the tables; what each is for stands in ``store/tables.py``."""
    op.create_table(
        "contents",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "reports",
        _number(),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("contents.sha256"), nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("reading", sa.Text, nullable=False),
        sa.UniqueConstraint("place", "sha256"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_published_id", "reports", ["published", "id"])
    op.create_table(
        "link_keys",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.number"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "issues",
        _number(),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("input", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("issue", sa.Text, nullable=False),
        sa.Column("closed_by", sa.Integer, sa.ForeignKey("reports.number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_issues_input", "issues", ["input"])
    op.create_table("judgements", _number(), sa.Column("judgement", sa.Text, nullable=False), sqlite_autoincrement=True)
    op.create_table(
        "accounts",
        _number(),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("as_of", sa.Text),
        sa.Column("made_at", sa.Text),
        sa.Column("last_report", sa.Integer, nullable=False),
        sa.Column("last_judgement", sa.Integer, nullable=False),
        sa.Column("last_issue", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
