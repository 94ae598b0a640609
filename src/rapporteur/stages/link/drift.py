"""Drift: facts that changed along a derivation, found by aligning what the two reports say, passage by passage.

Neutral by design: a drift may be a correction, and the older report is not always right. Types are those of ``DriftType``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapporteur.model.lineage import Derivation, Drift, DriftType
from rapporteur.model.reading import Reading
from rapporteur.model.spans import Span
from rapporteur.stages.link.drift_figures import figure_drifts
from rapporteur.stages.link.drift_hedges import hedge_drifts
from rapporteur.stages.link.drift_opposites import opposite_drifts
from rapporteur.stages.link.drift_polarity import polarity_drifts
from rapporteur.stages.link.drift_scope import scope_drifts
from rapporteur.stages.link.drift_speakers import speaker_drifts
from rapporteur.stages.link.drift_times import time_drifts
from rapporteur.stages.link.drift_wording import wording_drifts
from rapporteur.stages.link.passages import Passages, align

DETECTORS = (
    figure_drifts,
    speaker_drifts,
    hedge_drifts,
    time_drifts,
    polarity_drifts,
    opposite_drifts,
    scope_drifts,
    wording_drifts,
)


def find_drifts(readings: Sequence[Reading], derivations: Iterable[Derivation]) -> tuple[Drift, ...]:
    """Drifts along every derivation that has a parent in the record and a direction, sorted."""
    by_id = {r.report.id: r for r in readings}
    made: dict[str, Passages] = {}
    out: set[Drift] = set()
    for d in derivations:
        if d.parent in by_id and d.report in by_id and d.relation != "common-origin":
            out.update(drifts_between(_passages(by_id[d.report], made), _passages(by_id[d.parent], made)))
    return tuple(sorted(out, key=lambda d: (d.target, d.source, d.type, d.note)))


def drifts_between(child: Passages, parent: Passages) -> list[Drift]:
    """Drifts from ``parent`` to ``child``; of two of one type whose passages overlap on both sides the more exact one."""
    aligned = align(child, parent)
    found = [d for detector in DETECTORS for d in detector(child, parent, aligned)]
    spans = {d: (parent.span_of(d.source), child.span_of(d.target)) for d in found}
    out: dict[DriftType, list[Drift]] = defaultdict(list)
    for drift in sorted(spans, key=lambda d: sum(s.end - s.start for s in spans[d])):
        if not any(all(map(Span.overlaps, spans[drift], spans[other])) for other in out[drift.type]):
            out[drift.type].append(drift)
    return [d for d in spans if d in out[d.type]]


def _passages(reading: Reading, made: dict[str, Passages]) -> Passages:
    if reading.report.id not in made:
        made[reading.report.id] = Passages(reading)
    return made[reading.report.id]
