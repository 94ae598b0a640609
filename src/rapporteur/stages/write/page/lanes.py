"""Where everything stands in the lineage picture: columns by time, one lane per family, one row per report.

Laid out like the history of a code repository: each node has a row of its own, children stand below and to the right of the
report they took from, and a family's rows follow its tree depth first. A line goes down from the parent and then right into
the child; all rows it passes belong to the parent's own descendants, which lie further right, so that no line crosses a node
and no label meets another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rapporteur.model.account import AccountReport
from rapporteur.model.lineage import Derivation
from rapporteur.stages.write.dates import short

MOST_NODES = 60
MOST_WITH_ALONE = 24
"""Reports up to which those that stand alone have a row of their own too; with more they are only listed."""


class Related(Protocol):
    """What is laid out: an account, or the part of one that a page shows."""

    @property
    def reports(self) -> Sequence[AccountReport]: ...
    @property
    def derivations(self) -> Sequence[Derivation]: ...


@dataclass(frozen=True, slots=True)
class Node:
    """A report (``seen``) or an origin that is credited but not in the record; ``column`` and ``row`` place it. A second origin
    of one report stands half a column before it, where no other line passes. ``about`` is set for a report without a date that
    was placed by what it shares with a dated one."""

    key: str
    label: str
    seen: bool
    column: float
    row: int
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """From a parent's node to a child's. ``relation`` as in Derivation; ``sure``: taken from a report that is in the record."""

    parent: Node
    child: Node
    relation: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One family: rows [first, last) and its name."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture in units of columns and rows; ``columns`` are their date labels."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    lanes: tuple[Lane, ...]
    columns: tuple[str, ...]
    alone: tuple[str, ...]
    left_out: int


def layout_of(account: Related, names: dict[str, str]) -> Layout:
    """The layout of an account's families; ``names`` maps report ids to labels. Of many reports those that stand alone are only
    listed."""
    dates = _dates(account)
    about = {r.id: r.placed.value for r in account.reports if r.placed and not r.published}
    links = [d for d in account.derivations if d.report in dates and (d.parent in dates or d.credited)]
    families = _families(links)
    related = {member for family in families for member in family}
    alone = tuple(r.id for r in account.reports if r.id not in related)
    if len(dates) <= MOST_WITH_ALONE:
        families += [[key] for key in sorted(alone, key=lambda k: (dates[k] or "9999", k))]
        alone = ()
    shown: list[list[str]] = []
    count = 0
    for family in families:
        if count and count + len(family) > MOST_NODES:
            continue
        shown.append(family[:MOST_NODES])
        count += len(shown[-1])
    placed = {key for family in shown for key in family}
    links = [d for d in links if d.report in placed and _parent(d) in placed]
    tree = _Tree(links, dates)
    labelled = _place(shown, tree, names, about)
    return replace(labelled, alone=alone, left_out=sum(map(len, families)) - count)


def _dates(account: Related) -> dict[str, str]:
    """ISO days by report, for the time axis. A placed report stands with the report it was placed by when that is of the month
    found, else at the month's end, and never before a report that it took from."""
    dates = {r.id: (r.published.value[:10] if r.published else "") for r in account.reports}
    undated = {r.id: r.placed for r in account.reports if r.placed and not r.published}
    for key, place in undated.items():
        near = dates.get(place.by, "")
        dates[key] = near if near.startswith(place.value) else f"{place.value}-31"[:10]
    for link in sorted(account.derivations, key=lambda d: (d.report, d.parent or "")):
        if link.report in undated and link.parent in dates:
            dates[link.report] = max(dates[link.report], dates[link.parent])
    return dates


def _parent(link: Derivation) -> str:
    return link.parent if link.parent is not None else f"credited:{(link.credited or '').casefold()}"


def _families(links: Sequence[Derivation]) -> list[list[str]]:
    """Connected groups of reports and credited origins, the largest first; members sorted."""
    group: dict[str, set[str]] = {}
    for link in links:
        one, other = group.setdefault(link.report, {link.report}), group.setdefault(_parent(link), {_parent(link)})
        if one is not other:
            small, large = (one, other) if len(one) < len(other) else (other, one)
            large |= small
            for key in small:
                group[key] = large
    unique = {min(members): members for members in group.values()}
    return sorted((sorted(members) for members in unique.values()), key=lambda m: (-len(m), m[0]))


class _Tree:
    """One parent per node: the likeliest seen one, else the credited origin; further parents are extra edges."""

    def __init__(self, links: Sequence[Derivation], dates: dict[str, str]) -> None:
        self.links = links
        self.dates = dict(dates)
        self.main: dict[str, Derivation] = {}
        ranked = sorted(links, key=lambda d: (d.report, d.parent is None, -d.score, _parent(d)))
        for link in ranked:
            if link.report not in self.main and not self._ancestor(link.report, _parent(link)):
                self.main[link.report] = link
        self.children: dict[str, list[str]] = {}
        for child, link in self.main.items():
            self.children.setdefault(_parent(link), []).append(child)
        for link in links:
            if link.parent is None:
                key = _parent(link)
                earliest = min(dates[d.report] for d in links if _parent(d) == key)
                self.dates[key] = min(self.dates.get(key, "9999"), earliest)
        self.fed = {_parent(d): d.report for d in reversed(links) if d.parent is None and _parent(d) not in self.children}
        for siblings in self.children.values():
            siblings.sort(key=lambda k: (self.dates[k] or "9999", k))

    def _ancestor(self, above: str, below: str) -> bool:
        """Whether ``above`` already stands over ``below``, so that another line would close a circle."""
        at = below
        while True:
            if at == above:
                return True
            if at not in self.main:
                return False
            at = _parent(self.main[at])

    def depth_first(self, family: Sequence[str]) -> list[str]:
        """The family's members, parents before children; credited origins with no child of their own before whom they fed."""
        fed = self.fed
        roots = [k for k in family if k not in self.main and k not in fed]
        roots.sort(key=lambda k: (self.dates[k] or "9999", k))
        order: list[str] = []
        stack = roots[::-1]
        while stack:
            key = stack.pop()
            order += sorted(f for f, child in fed.items() if child == key and f in family)
            order.append(key)
            stack += self.children.get(key, [])[::-1]
        return order


def _place(families: Sequence[Sequence[str]], tree: _Tree, names: dict[str, str], about: dict[str, str]) -> Layout:
    orders = [tree.depth_first(family) for family in families]
    depth = _depths([key for order in orders for key in order], tree)
    slots = sorted({(tree.dates[k] or "9999", depth[k]) for k in depth})
    column = {slot: index for index, slot in enumerate(slots)}
    labels: list[str] = []
    sure = {tree.dates[k] for k in depth if k not in about}
    for index, (date, _) in enumerate(slots):
        repeated = index and slots[index - 1][0] == date
        known = short(date) if date in sure else f"about {short(date[:7])}"
        labels.append("" if repeated else known if date != "9999" else "undated")
    nodes: dict[str, Node] = {}
    lanes, row = [], 0
    for order in orders:
        first = row
        for key in order:
            seen = not key.startswith("credited:")
            label = names[key] if seen else _credited_name(key, tree.links)
            child = tree.fed.get(key)
            at = key if child is None else child
            place = column[(tree.dates[at] or "9999", depth[at])] - (0.0 if child is None else 0.5)
            nodes[key] = Node(key, label, seen, place, row, about.get(key))
            row += 1
        lanes.append(Lane(first, row, nodes[order[0]].label if order else ""))
    edges = [
        Edge(nodes[_parent(d)], nodes[d.report], d.relation, d.parent is not None)
        for d in tree.links
        if _parent(d) in nodes and d.report in nodes
    ]
    return Layout(tuple(nodes.values()), tuple(edges), tuple(lanes), tuple(labels), (), 0)


def _credited_name(key: str, links: Sequence[Derivation]) -> str:
    return next((d.credited or "" for d in links if _parent(d) == key), key)


def _depths(keys: Sequence[str], tree: _Tree) -> dict[str, int]:
    """How many steps a node stands behind those of its own day, so that a line always runs to the right."""
    depth: dict[str, int] = {}
    for key in keys:
        parents = [_parent(d) for d in tree.links if d.report == key]
        same = [depth[p] + 1 for p in parents if p in depth and tree.dates[p] == tree.dates[key]]
        depth[key] = max(same, default=0)
    return depth
