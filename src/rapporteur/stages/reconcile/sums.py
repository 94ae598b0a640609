"""Totals and the parts, by place, that make them up: 60 in one country and more than 90 in another against 153 in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from rapporteur.model.account import Finding
from rapporteur.stages.link.items import Item, key_of
from rapporteur.stages.link.pool import WIDTH, Pool
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.ids import named
from rapporteur.stages.reconcile.intervals import Interval, stated
from rapporteur.stages.reconcile.measures import Measure, days_apart

SAME_STRETCH = 62
"""Days within which a part without a window may belong to a total: tolls and levels are summed up within weeks."""
SUM_SLACK = 0.12
"""How far the parts' stated sum may be from the stated total, as a share of it, when bounds leave it open."""
MOST_PARTS = 12
"""Parts tried for one total, in canonical order: more are no table that a report gives."""


def totals_near(items: Iterable[Item], pool: Pool) -> set[int]:
    """Figures over several places that ``items`` may be a part of, or are."""
    measures = [m for m in items if isinstance(m, Measure) and m.places]
    pool.fetch(measures, place_keys)
    near = {m: [n for key in place_keys(m) for n in _line(pool, key, m)] for m in measures}
    pool.load(n for numbers in near.values() for n in numbers)
    out = {m.number for m in measures if len(m.places) > 1}
    for numbers in near.values():
        out.update(n for n in numbers if isinstance(m := pool.item(n), Measure) and len(m.places) > 1)
    return out


def made_up(total: Measure, pool: Pool, left_out: frozenset[int]) -> tuple[Measure, ...]:
    """The first figures of the groups that make up ``total``, itself the first of its group; empty when there are none."""
    numbers = {n for key in place_keys(total) for n in _line(pool, key, total)} - left_out
    pool.load(numbers)
    parts = []
    for number in numbers:
        part, home = pool.item(number), pool.home(number)
        first = home is not None and home.leader == number
        if first and isinstance(part, Measure) and part.places < total.places and _same_stretch(part, total):
            parts.append(part)
    return _make_up(total, sorted(parts, key=lambda p: p.order)[:MOST_PARTS])


def sum_finding(total: Finding, parts: Sequence[Finding], items: Sequence[Item], standing: Standing) -> Finding:
    """What the record says of a total that ``parts`` make up; ``items``: those that support it or them."""
    return Finding(
        id=named("figure", "sum", total.id, *(p.id for p in parts)),
        kind="figure",
        label=total.label,
        verdict="sum",
        supports=total.supports,
        contradicts=(),
        origins=standing.origins(items),
        speakers=standing.speakers(items),
        parts=tuple(p.id for p in parts),
        drifts=(),
        low=total.low,
        high=total.high,
        as_of=total.as_of,
        weight=total.weight + 0.5,
    )


def place_keys(item: Item) -> list[int]:
    """Under what the parts of a figure, and its totals, are looked up: what it counts, by place."""
    return [key_of("place", item.thing, item.state, p) for p in sorted(item.places)] if isinstance(item, Measure) else []


def _line(pool: Pool, key: int, item: Item) -> list[int]:
    line, at = pool.around(key, item)
    return [n for _, n in line[max(0, at - WIDTH) : at + WIDTH + 1] if n != item.number]


def _same_stretch(part: Measure, total: Measure) -> bool:
    """Whether part and total may count over the same time: neither window excludes the other, the days are within two months."""
    if part.thing != total.thing or part.state != total.state:
        return False
    if part.window and total.window and part.window.begin and total.window.begin:
        return part.window.begin <= (total.window.end or "9999") and total.window.begin <= (part.window.end or "9999")
    apart = days_apart(part.day, total.day)
    return apart is None or apart <= SAME_STRETCH


def _make_up(total: Measure, parts: Sequence[Measure]) -> tuple[Measure, ...]:
    """The parts that share no place, lie in the total's places, and whose sum the total allows."""
    goal = stated(total.claim.figure)
    for size in range(2, min(4, len(parts)) + 1):
        for chosen in combinations(parts, size):
            cover: Counter[str] = Counter(p for m in chosen for p in m.places)
            if max(cover.values()) > 1 or not set(cover) <= set(total.places):
                continue
            made = Interval(0.0, 0.0)
            for m in chosen:
                made = made.plus(m.interval)
            numbers = [stated(m.claim.figure) for m in chosen]
            near = goal is not None and None not in numbers and abs(sum(v or 0.0 for v in numbers) - goal) <= SUM_SLACK * goal
            if near and made.meets(total.interval):
                return chosen
    return ()
