"""Deciding anew, for the reports that a change may reach, from whom each took.

A decision about one report hangs on its pairs, on those of its parents up the chain, and on nothing else. A whole record is
therefore linked by the same function as one more report of it: all reports have changed, or a few.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter

from msgspec.structs import replace

from rapporteur.stages.link.between import settle
from rapporteur.stages.link.derive import DIRECTED, Pair, choose, climb, weigh, without_cycles
from rapporteur.stages.link.further import further
from rapporteur.stages.link.nodes import Node, Nodes
from rapporteur.stages.link.profile import Profile

_PARENT = attrgetter("parent")  # pairs stand in its order
Parents = Mapping[str, Pair | None]


def relink(
    changed: Collection[str], nodes: Nodes, profiles: Mapping[str, Profile], widened: Collection[str] | None = None
) -> set[str]:
    """Brings ``nodes`` to the state that follows from their pairs, when only the pairs of ``changed`` are other than before.
    ``widened`` are those whose further parents may be others even where the first is not (None: all that have changed).

    Returns the reports whose parents, ties or ancestors are other than before: their derivations are to be written anew.
    """
    linking = Linking(nodes, profiles)
    moved = linking.choose(changed)
    turned = linking.climb(_below(moved, nodes, lambda node: node.first))
    switched = linking.open_circles(turned)
    touched = linking.tell({*(changed if widened is None else widened), *switched, *linking.above(switched)})
    ends = {report for report, before in switched.items() if (before is None) != (nodes[report].chosen is None)}
    touched |= linking.tie({*changed, *ends})
    return touched | _below(switched, nodes, lambda node: node.chosen)


@dataclass(frozen=True)
class Linking:
    """The decisions one after another; each needs those before it for the reports that it looks at, and none of the others."""

    nodes: Nodes
    profiles: Mapping[str, Profile]
    _weighed: dict[tuple[str, str], Pair | None] = field(default_factory=dict)

    def weighed(self, one: str, other: str) -> Pair | None:
        """The pair of two reports, whether a look-up brought it up or not."""
        pairs = self.nodes[one].pairs
        at = bisect_left(pairs, other, key=_PARENT)
        if at < len(pairs) and pairs[at].parent == other:
            return pairs[at]
        if (one, other) not in self._weighed:
            self._weighed[one, other] = weigh(self.profiles[one], self.profiles[other])
        return self._weighed[one, other]

    def choose(self, reports: Collection[str]) -> set[str]:
        """Chooses the likeliest parent of each by its own pairs; returns those for which it is another than before."""
        moved = set()
        self.nodes.ready({p.parent for report in reports for p in self.nodes[report].pairs if p.sure})
        for report in sorted(reports):
            node = self.nodes[report]
            first = choose(settle(node.pairs, self.profiles, self.weighed), self.profiles)
            if first != node.first:
                self.nodes[report] = replace(node, first=first)
                moved.add(report)
        return moved

    def climb(self, reports: Iterable[str]) -> dict[str, Pair | None]:
        """Looks up the chain of each; returns, for those with another parent than before, the one before."""
        turned = {}
        for report in sorted(reports):
            node = self.nodes[report]
            climbed = climb(node.first, self._above, self.profiles, self.weighed) if node.first else None
            if climbed != node.climbed:
                turned[report] = node.climbed
                self.nodes[report] = replace(node, climbed=climbed)
        return turned

    def _above(self, report: str) -> str | None:
        first = self.nodes[report].first
        return first.parent if first else None

    def open_circles(self, turned: Parents) -> Parents:
        """Takes the weakest step out of every circle; returns, for those with another parent than before, the one before.

        Only chains through ``turned`` (with the parents before) can have a circle more or less than before.
        """

        def now(report: str) -> Pair | None:
            return self.nodes[report].climbed

        def before(report: str) -> Pair | None:
            return turned[report] if report in turned else now(report)

        reached = {r for report in turned for step in (now, before) for r in _chain(report, step)}
        kept = without_cycles({report: pair for report in reached if (pair := now(report)) is not None})
        switched = {}
        for report in sorted(reached):
            node = self.nodes[report]
            if kept.get(report) != node.chosen:
                switched[report] = node.chosen
                self.nodes[report] = replace(node, chosen=kept.get(report))
        return switched

    def above(self, switched: Parents) -> set[str]:
        """Ancestors, now or before, of the reports that have another parent than before."""

        def now(report: str) -> Pair | None:
            return self.nodes[report].chosen

        def before(report: str) -> Pair | None:
            return switched[report] if report in switched else now(report)

        return {r for report in switched for step in (now, before) for r in _chain(report, step)}

    def tell(self, reports: Iterable[str]) -> set[str]:
        """Finds the further parents of each; returns those that have others than before."""
        touched = set()
        for report in sorted(reports):
            node = self.nodes[report]
            parents: tuple[Pair, ...] = ()
            if node.chosen is not None:
                later = partial(self._goes_back, ancestor=report)
                parents = (node.chosen, *further(node.chosen, node.pairs, self.profiles, self.weighed, later))
            if parents != node.parents:
                self.nodes[report] = replace(node, parents=parents)
                touched.add(report)
        return touched

    def _goes_back(self, report: str, ancestor: str) -> bool:
        """Whether ``report`` took, directly or through others, from ``ancestor``."""
        while (pair := self.nodes[report].chosen) is not None:
            report = pair.parent
            if report == ancestor:
                return True
        return False

    def tie(self, reports: Iterable[str]) -> set[str]:
        """Finds with whom each has a common origin: neither has a parent, and which came first cannot be told."""
        later = {max(report, p.parent) for report in reports for p in self.nodes[report].pairs if _undirected(p)}
        touched = set()
        for report in sorted({*reports, *later}):
            node = self.nodes[report]
            tied: tuple[str, ...] = ()
            if node.chosen is None:
                tied = tuple(
                    p.parent for p in node.pairs if p.parent < report and _undirected(p) and self.nodes[p.parent].chosen is None
                )
            if tied != node.tied:
                self.nodes[report] = replace(node, tied=tied)
                touched.add(report)
        return touched


def _undirected(pair: Pair) -> bool:
    return pair.sure and max(pair.direction, 1 - pair.direction) < DIRECTED


def _chain(report: str, step: Callable[[str], Pair | None]) -> list[str]:
    """``report`` and those above it, up to the first or until it comes round."""
    seen = {report: None}
    while (pair := step(report)) is not None and pair.parent not in seen:
        report = pair.parent
        seen[report] = None
    return list(seen)


def _below(reports: Iterable[str], nodes: Nodes, step: Callable[[Node], Pair | None]) -> set[str]:
    """``reports`` and all that go back to them by ``step``."""
    found = set(reports)
    open_ = list(found)
    while open_:
        above = open_.pop()
        for report in nodes.takers(above):
            pair = step(nodes[report])
            if pair is not None and pair.parent == above and report not in found:
                found.add(report)
                open_.append(report)
    return found
