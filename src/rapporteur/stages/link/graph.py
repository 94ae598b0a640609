"""The graph over a whole record: pairs from the index, one direct parent each, further parents, what stays open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapporteur.model.lineage import Derivation
from rapporteur.model.report import Report
from rapporteur.stages.link.between import settle
from rapporteur.stages.link.derive import DIRECTED, Pair, choose, climb, common_origin, derivation, weigh, without_cycles
from rapporteur.stages.link.further import further
from rapporteur.stages.link.index import MemoryIndex, candidates, keys
from rapporteur.stages.link.origins import untold
from rapporteur.stages.link.profile import Profile
from rapporteur.stages.link.unseen import unseen_parents


@dataclass(frozen=True)
class Pairs:
    """The related pairs of a record: each under both of its reports, seen from that report."""

    profiles: Mapping[str, Profile]
    by_report: Mapping[str, list[Pair]]

    @classmethod
    def of(cls, profiles: Mapping[str, Profile]) -> Pairs:
        """All pairs that the index brings up and that prove related; the same for any order of ``profiles``."""
        asked = {report: keys(profiles[report]) for report in sorted(profiles)}
        index = MemoryIndex((report, k.keys) for report, k in asked.items())
        wanted = {
            (min(report, other), max(report, other)) for report, k in asked.items() for other in candidates(k, index, report)
        }
        found: dict[str, list[Pair]] = defaultdict(list)
        for a, b in sorted(wanted):
            pair = weigh(profiles[a], profiles[b])
            if pair is not None:
                found[a].append(pair)
                found[b].append(pair.turned())
        return cls(profiles, found)

    def weighed(self, one: str, other: str) -> Pair | None:
        """The pair of two reports, whether the index brought it up or not."""
        for pair in self.by_report.get(one, ()):
            if pair.parent == other:
                return pair
        return weigh(self.profiles[one], self.profiles[other])

    def parents(self) -> dict[str, Pair]:
        """The direct parent of every report that took from another, without circles."""
        chosen = {}
        for report in sorted(self.by_report):
            best = choose(settle(self.by_report[report], self.profiles, self.weighed), self.profiles)
            if best is not None:
                chosen[report] = best
        above = {report: pair.parent for report, pair in chosen.items()}
        return without_cycles({r: climb(p, above.get, self.profiles, self.weighed) for r, p in chosen.items()})


def derivations(
    reports: Mapping[str, Report], profiles: Mapping[str, Profile]
) -> tuple[tuple[Derivation, ...], dict[str, float]]:
    """All derivations of a record, and for each derived report the share of its sentences that its parents do not tell."""
    pairs = Pairs.of(profiles)
    chosen = pairs.parents()
    out: list[Derivation] = []
    fresh: dict[str, float] = {}
    for report, pair in chosen.items():
        made, fresh[report] = told_by(pair, pairs, chosen, reports)
        out.extend(made)
    out.extend(_open(pairs, chosen, reports))
    for report in sorted(profiles):
        out.extend(unseen_parents(reports[report], profiles[report], labels_above(report, chosen, profiles)))
    return tuple(sorted(out, key=lambda d: (d.report, d.parent or "", d.credited or ""))), fresh


def told_by(
    pair: Pair, pairs: Pairs, chosen: Mapping[str, Pair], reports: Mapping[str, Report]
) -> tuple[list[Derivation], float]:
    """The derivations of one report from its parents, and the share of its sentences that none of them tells."""
    profiles = pairs.profiles
    others = [p for p in pairs.by_report[pair.child] if not _goes_back(p.parent, pair.child, chosen)]
    found = [
        derivation(p, (profiles[p.child], reports[p.child].text), (profiles[p.parent], reports[p.parent].text))
        for p in [pair, *further(pair, others, profiles, pairs.weighed)]
    ]
    return [t.derivation for t in found], untold(profiles[pair.child], [t.ratio for t in found])


def _goes_back(report: str, ancestor: str, chosen: Mapping[str, Pair]) -> bool:
    """Whether ``report`` took, directly or through others, from ``ancestor``."""
    while report in chosen:
        report = chosen[report].parent
        if report == ancestor:
            return True
    return False


def labels_above(report: str, chosen: Mapping[str, Pair], profiles: Mapping[str, Profile]) -> set[str]:
    """What the ancestors of ``report`` in the record go by."""
    out: set[str] = set()
    while report in chosen:
        report = chosen[report].parent
        out.update(profiles[report].labels)
        out.update(n for n in (profiles[report].agency,) if n)
    return out


def _open(pairs: Pairs, chosen: Mapping[str, Pair], reports: Mapping[str, Report]) -> Iterable[Derivation]:
    """Related pairs of which neither has a parent and whose direction cannot be told: common origin."""
    profiles = pairs.profiles
    for report in sorted(pairs.by_report):
        if report in chosen:
            continue
        for pair in pairs.by_report[report]:
            other = pair.parent
            if not pair.sure or other in chosen or other > report or max(pair.direction, 1 - pair.direction) >= DIRECTED:
                continue
            yield common_origin(pair, (profiles[report], reports[report].text), (profiles[other], reports[other].text))
