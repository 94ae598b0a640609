"""The tables of the job queue (``jobs/base.py``), beside those of the record (``tables.py``) in the same database."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from rapporteur.store.tables import metadata

jobs = Table(
    "jobs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", Float, nullable=False),
    Column("problem", Text),
    Column("result", LargeBinary),
    sqlite_autoincrement=True,
)
"""``payload`` is what was accepted, until the job is done. ``due``: of a waiting job when it may begin, of a running one when its
worker counts as dead, both in SQLite only (PostgreSQL: procrastinate's own tables); of one that is done since when it is. Seconds
since 1970."""
Index("ix_jobs_state_due", jobs.c.state, jobs.c.due)

job_steps = Table(
    "job_steps",
    metadata,
    Column("job", ForeignKey(jobs.c.number), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("step", LargeBinary, nullable=False),
)
"""What a job has told of its progress."""
