"""Krippendorff's alpha for ordinal ratings: how far several assessors agree beyond what chance would give.

Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (University of Pennsylvania, 2011), steps A to E. Own code,
because the package of that name is under the GPL.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

LEAST_ASSESSORS, LEAST_ITEMS = 3, 10
"""Below these a coefficient says nothing that the matrix itself does not: it is refused."""


@dataclass(frozen=True)
class Agreement:
    """``alpha`` (1: full agreement, 0: as by chance), or None and ``why`` there is none; over how many assessors and items."""

    alpha: float | None
    why: str
    assessors: int
    items: int


def ordinal_alpha(units: Sequence[Sequence[int]]) -> float | None:
    """Alpha with the ordinal difference function. Each unit holds the levels that it was given; units with fewer than two do not
    count. None when there is nothing to pair, or all levels are the same and alpha is not defined."""
    together: defaultdict[tuple[int, int], float] = defaultdict(float)
    for unit in units:
        if len(unit) > 1:
            for pair in permutations(unit, 2):
                together[pair] += 1 / (len(unit) - 1)
    totals: Counter[int] = Counter()
    for (one, _), number in together.items():
        totals[one] += number  # type: ignore[assignment] # Counter adds fractions as well as whole numbers
    n = sum(totals.values())
    expected = sum(totals[c] * totals[k] * _apart(c, k, totals) for c in totals for k in totals)
    if n < 2 or not expected:
        return None
    observed = sum(number * _apart(c, k, totals) for (c, k), number in together.items())
    return float(1 - (n - 1) * observed / expected)


def _apart(one: int, other: int, totals: Mapping[int, float]) -> float:
    """The squared ordinal difference: how many ratings lie between the two levels, half of their own included."""
    low, high = sorted((one, other))
    between = sum(number for level, number in totals.items() if low <= level <= high)
    return (between - (totals[low] + totals[high]) / 2) ** 2


def agreement(units: Sequence[Mapping[str, int]]) -> Agreement:
    """Alpha over units, each a level by assessor, where there are assessors and items enough; else why there is none."""
    paired = [unit for unit in units if len(unit) > 1]
    assessors = len({name for unit in paired for name in unit})
    if assessors < LEAST_ASSESSORS or len(paired) < LEAST_ITEMS:
        why = (
            f"needs {LEAST_ASSESSORS} assessors and {LEAST_ITEMS} items rated by two or more of them; "
            f"there are {assessors} and {len(paired)}"
        )
        return Agreement(None, why, assessors, len(paired))
    alpha = ordinal_alpha([list(unit.values()) for unit in paired])
    why = "" if alpha is not None else "not defined: every rating is the same"
    return Agreement(alpha, why, assessors, len(paired))
