"""What reports go back to: two of which one took from the other, or both from a third, are related.

Not whole families: a round-up of two stories connects two families, and makes neither's reports relatives of the other's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapporteur.model.lineage import Derivation
from rapporteur.stages.link.families import Sets

Above = Mapping[str, frozenset[str]]
"""For each report: itself, all reports that it goes back to, and the groups of common origin of any of these."""


def ancestries(
    reports: Iterable[str], derivations: Iterable[Derivation], known: Above | None = None
) -> tuple[dict[str, frozenset[str]], dict[str, tuple[str, ...]]]:
    """Of each report what it goes back to, and the reports with which it has a common origin. ``known``: the first of these for
    parents that are none of ``reports``. Reports that share nothing there are not related (``related``)."""
    reports = set(reports)
    parents: dict[str, list[str]] = defaultdict(list)
    tied: dict[str, set[str]] = defaultdict(set)
    sets = Sets(reports)
    for d in derivations:
        if d.parent is None:
            continue
        if d.relation != "common-origin":
            parents[d.report].append(d.parent)
        elif d.parent in sets and d.report in sets:
            sets.join(d.report, d.parent)
            tied[d.report].add(d.parent)
            tied[d.parent].add(d.report)
    above = dict(known or {})
    for report in sorted(reports):
        stack = [report]
        while stack:
            at = stack[-1]
            waiting = [p for p in parents.get(at, ()) if p not in above and p in reports and p not in stack]
            if waiting and at not in above:
                stack.extend(waiting)
                continue
            stack.pop()
            group = {f"{sets.find(at)}\x1f"} if at in tied else set()
            above[at] = frozenset({at}.union(group, *(above.get(p, frozenset({p})) for p in parents.get(at, ()))))
    return {r: above[r] for r in reports}, {r: tuple(sorted(found)) for r, found in tied.items()}


def related(above: Above, one: str, other: str) -> bool:
    """Whether two reports go back to one."""
    return one == other or not above[one].isdisjoint(above[other])
