"""All tables of a record's database: whoever goes over them imports ``metadata`` from here. A test finds one that is missing."""

from __future__ import annotations

from rapporteur.store import groups_tables, job_tables, standing_tables, team_tables
from rapporteur.store.tables import metadata

__all__ = ["groups_tables", "job_tables", "metadata", "standing_tables", "team_tables"]
