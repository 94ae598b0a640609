"""Which passages of an event bear out the sentence that a line takes from one of them, and how many origins these are.

An event is one entry for all reports that tell of it, but a line shows one sentence, and that may say more: "the speaker,
describing Monday's session as good, said that all would meet again" is not borne out by every report of the session.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from rapporteur.model.account import Finding
from rapporteur.model.claims import EventClaim
from rapporteur.model.lineage import Origin
from rapporteur.stages.write.passages import Passages
from rapporteur.stages.write.salience import ALIKE, alike, gist
from rapporteur.stages.write.wording import best_of

BESIDE = 0.6
"""Share of content words for a sentence that tells of the event only beside its own news. 0.6: of nine such pairs read, the seven
below say different things, the two above the same."""


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
    best = best_of(support, derived)
    words = gist(best.text)
    share = BESIDE if isinstance(best.claim, EventClaim) and best.claim.aside else ALIKE
    kept = [p for p in support if p is best or alike(words, gist(p.text), share)]
    if len(kept) == len(support):
        return finding
    reports = {p.reading.report.id for p in kept}
    count = max(1, sum(not reports.isdisjoint(o.reports) for o in origins))
    verdict = "single" if count == 1 and finding.verdict == "agree" else finding.verdict
    return replace(finding, supports=tuple(p.claim.id for p in kept), origins=count, verdict=verdict)
