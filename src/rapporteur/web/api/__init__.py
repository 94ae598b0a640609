"""The API under /api: the same desk functions as the pages, as JSON by the schemas of the command line, described by OpenAPI.

Answers are the desk's typed records, serialised by msgspec; ``answers`` gives their schemas to the OpenAPI description.
"""

from __future__ import annotations

from rapporteur.web.api import adding, asking, board, description, reading

ROUTERS = (description.router, reading.router, board.router, asking.router, adding.router)
