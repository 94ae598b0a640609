"""What reconciling asks of a record besides its items: what drifted, and what it has found before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from rapporteur.model.account import Finding
from rapporteur.model.claims import Claim, report_of
from rapporteur.model.lineage import Drift, Lineage


class Ledger(Protocol):
    """Over a whole record, or what an earlier run has left of it."""

    def drifts(self, report: str) -> Sequence[Drift]:
        """What drifted on the way to a report."""

    def children(self, report: str) -> Sequence[str]:
        """The reports that took from it, or that have a common origin with it."""

    def pin(self, ident: str) -> Claim:
        """A passage that only a drift cites (``stages/link/pins.py``), by its id."""

    def holding(self, claims: Iterable[str]) -> Sequence[Finding]:
        """The findings before in which one of ``claims`` stands."""

    def named(self, names: Iterable[str]) -> Sequence[Finding]:
        """The findings before with one of these names (``ids.named``)."""

    def drifting(self, reports: Iterable[str]) -> Sequence[Finding]:
        """The findings before that tell of drifts alone, in which a claim of one of ``reports`` stands."""


class Blank:
    """For a whole record: its lineage, and nothing found before. ``pins``: the passages that only drifts cite, by id."""

    def __init__(self, lineage: Lineage, pins: Iterable[Claim]) -> None:
        self._drifts: dict[str, list[Drift]] = defaultdict(list)
        for drift in lineage.drifts:
            self._drifts[report_of(drift.target)].append(drift)
        self._children: dict[str, list[str]] = defaultdict(list)
        for derivation in lineage.derivations:
            if derivation.parent is not None:
                self._children[derivation.parent].append(derivation.report)
        self._pins = {claim.id: claim for claim in pins}

    def drifts(self, report: str) -> Sequence[Drift]:
        """See ``Ledger``."""
        return self._drifts.get(report, ())

    def children(self, report: str) -> Sequence[str]:
        """See ``Ledger``."""
        return self._children.get(report, ())

    def pin(self, ident: str) -> Claim:
        """See ``Ledger``."""
        return self._pins[ident]

    def holding(self, claims: Iterable[str]) -> Sequence[Finding]:
        """See ``Ledger``."""
        return ()

    def named(self, names: Iterable[str]) -> Sequence[Finding]:
        """See ``Ledger``."""
        return ()

    def drifting(self, reports: Iterable[str]) -> Sequence[Finding]:
        """See ``Ledger``."""
        return ()
