"""The places of the desk, in the order of the menu. A part of the desk with pages of its own adds a line."""

from __future__ import annotations

PLACES: tuple[tuple[str, str], ...] = (
    ("/", "Overview"),
    ("/reports", "Reports"),
    ("/findings", "Findings"),
    ("/lineage", "Lineage"),
    ("/figures", "Figures"),
    ("/table/timeline", "Timeline"),
    ("/table/statements", "Statements"),
    ("/positions", "Positions"),
    ("/table/incidents", "Incidents"),
    ("/board", "Board"),
    ("/schedules", "Schedules"),
    ("/review", "Review"),
    ("/add", "Add"),
    ("/alerts", "Alerts"),
    ("/feeds", "Feeds"),
    ("/export", "Export"),
)
"""(address, name)."""
