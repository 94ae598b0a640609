"""Items settled a few at a time are settled as all at once, whatever the order, the crowding under a key and the families."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.model.claims import StatementClaim
from rapporteur.model.spans import Span
from rapporteur.stages.link import pool as pools
from rapporteur.stages.link.items import CLAIMS, Item
from rapporteur.stages.link.pool import Home, Nothing, Order, Pool, Stretch
from rapporteur.stages.link.settling import settle

SPAN = Span.of("what was said", 0, 4)
WORDS = "arms buses camp dusk east fuel".split()


class Thing(Item, frozen=True, array_like=True, tag="thing"):
    """Two of one report that share no word keep each other out of a group."""

    exclusive = True


def thing(number: int, day: int, words: frozenset[str]) -> Thing:
    report = number // 3
    claim = StatementClaim(f"r{report}#s{number}", SPAN, None, None, (SPAN,), "direct", "on-record")
    return Thing(number, (day * 1000 + report) * CLAIMS + number % 3, f"r{report}", None, 1.0, words, None, claim)


def keys(item: Item) -> list[int]:
    return [WORDS.index(w) for w in sorted(item.words)]


def likeness(a: Item, b: Item) -> float:
    shared = len(a.words & b.words) / len(a.words | b.words)
    return -1.0 if a.report == b.report and not shared else shared if shared >= 0.3 else 0.0


class Left:
    """What a run has left, in memory."""

    def __init__(self) -> None:
        self.held: dict[int, tuple[Item, Home]] = {}

    def take(self, pool: Pool) -> None:
        for number in pool.moved:
            self.held.pop(number, None)
            if pool.known(number) and (home := pool.home(number)) is not None:
                self.held[number] = pool.item(number), home

    def stretches(self, asked: Sequence[Stretch], most: int) -> Mapping[Stretch, list[Order]]:
        out = {}
        for stretch in asked:
            line = sorted(i.order for i, _ in self.held.values() if stretch.key in keys(i))
            before = [o for o in line if o[0] < stretch.first]
            after = [o for o in line if o[0] >= stretch.first + CLAIMS]
            out[stretch] = before[-most:] + [o for o in line if o not in before and o not in after] + after[:most]
        return out

    def items(self, numbers: Sequence[int]) -> Mapping[int, tuple[Item, Home]]:
        return {n: self.held[n] for n in numbers if n in self.held}

    def of(self, reports: Sequence[str]) -> Mapping[int, tuple[Item, Home]]:
        return {n: found for n, found in self.held.items() if found[0].report in reports}

    def members(self, leaders: Sequence[int]) -> Mapping[int, tuple[Item, Home]]:
        return {n: found for n, found in self.held.items() if found[1].leader in leaders}


def leaders(left: Left) -> dict[int, int]:
    return {n: home.leader for n, (_, home) in left.held.items()}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_in_any_order_it_is_as_all_at_once(data: st.DataObject) -> None:
    words = st.frozensets(st.sampled_from(WORDS), min_size=1, max_size=3)
    things = [thing(n, data.draw(st.integers(0, 4)) if not n % 3 else 0, data.draw(words)) for n in range(24)]
    days = {t.report: t.place // CLAIMS for t in things if not t.number % 3}
    things = [thing(t.number, days[t.report] // 1000, t.words) for t in things]
    reports = data.draw(st.permutations(sorted(days)))
    left = Left()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pools, "WIDTH", data.draw(st.integers(1, 4)))
        for report in (*reports, *data.draw(st.lists(st.sampled_from(reports), max_size=2))):
            pool = Pool(left if left.held else Nothing(), keys)
            gone = pool.remove(report)  # one that came before is taken out and put in again
            fresh = [t for t in things if t.report == report]
            pool.add(fresh)
            settle(pool, likeness, fresh, gone, ())
            left.take(pool)
        whole, every = Pool(Nothing(), keys), Left()
        whole.add(things)
        settle(whole, likeness, things, (), ())
        every.take(whole)
    assert leaders(left) == leaders(every)


def test_two_of_one_report_that_exclude_each_other_are_not_joined_through_a_third() -> None:
    first, second = thing(0, 1, frozenset({"arms", "buses"})), thing(1, 1, frozenset({"camp", "dusk"}))
    third = thing(3, 2, frozenset({"arms", "buses", "camp", "dusk"}))
    pool = Pool(Nothing(), keys)
    pool.add([third, second, first])
    settle(pool, likeness, [first, second, third], (), ())
    homes = {n: home.leader for n in (0, 1, 3) if (home := pool.home(n)) is not None}
    assert homes == {0: 0, 1: 1, 3: 0}
