"""The tables of a record's standing. All of it can be made again from the other tables."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, String, Text

from rapporteur.store.tables import scoped

states = scoped(
    "standing_states",
    Column("state", Text, nullable=False),
)

links = scoped(
    "standing_links",
    Column("report", Text, primary_key=True),
    Column("head", LargeBinary, nullable=False),
    Column("node", LargeBinary, nullable=False),
)
"""What linking keeps of each report and may change when others come."""

profiles = scoped(
    "standing_profiles",
    Column("report", Text, primary_key=True),
    Column("profile", LargeBinary, nullable=False),
)
"""What linking keeps of each report and never changes; apart, because a row is written as a whole."""

steps = scoped(
    "standing_steps",
    Column("parent", Text, primary_key=True),
    Column("report", Text, primary_key=True),
)
"""From which reports each took, or may have taken, first of all: the way down from an origin."""
Index("ix_standing_steps_report", steps.c.scope, steps.c.report)

told = scoped(
    "standing_told",
    Column("report", Text, primary_key=True),
    Column("told", Text, nullable=False),
)
"""Derivations and drifts by report."""

derived = scoped(
    "standing_derived",
    Column("parent", Text, primary_key=True),
    Column("report", Text, primary_key=True),
)
"""Which reports have a derivation from which parent."""
Index("ix_standing_derived_report", derived.c.scope, derived.c.report)

findings = scoped(
    "standing_findings",
    Column("id", String(80), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("weight", Float, nullable=False),
    Column("as_of", String(40)),
    Column("origins", Integer, nullable=False),
    Column("speakers", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("finding", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("gone", Integer),
)
"""Findings; ``first``, ``last`` and ``gone`` are the sums of report and judgement numbers at which each first stood, last changed
and was one no more."""
Index("ix_standing_findings_weight", findings.c.scope, findings.c.gone, findings.c.weight)
Index("ix_standing_findings_last", findings.c.scope, findings.c.last)

claims = scoped(
    "standing_claims",
    Column("claim", Text, primary_key=True),
    Column("finding", String(80), primary_key=True),
    Column("report", Text, nullable=False),
)
"""Which claims stand in which findings."""
Index("ix_standing_claims_finding", claims.c.scope, claims.c.finding)
Index("ix_standing_claims_report", claims.c.scope, claims.c.report)

parts = scoped(
    "standing_parts",
    Column("name", Text, primary_key=True),
    Column("part", LargeBinary, nullable=False),
)
"""The state of reconciling, by names of its own."""

TABLES = (states, links, profiles, steps, told, derived, findings, claims, parts)
