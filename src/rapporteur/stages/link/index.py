"""Looking up, for one report, the few others of a record that it may share text with.

Each profile has keys of three sorts: sampled runs of words (copies, excerpts, light edits), its heaviest terms, and neighbouring
pairs of names or numbers (rewrites, whatever their wording). An index answers which reports have a key. A key that very many
reports have says nothing and is passed over (stop key), so that no look-up grows with the record.

Of two reports the later one (``order``: by date, then id) looks up the earlier. What a report finds then hangs on the reports
before it alone: a record to which reports come in the order of their dates is linked one by one exactly as at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

FEWEST = 2
"""Keys, folded to 64, that a candidate shares at least. Of 336 reports that share ``LEAST`` with one more in a record of 50,000,
all but 100 share one key alone, a pair of rare names. Parents among the candidates of 6,629 made retellings: 6,617 with 1, 6,616
with 2, 6,610 with 3 (an alert of one sentence has few keys)."""

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int64]


class KeySet(NamedTuple):
    """Keys of one report, sorted and distinct, with their weights in 1/24 nat (whole numbers, so that sums are exact)."""

    keys: Keys
    weights: Numbers


class Candidate(NamedTuple):
    """A report that another may have text from: the shared key weight, its id, and which keys both have, as bits of 64."""

    score: int
    report: str
    held: int


class Postings(NamedTuple):
    """Answer of an index: ``reports`` numbers of the reports that have a key, ``at`` which of the asked keys, in parallel."""

    reports: Numbers
    at: Numbers


class KeyIndex(Protocol):
    """Which reports have a key. ``MemoryIndex`` in memory; a record has a table (key, report number)."""

    def postings(self, keys: Keys, most: int) -> Postings:
        """Reports under each of ``keys`` (sorted), leaving out keys that more than ``most`` reports have."""
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


def order(profile: Profile) -> tuple[bool, int, int, str]:
    """Sort key of the reports of a record: by the first day (and minute) they may be from, undated last, then by id."""
    return profile.day is None, profile.day or 0, profile.minute or 0, profile.report


class MemoryIndex:
    """A ``KeyIndex`` over the keys of reports that are numbered from 0 in the order given: a sorted table of (key, report)."""

    def __init__(self, entries: Iterable[Keys] = ()) -> None:
        rows = list(entries)
        numbers = np.repeat(np.arange(len(rows), dtype=np.int32), [len(k) for k in rows])
        found = np.concatenate(rows) if rows else np.zeros(0, np.uint64)
        sort = np.argsort(found, kind="stable")
        self._keys, self._reports = found[sort], numbers[sort]

    def postings(self, keys: Keys, most: int) -> Postings:
        return self.before(len(self._reports), keys, most)

    def before(self, number: int, keys: Keys, most: int) -> Postings:
        """As ``postings``, over the reports numbered below ``number``, as if the others were not there."""
        left = np.searchsorted(self._keys, keys, "left")
        counts = np.searchsorted(self._keys, keys, "right") - left
        # The reports of a key stand in their order: the first most + 1 tell whether that many came before.
        np.minimum(counts, most + 1, out=counts)
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        reports = self._reports[np.arange(total) + np.repeat(left - (ends - counts), counts)]
        at = np.repeat(np.arange(len(keys)), counts)
        earlier = reports < number
        common = np.bincount(at[earlier], minlength=len(keys)) > most
        kept = earlier & ~common[at]
        return Postings(reports[kept].astype(np.int64), at[kept])


class Met(NamedTuple):
    """Reports that share keys with one: their numbers, the shared key weights (1/24 nat) and which keys (as in ``Candidate``), in
    parallel."""

    reports: Numbers
    scores: Numbers
    held: Keys


def met(asked: KeySet, found: Postings) -> Met:
    """The reports among ``found`` that share enough with ``asked`` to be candidates at all."""
    reports, where = np.unique(found.reports, return_inverse=True)
    # Sums of whole numbers: exact in double precision, whatever their order.
    scores = np.bincount(where, asked.weights[found.at], len(reports)).astype(np.int64)
    held = np.zeros(len(reports), np.uint64)
    np.bitwise_or.at(held, where, _bits(asked.keys)[found.at])
    enough = (scores >= LEAST) & (np.bitwise_count(held) >= FEWEST)
    return Met(reports[enough], scores[enough], held[enough])


def _bits(keys: Keys) -> Keys:
    """One bit of 64 per key, by the key alone: what two reports share is then the same bits seen from either."""
    one: Keys = np.uint64(1) << ((keys * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(58))
    return one


def nearest(found: Iterable[Candidate], top: int = TOP) -> tuple[Candidate, ...]:
    """Of candidates those that share most, best first; ties stand in id order.

    All that tie with the last one kept are kept as well (up to twice ``top``). ``nearest`` of what was kept before and one more
    is ``nearest`` of all.
    """
    ranked = sorted(found, key=lambda c: (-c.score, c.report))
    floor = ranked[top - 1].score if len(ranked) >= top else 0
    return tuple(c for c in ranked[: 2 * top] if c.score >= floor)


def floor(kept: Sequence[Candidate], top: int = TOP) -> int:
    """Shared key weight below which one more is not among the ``nearest``, where ``kept`` are those before it."""
    return kept[top - 1].score if len(kept) >= top else 0


def near(asked: KeySet, found: Postings, name: Callable[[int], str], top: int = TOP) -> tuple[Candidate, ...]:
    """The ``nearest`` among the reports ``found`` under the keys ``asked``; ``name`` gives the id of a report by its number."""
    reports, scores, held = met(asked, found)
    if len(scores) > 2 * top:
        best = scores >= np.partition(scores, -top)[-top]
        reports, scores, held = reports[best], scores[best], held[best]
    return nearest(map(Candidate, scores.tolist(), map(name, reports.tolist()), held.tolist()), top)


def candidates(
    asked: Mapping[str, KeySet], ordered: Sequence[str], top: int = TOP
) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
    """For each report its ``nearest`` among those before it; ``ordered`` are the reports of ``asked`` in their order."""
    index = MemoryIndex(asked[report].keys for report in ordered)
    for number, report in enumerate(ordered):
        own = asked[report]
        yield report, near(own, index.before(number, own.keys, STOP), ordered.__getitem__, top)
