"""A team: users, sessions, tokens, groups, what is private to them, and the audit log, which is only ever added to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REFUSED = "the audit log is only ever added to"


def upgrade() -> None:
    """Makes the tables; the database itself refuses to change or delete what the audit log holds."""
    _people()
    _rights()
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "who", "what", "subject", "detail", "address")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_who", "audit", ["who"])
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER audit_{verb.lower()} BEFORE {verb} ON audit BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END")
    elif dialect == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_refused() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        for event, level in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name = f"audit_{level.lower()}"
            op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON audit FOR EACH {level} EXECUTE FUNCTION audit_refused()")


def _people() -> None:
    op.create_table(
        "users",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("subject", sa.Text, unique=True),
        sa.Column("password", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("user", sa.Integer, sa.ForeignKey("users.number"), nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_sessions_user", "sessions", ["user"])
    op.create_index("ix_sessions_seen", "sessions", ["seen"])
    op.create_table(
        "tokens",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("user", sa.Integer, sa.ForeignKey("users.number"), nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.BigInteger),
        sa.Column("revoked", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tokens_user", "tokens", ["user"])


def _rights() -> None:
    op.create_table("team_groups", sa.Column("name", sa.Text, primary_key=True))
    op.create_table(
        "group_members",
        sa.Column("group", sa.Text, sa.ForeignKey("team_groups.name"), primary_key=True),
        sa.Column("user", sa.Integer, sa.ForeignKey("users.number"), primary_key=True),
    )
    op.create_table(
        "private_processes",
        sa.Column("process", sa.Text, primary_key=True),
        sa.Column("group", sa.Text, sa.ForeignKey("team_groups.name"), primary_key=True),
    )
    op.create_table(
        "assignments",
        sa.Column("kind", sa.String(6), primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("process", sa.Text, primary_key=True),
    )
    op.create_index("ix_assignments_process", "assignments", ["process"])
