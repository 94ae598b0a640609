"""Fixtures of the desk's tests. ``example`` is read once per test process; whoever writes to a record takes ``copy``."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.chromium import chromium
from tests.web.serving import example_record, serving

SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
"""Where browser tests leave their screenshots; ignored by git."""


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the example, not to be written to."""
    return example_record(tmp_path_factory.mktemp("example") / "example.db")


@pytest.fixture
def copy(example: Path, tmp_path: Path) -> Path:
    """A copy of the example's record for one test."""
    return Path(shutil.copy(example, tmp_path / "copy.db"))


@pytest.fixture(scope="session")
def server(example: Path) -> Iterator[str]:
    """Address of a server over the example's record, for tests that only read."""
    with serving(example) as address:
        yield address


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=60) as made:
        yield made


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
