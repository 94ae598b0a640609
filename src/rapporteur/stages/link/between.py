"""Which of two retellings of one text came first: the triangle of a parent, its child and its grandchild.

What a retelling leaves out, the next in the chain cannot know. Let S be a text that X and Y both go back to. If Y took from X,
then
Y has next to nothing of S that X has not, while X has much of S that Y has not. (Textual critics reason so about manuscripts:
the copy does not restore what its exemplar lost.)
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rapporteur.stages.link.align import found_in
from rapporteur.stages.link.derive import Pair, Weighed
from rapporteur.stages.link.profile import Profile

NEAREST = 6
"""Pairs of a report, by closeness, whose direction a third may turn."""
_SURE = 0.75
_STRENGTH = 4.0
"""Log-odds for a child that restores nothing of the common text; the eight dev chains have .27 to .95 of that, the right way
round."""
_EVEN = 20.0  # nats, about three rare words: fewer are chance


def restored(x: Profile, y: Profile, common: Profile) -> float:
    """From -1 (``x`` came after ``y``) to 1 (``y`` after ``x``): what of ``common`` one has and the other lacks, against the
    reverse."""
    u, v, s = x.arrays, y.arrays, common.arrays
    in_x, in_y = found_in(s.vocabulary, u.vocabulary)[0], found_in(s.vocabulary, v.vocabulary)[0]
    lost = float(s.vocabulary_weights[in_x & ~in_y].sum())
    regained = float(s.vocabulary_weights[in_y & ~in_x].sum())
    return (lost - regained) / (lost + regained + _EVEN)


def settle(pairs: Sequence[Pair], profiles: Mapping[str, Profile], weighed: Weighed) -> list[Pair]:
    """One report's pairs with the direction of each reconsidered in the light of a third that both surely took from.

    A pair that is only possible by itself is taken as related when there is such a third, and left out otherwise. ``weighed``
    gives
    the pair of two reports (ids), None when they are not related.
    """
    near = sorted(pairs, key=lambda p: (-p.closeness, p.parent))[:NEAREST]
    roots = [p for p in near if p.sure and p.direction >= _SURE]
    out = [p for p in pairs if p.sure and p not in near]
    for pair in near:
        third = _common(pair, roots, weighed)
        if third is not None:
            root, side = third
            child, other = profiles[pair.child], profiles[pair.parent]
            turn = _STRENGTH * restored(other, child, profiles[root.parent])
            bound = max(pair.related, min(root.related, side.related))
            out.append(pair._replace(related=bound, direction=_shift(pair.direction, turn), sure=True))
        elif pair.sure:
            out.append(pair)
    return out


def _common(pair: Pair, roots: Sequence[Pair], weighed: Weighed) -> tuple[Pair, Pair] | None:
    """A report that both of ``pair`` surely took from: its pairs with the child and with the parent, each seen from the taker."""
    for root in roots:
        if root.parent != pair.parent:
            side = weighed(pair.parent, root.parent)
            if side is not None and side.sure and side.direction >= _SURE:
                return root, side
    return None


def _shift(probability: float, log_odds: float) -> float:
    odds = math.log(max(probability, 1e-6) / max(1.0 - probability, 1e-6)) + log_odds
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
