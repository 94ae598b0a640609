"""Fixtures of the desk's tests. ``example`` is read once per test process; whoever writes to a record takes ``copy``."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

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
def axe() -> str:
    """The source of axe-core as the package ships it."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or not found.origin:
        pytest.skip("not installed: axe-playwright-python")
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")
