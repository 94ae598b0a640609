"""What a comparison of schedules says, and the outside view beside it.

Every figure names the parameters it rests on (``rests_on``: ids in ``Comparison.sheet``).

Numbers are rounded where they are made: probabilities are whole percents in steps of 5, dates are quarters.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class Band(msgspec.Struct, frozen=True):
    """10th, 50th and 90th percentile over the runs. Dates as quarters, counts in their unit."""

    p10: str
    p50: str
    p90: str


class Chance(msgspec.Struct, frozen=True):
    """A probability in percent, to 5; ``words`` for reading."""

    percent: int
    words: str


STEP = 5
"""Percent. Finer steps would be read as knowledge; the parameters are mostly assumed."""


def in_words(percent: int) -> str:
    """A rounded percentage for reading; the ends are said as what they are."""
    if percent <= 0:
        return f"under {STEP} %"
    return f"over {100 - STEP} %" if percent >= 100 else f"about {percent} %"


class Triggers(msgspec.Struct, frozen=True):
    """What ordered a tranche, in percent of all runs; the four sum to 100."""

    gate: int
    deadline: int
    consent: int
    not_ordered: int


class MetChance(msgspec.Struct, frozen=True):
    """How likely a condition truly stood at its threshold at a site when the tranche was ordered (or at the horizon)."""

    condition: str
    site: str
    chance: Chance


class Milestone(msgspec.Struct, frozen=True):
    """One tranche of one alternative."""

    tranche: str
    ordered: Band
    triggers: Triggers
    met: tuple[MetChance, ...]
    all_met: Chance
    """All conditions of its gate stood at their threshold at all its sites when it was ordered (or at the horizon)."""
    gate_met: Chance
    """It was ordered, and as many of them as its gate asks for stood there."""
    executed_unmet: Chance
    """Of the runs in which it was ordered: its gate was truly not met."""
    binding: str
    """The condition and site least often met."""
    warning: str
    rests_on: tuple[str, ...]


class ForcePoint(msgspec.Struct, frozen=True):
    """Force at a site at the end of a quarter, in persons, 10/50/90."""

    quarter: str
    month: int
    p10: int
    p50: int
    p90: int


class Force(msgspec.Struct, frozen=True):
    """The fan of one site."""

    site: str
    points: tuple[ForcePoint, ...]
    rests_on: tuple[str, ...]


class SignOutcome(msgspec.Struct, frozen=True):
    """The runs in which the presence helps the conditions, or harms them."""

    presence: Literal["helps", "harms"]
    completion: Band
    not_completed: Chance
    returned: Chance


class Cumulative(msgspec.Struct, frozen=True):
    """Chance that the schedule is completed by the end of a quarter."""

    quarter: str
    month: int
    percent: int


class Outcome(msgspec.Struct, frozen=True):
    """One alternative."""

    id: str
    name: str
    rule: Literal["dates", "conditions", "hybrid"]
    completion: Band
    not_completed: Chance
    completed_by: tuple[Cumulative, ...]
    milestones: tuple[Milestone, ...]
    forces: tuple[Force, ...]
    dependency_months: Band
    returned: Chance
    """Of the completed runs: forces had to return within the window."""
    signs: tuple[SignOutcome, ...]
    monte_carlo: str
    rests_on: tuple[str, ...]


class Pair(msgspec.Struct, frozen=True):
    """Two alternatives in the same worlds, in percent of runs; the three sum to 100."""

    first: str
    second: str
    first_earlier: int
    same_quarter: int
    second_earlier: int
    rests_on: tuple[str, ...]


class Preference(msgspec.Struct, frozen=True):
    """In which share of one party's weight space each alternative is best, in percent. Never summed over parties."""

    party: str
    label: str
    because: str
    best: tuple[tuple[str, int], ...]
    rests_on: tuple[str, ...]


class SheetRow(msgspec.Struct, frozen=True):
    """A line of the assumption sheet."""

    id: str
    number: str
    unit: str
    basis: str
    """The reference, or "assumed", or "elicit"."""
    note: str
    used_for: tuple[str, ...]


class Run(msgspec.Struct, frozen=True):
    """How the figures were made."""

    runs: int
    seed: int
    version: str
    start: str
    months: int
    window: int
    """Months after completion in which a return counts."""


class CaseScore(msgspec.Struct, frozen=True):
    """How a case compares with what the other cases would have foretold. Months."""

    id: str
    name: str
    announced: str
    planned: str
    done: str
    delay: float | None
    low: float
    middle: float
    high: float
    """10th, 50th and 90th percentile of the other cases' delays."""
    inside: bool
    """Whether the case lies in that band."""
    crps: float
    sources: tuple[str, ...]
    read: tuple[str, ...]
    """How a document was read where it leaves a choice."""
    verify: tuple[str, ...]
    """What has still to be checked."""


class Backtest(msgspec.Struct, frozen=True):
    """All cases, each foretold by the others (leave one out)."""

    schema: int
    cases: tuple[CaseScore, ...]
    inside: int
    nominal: int
    """Percent of cases that a good 10-90 band would hold."""
    crps: float
    crps_dates: float
    """Mean CRPS of believing the announced date itself: the mean absolute delay."""
    carried_out: int
    remarks: tuple[str, ...]


class Comparison(msgspec.Struct, frozen=True):
    """All alternatives of a file, in the same simulated worlds."""

    schema: int
    title: str
    about: str
    run: Run
    outcomes: tuple[Outcome, ...]
    pairs: tuple[Pair, ...]
    preferences: tuple[Preference, ...]
    sheet: tuple[SheetRow, ...]
    outside: Backtest
    """The outside view beside the model: what became of announced withdrawals."""
    caveats: tuple[str, ...]
    warnings: tuple[str, ...]
