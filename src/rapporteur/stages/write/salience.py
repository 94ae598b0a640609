"""Which findings a brief is made of: those that many reports carry, that are contested, and that count something.

``Finding.weight`` says how early and in how many origins a finding stands (the lead of a news report holds what its editor held
most important). The factors below put on top what a reader of an account asks for first. They were set by reading the briefs of
six processes against their reports: without them a brief was a list of single statements from headlines and leads, and the
figure that four reports gave was missing.
"""

from __future__ import annotations

from math import log2

from rapporteur.model.account import Finding
from rapporteur.model.claims import FigureClaim
from rapporteur.stages.write.passages import Passages

VERDICT = {"differ": 1.5, "sum": 1.4, "superseded": 1.4, "drift": 1.2, "agree": 1.2, "single": 1.0}
KIND = {"figure": 1.25, "commitment": 1.25, "position": 1.1, "event": 1.1, "statement": 0.8}
FEW, COUNTED_FEW = 10, 0.4
"""A count below ten of what was not harmed or deployed ("two sides", "three rounds") is seldom a figure to report."""
MOST_OF_A_KIND = {"figure": 5, "commitment": 2, "position": 3, "event": 4, "statement": 4}
"""So that one kind of claim does not fill a brief."""


def salience(finding: Finding, passages: Passages) -> float:
    """How much a finding belongs into the brief; comparable within one account only."""
    support = passages.known(finding.supports)
    reports = len({p.reading.report.id for p in support})
    score = finding.weight * VERDICT[finding.verdict] * KIND[finding.kind] * (1.0 + 0.5 * log2(max(1, reports)))
    score *= 1.0 + 0.25 * max(0, finding.origins - 1)
    figures = [p.claim.figure for p in support if isinstance(p.claim, FigureClaim)]
    if figures and not any(f.state or f.unit for f in figures):
        values = [v for f in figures for v in (f.value, f.high) if v is not None]
        if values and max(values) < FEW:
            score *= COUNTED_FEW
    return score
