"""The tables of a record, for every SQL store. ``migrations/`` makes them; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

VERSION = "0013"
"""The newest revision in ``migrations/versions``: the schema that this program reads and writes."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def scoped(name: str, *more: SchemaItem, rowid: bool = True) -> Table:
    """A table of what is kept for each scope of a record's standing (``store/standing_base.py``); without ``rowid`` SQLite keeps
    the rows in the primary key."""
    return Table(name, metadata, Column("scope", String(200), primary_key=True), *more, sqlite_with_rowid=rowid)


contents = Table(
    "contents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)
"""Captured bytes, once however many places they were captured at."""

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("place", Text, nullable=False),
    Column("sha256", ForeignKey(contents.c.sha256), nullable=False),
    Column("media_type", Text, nullable=False),
    Column("published", Text),
    Column("reader", Text, nullable=False),
    Column("reading", Text, nullable=False),
    UniqueConstraint("place", "sha256"),
    sqlite_autoincrement=True,  # a number is never given twice, or a moment would mean two states of the record
)
Index("ix_reports_published_id", reports.c.published, reports.c.id)

link_keys = Table(
    "link_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("report", ForeignKey(reports.c.number), primary_key=True),
    sqlite_with_rowid=False,  # the primary key is all there is: half the size, one look-up instead of two
)
"""Look-up keys of the link stage: which earlier reports can be a new report's parent."""

passages = Table(
    "passages",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("report", ForeignKey(reports.c.number), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)
"""Passages of the reports' texts; the full-text index (``words.TABLE``) has their words under the same numbers."""

processes = Table(
    "processes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("process", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Process files as they were given, validated; the last of each name is in force."""

board = Table(
    "board",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("entry", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Frameworks, observations and ratings in the order in which they were made; triggers refuse to change or delete them."""

issues = Table(
    "issues",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("code", Text, nullable=False),
    Column("input", Text, nullable=False, index=True),
    Column("message", Text, nullable=False),
    Column("issue", Text, nullable=False),
    Column("closed_by", ForeignKey(reports.c.number)),
    sqlite_autoincrement=True,
)
"""Issues met; ``closed_by`` is the report that was read at the same place later."""

judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("judgement", Text, nullable=False),
    sqlite_autoincrement=True,
)

accounts = Table(
    "accounts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("title", Text, nullable=False),
    Column("as_of", Text),
    Column("made_at", Text),
    Column("last_report", Integer, nullable=False),
    Column("last_judgement", Integer, nullable=False),
    Column("last_issue", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib: an account's JSON is a tenth of its size then
    Column("process", Integer),
    Column("last_board", Integer, nullable=False, server_default="0"),
    Column("audience", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)
"""Accounts given out; the ``last_`` columns are the moment that makes the same bytes again."""

feeds = Table(
    "feeds",
    metadata,
    Column("address", Text, primary_key=True),
    Column("feed", Text, nullable=False),
)
"""Feeds that are followed, with what their last answer said about the next request."""

feed_entries = Table(
    "feed_entries",
    metadata,
    Column("address", Text, primary_key=True),
    Column("entry", Text, primary_key=True),
)
"""Entries that were taken; they outlive the feed, so that following it again does not read them again."""

alerts = Table(
    "alerts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("process", Text, nullable=False, index=True),
    Column("alert", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Changes of followed facts."""

alerted = Table(
    "alerted",
    metadata,
    Column("process", Text, primary_key=True),
    Column("account", Integer, nullable=False),
)
"""The account of each process up to which alerts were given."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("alert", ForeignKey(alerts.c.number), primary_key=True),
    Column("target", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("due", Text),
    Column("problem", Text),
)
"""Alerts that a target is still to get; without ``due`` they were given up."""
