"""How long something takes, for tests that time grows no faster than the input."""

from __future__ import annotations

import time
from collections.abc import Callable


def least_seconds(work: Callable[[], object], times: int = 3) -> float:
    """Processor seconds of the quickest of ``times`` runs: what else the machine does, and others' garbage, can only add."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)
