"""Which passages of an event, a stand or a promise bear out the sentence that a line takes, and how many origins these are.

An event is one entry for all reports that tell of it, but a line shows one sentence, and that may say more: "the speaker,
describing Monday's session as good, said that all would meet again" is not borne out by every report of the session.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from rapporteur.model.account import Finding
from rapporteur.model.claims import EventClaim
from rapporteur.model.lineage import Origin
from rapporteur.stages.link.origins import behind
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.salience import ALIKE, BESIDE, CAPITALISED, SAID_ALIKE, Topic, alike, gist
from rapporteur.stages.write.wording import best_of

SHARED = frozenset(("event", "position", "commitment", "statement"))
"""Kinds of findings that hold claims of which the sentences may tell of different things."""


def for_lines(
    findings: Sequence[Finding], passages: Passages, origins: Sequence[Origin], derived: frozenset[str], topic: Topic
) -> list[Finding]:
    """``findings`` for wording: an event, a stand, a promise or a saying of several reports keeps the claims whose sentences
    share their content with the one that a line would take, and counts these."""
    bears = _Bearing(passages, origins, derived, topic.common)
    return [bears.narrowed(f) if f.kind in SHARED and len(f.supports) > 1 else f for f in findings]


class _Bearing:
    """Which passages bear out a line. Words that are in nearly every report are the process's, and bear nothing out."""

    def __init__(self, passages: Passages, origins: Sequence[Origin], derived: frozenset[str], common: frozenset[str]) -> None:
        self._passages, self._origins, self._derived, self._common = passages, origins, derived, common

    def narrowed(self, finding: Finding) -> Finding:
        """``finding`` with the claims that bear its line out, and their counts."""
        support = self._passages.known(finding.supports)
        if len({p.reading.report.id for p in support}) < 2:
            return finding
        best = best_of(support, self._derived)
        share = BESIDE if isinstance(best.claim, EventClaim) and best.claim.aside else ALIKE
        kept = [p for p in support if p is best or self._alike(best, p, share)]
        if len(kept) == len(support):
            return finding
        reports = {p.reading.report.id for p in kept}
        count = behind(self._origins, reports)
        verdict = "single" if count == 1 and finding.verdict == "agree" else finding.verdict
        speakers = len({s for p in kept if (s := self._passages.speaker_of(p))})
        claims = tuple(p.claim.id for p in kept)
        return replace(finding, supports=claims, origins=count, speakers=min(finding.speakers, speakers), verdict=verdict)

    def _alike(self, one: Passage, other: Passage, share: float) -> bool:
        a, b = gist(one.text), gist(other.text)
        own, others = a - self._common, b - self._common
        act, another = (gist(CAPITALISED.sub(" ", p.text)) - self._common for p in (one, other))
        return alike(own, others, share) and alike(act, another, SAID_ALIKE) if own and others else alike(a, b, share)
