"""Judgements applied: what people merged, split, rejected and corrected, on every run anew.

Nothing that was read is changed or lost. A corrected claim keeps its span and its words; a rejected one supports nothing any more
and stays listed at the finding it stood in; the finding's label says who decided. Verdicts and counts are worked out over what is
left, by the same rules as ever: a judgement never sets a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from msgspec.structs import replace

from rapporteur.model.account import Finding
from rapporteur.model.claims import Claim, report_of
from rapporteur.model.judgement import Judgement, in_force, is_actor, judgement_id, pairs, sides_of
from rapporteur.model.lineage import ActorCluster, Lineage
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.stages.reconcile.corrections import OUTCOMES, corrected

T = TypeVar("T")


@dataclass(frozen=True)
class Settled(Generic[T]):
    """Groups after judging: ``groups`` without what was rejected (but for a group of which nothing would be left), and
    beside each the ids of its rejected claims."""

    groups: list[list[T]]
    aside: list[tuple[str, ...]]


@dataclass(frozen=True)
class Decided:
    """The judgements in force, as the stages ask for them."""

    judgements: tuple[Judgement, ...] = ()
    rejected: Mapping[str, Judgement] = field(default_factory=dict)
    corrections: Mapping[str, Judgement] = field(default_factory=dict)

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Decided:
        """What holds of ``judgements``, given in the order in which they were made."""
        holding = in_force(judgements)
        rejected: dict[str, Judgement] = {}
        corrections: dict[str, Judgement] = {}
        for judgement in holding:
            for subject in judgement.subjects:
                if judgement.verb == "reject":
                    rejected[subject] = judgement
                    corrections.pop(subject, None)
                elif judgement.verb == "correct":
                    corrections[subject] = judgement
                    rejected.pop(subject, None)
        return cls(holding, rejected, corrections)

    @property
    def pairs(self) -> tuple[Judgement, ...]:
        """Judgements on two sides of actors, each as judgements on two actors: what the actors step of linking reads."""
        on_two = [j for j in self.judgements if j.verb in ("same", "different", "unsure") and all(map(is_actor, j.subjects))]
        return tuple(replace(j, subjects=pair, sides=()) for j in on_two for pair in pairs(j))

    def read(self, readings: Sequence[Reading]) -> tuple[tuple[Reading, ...], tuple[Issue, ...]]:
        """``readings`` with the claims as corrected, and the corrections that could not be applied."""
        reports = {report_of(subject) for subject in self.corrections}
        issues: list[Issue] = []
        out = tuple(
            replace(r, claims=tuple(self._corrected(c, issues) for c in r.claims)) if r.report.id in reports else r
            for r in readings
        )
        return out, tuple(issues)

    def _corrected(self, claim: Claim, issues: list[Issue]) -> Claim:
        judgement = self.corrections.get(claim.id)
        if judgement is None or judgement.sides:
            return claim
        try:
            return corrected(claim, judgement.value or "")
        except ValueError as error:
            message = f"judgement of {judgement.who} on {claim.id}: {error}; undo it and judge again"
            issues.append(Issue("judgement", judgement_id(judgement), message))
            return claim

    def without_rejected(self, readings: Sequence[Reading]) -> tuple[Reading, ...]:
        """``readings`` without the claims that were rejected: what tables and lines are made from."""
        reports = {report_of(subject) for subject in self.rejected}
        return tuple(
            replace(r, claims=tuple(c for c in r.claims if c.id not in self.rejected)) if r.report.id in reports else r
            for r in readings
        )

    def lineage(self, lineage: Lineage) -> Lineage:
        """``lineage`` without drifts of rejected claims, its actors named and left out as people decided."""
        if not self.rejected and not self.corrections:
            return lineage
        drifts = tuple(d for d in lineage.drifts if d.source not in self.rejected and d.target not in self.rejected)
        return replace(lineage, drifts=drifts, actors=tuple(a for c in lineage.actors for a in self._actor(c)))

    def _actor(self, cluster: ActorCluster) -> Iterable[ActorCluster]:
        members = tuple(m for m in cluster.members if m not in self.rejected)
        if not members:
            return
        names = [self.corrections[m].value for m in members if m in self.corrections and self.corrections[m].value]
        variants = tuple(sorted({*cluster.variants, cluster.name})) if names else cluster.variants
        yield replace(cluster, members=members, name=names[-1] or cluster.name if names else cluster.name, variants=variants)

    def outcomes(self) -> dict[str, str]:
        """What people say became of commitments, by claim id."""
        return {c: j.value for c, j in self.corrections.items() if j.value in OUTCOMES}

    def settle(self, items: Sequence[T], groups: Iterable[Sequence[T]], ident: Callable[[T], str]) -> Settled[T]:
        """``groups`` of ``items`` (given in canonical order) merged and split as decided, in the order of the decisions.

        Of a group that is split, what the judgement does not name stays with the first side.
        """
        made = [list(g) for g in groups]
        if self.judgements:
            order = {ident(item): number for number, item in enumerate(items)}
            for judgement in self.judgements:
                if judgement.verb == "same":
                    made = _merged(made, frozenset(judgement.subjects), ident)
                elif judgement.verb == "different":
                    made = _split(made, sides_of(judgement), ident)
            made = [sorted(g, key=lambda item: order[ident(item)]) for g in made]
            made.sort(key=lambda g: order[ident(g[0])])
        aside = [tuple(sorted(i for item in g if (i := ident(item)) in self.rejected)) for g in made]
        kept = [[item for item in g if ident(item) not in self.rejected] or g for g in made]
        return Settled(kept, aside)

    def noted(self, findings: Iterable[Finding], aside: Sequence[tuple[str, ...]]) -> list[Finding]:
        """``findings`` with their rejected claims (``aside``, in the same order) and with who corrected or rejected what."""
        if not self.judgements:
            return list(findings)
        return [self._noted(finding, rejected) for finding, rejected in zip(findings, aside, strict=True)]

    def _noted(self, finding: Finding, aside: tuple[str, ...]) -> Finding:
        claims = (*finding.supports, *finding.contradicts, *finding.parts)
        notes = [f"corrected by {j.who}: {j.value}" for c in claims if (j := self.corrections.get(c))]
        notes += [f"rejected by {j.who}: {j.why or 'no reason given'}" for c in aside if (j := self.rejected.get(c))]
        if notes:
            finding = replace(finding, label=f"{finding.label} ({'; '.join(dict.fromkeys(notes))})")
        if not aside:
            return finding
        if not set(claims) <= set(aside):
            return replace(finding, rejected=aside)
        none: dict[str, tuple[str, ...]] = {"supports": (), "contradicts": (), "parts": ()}
        return replace(
            finding, **none, rejected=aside, drifts=(), verdict="single", origins=0, speakers=0, low=None, high=None, weight=0.0
        )


def _merged(groups: list[list[T]], same: frozenset[str], ident: Callable[[T], str]) -> list[list[T]]:
    touched = [g for g in groups if any(ident(item) in same for item in g)]
    if len(touched) < 2:
        return groups
    merged = {id(g) for g in touched}
    return [*(g for g in groups if id(g) not in merged), [item for g in touched for item in g]]


def _split(groups: list[list[T]], sides: Sequence[Sequence[str]], ident: Callable[[T], str]) -> list[list[T]]:
    side_of: dict[Hashable, int] = {subject: number for number, side in enumerate(sides) for subject in side}
    out: list[list[T]] = []
    for group in groups:
        parts: dict[int, list[T]] = {}
        named = {side_of[ident(item)] for item in group if ident(item) in side_of}
        if len(named) < 2:
            out.append(group)
            continue
        for item in group:
            parts.setdefault(side_of.get(ident(item), min(named)), []).append(item)
        out.extend(parts.values())
    return out
