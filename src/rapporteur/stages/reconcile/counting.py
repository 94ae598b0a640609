"""How well something stands: how many independent origins and how many speakers a set of claims leads to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapporteur.model.claims import Claim, CommitmentClaim, FigureClaim, PositionClaim, StatementClaim
from rapporteur.model.lineage import Lineage
from rapporteur.model.reading import Reading
from rapporteur.stages.link.descriptions import described
from rapporteur.stages.link.families import families
from rapporteur.stages.link.origins import index_of
from rapporteur.stages.reconcile.judged import Decided


class Standing:
    """Counts origins and speakers of claims. Two reports that lead to one origin count once; so do two outlets quoting one
    speaker. A claim in a passage that a report took from another stands on that other's origins; the rest on its own.
    ``decided``: what people merged, split, rejected and corrected.
    """

    def __init__(self, readings: Sequence[Reading], lineage: Lineage, decided: Decided | None = None) -> None:
        self.decided = decided or Decided()
        self.claims: dict[str, Claim] = {c.id: c for r in readings for c in r.claims}
        self.report_of = {c.id: r.report.id for r in readings for c in r.claims}
        self._index = index_of(lineage)
        self._actor = {member: cluster.id for cluster in lineage.actors for member in cluster.members}
        self._described = {statement: cluster.id for cluster in lineage.actors for statement in cluster.described}
        self._family = families((r.report.id for r in readings), lineage.derivations)

    def origins(self, claims: Iterable[str]) -> int:
        """Number of independent origins behind these claims."""
        return len(set().union(*map(self.origins_of, claims), set()))

    def origins_of(self, claim: str) -> frozenset[str]:
        """Ids of the origins of a claim: of the passage it came from, else of its report (itself where none is known)."""
        report, span = self.report_of[claim], self.claims[claim].span
        return self._index.origins_at(report, span.start, span.end) or frozenset({report})

    def speakers(self, claims: Iterable[str]) -> int:
        """Number of different speakers to whom these claims are attributed; what a report says in its own voice adds none."""
        return len({s for c in claims if (s := self.speaker(c)) is not None})

    def speaker(self, claim_id: str) -> str | None:
        """Identity of the speaker of a claim: the actor across reports where known, else what the description says."""
        claim = self.claims.get(claim_id)
        if isinstance(claim, StatementClaim):
            if claim.speaker is None:
                return None
            known = self._described.get(claim_id) or self._actor.get(claim.speaker.actor or "")
            return known or described(claim.speaker.resolved) or None
        if isinstance(claim, FigureClaim):
            return self.speaker(claim.figure.said_by) if claim.figure.said_by else None
        if isinstance(claim, PositionClaim | CommitmentClaim) and claim.statement:
            return self.speaker(claim.statement)
        return None

    def related(self, one: str, other: str) -> bool:
        """Whether two reports (ids) are the same or of one family: linked by derivations, whatever the direction."""
        return one == other or self._family[one] == self._family[other]
