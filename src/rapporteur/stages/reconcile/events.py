"""Events across reports: one finding per event, with every date and place given for it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from rapporteur.model.account import Finding, Verdict
from rapporteur.model.claims import EventClaim
from rapporteur.model.lineage import Lineage
from rapporteur.stages.reconcile.clustering import group
from rapporteur.stages.reconcile.context import ReportContext, overlap
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.ids import Namer
from rapporteur.stages.reconcile.measures import place_name

SAME_EVENT = 0.2
"""Least word overlap of two sentences that tell of one event, where type and date agree already."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event claim with what identifies the event: type, date, place, who takes part, the words around it."""

    claim: EventClaim
    report: str
    when: str | None
    place: str | None
    who: frozenset[str]
    words: frozenset[str]
    lead: float


def reconcile_events(contexts: Sequence[ReportContext], standing: Standing, lineage: Lineage) -> list[Finding]:
    """One finding per event. ``contexts`` in canonical order; an undated event meets only events of its report's family."""
    happenings = [_happening(c, context) for context in contexts for c in context.reading.claims if isinstance(c, EventClaim)]
    found = group(happenings, _keys, lambda a, b: _same_event(a, b, related=standing.related(a.report, b.report)))
    drifted = {d.target: d for d in lineage.drifts}
    namer = Namer("event")
    settled = standing.decided.settle(happenings, found, lambda h: h.claim.id)
    return standing.decided.noted((_finding(g, standing, drifted.keys(), namer) for g in settled.groups), settled.aside)


def _happening(claim: EventClaim, context: ReportContext) -> Happening:
    return Happening(
        claim=claim,
        report=context.reading.report.id,
        when=claim.when.value if claim.when else None,
        place=place_name(claim.place) if claim.place else None,
        who=frozenset(p.name.casefold() for p in claim.participants),
        words=context.words(claim.span.start),
        lead=context.lead(claim.span.start),
    )


def _keys(h: Happening) -> Iterable[Hashable]:
    if h.when:
        yield (h.claim.type, h.when[:7])
    yield from ((h.claim.type, w) for w in sorted(h.words, key=lambda w: (-len(w), w))[:3])


def _same_event(a: Happening, b: Happening, *, related: bool) -> float:
    if a.claim.type != b.claim.type or (a.place and b.place and a.place != b.place):
        return 0.0
    if not _same_time(a.when, b.when, related=related):
        return 0.0
    alike = overlap(a.words, b.words)
    score = alike + 0.15 * bool(a.who & b.who) + 0.15 * bool(a.place and a.place == b.place)
    same_trigger = a.claim.trigger == b.claim.trigger
    return score if score >= SAME_EVENT and (same_trigger or alike >= SAME_EVENT) else 0.0


def _same_time(a: str | None, b: str | None, *, related: bool) -> bool:
    """Whether two dates may be one: equal, or one is the coarser form of the other; without a date only within a family."""
    if a is None or b is None:
        return related and a == b
    a, b = a[:10], b[:10]
    return a.startswith(b) or b.startswith(a)


def _finding(members: Sequence[Happening], standing: Standing, drifted: Iterable[str], namer: Namer) -> Finding:
    first = members[0]
    asserted = [h for h in members if h.claim.status != "denied"]
    denied = [h for h in members if h.claim.status == "denied"]
    supports, against = (asserted, denied) if asserted else (denied, [])
    claims = tuple(sorted(h.claim.id for h in supports))
    origins = standing.origins(claims)
    changed = any(c in set(drifted) for c in claims)
    verdict: Verdict = "differ" if against else "drift" if changed else "agree" if origins > 1 else "single"
    best = {o: h.lead for h in supports for o in standing.origins_of(h.claim.id)}
    return Finding(
        id=namer(first.claim.type, first.when, first.place, first.claim.trigger, sorted(first.who), sorted(first.words)),
        kind="event",
        label=_label(members),
        verdict=verdict,
        supports=claims,
        contradicts=tuple(sorted(h.claim.id for h in against)),
        origins=origins,
        speakers=standing.speakers(claims),
        as_of=max((h.when for h in members if h.when), default=None),
        weight=round(sum(best.values()) * (1.0 if first.claim.type != "other" else 0.6), 6),
    )


def _label(members: Sequence[Happening]) -> str:
    kind = members[0].claim.type
    place = next((h.claim.place for h in members if h.claim.place), None)
    when = max((h.when for h in members if h.when), key=lambda w: (len(w), w), default=None)
    who = next(("; ".join(p.name for p in h.claim.participants[:3]) for h in members if h.claim.participants), None)
    label = kind if kind != "other" else members[0].claim.trigger
    label += f" in {place}" if place else ""
    label += f", {when}" if when else ""
    return label[:1].upper() + label[1:] + (f" ({who})" if who else "")
