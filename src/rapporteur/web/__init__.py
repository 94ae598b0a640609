"""The desk in a browser: server-rendered pages, and the API under /api. ``create_app`` puts together what ``routers.py`` lists.

A route asks for nothing itself: it gets the record in use and the viewer (``rules.py``), calls one function of the desk and shows
what that returns.
"""

from __future__ import annotations

from rapporteur.web.app import create_app
from rapporteur.web.state import WebOptions

__all__ = ["WebOptions", "create_app"]
