"""Derivations: for each report, from which other it took, decided from the evidence of pairs.

A pair is judged by itself (``judge``); then each report chooses among the reports it may have taken from. Of a chain A - B - C
all
three pairs are related: C's parent is the one that leaves least of C unexplained and has least that C has not, that is B, whose
wording and changed facts C carries on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from rapporteur.model.lineage import Derivation, Relation
from rapporteur.stages.link.align import Alignment, Side, align, overlap, shared_at_most
from rapporteur.stages.link.evidence import Texts, gather
from rapporteur.stages.link.features import credits, original, same_agency
from rapporteur.stages.link.judge import related, took
from rapporteur.stages.link.profile import Profile

RELATED = 0.5
"""Probability from which two reports are taken as related."""
UPDATED = 0.75
"""The same for two reports of one agency: above it every pair of the wire sample that was read is an update, below it mostly
not."""
POSSIBLE = 0.15
"""Below it a pair is not looked at again; between it and ``RELATED`` only a third report can show that the two belong
together."""
DIRECTED = 0.55
"""Probability of the likelier direction from which it is stated; nearer to even than that it is left open."""
_WORTH_ALIGNING = (40.0, 0.2)
"""Shared weight in nats and as a share of the smaller report below which no related pair of the dev data lies (least: 48,
.31)."""
_LEAST_TOLD = 0.25
"""Share of its sentences that a report owes to its parent at least; in the dev retellings it is never below .70."""
_LEAST_COPIED = 40
"""Words taken word for word that make a parent whatever their share: more than any quotation of one sentence."""
_HEADLINE = 2
"""Terms that one headline must share more with the child's than any other to tell between parents of the same text."""
SAME = 0.03
"""Closeness of two parents within which they explain a child equally well (verbatim copies of one text differ by less)."""


Weighed = Callable[[str, str], "Pair | None"]


class Pair(NamedTuple):
    """A related pair seen from ``child``: ``related`` is the probability that it is one, ``direction`` that the child took
    from the
    parent and not the reverse. ``closeness``, 0 to 4, says how little the two leave each other unexplained; ``headline`` how many
    terms their headlines and labels share; ``sure`` whether the two are taken as related; ``owed`` whether the
    child has enough from the parent to have taken from it as a report, ``owed_back`` the same the other way round. The
    alignment itself is not kept:
    there are millions of pairs in a large record."""

    child: str
    parent: str
    related: float
    direction: float
    closeness: float
    headline: float
    sure: bool
    owed: bool
    owed_back: bool

    @property
    def score(self) -> float:
        return self.related * self.direction

    def turned(self) -> Pair:
        back = self._replace(child=self.parent, parent=self.child, direction=1.0 - self.direction)
        return back._replace(owed=self.owed_back, owed_back=self.owed)


def weigh(a: Profile, b: Profile) -> Pair | None:
    """The pair seen from ``a``; None when the two are surely not related. ``weigh(b, a)`` is the same pair turned."""
    if a.report > b.report:
        pair = weigh(b, a)
        return pair.turned() if pair else None
    if shared_at_most(a, b) < _WORTH_ALIGNING[0]:
        return None
    shared, share = overlap(a, b)
    if shared < _WORTH_ALIGNING[0] or share < _WORTH_ALIGNING[1]:
        return None
    found = align(a, b)
    probability = related(a, b, found)
    if probability < POSSIBLE:
        return None
    one, other = found.first, found.second
    close = one.aligned + other.aligned + one.verbatim + other.verbatim
    update = same_agency(a, b)
    return Pair(
        a.report,
        b.report,
        probability,
        took(a, b, found),
        close,
        found.headline,
        sure=probability >= (UPDATED if update else RELATED),
        owed=update or _owed(one, a),
        owed_back=update or _owed(other, b),
    )


def _owed(side: Side, child: Profile) -> bool:
    """Whether enough of a report stands in another: an alert of one sentence is in every report on its event, and parent of
    none."""
    return side.told >= _LEAST_TOLD or side.verbatim * child.arrays.body_tokens >= _LEAST_COPIED


def choose(pairs: Iterable[Pair], profiles: Mapping[str, Profile]) -> Pair | None:
    """Of one report's pairs (it is the child in all) the one that shows its direct parent; None when it took from none."""
    open_ = sorted((p for p in pairs if p.owed and p.direction >= DIRECTED), key=lambda p: (-p.closeness, p.parent))
    if not open_:
        return None
    equal = [p for p in open_ if p.closeness >= open_[0].closeness - SAME]
    child = profiles[open_[0].child]
    most = sorted(p.headline for p in equal)

    def rank(pair: Pair) -> tuple[bool, bool, bool, float, str]:
        parent = profiles[pair.parent]
        headline = len(equal) > 1 and pair.headline == most[-1] >= most[-2] + _HEADLINE
        return (not credits(child, parent), not headline, not original(parent), -pair.direction, pair.parent)

    return min(equal, key=rank)


def climb(best: Pair, above: Callable[[str], str | None], profiles: Mapping[str, Profile], weighed: Weighed) -> Pair:
    """``best``, or the pair with an ancestor of its parent that explains the child as well and is the likelier parent.

    Of a text that fifty sites carry, the look-up may bring up copies only; ``above`` gives a report's parent and leads to the
    first.
    """
    seen = {best.child, best.parent}
    parent = above(best.parent)
    while parent is not None and parent not in seen:
        seen.add(parent)
        pair = weighed(best.child, parent)
        if pair is None or not pair.sure:
            break
        best = choose([best, pair], profiles) or best
        parent = above(parent)
    return best


def without_cycles(chosen: Mapping[str, Pair]) -> dict[str, Pair]:
    """``chosen`` (child to pair) without its circles: of each the least probable step is taken out."""
    kept = dict(chosen)
    state: dict[str, int] = {}
    for start in sorted(chosen):
        path: list[str] = []
        at = start
        while at in kept and at not in state:
            state[at] = 1
            path.append(at)
            at = kept[at].parent
        if state.get(at) == 1 and at in path:
            circle = path[path.index(at) :]
            weakest = min(circle, key=lambda r: (kept[r].score, r))
            del kept[weakest]
        for report in path:
            state[report] = 2
    return kept


def relation_of(found: Alignment, child: Profile, parent: Profile) -> Relation:
    """Copy, excerpt, hop or rewrite, from how much is word for word and whether the child says where it has it from."""
    c, p = found.first, found.second
    if c.verbatim >= 0.8:
        return "copy" if p.verbatim >= 0.8 else "excerpt"
    if p.verbatim >= 0.8:
        return "copy"
    return "hop" if credits(child, parent) else "rewrite"


def reason_of(found: Alignment, child: Profile, parent: Profile) -> str:
    """Why this direction, in words; the strongest evidence first."""
    c, p = found.first, found.second
    reasons = []
    if same_agency(child, parent):
        reasons.append("update of a report of the same agency")
    if credits(child, parent):
        reasons.append("names it as where the news comes from")
    if child.day is not None and parent.last_day is not None and parent.last_day < child.day:
        reasons.append("published later")
    if original(parent) and not original(child):
        reasons.append("the parent bears the agency's own dateline")
    if c.aligned - p.aligned > 0.1:
        reasons.append("contained in it, while it holds more")
    if p.quoting - c.quoting > 0.03:
        reasons.append("direct speech has become indirect")
    if child.stray - parent.stray >= 3:
        reasons.append("stands in a site's furniture")
    return "; ".join(reasons) or "the balance of wording, detail and length"


class Told(NamedTuple):
    """A derivation and, by sentence of the child, how much of it the parent tells."""

    derivation: Derivation
    ratio: list[float]


def derivation(pair: Pair, child: tuple[Profile, str], parent: tuple[Profile, str]) -> Told:
    """The record of one chosen pair, with its evidence; the profiles come with their texts."""
    found = align(child[0], parent[0])
    made = Derivation(
        pair.child,
        pair.parent,
        None,
        relation_of(found, child[0], parent[0]),
        round(pair.score, 4),
        round(found.first.told, 4),
        gather(Texts(child, parent), found),
        reason_of(found, child[0], parent[0]),
    )
    return Told(made, found.first.ratio.tolist())


def common_origin(pair: Pair, one: tuple[Profile, str], other: tuple[Profile, str]) -> Derivation:
    """The record of a related pair whose direction cannot be told."""
    found = align(one[0], other[0])
    return Derivation(
        pair.child,
        pair.parent,
        None,
        "common-origin",
        round(pair.related * 0.5, 4),
        round(found.first.told, 4),
        gather(Texts(one, other), found),
        "the two share their text, but times, credits, wording and detail do not tell which came first",
    )
