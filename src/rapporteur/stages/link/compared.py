"""Which of a report's candidates are compared with it: of a text that the record holds twenty times not all twenty.

The nearest come first. Once a few likely parents hold what a further candidate would share with the report, that one is passed
over: it carries the same text, and would leave as much of the report unexplained as they do. A candidate that shares something
else, the source of another part, is compared whatever came before it. What is compared hangs on the candidates alone, and not on
who looked them up when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rapporteur.stages.link.derive import DIRECTED, Pair
from rapporteur.stages.link.index import Candidate

ENOUGH = 3
"""Likely parents that hold a key, after which sharing it makes no other report worth a comparison. 4,000 reports that tell each
of 400 texts ten times: without a bound 74,640 pairs are compared and for 2,247 of 3,600 retellings the very parent is found, of
mixed ones the second in 214 of 555; with 2, 3 and 4: 18,692, 25,808, 31,047 pairs, 2,315, 2,303, 2,274 parents, 241, 226, 215
second ones. (The likeliest parent by wording alone is often a sister; the nearest by keys seldom is.) Three are kept, because the
order of two retellings may be told by a third (``between``)."""
NEW = 3
"""Keys (of 64 folded ones) that a candidate must share beyond those, to be compared: two rare names stand in any two reports on
one matter. With 2: 36,005 pairs, 2,296 parents, 224 second ones."""


def compared(near: Iterable[Candidate], weighed: Callable[[str], Pair | None]) -> Iterator[tuple[Candidate, Pair | None]]:
    """The candidates of one report that are compared with it, nearest first, each with its pair (seen from the report).

    ``near``: all candidates, nearest first; ``weighed`` gives the pair with one of them, None when the two are not related.
    """
    holders = [0] * ENOUGH  # bits of the keys that at least one, two, ... of the likely parents so far have
    for candidate in near:
        if (candidate.held & ~holders[-1]).bit_count() < NEW:
            continue
        pair = weighed(candidate.report)
        yield candidate, pair
        if pair is not None and _likely(pair):
            for more in range(ENOUGH - 1, 0, -1):
                holders[more] |= holders[more - 1] & candidate.held
            holders[0] |= candidate.held


def _likely(pair: Pair) -> bool:
    """Whether, by the pair alone, its child took from its parent."""
    return pair.sure and pair.owed and pair.direction >= DIRECTED
