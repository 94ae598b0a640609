"""Figures as intervals: nothing is a conflict that the bounds allow, nothing an agreement that they exclude."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.model.claims import Bound, Figure
from rapporteur.model.spans import Span
from rapporteur.stages.reconcile.intervals import Interval, all_meet, interval


def figure(value: float | None, bound: Bound = "exact", low: float | None = None, high: float | None = None) -> Figure:
    return Figure(Span(0, 1, "x"), value, low, high, bound, None, "soldier", None, (), None, None, None)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (figure(2500, "about"), figure(2500), True),
        (figure(2500, "about"), figure(2600, "about"), True),
        (figure(2500), figure(2600), False),
        (figure(150, "at-least"), figure(153), True),
        (figure(153, "more-than"), figure(153), False),
        (figure(150, "at-least"), figure(149), False),
        (figure(80, "at-most"), figure(80), True),
        (figure(80, "less-than"), figure(80), False),
        (figure(80, "at-most"), figure(60, "at-least"), True),
        (figure(None, "range", 20, 30), figure(25), True),
        (figure(None, "range", 20, 30), figure(31), False),
        (figure(None), figure(7), True),
    ],
)
def test_bounds_decide(one: Figure, other: Figure, agree: bool) -> None:
    assert interval(one).meets(interval(other)) is agree
    assert interval(other).meets(interval(one)) is agree


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=6))
def test_closed_intervals_meet_in_pairs_exactly_when_one_number_lies_in_all(pairs: list[tuple[int, int]]) -> None:
    intervals = [Interval(min(p), max(p)) for p in pairs]
    common = any(all(i.low <= n <= i.high for i in intervals) for n in range(101))
    assert all_meet(intervals) is common


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_sums_add_their_ends(a: int, b: int) -> None:
    assert Interval(a, a + 1).plus(Interval(b, b + 2)) == Interval(a + b, a + b + 3)
