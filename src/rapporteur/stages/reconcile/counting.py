"""How well something stands: how many independent origins and how many speakers a set of claims leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rapporteur.model.claims import Claim
from rapporteur.model.lineage import Drift
from rapporteur.stages.link.heard import count
from rapporteur.stages.link.items import Item
from rapporteur.stages.link.origins import OriginIndex, independent
from rapporteur.stages.reconcile.judged import Decided

NONE = frozenset[str]()


class Standing:
    """Counts origins and speakers of claims. Two reports that lead to one origin count once, as do two of one publisher, and two
    outlets quoting one speaker. A claim in a passage that a report took from another stands on that other's origins; the rest
    on its own.

    ``drifts`` gives what drifted on the way to a report; ``decided``: what people merged, split, rejected and corrected.
    """

    def __init__(self, index: OriginIndex, drifts: Callable[[str], Iterable[Drift]], decided: Decided) -> None:
        self.decided = decided
        self._index, self._drifts = index, drifts
        self._judged = decided.pairs

    def origins(self, items: Iterable[Item]) -> int:
        """Number of independent origins behind these claims."""
        return len(NONE.union(*map(self.origins_of, items)))

    def origins_of(self, item: Item) -> frozenset[str]:
        """Keys of the independent origins of a claim: of the passage it came from, else of its report (itself where none is
        known)."""
        return self.origins_at(item.report, item.claim)

    def origins_at(self, report: str, claim: Claim) -> frozenset[str]:
        """The same for any claim of ``report``."""
        return independent(self._index.origins_at(report, claim.span.start, claim.span.end)) or frozenset({report})

    def speakers(self, items: Sequence[Item]) -> int:
        """Number of different speakers to whom these claims are attributed; what a report says in its own voice adds none."""
        return count([item.voice for item in items], self._judged)

    def drifts_to(self, items: Iterable[Item]) -> tuple[Drift, ...]:
        """What drifted on the way to these claims, sorted."""
        claims = {item.claim.id: item.report for item in items}
        found = (d for report in set(claims.values()) for d in self._drifts(report) if d.target in claims)
        return tuple(sorted(found, key=lambda d: (d.target, d.source, d.type, d.note)))
