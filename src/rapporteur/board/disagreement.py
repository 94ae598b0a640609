"""Why two ratings differ: another question, another date, other evidence, or another reading of the same evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from rapporteur.model.board import Observation, Rating

Kind = Literal["question", "date", "evidence", "reading"]

FAR_APART = 31
"""Days between two ratings from which their dates alone may explain a difference: the month of monthly reports."""


@dataclass(frozen=True)
class Disagreement:
    """Two ratings of one condition at one site that differ, and what tells them apart."""

    one: Rating
    other: Rating
    kinds: tuple[Kind, ...]

    @property
    def gap(self) -> bool:
        """Whether not even the ranges that the two allow overlap (None where they are on different scales: never compared)."""
        if self.one.scale != self.other.scale or None in (self.one.low, self.one.high, self.other.low, self.other.high):
            return False
        low = max(self.one.low or 0, self.other.low or 0)
        return low > min(self.one.high or 0, self.other.high or 0)


def disagreements(ratings: Sequence[Rating], observations: Mapping[str, Observation]) -> tuple[Disagreement, ...]:
    """All pairs among the ratings of one cell whose levels differ; ``observations`` are those that were accepted, by id."""
    known = [r for r in ratings if isinstance(r.level, int)]
    out = []
    for one, other in combinations(known, 2):
        if (one.scale, one.level) != (other.scale, other.level):
            out.append(Disagreement(one, other, kinds_of(one, other, observations)))
    return tuple(out)


def kinds_of(one: Rating, other: Rating, observations: Mapping[str, Observation]) -> tuple[Kind, ...]:
    """What tells two ratings apart. Two questions have two answers: nothing else is asked then. Otherwise the date, when they
    speak of days over a month apart or one rests on something later than the other's day; the evidence, when they rest on
    different observations; and when neither does, they read the same evidence differently."""
    if one.question != other.question:
        return ("question",)
    kinds: list[Kind] = []
    earlier, later = sorted((one, other), key=lambda r: r.as_of)
    if _days(earlier.as_of, later.as_of) > FAR_APART or any(
        _day(observations[o]) > earlier.as_of for o in later.observations if o in observations and later.as_of > earlier.as_of
    ):
        kinds.append("date")
    if set(one.observations) != set(other.observations):
        kinds.append("evidence")
    return tuple(kinds) or ("reading",)


def _day(observation: Observation) -> str:
    return observation.event_date or observation.report_date or ""


def _days(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
