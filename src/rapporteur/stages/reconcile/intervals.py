"""Figures as intervals, so that a conflict is only what the bounds exclude and an agreement only what they allow."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from rapporteur.model.claims import Figure

ABOUT = 0.1
"""Half-width of "about v" as a share of v. News rounds to two digits or to a round number; a tenth holds "about 2,500" for 2,600
and 2,300 and parts it from 3,000. Chosen from use, not fitted."""


class Interval(NamedTuple):
    """Numbers from ``low`` to ``high``; an open end is excluded. An unbounded end is infinite."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low < high:
            return True
        if low > high:
            return False
        return not any((i.low == low and i.low_open) or (i.high == high and i.high_open) for i in (self, other))

    def plus(self, other: Interval) -> Interval:
        """The interval of sums."""
        return Interval(
            self.low + other.low, self.high + other.high, self.low_open or other.low_open, self.high_open or other.high_open
        )


def interval(figure: Figure) -> Interval:
    """What a figure allows. A vague number ("dozens") is its low..high; a figure without any number allows everything."""
    low, high = (figure.value, figure.value) if figure.value is not None else (figure.low, figure.high)
    if low is None and high is None:
        return Interval(-math.inf, math.inf)
    first = low if low is not None else -math.inf
    last = high if high is not None else math.inf
    if figure.bound == "about":
        return Interval(first - abs(first) * ABOUT, last + abs(last) * ABOUT)
    if figure.bound in ("at-least", "more-than"):
        return Interval(first, math.inf, low_open=figure.bound == "more-than")
    if figure.bound in ("at-most", "less-than"):
        return Interval(min(0.0, last), last, high_open=figure.bound == "less-than")
    return Interval(first, last)


def stated(figure: Figure) -> float | None:
    """The number as stated: the value, or the middle of a range."""
    if figure.value is not None:
        return figure.value
    if figure.low is not None and figure.high is not None:
        return (figure.low + figure.high) / 2
    return figure.low if figure.low is not None else figure.high


def all_meet(intervals: Iterable[Interval]) -> bool:
    """Whether one number lies in all of them (for intervals on a line, as Helly's theorem has it: whether each pair meets)."""
    items = list(dict.fromkeys(intervals))
    return all(a.meets(b) for i, a in enumerate(items) for b in items[i + 1 :])
