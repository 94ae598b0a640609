"""Scores of coreference: MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998), CEAF-e (Luo 2005) and their mean, CoNLL F1
(Pradhan et al. 2012). Clusters are sets of mentions; key and response need not hold the same mentions, and singletons count.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

Cluster = frozenset[Hashable]


class Score(NamedTuple):
    """Recall, precision and their harmonic mean."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def _home(clusters: Iterable[Cluster]) -> dict[Hashable, Cluster]:
    return {mention: cluster for cluster in clusters for mention in cluster}


def _muc_recall(key: Sequence[Cluster], response: Sequence[Cluster]) -> float:
    home = _home(response)
    links = kept = 0
    for cluster in key:
        parts = {id(home[m]) for m in cluster if m in home}
        missing = sum(1 for m in cluster if m not in home)
        links += len(cluster) - 1
        kept += len(cluster) - len(parts) - missing
    return kept / links if links else 0.0


def _b_cubed_recall(key: Sequence[Cluster], response: Sequence[Cluster]) -> float:
    home = _home(response)
    mentions = sum(map(len, key))
    return sum(len(c & home[m]) / len(c) for c in key for m in c if m in home) / mentions if mentions else 0.0


def muc(key: Sequence[Cluster], response: Sequence[Cluster]) -> Score:
    """Links kept."""
    return Score(_muc_recall(key, response), _muc_recall(response, key))


def b_cubed(key: Sequence[Cluster], response: Sequence[Cluster]) -> Score:
    """Per mention, the share of its cluster that is kept."""
    return Score(_b_cubed_recall(key, response), _b_cubed_recall(response, key))


def ceaf_e(key: Sequence[Cluster], response: Sequence[Cluster]) -> Score:
    """Clusters matched one to one so that the sum of 2|K∩R|/(|K|+|R|) is largest. Matched greedily, the largest first: on these
    clusters, most of them single, that loses little against the Hungarian method and needs no further package."""
    home = _home(response)
    pairs = {(n, home[m]) for n, c in enumerate(key) for m in c if m in home}
    weighed = [(2 * len(key[n] & r) / (len(key[n]) + len(r)), n, min(map(str, r)), r) for n, r in pairs]
    weighed.sort(key=lambda p: (-p[0], p[1:3]))
    taken_keys: set[int] = set()
    taken: set[Cluster] = set()
    total = 0.0
    for phi, n, _, r in weighed:
        if n not in taken_keys and r not in taken:
            taken_keys.add(n)
            taken.add(r)
            total += phi
    return Score(total / len(key) if key else 0.0, total / len(response) if response else 0.0)


METRICS: dict[str, Callable[[Sequence[Cluster], Sequence[Cluster]], Score]] = {"MUC": muc, "B3": b_cubed, "CEAFe": ceaf_e}


def conll(key: Sequence[Cluster], response: Sequence[Cluster]) -> float:
    """Mean F1 of the three."""
    return sum(metric(key, response).f1 for metric in METRICS.values()) / len(METRICS)
