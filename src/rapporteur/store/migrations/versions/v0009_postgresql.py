"""What PostgreSQL needs besides the tables that every record has: full-text search, and a board that is only ever added to."""

from __future__ import annotations

from alembic import op

from rapporteur.store import postgres_words

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REFUSED = "the entries of a board are only ever added"


def upgrade() -> None:
    """Nothing in SQLite, whose records have both since revisions 0002 and 0003."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for statement in postgres_words.CREATE:
        op.execute(statement)
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute("CREATE TRIGGER board_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON board EXECUTE FUNCTION refuse_change()")
