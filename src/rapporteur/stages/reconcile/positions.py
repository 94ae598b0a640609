"""Positions and commitments across reports: what each party wants on each issue, and what it has promised."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from rapporteur.model.account import Finding, Verdict
from rapporteur.model.claims import CommitmentClaim, PositionClaim
from rapporteur.model.lineage import Lineage
from rapporteur.stages.reconcile.clustering import group
from rapporteur.stages.reconcile.context import FUNCTION_WORDS, WORD, ReportContext, overlap, stem
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.ids import Namer
from rapporteur.stages.reconcile.measures import place_name

SAME_ISSUE = 0.4
"""Least word overlap of two issues that are one; the party is the same already."""

_FOR = frozenset({"demands", "prefers", "supports", "offers"})


@dataclass(frozen=True, slots=True)
class Stand:
    """A position or commitment claim with the party's folded name and the words of what it is about."""

    claim: PositionClaim | CommitmentClaim
    report: str
    party: str
    words: frozenset[str]
    day: str | None
    lead: float


def reconcile_positions(contexts: Sequence[ReportContext], standing: Standing, lineage: Lineage) -> list[Finding]:
    """One finding per party and issue, and one per party and promise. ``contexts`` in canonical order."""
    stands = [
        _stand(c, context)
        for context in contexts
        for c in context.reading.claims
        if isinstance(c, PositionClaim | CommitmentClaim)
    ]
    namers = {"position": Namer("position"), "commitment": Namer("commitment")}
    settled = standing.decided.settle(stands, group(stands, _keys, _same), lambda s: s.claim.id)
    return standing.decided.noted((_finding(g, standing, namers) for g in settled.groups), settled.aside)


def _stand(claim: PositionClaim | CommitmentClaim, context: ReportContext) -> Stand:
    about = claim.issue if isinstance(claim, PositionClaim) else claim.action
    words = frozenset(stem(w) for w in (m.casefold() for m in WORD.findall(about)) if w not in FUNCTION_WORDS)
    return Stand(
        claim=claim,
        report=context.reading.report.id,
        party=place_name(claim.party),
        words=words,
        day=context.published,
        lead=context.lead(claim.span.start),
    )


def _keys(s: Stand) -> Iterable[Hashable]:
    yield from ((type(s.claim).__name__, s.party, w) for w in s.words)


def _same(a: Stand, b: Stand) -> float:
    if type(a.claim) is not type(b.claim) or a.party != b.party:
        return 0.0
    alike = overlap(a.words, b.words)
    return alike if alike >= SAME_ISSUE else 0.0


def _finding(members: Sequence[Stand], standing: Standing, namers: dict[str, Namer]) -> Finding:
    first = members[0].claim
    newest = max((s.day or "" for s in members), default="")
    now = [s for s in members if (s.day or "") == newest]
    sides = {_side(s) for s in now}
    if len({_side(s) for s in members}) == 1:
        supports, against, older = list(members), list[Stand](), list[Stand]()
    elif len(sides) == 1:
        supports, against = [s for s in members if _side(s) in sides], []
        older = [s for s in members if _side(s) not in sides]
    else:
        against = [s for s in members if _side(s) == "against"]
        supports, older = [s for s in members if _side(s) != "against"], []
    claims = tuple(sorted(s.claim.id for s in supports))
    origins = standing.origins(claims)
    verdict: Verdict = "differ" if against else "superseded" if older else "agree" if origins > 1 else "single"
    best = {o: s.lead for s in supports for o in standing.origins_of(s.claim.id)}
    kind = "position" if isinstance(first, PositionClaim) else "commitment"
    return Finding(
        id=namers[kind](members[0].party, sorted(members[0].words)),
        kind="position" if isinstance(first, PositionClaim) else "commitment",
        label=_label(first),
        verdict=verdict,
        supports=claims,
        contradicts=tuple(sorted(s.claim.id for s in against)),
        origins=origins,
        speakers=standing.speakers(claims),
        parts=tuple(sorted(s.claim.id for s in older)),
        as_of=newest or None,
        weight=round(1.3 * sum(best.values()), 6),
    )


def _side(stand: Stand) -> str:
    if isinstance(stand.claim, CommitmentClaim):
        return "for"
    return "for" if stand.claim.stance in _FOR else "against" if stand.claim.stance == "rejects" else "open"


def _label(claim: PositionClaim | CommitmentClaim) -> str:
    if isinstance(claim, PositionClaim):
        return f"{claim.party} {claim.stance}: {claim.issue}"
    return f"{claim.party} commits: {claim.action}"
