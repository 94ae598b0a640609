"""Events across reports: one finding per event, with every date and place given for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapporteur.model.account import Finding, Verdict
from rapporteur.model.claims import EventClaim
from rapporteur.stages.link.items import Item, longest
from rapporteur.stages.reconcile.context import ReportContext, overlap
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.ids import named
from rapporteur.stages.reconcile.measures import place_name

SAME_EVENT = 0.2
"""Least word overlap of two sentences that tell of one event, where type and date agree already."""

WORDS_OF_SOMEBODY = frozenset({"announcement"})
"""Events that are somebody's words: two of one day are two, unless the same one speaks or the words are much the same."""
SAME_WORDS = 0.35
"""Overlap from which two announcements by nobody in common are one all the same: chosen above ``SAME_EVENT``, not measured."""

MOST_NAMED = 2
"""Participants of each role in a label."""


class Happening(Item, frozen=True, array_like=True, gc=False, tag="event"):
    """An event claim with what identifies the event: type, date, place, who takes part, the words around it."""

    claim: EventClaim
    when: str | None
    place_of: str | None
    who: frozenset[str]


def happening(claim: EventClaim, context: ReportContext, index: int) -> Happening:
    """The event that a claim, the ``index``-th of its report, tells of."""
    return Happening(
        *context.base(claim, index),
        claim=claim,
        when=claim.when.value if claim.when else None,
        place_of=place_name(claim.place) if claim.place else None,
        who=frozenset(p.name.casefold() for p in claim.participants),
    )


def event_keys(h: Happening) -> Iterable[tuple[str, ...]]:
    """Under what an event is looked up: its type with its month, or with one of the longest words around it."""
    if h.when:
        yield "event", h.claim.type, h.when[:7]
    yield from (("event", h.claim.type, w) for w in longest(h.words, 3))


def same_event(a: Happening, b: Happening, *, related: bool) -> float:
    """How surely two claims tell of one event: 0, or the overlap of their sentences and what pins them together."""
    if a.claim.type != b.claim.type or (a.place_of and b.place_of and a.place_of != b.place_of):
        return 0.0
    if not _same_time(a.when, b.when, related=related):
        return 0.0
    alike = overlap(a.words, b.words)
    score = alike + 0.15 * bool(a.who & b.who) + 0.15 * bool(a.place_of and a.place_of == b.place_of)
    if a.claim.type in WORDS_OF_SOMEBODY and not (related or a.who & b.who) and alike < SAME_WORDS:
        return 0.0
    same_trigger = a.claim.trigger == b.claim.trigger
    return score if score >= SAME_EVENT and (same_trigger or alike >= SAME_EVENT) else 0.0


def _same_time(a: str | None, b: str | None, *, related: bool) -> bool:
    """Whether two dates may be one: equal, or one is the coarser form of the other; without a date only where
    their reports go back to one."""
    if a is None or b is None:
        return related and a == b
    a, b = a[:10], b[:10]
    return a.startswith(b) or b.startswith(a)


def event_finding(members: Sequence[Happening], standing: Standing) -> Finding:
    """What the record says of one event. ``members`` in canonical order."""
    first = members[0]
    asserted = [h for h in members if h.claim.status != "denied"]
    denied = [h for h in members if h.claim.status == "denied"]
    supports, against = (asserted, denied) if asserted else (denied, [])
    origins = standing.origins(supports)
    changed = bool(standing.drifts_to(supports))
    verdict: Verdict = "differ" if against else "drift" if changed else "agree" if origins > 1 else "single"
    best = {o: h.lead for h in supports for o in standing.origins_of(h)}
    return Finding(
        id=named(
            "event", first.claim.type, first.when, first.place_of, first.claim.trigger, sorted(first.who), sorted(first.words)
        ),
        kind="event",
        label=_label(members),
        verdict=verdict,
        supports=tuple(sorted(h.claim.id for h in supports)),
        contradicts=tuple(sorted(h.claim.id for h in against)),
        origins=origins,
        speakers=standing.speakers(supports),
        as_of=max((h.when for h in members if h.when), default=None),
        weight=round(sum(best.values()) * (1.0 if first.claim.type != "other" else 0.6), 6),
    )


def _label(members: Sequence[Happening]) -> str:
    """Who did what to whom in the words of the first member that names one of them, after the type; then place and date."""
    claims = [h.claim for h in members]
    first = next((c for c in claims if any(p.role != "other" for p in c.participants)), claims[0])
    deed = " ".join(first.span.exact.split())
    agents, patients = ([p.name for p in first.participants if p.role == role] for role in ("agent", "patient"))
    beside = "; ".join(p for p in patients[:MOST_NAMED] if p not in deed)
    told = f"{'; '.join(agents[:MOST_NAMED])} {deed}".lstrip() + (f" ({beside})" if beside else "")
    kind = "" if first.type == "other" else f"{first.type}: "
    place = next((c.place for c in claims if c.place), None)
    when = max((h.when for h in members if h.when), key=lambda w: (len(w), w), default=None)
    return ", ".join(filter(None, (kind[:1].upper() + kind[1:] + (told if kind else told[:1].upper() + told[1:]), place, when)))
