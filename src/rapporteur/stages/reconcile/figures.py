"""Figures of one measure meet: agree, differ, drift, superseded, single; and parts that make up a total."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations

from rapporteur.model.account import Finding, Verdict
from rapporteur.model.claims import FigureClaim
from rapporteur.model.lineage import Drift, Lineage
from rapporteur.stages.reconcile.clustering import group
from rapporteur.stages.reconcile.context import ReportContext
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.ids import Namer
from rapporteur.stages.reconcile.intervals import Interval, all_meet, stated
from rapporteur.stages.reconcile.measures import Measure, days_apart, measure, same_measure
from rapporteur.stages.reconcile.wording import measure_label

NEWER = 25
"""Days. A level ("troops in X") stated this much later is a newer level; closer statements that exclude each other differ."""
SAME_STRETCH = 62
"""Days within which a part without a window may belong to a total: tolls and levels are summed up within weeks."""
SUM_SLACK = 0.12
"""How far the parts' stated sum may be from the stated total, as a share of it, when bounds leave it open."""


def reconcile_figures(contexts: Sequence[ReportContext], standing: Standing, lineage: Lineage) -> list[Finding]:
    """All findings on figures. ``contexts`` in canonical order (published, then id)."""
    measures = [measure(c, context) for context in contexts for c in context.reading.claims if isinstance(c, FigureClaim)]
    found = group(measures, _keys, lambda a, b: _similarity(a, b, standing))
    settled = standing.decided.settle(measures, found, lambda m: m.claim.id)
    groups = settled.groups
    drifts = _drifts_by_pair(lineage)
    namer = Namer("figure")
    single = standing.decided.noted((_finding(g, standing, drifts, namer) for g in groups), settled.aside)
    return _with_sums(groups, single, standing, namer)


def _keys(m: Measure) -> Iterable[Hashable]:
    base = (m.thing, m.state)
    yield from ((*base, "place", p) for p in m.places)
    if m.flow and m.day:
        yield (*base, "day", m.day)
    # The two longest words of the sentence stand for its subject; copies and light rewrites keep them.
    yield from ((*base, "word", w) for w in sorted(m.words, key=lambda w: (-len(w), w))[:4])


def _similarity(a: Measure, b: Measure, standing: Standing) -> float:
    score = same_measure(a, b, related=standing.related(a.report, b.report))
    if score:
        return score
    # Two numbers of one report for one thing that exclude each other are two measures, whatever else they share.
    return -1.0 if a.report == b.report and a.claim.id != b.claim.id else 0.0


def _drifts_by_pair(lineage: Lineage) -> Mapping[str, list[Drift]]:
    out: dict[str, list[Drift]] = defaultdict(list)
    for d in lineage.drifts:
        out[d.target].append(d)
    return out


def _finding(members: Sequence[Measure], standing: Standing, drifts: Mapping[str, list[Drift]], namer: Namer) -> Finding:
    ids = {m.claim.id for m in members}
    drifted = tuple(sorted((d for i in ids for d in drifts.get(i, ())), key=lambda d: (d.target, d.source, d.type)))
    verdict, current, against, older = _verdict(members, standing, drifted)
    supports = tuple(sorted(m.claim.id for m in current))
    low, high = _spread(current + against)
    lead = members[0]
    return Finding(
        id=namer(
            lead.thing, lead.state, lead.whose, sorted(lead.places), lead.window and lead.window.text, lead.day, lead.interval
        ),
        kind="figure",
        label=measure_label(members),
        verdict=verdict,
        supports=supports,
        contradicts=tuple(sorted(m.claim.id for m in against)),
        origins=standing.origins(supports),
        speakers=standing.speakers(supports),
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
        verdict: Verdict = "agree" if standing.origins(m.claim.id for m in members) > 1 else "single"
        changed = any(d.type not in ("rounding", "attribution-loss", "speaker") for d in drifts)
        return ("drift" if changed and verdict == "single" else verdict), list(members), [], []
    if members[0].level:
        newest = max((m.day or "" for m in members), default="")
        current = [m for m in members if (apart := days_apart(m.day, newest)) is not None and apart <= NEWER]
        # An undated reading is no older one: it stands with the newest where it allows them.
        current += [m for m in members if m.day is None and all(m.interval.meets(c.interval) for c in current)]
        older = [m for m in members if m not in current]
        if current and older and all_meet(m.interval for m in current):
            return "superseded", current, [], older
    supports, against = _sides(members, standing)
    numeric = {d.target for d in drifts if d.type in ("value", "rounding", "bound", "merge", "window", "status")}
    explained = all(m.claim.id in numeric for m in against) or all(m.claim.id in numeric for m in supports)
    return ("drift" if explained else "differ"), supports, against, []


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
            -standing.origins(m.claim.id for m in s),
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
        for origin in standing.origins_of(m.claim.id):
            best[origin] = max(best.get(origin, 0.0), m.lead)
    return round(kind * sum(best.values()), 6)


def _incidental(m: Measure) -> bool:
    """Whether a figure is mere wording ("the two countries", "three factors"): a small exact count without state or window."""
    value = m.claim.figure.value
    return value is not None and value <= 5 and m.claim.figure.unit is None and m.window is None and not m.level


def _with_sums(groups: Sequence[Sequence[Measure]], findings: list[Finding], standing: Standing, namer: Namer) -> list[Finding]:
    """Adds a finding for each total whose parts, by place, stand in the record and make it up."""
    by_thing: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for number, members in enumerate(groups):
        if members[0].places:
            by_thing[members[0].thing, members[0].state].append(number)
    out = list(findings)
    for numbers in by_thing.values():
        for total in numbers:
            places = groups[total][0].places
            if len(places) < 2:
                continue
            parts = [
                n for n in numbers if groups[n][0].places < places and _same_stretch(groups[n][0], groups[total][0], standing)
            ]
            chosen = _make_up(groups, total, parts)
            if chosen:
                out.append(_sum_finding(groups, findings, (total, chosen), standing, namer))
    return out


def _same_stretch(part: Measure, total: Measure, standing: Standing) -> bool:
    """Whether part and total may count over the same time: neither window excludes the other, the days are within two months."""
    if part.window and total.window and part.window.begin and total.window.begin:
        return part.window.begin <= (total.window.end or "9999") and total.window.begin <= (part.window.end or "9999")
    apart = days_apart(part.day, total.day)
    return apart is None or apart <= SAME_STRETCH


def _make_up(groups: Sequence[Sequence[Measure]], total: int, parts: Sequence[int]) -> tuple[int, ...]:
    """The parts that share no place, lie in the total's places, and whose sum the total allows; empty when there are none."""
    whole = groups[total][0]
    goal = stated(whole.claim.figure)
    for size in range(2, min(4, len(parts)) + 1):
        for chosen in combinations(parts[:12], size):
            cover: Counter[str] = Counter(p for n in chosen for p in groups[n][0].places)
            if max(cover.values()) > 1 or not set(cover) <= set(whole.places):
                continue
            made = Interval(0.0, 0.0)
            for n in chosen:
                made = made.plus(groups[n][0].interval)
            numbers = [stated(groups[n][0].claim.figure) for n in chosen]
            near = goal is not None and None not in numbers and abs(sum(v or 0.0 for v in numbers) - goal) <= SUM_SLACK * goal
            if near and made.meets(whole.interval):
                return chosen
    return ()


def _sum_finding(
    groups: Sequence[Sequence[Measure]],
    findings: Sequence[Finding],
    found: tuple[int, tuple[int, ...]],
    standing: Standing,
    namer: Namer,
) -> Finding:
    total, chosen = found
    base = findings[total]
    claims = [*base.supports, *(c for n in chosen for c in findings[n].supports)]
    return Finding(
        id=namer("sum", base.id, *(findings[n].id for n in chosen)),
        kind="figure",
        label=base.label,
        verdict="sum",
        supports=base.supports,
        contradicts=(),
        origins=standing.origins(claims),
        speakers=standing.speakers(claims),
        parts=tuple(findings[n].id for n in chosen),
        drifts=(),
        low=base.low,
        high=base.high,
        as_of=base.as_of,
        weight=base.weight + 0.5,
    )
