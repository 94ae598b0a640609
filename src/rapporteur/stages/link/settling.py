"""Which items are of one finding: decided in canonical order, each by those before it, so that no order of coming is special.

An item joins the group of the item before it that it is likest, unless a member of that group speaks against it. One more report
decides on its own items and, again, on those after them that they might draw away; nothing else is looked at. A whole record is
settled by the same function.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence

from rapporteur.stages.link.items import Item
from rapporteur.stages.link.pool import Home, Order, Pool

Likeness = Callable[[Item, Item], float]


class Settling:
    """One run: ``touched`` are the groups (by leader) that are other than before, or were before."""

    def __init__(self, pool: Pool, likeness: Likeness) -> None:
        self._pool, self._likeness = pool, likeness
        self._heap: list[Order] = []
        self._waiting: set[int] = set()
        self._fetched: set[int] = set()
        # Over a whole record nothing is settled yet that stands after what is decided on.
        self._last: Order = (-1, -1) if pool.whole else (1 << 63, 0)
        self.touched: set[int] = set()

    def again(self, numbers: Iterable[int]) -> None:
        """Items on which to decide (again)."""
        numbers = list(numbers)
        self._pool.load(numbers)
        for number in numbers:
            if number not in self._waiting:
                self._waiting.add(number)
                heapq.heappush(self._heap, self._pool.item(number).order)

    def run(self) -> None:
        """Decides on all that wait, and on those that follow from them."""
        pool = self._pool
        while self._heap:
            order = heapq.heappop(self._heap)
            number = order[1]
            if number not in self._fetched:
                pool.prepare(map(pool.item, self._waiting - self._fetched | {number}))
                self._fetched |= self._waiting | {number}
            self._waiting.discard(number)
            item, before = pool.item(number), pool.home(number)
            home = self._home(item)
            moved = before is None or before.leader != home.leader
            if before != home:
                pool.settle(number, home)
            if moved:
                self.touched.add(home.leader)
                if before is not None:
                    self.touched.add(before.leader)
            if moved and order < self._last:
                self._again_after(item, before)
            self._last = max(self._last, order)

    def _home(self, item: Item) -> Home:
        """Where an item belongs, by those before it."""
        pool = self._pool
        near = pool.before(item)
        pool.load(near)
        scored: list[tuple[float, Order, int]] = []
        for number in near:
            other = pool.item(number)
            score = self._likeness(other, item)
            home = pool.home(number)
            if score > 0 and home is not None:
                scored.append((-score, other.order, home.leader))
        against = self._against(item) if scored and item.exclusive else set()
        best = min((s for s in scored if s[2] not in against), default=None)
        return Home(item.number, 0.0) if best is None else Home(best[2], -best[0])

    def _against(self, item: Item) -> set[int]:
        """Groups with a member before ``item`` that speaks against it: one of its own report, as a rule."""
        pool = self._pool
        out = set()
        for number in pool.of(item.report):
            other = pool.item(number)
            home = pool.home(number)
            if home is not None and other.order < item.order and type(other) is type(item) and self._likeness(other, item) < 0:
                out.add(home.leader)
        return out

    def _again_after(self, item: Item, before: Home | None) -> None:
        """Has those decided on again that a new or moved ``item`` may draw to it, or has let go."""
        pool, home = self._pool, self._pool.home(item.number)
        assert home is not None, "it was just decided on"
        near = pool.after(item)
        pool.load(near)
        for number in near:
            where = pool.home(number)
            if where is None or number in self._waiting:
                continue
            score = self._likeness(item, pool.item(number))
            let_go = before is not None and where.leader == before.leader and score > 0
            if let_go or (score > 0 and score >= where.likeness and where.leader != home.leader):
                self.again([number])
            elif score > where.likeness and where.leader == home.leader:
                pool.settle(number, Home(where.leader, score))
        own = [pool.item(n) for n in pool.of(item.report)]
        self.again(o.number for o in own if o.order > item.order and type(o) is type(item))


def settle(pool: Pool, likeness: Likeness, fresh: Sequence[Item], gone: Sequence[Item], again: Iterable[int]) -> Settling:
    """Decides on what is ``fresh`` in the pool, on what ``gone`` items have let go, and on ``again``; says what has changed."""
    run = Settling(pool, likeness)
    run.touched.update(home.leader for home in pool.moved.values() if home is not None)
    run.again(item.number for item in fresh)
    run.again(again)
    for item in gone:
        run.again(n for n in pool.after(item) if pool.home(n) is not None)
        run.again(n for n in pool.of(item.report) if pool.home(n) is not None)
    pool.fetch(fresh)
    parted = {pair for item in fresh for pair in pool.parted(item, pool.keys(item.number))} if not pool.whole else set()
    pool.load(number for pair in parted for number in pair)
    for one, other in parted:
        first, second = pool.home(one), pool.home(other)
        if first is not None and second is not None and first.leader == second.leader:
            run.again([other])
    run.run()
    return run
