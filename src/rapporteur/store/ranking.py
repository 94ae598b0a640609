"""Which passages answer a search best, the same in every store: BM25 over the numbers of the passages that hold each word.

A passage is a sentence, in which a word seldom stands twice: that it is there counts, not how often. So an index has only to say
which passages hold a word, which takes it a tenth of the time of ranking them all, and needs no counts of its own.
Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from rapporteur.store.words import Word

Numbers = NDArray[np.int32]
"""Numbers of passages, from 1, each once."""

_NONE: Numbers = np.zeros(0, dtype=np.int32)
K1, B = 1.2, 0.75
MEAN_LENGTH = 148
"""Code points of a passage on average: 148 in 24,707 of wire reports. Fixed: a score does not depend on the others' lengths."""
LOOKED_AT = 1_000
"""Passages of which the length is looked up: those with the weightiest words. A quarter are more than callers show."""


def parsed(listed: str | None) -> Numbers:
    """The numbers in a list with commas, which is how databases hand over many of them fastest; None is an empty one."""
    return np.fromstring(listed or "", dtype=np.int32, sep=",")


class HeldWords:
    """The passages of the words that were asked for last. Passages are only ever added: of a word that is known only those that
    have come since are looked up. The words of a record's subject stand in many passages, and are asked for ever again."""

    MOST = 64
    """Words. One in 100,000 passages takes 0.4 MB."""

    def __init__(self) -> None:
        self._held: OrderedDict[Word, tuple[int, Numbers]] = OrderedDict()
        self._lock = Lock()

    def of(self, word: Word, last: int, look: Callable[[Word, int], Numbers]) -> Numbers:
        """Numbers up to ``last`` of the passages that hold ``word``; ``look`` gives those after a number."""
        with self._lock:
            known, numbers = self._held.get(word, (0, _NONE))
        if known < last:
            numbers = np.concatenate([numbers, look(word, known)])
            numbers = numbers[numbers <= last]  # one that comes in at this moment is found by the next search
            with self._lock:
                self._held[word] = (last, numbers)
                self._held.move_to_end(word)
                if len(self._held) > self.MOST:
                    self._held.popitem(last=False)
        return numbers if known <= last else numbers[numbers <= last]


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
    numbers = _spread(np.flatnonzero(wanted).astype(np.int32), weights, max(most, LOOKED_AT))
    return {int(number): float(weights[number]) for number in numbers}


def _spread(numbers: Numbers, weights: NDArray[np.float64], most: int) -> Numbers:
    """``most`` of ``numbers``, the weightiest first. Of many with equal words at most a quarter, from the whole record (they may
    be one sentence that was copied often), and more only where there are no others."""
    if len(numbers) <= most:
        return numbers
    sorted_ = numbers[np.argsort(-weights[numbers], kind="stable")]
    _, begins, sizes = np.unique(-weights[sorted_], return_index=True, return_counts=True)
    place, size, share = np.arange(len(sorted_)) - np.repeat(begins, sizes), np.repeat(sizes, sizes), most // 4
    taken = (place + 1) * share // size > place * share // size
    return np.concatenate([sorted_[taken], sorted_[~taken]])[:most]


def ranked(weights: Mapping[int, float], lengths: Mapping[int, int], most: int) -> list[tuple[int, float]]:
    """The ``most`` best passages with their scores, best first, of equals the one that came first. ``lengths`` in code points."""
    scores = {n: w * (K1 + 1) / (1 + K1 * (1 - B + B * lengths[n] / MEAN_LENGTH)) for n, w in weights.items()}
    return sorted(scores.items(), key=lambda one: (-one[1], one[0]))[:most]
