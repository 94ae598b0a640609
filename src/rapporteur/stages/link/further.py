"""Further parents: what a report has from others than the one it mostly follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rapporteur.stages.link.align import ALIGNED, Bools, align
from rapporteur.stages.link.derive import DIRECTED, Pair, Weighed
from rapporteur.stages.link.profile import Profile

MOST = 4
"""Parents of one report, the first included; a longer list is a page of headlines."""
_SENTENCES = 2
"""Sentences that no parent so far tells and this one does: one alone is a quotation or a line of background."""
_SHARE = 0.15
"""The same as a share of the report's sentences."""
_WELL = 0.5
"""Aligned share from which such a sentence counts: stricter than elsewhere, because here chance has many candidates."""


def further(
    first: Pair, pairs: Iterable[Pair], profiles: Mapping[str, Profile], weighed: Weighed, later: Callable[[str], bool]
) -> list[Pair]:
    """Other parents among ``pairs`` of the child of ``first``: each tells sentences that the parents before it do not.

    A report related to a parent already chosen is none: it has the same matter from the same origin. Nor is one that took from
    the child itself (``later``).
    """
    open_ = sorted(
        (p for p in pairs if p.sure and p.direction >= DIRECTED and p.parent != first.parent),
        key=lambda p: (-p.closeness, p.parent),
    )
    chosen = [first]
    left: Bools | None = None  # the sentences that no parent so far tells; most reports have no candidate to count them for
    for pair in open_:
        # Asked of the chosen ones, whose pairs are at hand, and not of each candidate.
        if any((other := weighed(p.parent, pair.parent)) is not None and other.sure for p in chosen) or later(pair.parent):
            continue
        child = profiles[first.child]
        body = child.arrays.sentence_weights > 0
        if left is None:
            left = body & (align(child, profiles[first.parent]).first.ratio < ALIGNED)
        if not left.any():
            break
        ratio = align(child, profiles[pair.parent]).first.ratio
        if int((left & (ratio >= _WELL)).sum()) >= max(_SENTENCES, _SHARE * int(body.sum())):
            chosen.append(pair)
            left = left & (ratio < ALIGNED)
        if len(chosen) == MOST:
            break
    return chosen[1:]
