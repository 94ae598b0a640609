"""Origins: where information entered the record, and how many independent ones stand behind a set of claims.

Two reports that one agency or outlet wrote are two origins of text, and one voice: origins of one publisher are not independent.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from rapporteur.model.lineage import Derivation, Lineage, Origin
from rapporteur.stages.link.columns import BODY
from rapporteur.stages.link.credits import plain
from rapporteur.stages.link.profile import Profile
from rapporteur.stages.link.unseen import innermost

NEW = 0.3
"""Share of a retelling's sentences that its parents do not tell at all from which it counts as an origin of its own: on the dev
retellings, which add one sentence at most, the largest share is .24."""
_UNTOLD = 0.2
"""Aligned share of a sentence below which nothing in the parent tells it."""
_LEAST_NEW = 2  # sentences; a single stray one is a headline or a failed match


_PUBLISHER = 10
"""Characters of an origin's id that are its publisher's: 32 bits, of which 200 publishers share some once in 200,000 records."""


def origin_id(kind: str, name: str, publisher: str) -> str:
    """A stable id from content: the same unseen name or the same report has the same origin id in every record. It begins with
    what all origins of one publisher have in common."""
    return f"o-{_digest(publisher)[: _PUBLISHER - 2]}{_digest(f'{kind}:{name}')[:10]}"


def independent(origins: Iterable[str]) -> frozenset[str]:
    """One key for each publisher of ``origins`` (ids): agency or outlet, a report by nobody known, a text that is not in the
    record."""
    return frozenset(origin[:_PUBLISHER] for origin in origins)


def behind(origins: Iterable[Origin], reports: Set[str]) -> int:
    """How many independent ones of ``origins`` these reports lead to, at least one: who says something is its own origin."""
    return max(1, len(independent(o.id for o in origins if not reports.isdisjoint(o.reports))))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class OriginIndex:
    """Origins by report and by place in a report.

    ``reaches``: for each report the ids of all origins that it leads to. ``own``: the origin that a report itself is.
    ``passages``: by report, (start, end, parent, start and end in the parent) of what it took, in text order.
    """

    reaches: Mapping[str, frozenset[str]]
    own: Mapping[str, str]
    passages: Mapping[str, tuple[tuple[int, int, str, int, int], ...]]

    def origins_at(self, report: str, start: int, end: int) -> frozenset[str]:
        """Origins of what stands at [start, end) of ``report``: those of the parent's passage it came from, else the report's
        own.

        A report that is no origin of its own has what it has from its parents, wherever it stands.
        """
        for _ in range(_LONGEST):
            if report not in self.own:
                step = self._passage(report, start, end)
                if step is None:
                    return self.reaches.get(report, frozenset())
            else:
                step = self._passage(report, start, end)
                if step is None:
                    return frozenset({self.own[report]})
            report, start, end = step
        return self.reaches.get(report, frozenset())

    def _passage(self, report: str, start: int, end: int) -> tuple[str, int, int] | None:
        best = max(
            (
                (min(end, stop) - max(start, begin), parent, there, until)
                for begin, stop, parent, there, until in self.passages.get(report, ())
            ),
            default=None,
        )
        return (best[1], best[2], best[3]) if best and best[0] > 0 else None


_LONGEST = 50  # steps of a chain; lineages are free of circles, this only bounds damaged input


@dataclass(frozen=True)
class _Graph:
    """Seen parents, unseen parents and undirected ties by report."""

    parents: Mapping[str, list[Derivation]]
    unseen: Mapping[str, list[Derivation]]
    tied: Mapping[str, set[str]]

    @classmethod
    def of(cls, derivations: Iterable[Derivation]) -> _Graph:
        parents: dict[str, list[Derivation]] = defaultdict(list)
        unseen: dict[str, list[Derivation]] = defaultdict(list)
        tied: dict[str, set[str]] = defaultdict(set)
        for d in derivations:
            if d.relation == "common-origin" and d.parent is not None:
                tied[d.report].add(d.parent)
                tied[d.parent].add(d.report)
            elif d.parent is not None:
                parents[d.report].append(d)
            else:
                unseen[d.report].append(d)
        return cls(parents, unseen, tied)

    @cached_property
    def ties(self) -> dict[str, str]:
        """For each report tied to others by a common origin: the least id of its group."""
        out: dict[str, str] = {}
        for start in sorted(self.tied):
            if start in out:
                continue
            stack, group = [start], {start}
            while stack:
                for other in self.tied[stack.pop()] - group:
                    group.add(other)
                    stack.append(other)
            out.update(dict.fromkeys(group, min(group)))
        return out


Own = tuple[str, str, bool]
"""The origin that a report itself is: id, label, and whether it is in the record."""


def reached(
    labels: Mapping[str, str | None],
    derivations: Iterable[Derivation],
    fresh: Mapping[str, float],
    known: Mapping[str, frozenset[str]] | None = None,
) -> tuple[dict[str, Own], dict[str, frozenset[str]]]:
    """Of each report of ``labels`` (whom it is by: outlet or agency) the origin that it is itself, if it is one, and the ids of
    all that it leads to. ``fresh`` is the share of each report's sentences that no parent tells; ``known`` is what parents that
    are none of ``labels`` lead to."""
    graph = _Graph.of(derivations)
    own: dict[str, Own] = {}
    for report in sorted(labels):
        entry = _entry(report, labels[report], graph, fresh.get(report, 0.0))
        if entry is not None:
            own[report] = entry
    reaches = dict(known or {})
    for report in sorted(labels):
        _reach(report, graph, own, reaches)
    return own, {report: reaches[report] for report in labels}


def listed(own: Mapping[str, Own], reaches: Mapping[str, frozenset[str]]) -> tuple[Origin, ...]:
    """All origins, by id, with the reports that lead to each."""
    labels = {origin: (label, seen) for _, (origin, label, seen) in sorted(own.items())}
    members: dict[str, list[str]] = defaultdict(list)
    for report, found in sorted(reaches.items()):
        for origin in found:
            members[origin].append(report)
    return tuple(Origin(o, labels[o][0], labels[o][1], tuple(sorted(r))) for o, r in sorted(members.items()))


def whose(profile: Profile) -> str | None:
    """Whom a report is by."""
    return profile.outlet or profile.agency


def origins(
    profiles: Mapping[str, Profile], derivations: Iterable[Derivation], fresh: Mapping[str, float]
) -> tuple[tuple[Origin, ...], OriginIndex]:
    """The origins of a record and their index. ``fresh`` is the share of each report's sentences that no parent tells."""
    known = list(derivations)
    own, reaches = reached({report: whose(p) for report, p in profiles.items()}, known, fresh)
    return listed(own, reaches), OriginIndex(reaches, {r: e[0] for r, e in own.items()}, passages_of(known))


def _entry(report: str, label: str | None, graph: _Graph, fresh: float) -> Own | None:
    """The origin at which ``report`` itself stands, as (id, label, seen); None when all it has is from parents in the record."""
    if graph.parents.get(report) and fresh < NEW:
        return None
    last = innermost(graph.unseen.get(report, ()))
    if last is not None and last.credited is not None and not graph.parents.get(report):
        name = plain(last.credited)
        return origin_id("unseen", name, name), last.credited, False
    group = graph.ties.get(report)
    if group is not None and not graph.parents.get(report):
        return origin_id("common", group, group), "a text in common that is not in the record", False
    return _of_report(report, label), f"{label}: {report}" if label else report, True


def _of_report(report: str, label: str | None) -> str:
    """The id of the origin that a report by ``label`` is itself."""
    return origin_id("report", report, plain(label or "") or report)


def _reach(report: str, graph: _Graph, own: Mapping[str, Own], reaches: dict[str, frozenset[str]]) -> None:
    """Fills ``reaches`` for ``report`` and what it took from, parents first (no recursion: chains may be long)."""
    stack = [report]
    while stack:
        at = stack[-1]
        above = [d.parent for d in graph.parents.get(at, ()) if d.parent is not None]
        waiting = [p for p in above if p not in reaches and p not in stack]
        if waiting and at not in reaches:
            stack.extend(waiting)
            continue
        stack.pop()
        found = {origin for p in above for origin in reaches.get(p, frozenset())}
        if at in own:
            found.add(own[at][0])
        reaches[at] = frozenset(found)


def index_of(lineage: Lineage) -> OriginIndex:
    """The index of a lineage that was made before: all it needs stands in the derivations and origins."""
    reaches: dict[str, set[str]] = defaultdict(set)
    for origin in lineage.origins:
        for report in origin.reports:
            reaches[report].add(origin.id)
    taken = {d.report for d in lineage.derivations if d.parent is not None and d.relation != "common-origin"}
    tails = {r: origin_id("report", r, "")[_PUBLISHER:] for r in reaches}
    own = {r: origin for r, found in reaches.items() for origin in found if origin.endswith(tails[r])}
    own |= {r: min(found) for r, found in reaches.items() if r not in taken and r not in own}
    return OriginIndex({r: frozenset(found) for r, found in reaches.items()}, own, passages_of(lineage.derivations))


def passages_of(derivations: Iterable[Derivation]) -> dict[str, tuple[tuple[int, int, str, int, int], ...]]:
    """By report what it took, as in ``OriginIndex.passages``."""
    out: dict[str, list[tuple[int, int, str, int, int]]] = defaultdict(list)
    for d in derivations:
        if d.parent is None or d.relation == "common-origin":
            continue
        for e in d.evidence:
            if e.kind == "passage" and e.report is not None and e.parent is not None:
                out[d.report].append((e.report.start, e.report.end, d.parent, e.parent.start, e.parent.end))
    return {report: tuple(sorted(rows)) for report, rows in out.items()}


def untold(profile: Profile, ratios: Iterable[Iterable[float]]) -> float:
    """Share of the body sentences of ``profile`` that none of its parents tells; ``ratios`` per parent, aligned share by
    sentence."""
    rows = [list(r) for r in ratios]
    body = [i for i, (first, last, role) in enumerate(profile.arrays.sentences.tolist()) if role == BODY and last > first]
    if not body or not rows:
        return 0.0
    new = sum(max(row[i] for row in rows) < _UNTOLD for i in body)
    return new / len(body) if new >= _LEAST_NEW else 0.0
