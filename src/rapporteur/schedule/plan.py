"""A scenario as the kernel wants it: indices and whole numbers instead of names.

Levels (0-3) are kept in lattice units of 2^-14 level, force in persons, time in months after the start. All are whole
numbers or sixty-fourths far below 2^24, so that sums in float32 are exact: the same runs come out of any correct program
for the same model, which the tests and the benchmark rely on.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np
import numpy.typing as npt

from rapporteur.schedule.scenario import NEVER, START, Alternative, Gate, Scenario, Tranche

Floats = npt.NDArray[np.float32]
UNIT = 2**14
"""Lattice units per level. 2^-14 of a level is far below anything a rating could tell apart."""
RATIO_PARTS = 1024
"""Supply ratios are rounded to 1/1024, so that ratio x persons is exact."""
FAR = 2**15 - 1
"""A month that never comes."""
BOTH, EITHER = -1, -2


@dataclass(frozen=True)
class Plan:
    """What all alternatives share. Cells are conditions x sites, in the order condition * sites + site."""

    months: int
    conditions: int
    sites: int
    initial: tuple[int, ...]
    """Persons per site at the start."""
    supplies: tuple[tuple[int, int, float], ...]
    """(provider, client, ratio)."""
    order: tuple[int, ...]
    """Sites, each client before those that provide for it."""
    assessed_every: int

    @property
    def cells(self) -> int:
        """Conditions x sites."""
        return self.conditions * self.sites


@dataclass(frozen=True)
class GateRule:
    """Cells of a gate, its threshold in lattice units, and how many cells must reach it."""

    cells: tuple[int, ...]
    threshold: int
    at_least: int


@dataclass(frozen=True)
class Rule:
    """One alternative: ``targets[k][site]`` is the force after k tranches; ``earliest[k]``, ``latest[k]`` bound tranche k."""

    targets: tuple[tuple[int, ...], ...]
    earliest: tuple[int, ...]
    latest: tuple[int, ...]
    gates: tuple[GateRule, ...]
    last: tuple[int, ...]
    """Per site: the last tranche that moves force there, -1 if none does. Loss of consent orders all up to it."""
    review: int
    agreement: int
    """``BOTH``, ``EITHER``, or the index of the party that decides."""
    pause: bool
    reverse: bool


def plan_of(scenario: Scenario) -> Plan:
    """The shared part of a checked scenario."""
    index = {site.id: i for i, site in enumerate(scenario.sites)}
    graph: dict[int, set[int]] = {i: set() for i in index.values()}
    supplies = []
    for supply in scenario.supplies:
        provider, client = index[supply.provider], index[supply.client]
        graph[provider].add(client)
        supplies.append((provider, client, round(scenario.number(supply.ratio) * RATIO_PARTS) / RATIO_PARTS))
    return Plan(
        months=scenario.months,
        conditions=len(scenario.conditions),
        sites=len(scenario.sites),
        initial=tuple(round(scenario.number(site.level)) for site in scenario.sites),
        supplies=tuple(supplies),
        order=tuple(TopologicalSorter(graph).static_order()),
        assessed_every=round(scenario.number(scenario.dynamics.assessed_every)),
    )


def rule_of(scenario: Scenario, alternative: Alternative) -> Rule:
    """One alternative of a checked scenario."""
    levels = [plan_of(scenario).initial]
    for tranche in alternative.tranches:
        levels.append(
            tuple(
                round(scenario.number(tranche.targets[site.id])) if site.id in tranche.targets else before
                for site, before in zip(scenario.sites, levels[-1], strict=True)
            )
        )
    moves = range(len(alternative.tranches))
    parties = [party.id for party in scenario.parties]
    words = {"both": BOTH, "either": EITHER}
    windows = [_window(scenario, tranche) for tranche in alternative.tranches]
    return Rule(
        targets=tuple(levels),
        earliest=tuple(low for low, _ in windows),
        latest=tuple(high for _, high in windows),
        gates=tuple(_gate(scenario, tranche.gate) for tranche in alternative.tranches),
        last=tuple(max((k for k in moves if levels[k + 1][s] != levels[k][s]), default=-1) for s in range(len(scenario.sites))),
        review=round(scenario.number(alternative.review)),
        agreement=words[alternative.agreement] if alternative.agreement in words else parties.index(alternative.agreement),
        pause=alternative.pause,
        reverse=alternative.reversal,
    )


def _window(scenario: Scenario, tranche: Tranche) -> tuple[int, int]:
    low, high = tranche.not_earlier_than, tranche.not_later_than
    earliest = 0 if low == START else scenario.month(str(scenario.parameters[low].date))
    latest = FAR if high == NEVER else scenario.month(str(scenario.parameters[high].date))
    return earliest, latest


def _gate(scenario: Scenario, gate: Gate) -> GateRule:
    conditions = [condition.id for condition in scenario.conditions]
    sites = [site.id for site in scenario.sites]
    cells = {conditions.index(c) * len(sites) + sites.index(s) for c in gate.conditions for s in gate.sites}
    threshold = round(scenario.number(gate.threshold) * UNIT)
    return GateRule(tuple(sorted(cells)), threshold, round(scenario.number(gate.at_least)))
