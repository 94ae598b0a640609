"""Debian's Chromium for browser tests; installed when it is missing and the tests run as root, as they do in CI."""

from __future__ import annotations

from tests import debian


def chromium() -> str | None:
    """Its path; None when there is none and it cannot be installed here."""
    return debian.program(("chromium", "chromium-browser", "google-chrome"), "chromium")
