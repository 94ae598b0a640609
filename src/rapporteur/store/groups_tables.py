"""The tables of what reconciling keeps between runs. All of it can be made again from the other tables."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, LargeBinary, String, Text

from rapporteur.store.tables import scoped

items = scoped(
    "standing_items",
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("report", Text, nullable=False),
    Column("leader", BigInteger, nullable=False),
    Column("likeness", Float, nullable=False),
    Column("item", LargeBinary, nullable=False),
)
"""Claims as reconciling sees them, with the group that each has joined."""
Index("ix_standing_items_report", items.c.scope, items.c.report)
Index("ix_standing_items_leader", items.c.scope, items.c.leader)

keys = scoped(
    "standing_keys",
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    rowid=False,
)
"""Under which look-up keys each stands, in canonical order."""
Index("ix_standing_keys_number", keys.c.scope, keys.c.number)

kin = scoped(
    "standing_kin",
    Column("report", Text, primary_key=True),
    Column("own", String(80)),
    Column("kin", LargeBinary, nullable=False),
)
"""Families of reports, and the origins that they lead to."""
Index("ix_standing_kin_own", kin.c.scope, kin.c.own)

waiting = scoped(
    "standing_waiting",
    Column("report", Text, primary_key=True),
)
"""Reports whose derivations or drifts reconciling has not seen as they are now."""

TABLES = (items, keys, kin, waiting)
