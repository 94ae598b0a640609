"""What the test session as a whole starts and stops."""

from __future__ import annotations

import importlib.util

import pytest

from tests import postgres
from tests.chromium import chromium


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the one process that starts the workers, or works alone
        postgres.name_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.stop()


@pytest.fixture(scope="session")
def browser():  # type: ignore[no-untyped-def] # playwright may be missing, then there is no type to name
    """Debian's Chromium, driven by Playwright; the test is skipped where either is missing."""
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("not installed: playwright")
    found = chromium()
    if found is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is there

    with sync_playwright() as driver:
        # The sandbox needs rights that build machines seldom give; the pages are our own.
        opened = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()
