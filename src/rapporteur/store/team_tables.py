"""The tables of a team, beside those of the record (``tables.py``) in the same database."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from rapporteur.store.tables import metadata

users = Table(
    "users",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("subject", Text, unique=True),
    Column("password", Text),
    sqlite_autoincrement=True,
)
"""``key`` is the name folded, so that two names that look alike are one."""

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("user", ForeignKey(users.c.number), nullable=False, index=True),
    Column("method", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False, index=True),
)

tokens = Table(
    "tokens",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("user", ForeignKey(users.c.number), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("expires", BigInteger),
    Column("revoked", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

team_groups = Table(
    "team_groups",
    metadata,
    Column("name", Text, primary_key=True),
)

group_members = Table(
    "group_members",
    metadata,
    Column("group", ForeignKey(team_groups.c.name), primary_key=True),
    Column("user", ForeignKey(users.c.number), primary_key=True),
)

private_processes = Table(
    "private_processes",
    metadata,
    Column("process", Text, primary_key=True),
    Column("group", ForeignKey(team_groups.c.name), primary_key=True),
)
"""A process without a row is everybody's."""

assignments = Table(
    "assignments",
    metadata,
    Column("kind", String(6), primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("process", Text, primary_key=True),
)
"""What was added to which process; what has no row was added before there was a team, or outside every process."""
Index("ix_assignments_process", assignments.c.process)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("address", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Only ever added to; triggers refuse anything else."""
