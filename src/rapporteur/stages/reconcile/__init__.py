"""Reconcile: claims of many reports to findings, each counted by independent origin and by speaker.

The result does not depend on the order of the readings: their claims are put into canonical order (published, then report) first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rapporteur.model.account import Finding
from rapporteur.model.claims import report_of
from rapporteur.model.lineage import Lineage
from rapporteur.model.reading import Reading
from rapporteur.stages.link.ancestry import ancestries, related
from rapporteur.stages.link.origins import index_of
from rapporteur.stages.link.pins import with_pins
from rapporteur.stages.link.pool import Nothing, Pool
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.stages.reconcile.kinds import keys, more_keys
from rapporteur.stages.reconcile.ledger import Blank
from rapporteur.stages.reconcile.upkeep import News, renew


def reconcile(readings: Sequence[Reading], lineage: Lineage, decided: Decided | None = None) -> tuple[Finding, ...]:
    """All findings over ``readings``, sorted by kind and id; merged, split, corrected and rejected as people ``decided``."""
    return reconciled(readings, lineage, decided)[0]


def reconciled(readings: Sequence[Reading], lineage: Lineage, decided: Decided | None = None) -> tuple[tuple[Finding, ...], Pool]:
    """The same with the items and their groups, for a run that goes on from there (``upkeep.renew``)."""
    known = {c.id for r in readings for c in r.claims}
    pins = [c for r in with_pins(readings, lineage.drifts) for c in r.claims if c.id not in known]
    ledger, pool = Blank(lineage, pins), Pool(Nothing(), keys, more_keys)
    standing = Standing(index_of(lineage), ledger.drifts, decided or Decided())
    above, _ = ancestries((r.report.id for r in readings), lineage.derivations)
    drifted = frozenset(report_of(d.target) for d in lineage.drifts)
    news = News(readings, counted=drifted)
    found, _ = renew(news, pool, ledger, standing, partial(related, above))
    return found, pool
