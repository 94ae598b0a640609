"""Which passages answer a search best, the same in every store: BM25 over the numbers of the passages that hold each word.

A passage is a sentence, in which a word seldom stands twice: that it is there counts, not how often. So an index has only to say
which passages hold a word, which takes it a tenth of the time of ranking them all, and needs no counts of its own.
Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
"""Numbers of passages, from 1, each once."""

K1, B = 1.2, 0.75
MEAN_LENGTH = 148
"""Code points of a passage on average: 148 in 24,707 of wire reports. Fixed: a score does not depend on the others' lengths."""
LOOKED_AT = 500
"""Passages of which the length is looked up: those with the weightiest words. Callers ask for 200 at most."""


def parsed(listed: str | None) -> Numbers:
    """The numbers in a list with commas, which is how databases hand over many of them fastest; None is an empty one."""
    return np.fromstring(listed or "", dtype=np.int64, sep=",")


def weightiest(groups: Sequence[Sequence[Numbers]], passages: int, most: int) -> dict[int, float]:
    """The passages with any word of each of ``groups``, which are given as the passages that hold each word: those with the
    weightiest words, at least ``most`` where there are so many, each with the sum of its words' inverse document frequencies."""
    weights = np.zeros(passages + 1)
    wanted = np.ones(passages + 1, dtype=bool)
    for group in groups:
        held = np.zeros(passages + 1, dtype=bool)
        for numbers in group:
            weights[numbers] += max(float(np.log((passages - len(numbers) + 0.5) / (len(numbers) + 0.5))), 1e-6)
            held[numbers] = True
        wanted &= held
    numbers = np.flatnonzero(wanted)
    most = max(most, LOOKED_AT)
    if len(numbers) > most:
        found = weights[numbers]
        least = np.partition(found, -most)[-most]
        above, level = numbers[found > least], numbers[found == least]
        numbers = np.concatenate([above, level[: most - len(above)]])
    return {int(number): float(weights[number]) for number in numbers}


def ranked(weights: Mapping[int, float], lengths: Mapping[int, int], most: int) -> list[tuple[int, float]]:
    """The ``most`` best passages with their scores, best first, of equals the one that came first. ``lengths`` in code points."""
    scores = {n: w * (K1 + 1) / (1 + K1 * (1 - B + B * lengths[n] / MEAN_LENGTH)) for n, w in weights.items()}
    return sorted(scores.items(), key=lambda one: (-one[1], one[0]))[:most]
