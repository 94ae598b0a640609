"""Which of a report's candidates are compared with it: of a text that the record holds twenty times not all twenty.

The nearest come first. Once a few likely parents hold what a further candidate would share with the report, that one is passed
over: it carries the same text, and would leave as much of the report unexplained as they do. A candidate that shares something
else, the source of another part, is compared whatever came before it. What is compared hangs on the candidates alone, and not on
who looked them up when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from rapporteur.stages.link.derive import DIRECTED, Pair, weigh
from rapporteur.stages.link.index import Candidate
from rapporteur.stages.link.profile import Profile

ENOUGH = 3
"""Likely parents that hold a key, after which sharing it makes no other report worth a comparison. 4,000 reports that tell each
of 400 texts ten times: when all candidates are compared, 64,399 pairs, the very parent is found of 2,247 of 3,600 retellings, the
second one of 214 of 555 mixed ones; with 2, 3 and 4: 24,808, 34,258, 41,326 pairs, 2,322, 2,307, 2,275 parents, 240, 226, 213
second ones. (The likeliest parent by wording alone is often a sister; the nearest by keys seldom is.) Three are kept, because
the order of two retellings may be told by a third (``between``)."""
NEW = 3
"""Keys (of 64 folded ones) that a candidate must share beyond those, to be compared, where it shares any of those. With 2: 35,920
pairs, 2,306 parents, 225 second ones."""


def compared(near: Iterable[Candidate], weighed: Callable[[str], Pair | None]) -> Iterator[tuple[Candidate, Pair | None]]:
    """The candidates of one report that are compared with it, nearest first, each with its pair (seen from the report).

    ``near``: all candidates, nearest first; ``weighed`` gives the pair with one of them, None when the two are not related.
    """
    holders = [0] * ENOUGH  # bits of the keys that at least one, two, ... of the likely parents so far have
    for candidate in near:
        new = candidate.held & ~holders[-1]
        if new != candidate.held and new.bit_count() < NEW:
            continue
        pair = weighed(candidate.report)
        yield candidate, pair
        if pair is not None and _likely(pair):
            for more in range(ENOUGH - 1, 0, -1):
                holders[more] |= holders[more - 1] & candidate.held
            holders[0] |= candidate.held


def weighing(own: Profile, profiles: Mapping[str, Profile]) -> Callable[[str], Pair | None]:
    """``weighed`` for ``compared``: the pair of a report with one of ``profiles``, by its id."""
    return lambda other: weigh(own, profiles[other])


def _likely(pair: Pair) -> bool:
    """Whether, by the pair alone, its child took from its parent."""
    return pair.sure and pair.owed and pair.direction >= DIRECTED
