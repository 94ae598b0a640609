"""What a person at the desk can ask of a record and do to it: one typed function each, shared by the web pages, the API and MCP.

Every function takes the ``Record`` in use and the ``Viewer`` who asks; what a viewer may not see is not in the
record that it gets (``team.view``).
"""

from __future__ import annotations

from rapporteur.desk.record import Record, Standing, Standings
from rapporteur.desk.viewer import Viewer

__all__ = ["Record", "Standing", "Standings", "Viewer"]
