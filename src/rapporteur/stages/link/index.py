"""Looking up, for one report, the few others of a record that it may share text with.

Each profile has keys of three sorts: sampled runs of words (copies, excerpts, light edits), its heaviest terms, and neighbouring
pairs of names or numbers (rewrites, whatever their wording). An index answers which reports have a key. A key that very many
reports have says nothing and is passed over (stop key), so that no look-up grows with the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from rapporteur.stages.link.profile import Profile
from rapporteur.stages.link.terms import NAME, NUMBER

SAMPLE = 8
"""One run in eight is a key, chosen by its hash: a copied passage of 40 words is missed with probability (7/8)^36 < 1 %."""
MOST_RUNS, MOST_TERMS, MOST_PAIRS = 48, 32, 24
STOP = 128
"""Reports; a key that more have is passed over."""
TOP = 16
"""Candidates kept of one look-up."""
LEAST = 160
"""Shared key weight (1/24 nat) below which a report is no candidate: about two rare names."""

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int64]


class KeySet(NamedTuple):
    """Keys of one report, sorted and distinct, with their weights in 1/24 nat (whole numbers, so that sums are exact)."""

    keys: Keys
    weights: Numbers


class Postings(NamedTuple):
    """Answer of an index: ``reports`` numbers of the reports that have a key, ``at`` which of the asked keys, in parallel."""

    reports: Numbers
    at: Numbers


class KeyIndex(Protocol):
    """Which reports have a key. The store implements it as a table (key, report number); ``MemoryIndex`` in memory.

    Report numbers are the index's own; ``report_ids`` gives the ids back. ``add`` is idempotent per report id.
    """

    def add(self, report: str, keys: Keys) -> None:
        """Enters one report under its keys."""
        ...

    def postings(self, keys: Keys, most: int) -> Postings:
        """Reports under each of ``keys`` (sorted), leaving out keys that more than ``most`` reports have."""
        ...

    def report_ids(self, numbers: Sequence[int]) -> list[str]:
        """Ids of the reports with these numbers."""
        ...


def keys(profile: Profile) -> KeySet:
    """The look-up keys of ``profile``."""
    x = profile.arrays
    sampled = np.unique(x.runs[(x.runs % np.uint64(SAMPLE)) == 0])[:MOST_RUNS]
    heavy = np.argsort(-x.vocabulary_weights, kind="stable")[:MOST_TERMS]
    heavy = heavy[x.vocabulary_weights[heavy] >= _RARE]
    pairs, pair_weights = _pairs(profile)
    all_keys = np.concatenate([sampled, x.vocabulary[heavy].astype(np.uint64) | _TERM, pairs])
    weights = np.concatenate(
        [np.full(len(sampled), _RUN_WEIGHT), np.round(x.vocabulary_weights[heavy] * 24).astype(np.int64), pair_weights]
    )
    distinct, where = np.unique(all_keys, return_index=True)
    return KeySet(distinct, weights[where].astype(np.int64))


_TERM = np.uint64(1) << np.uint64(40)
_RARE = 5.0  # nats; below it a term stands in more than one report in 150
_RUN_WEIGHT = 96  # 4 nats for a sampled run: runs come eight at a time where text was copied


def _pairs(profile: Profile) -> tuple[Keys, Numbers]:
    """Neighbouring names and numbers (at most two words between) of the body as one key: "Nureddin Mezni", "22 ... Sirba"."""
    x = profile.arrays
    at = np.flatnonzero(x.told & ((x.kinds == NAME) | (x.kinds == NUMBER)))
    near = np.flatnonzero((np.diff(at) <= 3) & (np.diff(x.sentence_at[at]) == 0))
    first, second = at[near], at[near + 1]
    low = np.minimum(x.terms[first], x.terms[second]).astype(np.uint64)
    high = np.maximum(x.terms[first], x.terms[second]).astype(np.uint64)
    hashed = (low << np.uint64(32) | high) * np.uint64(0x9E3779B97F4A7C15)
    weights = np.round((x.weights[first] + x.weights[second]) * 24).astype(np.int64)
    best = np.lexsort((hashed, -weights))[:MOST_PAIRS]
    return hashed[best], weights[best]


_NONE: list[int] = []


class MemoryIndex:
    """A ``KeyIndex`` in memory: a sorted table of (key, report), and a small dictionary of what was added since it was sorted."""

    def __init__(self, entries: Iterable[tuple[str, Keys]] = ()) -> None:
        rows = list(entries)
        self._ids = [report for report, _ in rows]
        self._known = set(self._ids)
        self._keys = np.concatenate([k for _, k in rows]) if rows else np.zeros(0, np.uint64)
        self._reports = np.repeat(np.arange(len(rows), dtype=np.int32), [len(k) for _, k in rows])
        self._recent: dict[int, list[int]] = {}
        self._unsorted = 0
        self._sort()

    def __len__(self) -> int:
        return len(self._ids)

    def _sort(self) -> None:
        order = np.argsort(self._keys, kind="stable")
        self._keys, self._reports = self._keys[order], self._reports[order]

    def add(self, report: str, keys: Keys) -> None:
        if report in self._known:
            return
        number = len(self._ids)
        self._ids.append(report)
        self._known.add(report)
        for key in keys.tolist():
            self._recent.setdefault(key, []).append(number)
        self._unsorted += len(keys)
        if self._unsorted > 200_000 and self._unsorted > len(self._keys) // 8:
            self._merge()

    def _merge(self) -> None:
        counts = [len(v) for v in self._recent.values()]
        fresh = np.repeat(np.fromiter(self._recent, np.uint64, len(self._recent)), counts)
        numbers = np.fromiter((n for v in self._recent.values() for n in v), np.int32, sum(counts))
        self._keys = np.concatenate([self._keys, fresh])
        self._reports = np.concatenate([self._reports, numbers])
        self._recent, self._unsorted = {}, 0
        self._sort()

    def postings(self, keys: Keys, most: int) -> Postings:
        left = np.searchsorted(self._keys, keys, "left")
        counts = np.searchsorted(self._keys, keys, "right") - left
        recent = [self._recent.get(k, _NONE) for k in keys.tolist()] if self._recent else []
        if recent:
            more = np.fromiter(map(len, recent), np.int64, len(keys))
            stop = counts + more > most
            fresh = np.flatnonzero((more > 0) & ~stop).tolist()
        else:
            stop, fresh = counts > most, []
        counts[stop] = 0
        # positions left[i] .. left[i] + counts[i] of every key at once
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        positions = np.arange(total) + np.repeat(left - (ends - counts), counts)
        reports = self._reports[positions].astype(np.int64)
        at = np.repeat(np.arange(len(keys)), counts)
        for i in fresh:
            reports = np.append(reports, np.array(recent[i], np.int64))
            at = np.append(at, np.full(len(recent[i]), i))
        return Postings(reports, at)

    def report_ids(self, numbers: Sequence[int]) -> list[str]:
        return [self._ids[n] for n in numbers]


def candidates(asked: KeySet, index: KeyIndex, own: str, top: int = TOP) -> list[str]:
    """Ids of the reports in ``index`` that share most with ``asked``, best first, without ``own``; ties stand in id order.

    All that tie with the last one kept are kept as well (up to twice ``top``), so that the answer does not hang on the order in
    which reports were entered.
    """
    found = index.postings(asked.keys, STOP)
    if not len(found.reports):
        return []
    reports, where = np.unique(found.reports, return_inverse=True)
    # Sums of whole numbers: exact in double precision, whatever their order.
    score = np.bincount(where, asked.weights[found.at]).astype(np.int64)
    last = int(np.partition(score, -top - 1)[-top - 1]) if len(score) > top + 1 else 0
    floor = max(last, LEAST)
    best = np.flatnonzero(score >= floor)
    ids = index.report_ids(reports[best].tolist())
    ranked = sorted((-s, r) for s, r in zip(score[best].tolist(), ids, strict=True) if r != own)
    return [r for _, r in ranked[: 2 * top]]
