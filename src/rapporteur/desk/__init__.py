"""What a person at the desk can ask of a record and do to it: one typed function each, shared by the web pages, the API and MCP.

Every function takes the ``Record`` in use and the ``Viewer`` who asks; what a viewer may see is decided in ``record.py`` alone.
"""

from __future__ import annotations

from rapporteur.desk.record import Record, Standing, Standings
from rapporteur.desk.viewer import ROLES, Role, Viewer

__all__ = ["ROLES", "Record", "Role", "Standing", "Standings", "Viewer"]
