"""Positions and commitments across reports: what each party wants on each issue, and what it has promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapporteur.model.account import Finding, FindingKind, Verdict
from rapporteur.model.claims import CommitmentClaim, PositionClaim
from rapporteur.stages.link.items import Item
from rapporteur.stages.reconcile.context import FUNCTION_WORDS, WORD, ReportContext, overlap, stem
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.ids import named
from rapporteur.stages.reconcile.measures import place_name

SAME_ISSUE = 0.4
"""Least word overlap of two issues that are one; the party is the same already."""

_FOR = frozenset({"demands", "prefers", "supports", "offers"})


class Stand(Item, frozen=True, array_like=True, gc=False, tag="stand"):
    """A position or commitment claim with the party's folded name; ``words`` are those of what it is about."""

    claim: PositionClaim | CommitmentClaim
    party: str

    @property
    def day(self) -> str | None:
        """The day it was published."""
        return self.published


def stand(claim: PositionClaim | CommitmentClaim, context: ReportContext, index: int) -> Stand:
    """What a claim, the ``index``-th of its report, says that a party wants or promises."""
    words = frozenset(stem(w) for w in WORD.findall(_about(claim)) if w not in FUNCTION_WORDS)
    number, place, report, published, lead, _, voice = context.base(claim, index)
    return Stand(number, place, report, published, lead, words, voice, claim, place_name(claim.party))


def _about(claim: PositionClaim | CommitmentClaim) -> str:
    return (claim.issue if isinstance(claim, PositionClaim) else claim.action).casefold()


def stand_keys(s: Stand) -> Iterable[tuple[str, ...]]:
    """Under what a position or commitment is looked up: party and a word of what it is about."""
    yield from ((type(s.claim).__name__, s.party, w) for w in s.words or [_about(s.claim)])


def same_stand(a: Stand, b: Stand) -> float:
    """How surely two claims are of one party on one issue, or of one promise."""
    if type(a.claim) is not type(b.claim) or a.party != b.party:
        return 0.0
    alike = overlap(a.words, b.words) if a.words or b.words else float(_about(a.claim) == _about(b.claim))
    return alike if alike >= SAME_ISSUE else 0.0


def stand_finding(members: Sequence[Stand], standing: Standing) -> Finding:
    """What a party wants on one issue, or has promised, by the record. ``members`` in canonical order."""
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
    origins = standing.origins(supports)
    verdict: Verdict = "differ" if against else "superseded" if older else "agree" if origins > 1 else "single"
    best = {o: s.lead for s in supports for o in standing.origins_of(s)}
    kind: FindingKind = "position" if isinstance(first, PositionClaim) else "commitment"
    return Finding(
        id=named(kind, members[0].party, sorted(members[0].words)),
        kind=kind,
        label=_label(first),
        verdict=verdict,
        supports=tuple(sorted(s.claim.id for s in supports)),
        contradicts=tuple(sorted(s.claim.id for s in against)),
        origins=origins,
        speakers=standing.speakers(supports),
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
