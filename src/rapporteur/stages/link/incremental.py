"""One more report into a record: its parents, and the reports that turn out to have taken from it.

Costs a look-up and a few dozen comparisons, whatever the size of the record, and gives what linking the whole record anew
would give. The one exception: when a report comes in that is older than others of the record, keys that more than
``index.STOP`` reports have are passed over, though fewer may have come before it, and those others keep what they found by a key
that it made common.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from rapporteur.stages.link.between import NEAREST
from rapporteur.stages.link.derive import DIRECTED, SAME, Pair, weigh
from rapporteur.stages.link.index import nearest
from rapporteur.stages.link.nodes import Node, Nodes
from rapporteur.stages.link.profile import Profile
from rapporteur.stages.link.relink import relink


class Shelf(Protocol):
    """What adding one report asks of a record: the nodes, and the reports that share keys with it."""

    @property
    def nodes(self) -> Nodes:
        """The nodes of the record."""
        ...

    @property
    def profiles(self) -> Mapping[str, Profile]:
        """The profiles of the record, that of the new report included."""
        ...

    def meet(self, profile: Profile) -> list[Meeting]:
        """The other reports that share keys of weight ``index.LEAST`` with this one."""
        ...


class Meeting(NamedTuple):
    """A report that shares keys with another: the shared key weight, its id, whether it is the later one (``index.order``), and
    the ``index.floor`` of its candidates, or less."""

    score: int
    report: str
    later: bool
    floor: int


def link_one(profile: Profile, shelf: Shelf) -> set[str]:
    """Enters a report into the nodes of ``shelf``. Returns it and the reports whose derivations are to be written anew."""
    own, nodes, profiles = profile.report, shelf.nodes, shelf.profiles
    met = shelf.meet(profile)
    near = nearest((m.score, m.report) for m in met if not m.later)
    met = [m for m in met if m.later and m.score >= m.floor]
    nodes.ready([report for _, report in near] + [m.report for m in met])
    found = [weigh(profile, profiles[other]) for _, other in near]
    changed: set[str] = set()
    widened: set[str] = set()
    lost: set[str] = set()
    for m in met:
        if (dropped := _enter(nodes, m.report, (m.score, own))) is not None:
            found.append(weigh(profile, profiles[m.report]))
            lost |= dropped
    pairs = sorted((pair for pair in found if pair is not None), key=lambda p: p.parent)
    nodes[own] = Node(near=near, pairs=tuple(pairs))
    related = {pair.parent for pair in pairs if pair.sure}
    for pair in pairs:
        node = nodes[pair.parent]
        with_it = replace(node, pairs=tuple(sorted((*node.pairs, pair.turned()), key=lambda p: p.parent)))
        nodes[pair.parent] = with_it
        if matters(pair.turned(), with_it):
            changed.add(pair.parent)
        if widens(pair.turned(), with_it, related):
            widened.add(pair.parent)
    return {own, *relink({own, *changed, *lost}, nodes, profiles, {own, *widened, *lost})}


def _enter(nodes: Nodes, report: str, new: tuple[int, str]) -> set[str] | None:
    """Enters a ``new`` candidate of ``report``, an earlier one. None when it is not near enough; else the reports that lost a
    pair, because it took another's place."""
    node = nodes[report]
    near = nearest([*node.near, new])
    if new not in near:
        return None
    gone = {other for _, other in node.near} - {other for _, other in near}
    nodes[report] = replace(node, near=near, pairs=tuple(p for p in node.pairs if p.parent not in gone))
    lost = {other for other in gone if any(p.parent == other for p in node.pairs)}
    for other in lost:
        there = nodes[other]
        nodes[other] = replace(there, pairs=tuple(p for p in there.pairs if p.parent != report))
    return {report, *lost} if lost else set()


def matters(pair: Pair, node: Node) -> bool:
    """Whether a pair that is new to a node can change from whom the node's report took most: one that cannot be its parent, or
    leaves more unexplained than the likeliest does, counts only among its nearest, where it may take another's place, or when
    the direction is open."""
    if 1 - pair.direction < DIRECTED and pair.direction < DIRECTED:
        return True
    if pair.direction >= DIRECTED and (node.first is None or pair.closeness >= node.first.closeness - SAME):
        return True
    return sum((-p.closeness, p.parent) <= (-pair.closeness, pair.parent) for p in node.pairs) <= NEAREST


def widens(pair: Pair, node: Node, related: Collection[str]) -> bool:
    """Whether a pair that is new to a node can make a further parent of its report, beside the same first: that one has to be
    none of the reports that the pair's other report is ``related`` to."""
    return node.chosen is not None and pair.sure and pair.direction >= DIRECTED and node.chosen.parent not in related
