"""Reconciling what a change reaches: one more report costs its claims and those that they meet, not the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapporteur.model.account import Finding
from rapporteur.model.reading import Reading
from rapporteur.stages.link.items import Item, number_of
from rapporteur.stages.link.pool import Pool
from rapporteur.stages.link.settling import settle
from rapporteur.stages.link.utterances import Said
from rapporteur.stages.reconcile.context import ReportContext
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.findings import Findings, Touched
from rapporteur.stages.reconcile.kinds import items_of, likeness
from rapporteur.stages.reconcile.ledger import Ledger
from rapporteur.stages.reconcile.measures import Measure
from rapporteur.stages.reconcile.statements import contradict


@dataclass(frozen=True)
class News:
    """What is other than in the run before. ``readings`` are new, or corrected; reports of ``regrouped`` have other relatives;
    the claims of ``counted`` may lead to other origins, or have others drifting to them; ``judged`` are claims that
    people merged, split or rejected, or did so no more."""

    readings: Sequence[Reading]
    regrouped: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()


def renew(
    news: News, pool: Pool, ledger: Ledger, standing: Standing, related: Callable[[str, str], bool]
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The findings that ``news`` may have changed, sorted by kind and id, and the ids of those that are none any more. ``pool``
    has all items and their groups afterwards."""
    gone = [item for reading in news.readings for item in pool.remove(reading.report.id)]
    fresh = [item for reading in news.readings for item in items_of(ReportContext(reading))]
    pool.add(fresh)
    again = {n for report in news.regrouped for n in pool.of(report)}
    pool.prepare(map(pool.item, again))
    again |= {n for number in again for n in pool.after(pool.item(number))}
    settled = settle(pool, likeness(related), fresh, gone, again)
    groups = set(settled.touched)
    items: list[Item] = []
    numbers = [n for report in news.counted for n in pool.of(report)] + [number_of(claim) for claim in news.judged]
    groups |= {home.leader for n in numbers if pool.known(n) and (home := pool.home(n)) is not None}
    if not pool.whole:
        apart, opposed = _parted(fresh, pool)
        # ``moved`` holds what is fresh, too.
        items = [*gone, *(pool.item(n) for n in sorted(again.union(pool.moved)) if pool.known(n)), *apart]
        groups |= opposed
    claims = frozenset(item.claim.id for item in gone)
    return Findings(pool, ledger, standing).of(Touched(frozenset(groups), tuple(items), news.counted, claims))


def _parted(fresh: Iterable[Item], pool: Pool) -> tuple[list[Item], set[int]]:
    """What no longer meets since ``fresh`` items stand between: figures of which one may be the other's part, and the groups of
    statements that contradict each other."""
    pool.fetch(fresh, lambda item: pool.all_keys(item.number))
    pairs = {pair for item in fresh for pair in pool.parted(item, pool.all_keys(item.number))}
    pool.load(n for pair in pairs for n in pair)
    items: list[Item] = []
    groups: set[int] = set()
    for pair in pairs:
        a, b = map(pool.item, pair)
        if isinstance(a, Measure) and isinstance(b, Measure) and max(len(a.places), len(b.places)) > 1:
            items += [a, b]
        if isinstance(a, Said) and isinstance(b, Said) and contradict(a, b):
            groups |= {home.leader for n in pair if (home := pool.home(n)) is not None}
    return items, groups
