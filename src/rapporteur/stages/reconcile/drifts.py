"""Drifts whose passages stand in no other finding: one finding per passage of the parent, so that none is lost from view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapporteur.model.account import Finding
from rapporteur.model.lineage import Drift, Lineage
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.ids import Namer

MOST_LABEL = 120
"""Characters of a passage that name it in a table."""


def reconcile_drifts(found: Sequence[Finding], standing: Standing, lineage: Lineage) -> list[Finding]:
    """Findings for the drifts that no finding of ``found`` shows; of weight 0, since they tell what changed and not what is."""
    held = {c for f in found for c in (*f.supports, *f.contradicts)}
    left: dict[str, list[Drift]] = defaultdict(list)
    for drift in lineage.drifts:
        known = drift.source in standing.claims and drift.target in standing.claims
        if known and drift.source not in held and drift.target not in held:
            left[drift.source].append(drift)
    namer = Namer("drift")
    return [_finding(source, drifts, standing, namer) for source, drifts in sorted(left.items())]


def _finding(source: str, drifts: Sequence[Drift], standing: Standing, namer: Namer) -> Finding:
    text = " ".join(standing.claims[source].span.exact.split())
    claims = (source, *sorted({d.target for d in drifts}))
    return Finding(
        id=namer(source),
        kind="statement",
        label=text if len(text) <= MOST_LABEL else text[: MOST_LABEL - 1].rstrip() + "…",
        verdict="drift",
        supports=claims,
        contradicts=(),
        origins=standing.origins(claims),
        speakers=standing.speakers(claims),
        drifts=tuple(drifts),
    )
