"""The schedule model once more, run by run in plain Python: what the kernel is compared with, for speed and for sameness.

Written from docs/schedule.md, not from the kernel: scalars and lists, one run after the other, no NumPy.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from rapporteur.schedule.draws import Draws
from rapporteur.schedule.kernel import CONSENT, DEADLINE, GATE, NOT_ORDERED
from rapporteur.schedule.plan import BOTH, EITHER, UNIT, GateRule, Plan, Rule

TOP = 3 * UNIT


@dataclass(frozen=True)
class World:
    """One run's share of the draws, as lists: the same numbers that the kernel gets."""

    initial: list[float]
    steps: list[list[float]]
    readings: list[list[list[float]]]
    presence: float
    capacity: list[float]
    consent: list[float]
    exit_met: bool
    exit_unmet: bool


def worlds(draws: Draws) -> list[World]:
    """All runs of a chunk, one by one."""
    n = draws.initial.shape[1]
    columns: list[Any] = [
        getattr(draws, name)[..., :n].transpose(-1, *range(getattr(draws, name).ndim - 1)).tolist()
        for name in Draws.__dataclass_fields__
    ]
    return [World(*values) for values in zip(*columns, strict=True)]


@dataclass
class Outcome:
    """What happened in one run; as ``kernel.Runs``."""

    completed: int
    ordered: list[int]
    cause: list[int]
    met: list[list[bool]]
    dependency: int
    returned: bool


def nothing(rule: Rule) -> Outcome:
    """A run in which nothing has happened yet."""
    k = len(rule.gates)
    return Outcome(
        completed=0, ordered=[0] * k, cause=[NOT_ORDERED] * k, met=[[] for _ in rule.gates], dependency=0, returned=False
    )


def enough(met: list[bool], gate: GateRule) -> bool:
    return sum(met) >= gate.at_least


def agreed(x: list[float], plan: Plan, rule: Rule, world: World, month: int, gate: GateRule) -> bool:
    readings = world.readings[(month - 1) // plan.assessed_every]
    parties = range(len(readings)) if rule.agreement in (BOTH, EITHER) else (rule.agreement,)
    threshold, cells, need = gate.threshold, gate.cells, gate.at_least
    for party in parties:
        reading = readings[party]
        count = 0
        for cell in cells:
            if x[cell] + reading[cell] >= threshold:
                count += 1
        if rule.agreement == EITHER and count >= need:
            return True
        if rule.agreement != EITHER and count < need:
            return False
    return rule.agreement != EITHER


def simulate_one(plan: Plan, rule: Rule, world: World) -> Outcome:
    """One run of one alternative."""
    x, force = list(world.initial), [float(level) for level in plan.initial]
    tranches, out = range(len(rule.gates)), nothing(rule)
    ordered, cause, met = out.ordered, out.cause, out.met
    stage = fails = 0
    sites = range(plan.sites)
    for month in range(1, plan.months + 1):
        gone = [floor((full - now) * 64 / full) / 64 * world.presence if full else 0.0 for full, now in zip(plan.initial, force)]  # noqa: B905 # speed
        steps = world.steps[month - 1]
        cell = 0
        for _ in range(plan.conditions):
            for site in sites:
                level = x[cell] + steps[cell] - gone[site]
                x[cell] = 0.0 if level < 0 else TOP if level > TOP else level
                cell += 1
        if (rule.pause or rule.reverse) and stage and cause[stage - 1] == GATE:
            k = stage - 1
            if month >= rule.latest[k]:
                fails = 0
            elif month % rule.review == 0:
                if agreed(x, plan, rule, world, month, rule.gates[k]):
                    fails = 0
                else:
                    fails = min(fails + 1, 2)
                    if rule.reverse and fails >= (2 if rule.pause else 1):
                        stage, fails, cause[k], ordered[k] = k, 0, NOT_ORDERED, 0
        while stage < len(rule.gates):
            why = trigger(x, plan, rule, world, month, stage)
            if why == NOT_ORDERED:
                break
            met[stage] = [x[c] >= rule.gates[stage].threshold for c in rule.gates[stage].cells]
            ordered[stage], cause[stage] = month, why
            stage, fails = stage + 1, 0
        arrived, bound = _move(plan, rule, world, force, stage, held=rule.pause and fails > 0)
        out.dependency += bound
        if arrived:
            out.completed = month
            break
    for k in tranches:
        if cause[k] == NOT_ORDERED:
            met[k] = [x[c] >= rule.gates[k].threshold for c in rule.gates[k].cells]
    unmet = any(ordered[k] and not enough(met[k], rule.gates[k]) for k in tranches)
    out.returned = bool(out.completed) and (world.exit_unmet if unmet else world.exit_met)
    return out


def trigger(x: list[float], plan: Plan, rule: Rule, world: World, month: int, k: int) -> int:
    if month >= rule.latest[k]:
        return DEADLINE
    if month >= rule.earliest[k] and month % rule.review == 0 and agreed(x, plan, rule, world, month, rule.gates[k]):
        return GATE
    lost = any(last >= k and world.consent[site] <= month for site, last in enumerate(rule.last))
    return CONSENT if lost else NOT_ORDERED


def _move(plan: Plan, rule: Rule, world: World, force: list[float], stage: int, *, held: bool) -> tuple[bool, bool]:
    """Moves ``force`` in place; whether all is at its last target, and whether a provider had to wait."""
    arrived, bound = stage == len(rule.gates), False
    for site in plan.order:
        target, capacity = rule.targets[stage][site], world.capacity[site]
        level = force[site] if held else force[site] + min(max(target - force[site], -capacity), capacity)
        for provider, client, ratio in plan.supplies:
            if provider == site:
                need = ceil(force[client] * ratio)
                if level < need:
                    level, bound = need, True
        force[site] = level
        arrived = arrived and level == target
    return arrived, bound


def simulate_all(plan: Plan, rule: Rule, chunk: list[World]) -> list[Outcome]:
    """All runs of a chunk."""
    return [simulate_one(plan, rule, world) for world in chunk]
