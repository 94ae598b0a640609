"""Which passages of an event bear out the sentence that a line takes from one of them, and how many origins these are.

An event is one entry for all reports that tell of it, but a line shows one sentence, and that may say more: "the speaker,
describing Monday's session as good, said that all would meet again" is not borne out by every report of the session.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from rapporteur.model.account import Finding
from rapporteur.model.lineage import Origin
from rapporteur.stages.write.passages import Passages
from rapporteur.stages.write.salience import alike, gist
from rapporteur.stages.write.wording import best_of


def for_lines(
    findings: Sequence[Finding], passages: Passages, origins: Sequence[Origin], derived: frozenset[str]
) -> list[Finding]:
    """``findings`` for wording: an event that several reports tell of keeps the claims whose sentences share their content with
    the one that a line would take, and counts these."""
    return [_as_told(f, passages, origins, derived) if f.kind == "event" and len(f.supports) > 1 else f for f in findings]


def _as_told(finding: Finding, passages: Passages, origins: Sequence[Origin], derived: frozenset[str]) -> Finding:
    support = passages.known(finding.supports)
    if len({p.reading.report.id for p in support}) < 2:
        return finding
    words = gist(best_of(support, derived).text)
    kept = [p for p in support if alike(words, gist(p.text))]
    if len(kept) == len(support):
        return finding
    reports = {p.reading.report.id for p in kept}
    count = max(1, sum(not reports.isdisjoint(o.reports) for o in origins))
    verdict = "single" if count == 1 and finding.verdict == "agree" else finding.verdict
    return replace(finding, supports=tuple(p.claim.id for p in kept), origins=count, verdict=verdict)
