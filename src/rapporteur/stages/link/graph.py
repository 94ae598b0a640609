"""The graph over a whole record, and the derivations that follow from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from rapporteur.model.lineage import Derivation
from rapporteur.model.report import Report
from rapporteur.stages.link.compared import compared, weighing
from rapporteur.stages.link.derive import Pair, common_origin, derivation
from rapporteur.stages.link.index import candidates, keys, order
from rapporteur.stages.link.nodes import MemoryNodes, Node, Nodes
from rapporteur.stages.link.origins import untold
from rapporteur.stages.link.profile import Profile
from rapporteur.stages.link.relink import relink
from rapporteur.stages.link.unseen import unseen_parents


class Told(NamedTuple):
    """The derivations of one report, and the share of its sentences that none of its parents tells (None without a parent)."""

    derivations: tuple[Derivation, ...]
    fresh: float | None


def linked(profiles: Mapping[str, Profile]) -> MemoryNodes:
    """The graph of a record; the same for any order of ``profiles``."""
    ordered = sorted(profiles, key=lambda report: order(profiles[report]))
    nodes = MemoryNodes()
    found: dict[str, list[Pair]] = defaultdict(list)
    for report, near in candidates({report: keys(profiles[report]) for report in ordered}, ordered):
        nodes[report] = Node(near=near)
        for _, pair in compared(near, weighing(profiles[report], profiles)):
            if pair is not None:
                found[report].append(pair)
                found[pair.parent].append(pair.turned())
    for report, pairs in found.items():
        nodes[report] = replace(nodes[report], pairs=tuple(sorted(pairs, key=lambda p: p.parent)))
    relink(ordered, nodes, profiles)
    return nodes


def derivations(
    reports: Mapping[str, Report], profiles: Mapping[str, Profile]
) -> tuple[tuple[Derivation, ...], dict[str, float]]:
    """All derivations of a record, and for each derived report the share of its sentences that its parents do not tell."""
    nodes = linked(profiles)
    return together({report: told(report, nodes, profiles, reports) for report in sorted(profiles)})


def together(found: Mapping[str, Told]) -> tuple[tuple[Derivation, ...], dict[str, float]]:
    """What was found by report as ``derivations`` gives it."""
    out = (d for one in found.values() for d in one.derivations)
    fresh = {report: one.fresh for report, one in found.items() if one.fresh is not None}
    return tuple(sorted(out, key=lambda d: (d.report, d.parent or "", d.credited or ""))), fresh


def told(report: str, nodes: Nodes, profiles: Mapping[str, Profile], reports: Mapping[str, Report]) -> Told:
    """The derivations of one report, with their evidence: from its parents, from a common origin, from unseen origins."""
    node, own = nodes[report], (profiles[report], reports[report].text)
    made: list[Derivation] = []
    fresh = None
    if node.parents:
        found = [derivation(p, own, (profiles[p.parent], reports[p.parent].text)) for p in node.parents]
        made.extend(one.derivation for one in found)
        fresh = untold(own[0], [one.ratio for one in found])
    for pair in node.pairs:
        if pair.parent in node.tied:
            made.append(common_origin(pair, own, (profiles[pair.parent], reports[pair.parent].text)))
    made.extend(unseen_parents(reports[report], own[0], _labels_above(report, nodes, profiles)))
    return Told(tuple(made), fresh)


def _labels_above(report: str, nodes: Nodes, profiles: Mapping[str, Profile]) -> set[str]:
    """What the ancestors of ``report`` in the record go by."""
    out: set[str] = set()
    while (pair := nodes[report].chosen) is not None:
        report = pair.parent
        out.update(profiles[report].labels)
        out.update(n for n in (profiles[report].agency,) if n)
    return out
