"""Drifts whose passages stand in no other finding: one finding per passage of the parent, so that none is lost from view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from rapporteur.model.account import Finding
from rapporteur.model.claims import Claim, report_of
from rapporteur.model.lineage import Drift
from rapporteur.stages.link.items import number_of
from rapporteur.stages.link.pool import Pool
from rapporteur.stages.reconcile.counting import NONE, Standing
from rapporteur.stages.reconcile.ids import named
from rapporteur.stages.reconcile.ledger import Ledger

MOST_LABEL = 120
"""Characters of a passage that name it in a table."""
_KIND = "drift"


def is_drift(ident: str) -> bool:
    """Whether a finding with this id tells of drifts alone."""
    return ident.startswith(f"{_KIND}-")


class DriftFindings:
    """Findings of weight 0, since they tell what changed and not what is."""

    def __init__(self, pool: Pool, ledger: Ledger, standing: Standing) -> None:
        self._pool, self._ledger, self._standing = pool, ledger, standing

    def of(
        self, made: Sequence[Finding], before: Iterable[Finding], reports: Iterable[str], groups: Set[int]
    ) -> tuple[list[Finding], list[str]]:
        """The findings that tell of drifts alone, as far as they hang on what was found anew or on the drifts of ``reports``;
        and the ids of those that did before. ``made`` are the findings of ``groups`` (leaders), ``before`` those they had."""
        ledger, reports = self._ledger, list(reports)
        old = {f.id: f for f in ledger.drifting(reports)}
        sources = {d.source for r in reports for d in ledger.drifts(r)}
        now = {c for f in made for c in (*f.supports, *f.contradicts)}
        for claim in now ^ {c for f in before for c in (*f.supports, *f.contradicts)}:
            sources.update(d.source for d in ledger.drifts(report_of(claim)) if d.target == claim)
            sources.update(d.source for d in self._from(claim))
        sources.update(f.supports[0] for f in old.values())
        old |= {f.id: f for f in ledger.named(named(_KIND, source) for source in sources)}
        drifts = {source: self._from(source) for source in sorted(sources)}
        ends = {c for found in drifts.values() for d in found for c in (d.source, d.target)}
        shown = now | self._shown({c for c in ends - now if not self._within(c, groups)})
        out = []
        for source, found in drifts.items():
            left = [d for d in found if d.source not in shown and d.target not in shown]
            if left:
                out.append(self._finding(source, left))
        return out, list(old)

    def _from(self, claim: str) -> list[Drift]:
        """What drifted on the way from ``claim``."""
        children = sorted(set(self._ledger.children(report_of(claim))))
        return [d for child in children for d in self._ledger.drifts(child) if d.source == claim]

    def _within(self, claim: str, groups: Set[int]) -> bool:
        number = number_of(claim)
        self._pool.load([number])
        home = self._pool.home(number) if self._pool.known(number) else None
        return home is not None and home.leader in groups

    def _shown(self, claims: Set[str]) -> set[str]:
        """Those of ``claims`` that stand in a finding that was not made anew."""
        found = (f for f in self._ledger.holding(claims) if not is_drift(f.id))
        return {c for f in found for c in (*f.supports, *f.contradicts) if c in claims}

    def _claim(self, ident: str) -> Claim:
        number = number_of(ident)
        return self._pool.item(number).claim if self._pool.known(number) else self._ledger.pin(ident)

    def _finding(self, source: str, drifts: Sequence[Drift]) -> Finding:
        claims = (source, *sorted({d.target for d in drifts}))
        told = {ident: self._claim(ident) for ident in claims}
        text = " ".join(told[source].span.exact.split())
        numbers = map(number_of, claims)
        return Finding(
            id=named(_KIND, source),
            kind="statement",
            label=text if len(text) <= MOST_LABEL else text[: MOST_LABEL - 1].rstrip() + "…",
            verdict="drift",
            supports=claims,
            contradicts=(),
            origins=len(NONE.union(*(self._standing.origins_at(report_of(i), c) for i, c in told.items()))),
            speakers=self._standing.speakers([self._pool.item(n) for n in numbers if self._pool.known(n)]),
            drifts=tuple(sorted(drifts, key=lambda d: (d.target, d.source, d.type, d.note))),
        )
