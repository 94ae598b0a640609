"""Reconcile: claims of many reports to findings, each counted by independent origin and by speaker.

The result does not depend on the order of the readings: they are put into canonical order (published, then id) first.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.model.account import Finding
from rapporteur.model.lineage import Lineage
from rapporteur.model.reading import Reading
from rapporteur.stages.link.pins import with_pins
from rapporteur.stages.reconcile.context import ReportContext
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.drifts import reconcile_drifts
from rapporteur.stages.reconcile.events import reconcile_events
from rapporteur.stages.reconcile.figures import reconcile_figures
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.stages.reconcile.positions import reconcile_positions
from rapporteur.stages.reconcile.statements import reconcile_statements

RECONCILERS = (reconcile_figures, reconcile_statements, reconcile_events, reconcile_positions)


def reconcile(readings: Sequence[Reading], lineage: Lineage, decided: Decided | None = None) -> tuple[Finding, ...]:
    """All findings over ``readings``, sorted by kind and id; merged, split, corrected and rejected as people ``decided``."""
    ordered = sorted(readings, key=lambda r: (r.report.published.value if r.report.published else "", r.report.id))
    contexts = [ReportContext(r) for r in ordered]
    standing = Standing(with_pins(ordered, lineage.drifts), lineage, decided)
    found = [f for reconciler in RECONCILERS for f in reconciler(contexts, standing, lineage)]
    found += reconcile_drifts(found, standing, lineage)
    return tuple(sorted(found, key=lambda f: (f.kind, f.id)))
