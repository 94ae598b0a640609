"""Alignment of two reports: what share of each one's sentences is accounted for by the other, and where."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rapporteur.stages.link.profile import RUN, Arrays, Profile

ALIGNED = 0.35
"""Share of a sentence's weight from which it counts as told by the other report: in the dev retellings the true passage of a
rewritten sentence lies above it in 9 of 10 cases, the best passage of another report on the same event in 2 of 10."""

Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


class Side(NamedTuple):
    """One report seen from the other. Shares are of the report's own body, 0 to 1; -1 where it has nothing of the kind.

    ``covered``: weight of its terms that the other has, wherever they stand; ``aligned``: the same, but counted only where a
    sentence's terms stand together in at most three neighbouring sentences of the other. ``verbatim``: words in runs of ``RUN``
    or more that the other has. ``names``, ``numbers``: distinct ones that the other has. ``figures``: tokens of numbers in
    aligned sentences, ``kept`` those that the matching passage's report has. ``told``: share of sentences that are aligned.
    ``lead``: aligned share of the first two sentences; ``opening``: the same, in the first four of the other. ``quoting``:
    share of words inside quotation marks. ``size``: total weight
    of the distinct terms. ``ratio``: aligned share by sentence; ``match``: the sentence of the other that fits best, by sentence.
    """

    covered: float
    aligned: float
    verbatim: float
    names: float
    numbers: float
    figures: int
    kept: int
    told: float
    lead: float
    opening: float
    quoting: float
    size: float
    ratio: Floats
    match: Ints


class Alignment(NamedTuple):
    """``first`` is the first report seen from the second, ``second`` the reverse; ``shared`` the weight of common terms in nats;
    ``order`` the share of pairs of aligned sentences that stand in the same order in both; ``headline`` the weight of terms that
    the stray lines (headline, labels) have in common."""

    first: Side
    second: Side
    shared: float
    order: float
    headline: float

    def turned(self) -> Alignment:
        """The same alignment with the reports changed over."""
        return self._replace(first=self.second, second=self.first)


def found_in(values: NDArray[Any], among: NDArray[Any]) -> tuple[Bools, Ints]:
    """Which of ``values`` stand in ``among`` (sorted), and where there. Quickest where ``values`` are sorted too."""
    if not len(among):
        return np.zeros(len(values), bool), np.zeros(len(values), np.intp)
    at = np.searchsorted(among, values)
    at[at == len(among)] = 0
    return among[at] == values, at


_SIEVE = 1 << 16


def shared_at_most(a: Profile, b: Profile) -> float:
    """More than the weight of common terms can be: the cheapest test of two reports, before ``overlap``."""
    x = a.vocabulary
    sieve = np.zeros(_SIEVE, bool)
    sieve[np.frombuffer(b.terms, np.uint32) % _SIEVE] = True
    return float(x.weights[sieve[x.terms % _SIEVE]].sum()) * 1.001  # sums of single precision differ in their last digits


def overlap(a: Profile, b: Profile) -> tuple[float, float]:
    """Weight of common terms, and its share of the report that has fewer: the cheap test before ``align``."""
    x, y = a.vocabulary, b.vocabulary
    hit, _ = found_in(x.terms, y.terms)
    shared = float(x.weights[hit].sum())
    return shared, shared / max(min(x.size, y.size), 1.0)


def align(a: Profile, b: Profile) -> Alignment:
    """How ``a`` and ``b`` cover each other; ``align(b, a)`` is ``align(a, b).turned()``."""
    x, y = a.arrays, b.arrays
    hit, at = found_in(x.vocabulary, y.vocabulary)
    ix, iy = np.flatnonzero(hit), at[hit]
    weights = x.vocabulary_weights[ix]
    bx, by = _incidence(x, ix), _incidence(y, iy)
    first = _side(x, ix, (bx, by, weights), verbatim_mask(x, y))
    second = _side(y, iy, (by, bx, weights), verbatim_mask(y, x))
    small = first if first.size <= second.size else second
    headline = int(np.count_nonzero(found_in(x.headline, y.headline)[0]))
    return Alignment(first, second, float(weights.sum()), _order(small), float(headline))


def _incidence(x: Arrays, common: Ints) -> Floats:
    """Sentences by common terms (their places in the vocabulary): 1 where the sentence has the term. Rows of stray lines are
    empty."""
    out = np.zeros((len(x.sentences), len(common)), np.float32)
    column = np.full(len(x.vocabulary), -1, np.intp)
    column[common] = np.arange(len(common))
    at = column[x.told_terms]
    hit = at >= 0
    out[x.told_sentences[hit], at[hit]] = 1.0
    return out


def _windows(by: Floats) -> Floats:
    """Each row together with its neighbours: a retelling splits and joins sentences."""
    out = by.copy()
    np.maximum(out[:-1], by[1:], out=out[:-1])
    np.maximum(out[1:], by[:-1], out=out[1:])
    return out


def _side(x: Arrays, own: Ints, tables: tuple[Floats, Floats, Floats], copied: Bools) -> Side:
    bx, by, weights = tables
    if len(by) and len(bx) and len(weights):
        weighted = bx * weights
        window = weighted @ _windows(by).T
        got = window.max(axis=1)
        # the sentence itself, not its neighbour, among windows that hold the same terms
        match = (window + 0.5 * (weighted @ by.T)).argmax(axis=1)
    else:
        got, match = np.zeros(len(bx), np.float32), np.zeros(len(bx), np.intp)
    full = x.sentence_weights
    body = full > 0
    ratio = np.divide(got, full, out=np.zeros(len(full), np.float32), where=body)
    aligned = ratio >= ALIGNED
    match = np.where(aligned, match, -1)
    has = np.zeros(len(x.vocabulary), bool)
    has[own] = True
    figures, kept = _figures(x, ratio, has)
    lead = max(float(full[x.lead].sum()), 1.0)
    return Side(
        covered=float(weights.sum()) / max(x.size, 1.0),
        aligned=float(got.sum()) / max(x.sentence_total, 1.0),
        verbatim=int(np.count_nonzero(copied & x.in_body)) / max(x.body_tokens, 1),
        names=_share(has, x.is_name),
        numbers=_share(has, x.is_number),
        figures=figures,
        kept=kept,
        told=int(np.count_nonzero(aligned)) / max(int(np.count_nonzero(body)), 1),
        lead=float(got[x.lead].sum()) / lead,
        opening=_opening(bx, by, weights) / lead,
        quoting=x.quoting,
        size=x.size,
        ratio=ratio,
        match=match,
    )


def _opening(bx: Floats, by: Floats, weights: Floats) -> float:
    """Weight of the terms of the first two sentences of one that the first four of the other have; rows with no common term do
    not count."""
    one, other = bx[bx.any(axis=1)][:2], by[by.any(axis=1)][:4]
    return float((one.sum(axis=0) * other.any(axis=0)) @ weights) if len(one) and len(other) else 0.0


def _share(has: Bools, of: Bools) -> float:
    total = int(np.count_nonzero(of))
    return int(np.count_nonzero(has & of)) / total if total else -1.0


def _figures(x: Arrays, ratio: Floats, has: Bools) -> tuple[int, int]:
    """Number tokens in aligned sentences, and how many of them the other report has."""
    told = ratio[x.sentence_at[x.number_tokens]] >= ALIGNED
    return int(np.count_nonzero(told)), int(np.count_nonzero(has[x.number_terms[told]]))


_RUN = np.arange(RUN)


def verbatim_mask(x: Arrays, y: Arrays) -> Bools:
    """Tokens of ``x`` that stand in a run of ``RUN`` words that ``y`` has as well."""
    mask = np.zeros(len(x.terms), bool)
    hit = x.run_order[found_in(x.sorted_runs, y.sorted_runs)[0]]
    mask[(hit[:, None] + _RUN).ravel()] = True
    return mask


def _order(side: Side) -> float:
    """Share of pairs of aligned sentences that stand in the same order in both (1 when fewer than two are aligned)."""
    got = side.match[side.match >= 0]
    if len(got) < 2:
        return 1.0
    later = np.triu(got[None, :] >= got[:, None], 1)
    return int(later.sum()) / (len(got) * (len(got) - 1) / 2)
