"""Claims as evidence: what stands behind an observation, and how the record's findings leave it standing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapporteur.model.account import Finding
from rapporteur.model.board import ClaimStanding
from rapporteur.model.claims import Claim, EventClaim, FigureClaim, StatementClaim
from rapporteur.model.reading import Reading
from rapporteur.model.spans import Span
from rapporteur.stages.write.passages import Passage, Passages

SAID_OTHERWISE = ("position", "commitment")
"""Kinds of findings in which "superseded" means that the party itself now says something else. Of a level of forces it means that
there is a newer one: the older claim was not taken back."""


class Evidence:
    """The claims of a record with the findings over them."""

    def __init__(self, readings: Sequence[Reading], findings: Sequence[Finding]) -> None:
        self.passages = Passages(readings)
        self.readings = readings
        self._of: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            for claim in dict.fromkeys((*finding.supports, *finding.contradicts, *finding.parts, *finding.rejected)):
                self._of[claim].append(finding)

    def passage(self, claim: str) -> Passage | None:
        """The claim with this id in its report."""
        return next(iter(self.passages.known((claim,))), None)

    def standing(self, claim: str) -> tuple[ClaimStanding, int]:
        """How a claim stands, and from how many independent origins.

        retracted: a person struck it, or the party now says otherwise; disputed: another claim contradicts it; corroborated: two
        or more origins agree; claimed: one origin says it.
        """
        found = self._of.get(claim, [])
        origins = max((f.origins for f in found if claim in f.supports), default=1) or 1
        if any(claim in f.rejected or (claim in f.parts and f.kind in SAID_OTHERWISE) for f in found):
            return "retracted", origins
        if any(f.verdict == "differ" and claim in (*f.supports, *f.contradicts) for f in found):
            return "disputed", origins
        if origins > 1:
            return "corroborated", origins
        return "claimed", origins

    def group(self, claim: str) -> str:
        """What claims share that say the same: their finding and their side in it; the claim itself where there is none."""
        for finding in self._of.get(claim, []):
            if claim in finding.supports or claim in finding.contradicts:
                return f"{finding.id}{'+' if claim in finding.supports else '-'}"
        return claim

    def speaker(self, passage: Passage) -> str | None:
        """Who says it, where the report tells."""
        return self.passages.speaker_of(passage)


def quoted(passage: Passage) -> Span:
    """The words that an observation quotes: the whole statement, else the sentence around the claim."""
    if isinstance(passage.claim, StatementClaim):
        return passage.claim.span
    low, high = passage.sentence
    text = passage.reading.report.text
    sentence = text[low:high]
    return Span.of(text, low + len(sentence) - len(sentence.lstrip()), low + len(sentence.rstrip()))


def event_date(claim: Claim) -> str | None:
    """The date that a claim speaks of, as far as it tells one: ISO 8601 or TIMEX3, cut to what is known."""
    if isinstance(claim, EventClaim):
        return claim.when.value if claim.when else None
    if isinstance(claim, FigureClaim):
        return claim.figure.as_of or (claim.figure.window.end if claim.figure.window else None)
    return None
