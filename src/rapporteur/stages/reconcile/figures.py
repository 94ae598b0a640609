"""Figures of one measure meet: agree, differ, drift, superseded, single."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapporteur.model.account import Finding, Verdict
from rapporteur.model.lineage import Drift
from rapporteur.stages.link.items import longest
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.ids import named
from rapporteur.stages.reconcile.intervals import all_meet, stated
from rapporteur.stages.reconcile.measures import Measure, days_apart, same_measure
from rapporteur.stages.reconcile.wording import measure_label

NEWER = 25
"""Days. A level ("troops in X") stated this much later is a newer level; closer statements that exclude each other differ."""


def figure_keys(m: Measure) -> Iterable[tuple[str | None, ...]]:
    """Under what a figure is looked up: what it counts with a place, with the day, or with one of the longest words near it."""
    base = (m.thing, m.state)
    yield from (("place", *base, p) for p in m.places)
    if m.flow and m.day:
        yield ("day", *base, m.day)
    yield from (("word", *base, w) for w in longest(m.words, 4))


def figure_likeness(a: Measure, b: Measure, *, related: bool) -> float:
    """How surely two figures read one measure; below 0 where they cannot."""
    score = same_measure(a, b, related=related)
    if score:
        return score
    # Two numbers of one report for one thing that exclude each other are two measures, whatever else they share.
    return -1.0 if a.report == b.report and a.number != b.number else 0.0


def figure_finding(members: Sequence[Measure], standing: Standing) -> Finding:
    """What the record says of one measure. ``members`` in canonical order."""
    drifted = standing.drifts_to(members)
    verdict, current, against, older = _verdict(members, standing, drifted)
    low, high = _spread(current + against)
    lead = members[0]
    window = lead.window and lead.window.text
    return Finding(
        id=named("figure", lead.thing, lead.state, lead.whose, sorted(lead.places), window, lead.day, lead.interval),
        kind="figure",
        label=measure_label(members),
        verdict=verdict,
        supports=tuple(sorted(m.claim.id for m in current)),
        contradicts=tuple(sorted(m.claim.id for m in against)),
        origins=standing.origins(current),
        speakers=standing.speakers(current),
        parts=tuple(sorted(m.claim.id for m in older)),
        drifts=drifted,
        low=low,
        high=high,
        as_of=max((m.day for m in current if m.day), default=None),
        weight=_weight(members, standing),
    )


def _verdict(
    members: Sequence[Measure], standing: Standing, drifts: Sequence[Drift]
) -> tuple[Verdict, list[Measure], list[Measure], list[Measure]]:
    """Verdict, the readings that stand, those that contradict them, and older ones that a newer level has replaced."""
    if all_meet(m.interval for m in members):
        verdict: Verdict = "agree" if standing.origins(members) > 1 else "single"
        changed = any(d.type not in ("rounding", "attribution-loss", "speaker") for d in drifts)
        return ("drift" if changed and verdict == "single" else verdict), list(members), [], []
    if members[0].level:
        newest = max((m.day or "" for m in members), default="")
        current = [m for m in members if (apart := days_apart(m.day, newest)) is not None and apart <= NEWER]
        # An undated reading is no older one: it stands with the newest where it allows them.
        current += [m for m in members if m.day is None and all(m.interval.meets(c.interval) for c in current)]
        replaced = _replaced(current, standing)
        current = [m for m in current if m not in replaced]
        older = [m for m in members if m not in current]
        if current and older and all_meet(m.interval for m in current):
            return "superseded", current, [], older
    supports, against = _sides(members, standing)
    numeric = {d.target for d in drifts if d.type in ("value", "rounding", "bound", "merge", "window", "status")}
    explained = all(m.claim.id in numeric for m in against) or all(m.claim.id in numeric for m in supports)
    return ("drift" if explained else "differ"), supports, against, []


def _replaced(members: Sequence[Measure], standing: Standing) -> list[Measure]:
    """Levels that exclude what their own publisher states on a later day: whoever gives a new number takes back the old one."""
    newest: dict[str, str] = {}
    for m in members:
        for origin in standing.origins_of(m):
            newest[origin] = max(newest.get(origin, ""), m.day or "")
    last = {o: [m for m in members if m.day == day and o in standing.origins_of(m)] for o, day in newest.items()}
    return [
        m
        for m in members
        if m.day
        and all(newest[o] > m.day and not all(m.interval.meets(n.interval) for n in last[o]) for o in standing.origins_of(m))
    ]


def _sides(members: Sequence[Measure], standing: Standing) -> tuple[list[Measure], list[Measure]]:
    """Splits readings that exclude each other: the side with most origins (then the newest, then the higher) is listed first.

    That is an order of listing, not a judgement: both sides stay in the finding with who said each.
    """
    sides: list[list[Measure]] = []
    for m in sorted(members, key=lambda m: (m.interval.high - m.interval.low, m.claim.id)):
        home = next((s for s in sides if all(m.interval.meets(other.interval) for other in s)), None)
        if home is None:
            sides.append([m])
        else:
            home.append(m)
    sides.sort(
        key=lambda s: (
            -standing.origins(s),
            "".join(chr(255 - ord(c)) for c in max(m.day or "" for m in s)),
            -(stated(s[0].claim.figure) or 0.0),
            min(m.claim.id for m in s),
        )
    )
    return sides[0], [m for s in sides[1:] for m in s]


def _spread(members: Sequence[Measure]) -> tuple[float | None, float | None]:
    values = [v for m in members for v in (m.claim.figure.value, m.claim.figure.low, m.claim.figure.high) if v is not None]
    return (min(values), max(values)) if values else (None, None)


def _weight(members: Sequence[Measure], standing: Standing) -> float:
    """Importance: how early and in how many independent origins it stands; the dead and the levels of forces come first."""
    first = members[0]
    kind = 1.5 if first.state else 0.3 if _incidental(first) else 1.0
    best: dict[str, float] = {}
    for m in members:
        for origin in standing.origins_of(m):
            best[origin] = max(best.get(origin, 0.0), m.lead)
    return round(kind * sum(best.values()), 6)


def _incidental(m: Measure) -> bool:
    """Whether a figure is mere wording ("the two countries", "three factors"): a small exact count without state or window."""
    value = m.claim.figure.value
    return value is not None and value <= 5 and m.claim.figure.unit is None and m.window is None and not m.level
