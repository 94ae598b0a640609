"""The places of the desk, in the order of the menu. A part of the desk with pages of its own adds a line."""

from __future__ import annotations

PLACES: tuple[tuple[str, str], ...] = (
    ("/", "Overview"),
    ("/reports", "Reports"),
    ("/add", "Add"),
)
"""(address, name)."""
