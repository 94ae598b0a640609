"""What the test session as a whole starts and stops."""

from __future__ import annotations

import pytest

from tests import postgres


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the one process that starts the workers, or works alone
        postgres.name_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.stop()
