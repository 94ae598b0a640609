"""What linking keeps of each report of a record, so that one more report is linked without linking the others anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from rapporteur.stages.link.derive import Pair
from rapporteur.stages.link.index import Candidate


class Node(Struct, frozen=True, array_like=True):
    """One report in the graph.

    ``near``: its candidates among the reports before it (``index.nearest``). ``pairs``: its possible pairs, seen from it: with
    those candidates that it is compared with (``compared``), and with reports after it that are compared with it.
    ``first``: the pair with its likeliest parent by itself, ``climbed`` after a look at that one's ancestors, ``chosen`` without
    circles: its direct parent. ``parents``: that one and further ones. ``tied``: reports of lesser id with which it has a
    common origin. ``fresh``: share of its sentences that no parent tells.
    """

    near: tuple[Candidate, ...] = ()
    pairs: tuple[Pair, ...] = ()
    first: Pair | None = None
    climbed: Pair | None = None
    chosen: Pair | None = None
    parents: tuple[Pair, ...] = ()
    tied: tuple[str, ...] = ()
    fresh: float = 0.0


class Nodes(Protocol):
    """The nodes of a record by report id."""

    def __getitem__(self, report: str) -> Node:
        """The node of ``report``; an empty one when there is none yet."""
        ...

    def __setitem__(self, report: str, node: Node) -> None:
        """Keeps ``node`` for ``report``."""
        ...

    def ready(self, reports: Iterable[str]) -> None:
        """Told before the nodes (and profiles) of many reports are asked for."""
        ...

    def takers(self, report: str) -> Sequence[str]:
        """Sorted ids of the reports of which ``report`` is the ``first`` or the ``chosen`` parent."""
        ...


_EMPTY = Node()


class MemoryNodes:
    """Nodes in memory."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._takers: dict[str, set[str]] = defaultdict(set)

    def __getitem__(self, report: str) -> Node:
        return self._nodes.get(report, _EMPTY)

    def __setitem__(self, report: str, node: Node) -> None:
        for parent in parents_of(self[report]):
            self._takers[parent].discard(report)
        self._nodes[report] = node
        for parent in parents_of(node):
            self._takers[parent].add(report)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._nodes))

    def ready(self, reports: Iterable[str]) -> None:
        """Nothing is to be done."""

    def takers(self, report: str) -> Sequence[str]:
        return sorted(self._takers.get(report, ()))


def parents_of(node: Node) -> set[str]:
    """The ``first`` and the ``chosen`` parent of a node."""
    return {pair.parent for pair in (node.first, node.chosen) if pair is not None}
