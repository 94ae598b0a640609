"""How well something stands: how many independent origins and how many speakers a set of claims leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rapporteur.model.claims import Claim, CommitmentClaim, FigureClaim, PositionClaim, StatementClaim
from rapporteur.model.lineage import Lineage
from rapporteur.model.reading import Reading


class Standing:
    """Counts origins and speakers of claims. Two reports that lead to one origin count once; so do two outlets quoting one
    speaker. A claim in a passage that a report took from another stands on that other's origins; the rest on its own."""

    def __init__(self, readings: Sequence[Reading], lineage: Lineage) -> None:
        self.claims: dict[str, Claim] = {c.id: c for r in readings for c in r.claims}
        self.report_of: dict[str, str] = {c.id: r.report.id for r in readings for c in r.claims}
        self._origins: dict[str, set[str]] = {}
        for origin in lineage.origins:
            for report in origin.reports:
                self._origins.setdefault(report, set()).add(origin.id)
        self._actor = {member: cluster.id for cluster in lineage.actors for member in cluster.members}
        self._family = _families([r.report.id for r in readings], lineage)

    def origins(self, claims: Iterable[str]) -> int:
        """Number of independent origins behind these claims."""
        return len(set().union(*(self.origins_of(self.report_of[c]) for c in claims), set()))

    def origins_of(self, report: str) -> set[str]:
        """Ids of the origins that a report leads to; its own id where the lineage names none."""
        return self._origins.get(report) or {report}

    def speakers(self, claims: Iterable[str]) -> int:
        """Number of different speakers to whom these claims are attributed; what a report says in its own voice adds none."""
        return len({s for c in claims if (s := self.speaker(c)) is not None})

    def speaker(self, claim_id: str) -> str | None:
        """Identity of the speaker of a claim: the actor across reports where known, else the resolved name, lower-cased."""
        claim = self.claims.get(claim_id)
        if isinstance(claim, StatementClaim):
            if claim.speaker is None:
                return None
            actor = claim.speaker.actor
            return (
                self._actor.get(actor, None) or claim.speaker.resolved.casefold() if actor else claim.speaker.resolved.casefold()
            )
        if isinstance(claim, FigureClaim):
            return self.speaker(claim.figure.said_by) if claim.figure.said_by else None
        if isinstance(claim, PositionClaim | CommitmentClaim) and claim.statement:
            return self.speaker(claim.statement)
        return None

    def related(self, one: str, other: str) -> bool:
        """Whether two reports (ids) are the same or of one family: linked by derivations, whatever the direction."""
        return one == other or self._family[one] == self._family[other]


def _families(reports: Sequence[str], lineage: Lineage) -> Mapping[str, str]:
    parent = {r: r for r in reports}

    def root(r: str) -> str:
        while parent[r] != r:
            parent[r] = parent[parent[r]]
            r = parent[r]
        return r

    for d in lineage.derivations:
        if d.parent in parent and d.report in parent:
            a, b = sorted((root(d.report), root(d.parent)))
            parent[b] = a
    return {r: root(r) for r in reports}
