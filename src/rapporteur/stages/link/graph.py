"""The graph over a whole record: pairs from the index, one direct parent each, further parents, what stays open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapporteur.model.lineage import Derivation
from rapporteur.model.report import Report
from rapporteur.stages.link.between import settle
from rapporteur.stages.link.derive import DIRECTED, Pair, choose, common_origin, derivation, weigh, without_cycles
from rapporteur.stages.link.index import KeyIndex, MemoryIndex, candidates, keys
from rapporteur.stages.link.origins import untold
from rapporteur.stages.link.profile import Profile
from rapporteur.stages.link.unseen import unseen_parents


def pairs_of(profile: Profile, index: KeyIndex, profiles: Mapping[str, Profile]) -> list[Pair]:
    """All related pairs of one report with those in ``index``, seen from the report, directions settled."""
    found = [weigh(profile, profiles[other]) for other in candidates(keys(profile), index, profile.report) if other in profiles]
    return [p for p in found if p is not None]


def all_pairs(profiles: Mapping[str, Profile]) -> dict[str, list[Pair]]:
    """Related pairs of every report, each seen from that report; a pair stands under both."""
    asked = {report: keys(profiles[report]) for report in sorted(profiles)}
    index = MemoryIndex((report, k.keys) for report, k in asked.items())
    wanted = {(min(report, other), max(report, other)) for report, k in asked.items() for other in candidates(k, index, report)}
    out: dict[str, list[Pair]] = defaultdict(list)
    for a, b in sorted(wanted):
        pair = weigh(profiles[a], profiles[b])
        if pair is not None:
            out[a].append(pair)
            out[b].append(pair.turned())
    return out


def parents(pairs: Mapping[str, list[Pair]], profiles: Mapping[str, Profile]) -> dict[str, Pair]:
    """The direct parent of every report that took from another, without circles."""
    chosen = {}
    for report in sorted(pairs):
        best = choose(settle(pairs[report], profiles), profiles)
        if best is not None:
            chosen[report] = best
    return without_cycles(chosen)


def derivations(
    reports: Mapping[str, Report], profiles: Mapping[str, Profile]
) -> tuple[tuple[Derivation, ...], dict[str, float]]:
    """All derivations of a record, and for each derived report the share of its sentences that its parents do not tell."""
    pairs = all_pairs(profiles)
    chosen = parents(pairs, profiles)
    out: list[Derivation] = []
    fresh: dict[str, float] = {}
    for report, pair in chosen.items():
        both = ((profiles[report], reports[report].text), (profiles[pair.parent], reports[pair.parent].text))
        out.append(derivation(pair, *both))
        fresh[report] = untold(profiles[report], [pair.found.first.ratio.tolist()])
    out.extend(_open(pairs, chosen, reports, profiles))
    for report in sorted(profiles):
        known = _labels_above(report, chosen, profiles)
        if report not in chosen or not known:
            out.extend(unseen_parents(reports[report], profiles[report], known))
    return tuple(sorted(out, key=lambda d: (d.report, d.parent or "", d.credited or ""))), fresh


def _labels_above(report: str, chosen: Mapping[str, Pair], profiles: Mapping[str, Profile]) -> set[str]:
    """What the ancestors of ``report`` in the record go by."""
    out: set[str] = set()
    while report in chosen:
        report = chosen[report].parent
        out.update(profiles[report].labels)
    return out


def _root(report: str, chosen: Mapping[str, Pair]) -> str:
    while report in chosen:
        report = chosen[report].parent
    return report


def _open(
    pairs: Mapping[str, list[Pair]],
    chosen: Mapping[str, Pair],
    reports: Mapping[str, Report],
    profiles: Mapping[str, Profile],
) -> Iterable[Derivation]:
    """Related pairs whose roots differ and whose direction cannot be told: common origin."""
    for report in sorted(pairs):
        if report in chosen:
            continue
        for pair in pairs[report]:
            other = pair.parent
            if other in chosen or other > report or max(pair.direction, 1 - pair.direction) >= DIRECTED:
                continue
            yield common_origin(pair, (profiles[report], reports[report].text), (profiles[other], reports[other].text))
