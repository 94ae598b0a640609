"""Drift of figures along one derivation: value, rounding, bound, window, merge.

Each figure of the child is aligned with the figure of the parent that counts the same thing in the passage that tells the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import Figure, FigureClaim
from rapporteur.model.lineage import Drift, DriftType
from rapporteur.stages.link.passages import Passage, Passages, Term, figures_in, terms_of, told_by
from rapporteur.stages.link.synonyms import senses
from rapporteur.stages.link.terms import stem

SAME_NUMBER = 0.2
"""Least similarity of two sentences whose figures have one value: the number itself is evidence."""
OTHER_NUMBER = 0.4
"""The same where the values differ: then only the words say that both speak of one thing."""
SURELY = 0.6
"""Similarity from which two figures of different value are one fact for their windows too."""
AROUND = 60
"""Characters on each side of a number that say what it counts."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A child's figure and the parent's figure it restates, with the similarity of their passages."""

    child: FigureClaim
    parent: FigureClaim
    score: float
    same_value: bool


def figure_drifts(child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]]) -> list[Drift]:
    """Drifts of the child's figures against the parent's, best aligned first, at most one per type and fact of the parent."""
    pairs = [p for i, passage in enumerate(child.all) for p in _pairs(child, parent, passage, aligned[i])]
    out: dict[tuple[str, str], tuple[float, Drift]] = {}
    for pair in pairs:
        for drift in _compare(pair):
            key = (_fact(pair.parent), drift.type)
            if key not in out or out[key][0] < pair.score:
                out[key] = (pair.score, drift)
    kept_well = {(_fact(p.parent), "bound") for p in pairs if p.same_value and p.parent.figure.bound == p.child.figure.bound}
    found = [d for key, (_, d) in out.items() if key not in kept_well]
    return found + _merges(child, parent, aligned, {p.child.id for p in pairs if p.same_value})


def _fact(claim: FigureClaim) -> str:
    """One name for a figure that a report repeats (headline, lead, body)."""
    f = claim.figure
    return f"{f.value}/{f.low}/{f.high}/{stem((f.counted or f.unit or '').lower())}"


def _pairs(child: Passages, parent: Passages, passage: Passage, aligned: Sequence[tuple[float, Passage]]) -> list[Pair]:
    out: list[Pair] = []
    taken: set[str] = set()
    figures = figures_in(passage)
    for same_value in (True, False):
        for figure in figures:
            if any(p.child.id == figure.id for p in out):
                continue
            best = max(
                (
                    (_score(child, parent, (figure, other), score, same_value=same_value), other)
                    for score, where in aligned
                    for other in figures_in(where)
                    if other.id not in taken and _one_value(figure.figure, other.figure) == same_value
                ),
                key=lambda found: (found[0], found[1].id),
                default=(0.0, figure),
            )
            if best[0] >= (SAME_NUMBER if same_value else OTHER_NUMBER):
                out.append(Pair(figure, best[1], best[0], same_value))
                taken.add(best[1].id)
    return out


def _score(child: Passages, parent: Passages, pair: tuple[FigureClaim, FigureClaim], score: float, *, same_value: bool) -> float:
    """Similarity of the sentences and of the words right around both numbers; 0 when they count different things."""
    a, b = pair
    alike = _same_thing(a.figure, b.figure)
    if alike is False or (not same_value and alike is not True):
        return 0.0
    if a.figure.state and b.figure.state and a.figure.state != b.figure.state:
        return 0.0
    near_a, near_b = _around(child, a), _around(parent, b)
    keys = frozenset(t.key for t in near_b)
    meanings = frozenset(s for t in near_b for s in t.senses)
    local = told_by(near_a, keys, meanings)
    return 0.6 * score + 0.4 * local


def _around(passages: Passages, claim: FigureClaim) -> tuple[Term, ...]:
    number = claim.figure.number
    passage = passages.at(number.start)
    low, high = (passage.start, passage.end) if passage else (0, number.end)
    return terms_of(passages.reading.report.text, max(low, number.start - AROUND), min(high, number.end + AROUND))


def _number(f: Figure) -> float | None:
    return f.value if f.value is not None else ((f.low + f.high) / 2 if f.low is not None and f.high is not None else None)


def _one_value(a: Figure, b: Figure) -> bool:
    if a.value is not None and b.value is not None:
        return math.isclose(a.value, b.value)
    return (a.low, a.high, a.value) == (b.low, b.high, b.value)


def _same_thing(a: Figure, b: Figure) -> bool | None:
    """True: the same thing is counted (or a synonym, or a people for persons); None: one does not say; False: other things."""
    if bool(a.unit) != bool(b.unit):
        return (a.unit or a.counted or "") == (b.unit or b.counted or "")
    if a.unit and b.unit:
        return a.unit == b.unit
    if not a.counted or not b.counted:
        return None
    x, y = (stem(c.lower().rsplit(" ", 1)[-1]) for c in (a.counted, b.counted))
    if x == y or senses(x) & senses(y):
        return True
    if a.state and a.state == b.state:
        return True
    people = [c for c in (a.counted, b.counted) if c.lower() in ("person", "people", "other", "man", "woman") or country_of(c)]
    return True if len(people) == 2 else None if people else False


def _compare(pair: Pair) -> list[Drift]:
    a, b = pair.child.figure, pair.parent.figure
    out = []
    kind = _value_drift(pair)
    if kind:
        out.append(_drift(kind, pair, f"{_said(b)} becomes {_said(a)}"))
    if (pair.same_value or pair.score >= SURELY) and _other_window(a, b):
        out.append(_drift("window", pair, f"{b.window.text if b.window else ''} becomes {a.window.text if a.window else ''}"))
    return out


def _other_window(a: Figure, b: Figure) -> bool:
    """Whether both name a stretch of time, resolved, and not the same one."""
    if a.window is None or b.window is None or not a.window.begin or not b.window.begin:
        return False
    return (a.window.begin, a.window.end) != (b.window.begin, b.window.end)


def _value_drift(pair: Pair) -> DriftType | None:
    a, b = pair.child.figure, pair.parent.figure
    if pair.same_value:
        return "bound" if a.bound != b.bound else None
    x, y = _number(a), _number(b)
    if x is None or y is None or y == 0:
        return None
    if _rounder(x, y) and abs(x - y) <= 0.12 * abs(y) and (a.bound != "exact" or _digits(x) == 1):
        return "rounding"
    return "value"


def _digits(x: float) -> int:
    """Significant digits of a number as written."""
    return len(f"{x:.10g}".replace(".", "").strip("0")) or 1


def _rounder(x: float, y: float) -> bool:
    return _digits(x) < _digits(y)


_WORDS = {
    "exact": "",
    "about": "about ",
    "at-least": "at least ",
    "at-most": "up to ",
    "more-than": "more than ",
    "less-than": "less than ",
    "range": "",
}


def _said(f: Figure) -> str:
    number = f"{f.value:,.10g}" if f.value is not None else f"{f.low or 0:,.10g} to {f.high or 0:,.10g}"
    return _WORDS[f.bound] + number


def _drift(kind: DriftType, pair: Pair, note: str) -> Drift:
    return Drift(kind, pair.parent.id, pair.child.id, note)


def _merges(
    child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]], explained: set[str]
) -> list[Drift]:
    """A child's figure that no figure of the parent explains, but the sum of two or three in one passage does."""
    out = []
    for i, passage in enumerate(child.all):
        for figure in figures_in(passage):
            value = figure.figure.value
            if figure.id in explained or value is None or value < 3 or figure.figure.unit:
                continue
            for score, where in aligned[i]:
                near = [
                    c
                    for n in (where.number - 1, where.number, where.number + 1)
                    if 0 <= n < len(parent.all)
                    for c in figures_in(parent.all[n])
                    if c.figure.value and not c.figure.unit
                ]
                parts = _sum_to(near, value) if score >= SAME_NUMBER else ()
                if parts:
                    made = " and ".join(_said(p.figure) for p in parts)
                    out.append(Drift("merge", parts[0].id, figure.id, f"{made} become {_said(figure.figure)}"))
                    break
    return out


def _sum_to(figures: Sequence[FigureClaim], total: float) -> tuple[FigureClaim, ...]:
    for size in (2, 3):
        for parts in combinations(figures[:10], size):
            if math.isclose(sum(p.figure.value or 0.0 for p in parts), total) and len({_fact(p) for p in parts}) == size:
                return parts
    return ()
