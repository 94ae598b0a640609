"""Grouping of claims into findings: one pass over claims in canonical order, so that the order of the input does not matter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")

MAX_CANDIDATES = 60
"""Groups compared per claim, best first by shared keys: bounds the work on keys that half the record shares."""


def group(items: Sequence[T], keys: Callable[[T], Iterable[Hashable]], similarity: Callable[[T, T], float]) -> list[list[T]]:
    """Groups of ``items`` (given in canonical order). An item joins the group with the most similar member, unless one of
    its members is a veto (similarity below 0); similarity 0 is indifferent. Only groups that share a key are looked at."""
    groups: list[list[T]] = []
    by_key: dict[Hashable, list[int]] = defaultdict(list)
    for item in items:
        found = list(dict.fromkeys(keys(item)))
        shared = Counter(g for key in found for g in by_key[key])
        best, best_score = -1, 0.0
        for number, _ in sorted(shared.items(), key=lambda kv: (-kv[1], kv[0]))[:MAX_CANDIDATES]:
            scores = [similarity(member, item) for member in groups[number][:40]]
            if scores and min(scores) >= 0 and max(scores) > best_score:
                best, best_score = number, max(scores)
        if best < 0:
            best = len(groups)
            groups.append([])
        groups[best].append(item)
        for key in found:
            if best not in by_key[key][-1:]:
                by_key[key].append(best)
    return groups
