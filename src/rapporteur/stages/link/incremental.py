"""One more report into a record: its parents, and the reports that turn out to have taken from it.

Costs a look-up and a few dozen comparisons, whatever the size of the record, and gives what linking the whole record anew
would give. The one exception: when a report comes in that is older than others of the record, keys that more than
``index.STOP`` reports have are passed over, though fewer may have come before it, and those others keep what they found by a key
that it made common.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from rapporteur.stages.link.between import NEAREST
from rapporteur.stages.link.compared import compared, weighing
from rapporteur.stages.link.derive import DIRECTED, SAME, Pair, weigh
from rapporteur.stages.link.index import Candidate, nearest
from rapporteur.stages.link.nodes import Node, Nodes
from rapporteur.stages.link.profile import Profile
from rapporteur.stages.link.relink import relink

_PARENT = attrgetter("parent")  # pairs stand in its order


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
    """A report that shares keys with another: as a candidate of it, whether it is the later one (``index.order``), and the
    ``index.floor`` of its own candidates, or less."""

    candidate: Candidate
    later: bool
    floor: int


def link_one(profile: Profile, shelf: Shelf) -> set[str]:
    """Enters a report into the nodes of ``shelf``. Returns it and the reports whose derivations are to be written anew."""
    own, nodes, profiles = profile.report, shelf.nodes, shelf.profiles
    met = shelf.meet(profile)
    near = nearest(m.candidate for m in met if not m.later)
    later = [m.candidate for m in met if m.later and m.candidate.score >= m.floor]
    nodes.ready([c.report for c in (*near, *later)])
    found = [pair for _, pair in compared(near, weighing(profile, profiles))]
    anew: set[str] = set()
    for candidate in later:
        entered = _enter(nodes, profiles, candidate.report, candidate._replace(report=own))
        found.append(entered.pair)
        anew |= entered.anew
    pairs = sorted((pair for pair in found if pair is not None), key=_PARENT)
    nodes[own] = Node(near=near, pairs=tuple(pairs))
    related = {pair.parent for pair in pairs if pair.sure}
    changed, widened = {own, *anew}, {own, *anew}
    for pair in pairs:
        with_it = _with(nodes[pair.parent], [pair.turned()])
        nodes[pair.parent] = with_it
        if matters(pair.turned(), with_it):
            changed.add(pair.parent)
        if widens(pair.turned(), with_it, related):
            widened.add(pair.parent)
    return {own, *relink(changed, nodes, profiles, widened)}


class Entered(NamedTuple):
    """A report among the candidates of one after it: their pair, seen from it, and the reports that have lost or gained a pair
    with others, because it took another's place."""

    pair: Pair | None = None
    anew: frozenset[str] = frozenset()


def _enter(nodes: Nodes, profiles: Mapping[str, Profile], report: str, new: Candidate) -> Entered:
    """Enters a ``new`` candidate of ``report``, an earlier one; their pair is left to be entered."""
    node = nodes[report]
    near = nearest([*node.near, new])
    if new not in near:
        return Entered()
    known = {pair.parent: pair for pair in node.pairs}
    before = {c.report for c, _ in compared(node.near, known.get)}

    def weighed(other: str) -> Pair | None:
        return known.get(other) if other in before else weigh(profiles[report], profiles[other])

    now = {c.report: pair for c, pair in compared(near, weighed)}
    pair = now.pop(new.report, None)
    gone = (before - now.keys()) & known.keys()
    come = [p for other, p in now.items() if p is not None and other not in before]
    nodes[report] = replace(_with(_without(node, gone), come), near=near)
    for other in gone:
        nodes[other] = _without(nodes[other], {report})
    for one in come:
        nodes[one.parent] = _with(nodes[one.parent], [one.turned()])
    moved = gone.union(one.parent for one in come)
    return Entered(pair.turned() if pair else None, frozenset({report, *moved} if moved else ()))


def _with(node: Node, pairs: Iterable[Pair]) -> Node:
    return replace(node, pairs=tuple(sorted((*node.pairs, *pairs), key=_PARENT)))


def _without(node: Node, others: Collection[str]) -> Node:
    return replace(node, pairs=tuple(p for p in node.pairs if p.parent not in others))


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
