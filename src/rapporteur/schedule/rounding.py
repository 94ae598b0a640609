"""No figure is more exact than the model deserves: probabilities to 5 %, dates to quarters."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.model.comparison import STEP
from rapporteur.schedule.scenario import Scenario


def percent(share: float) -> int:
    """A share as percent to the nearest 5."""
    return int(share * 100 / STEP + 0.5) * STEP


def percents(shares: Sequence[float]) -> tuple[int, ...]:
    """Shares that sum to 1 as percents in steps of 5 that sum to 100 (largest remainders, the first on a tie)."""
    exact = [share * 100 / STEP for share in shares]
    steps = [int(e) for e in exact]
    missing = round(sum(exact)) - sum(steps)
    for index in sorted(range(len(exact)), key=lambda i: steps[i] - exact[i])[:missing]:
        steps[index] += 1
    return tuple(s * STEP for s in steps)


def calendar(scenario: Scenario, month: int) -> str:
    """``YYYY-MM`` of a month after the start."""
    year, first = map(int, scenario.start.split("-"))
    total = year * 12 + first - 1 + month
    return f"{total // 12}-{total % 12 + 1:02d}"


def quarter(scenario: Scenario, month: int) -> str:
    """The quarter of a month after the start, as ``2025-Q3``; the horizon is passed as months + 1: ``after 2029-Q4``."""
    if month > scenario.months:
        return f"after {quarter(scenario, scenario.months)}"
    date = calendar(scenario, month)
    return f"{date[:4]}-Q{(int(date[5:]) + 2) // 3}"
