"""The schedule model as a discrete-event simulation in SimPy, for the benchmark."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy
from benchmarks import schedule_plain as plain

from rapporteur.schedule.kernel import GATE, NOT_ORDERED
from rapporteur.schedule.plan import Plan, Rule


class SimpyRun:
    """The model as SimPy would have it: a process for each condition at each site, one for decisions, one for each force."""

    def __init__(self, plan: Plan, rule: Rule, world: plain.World) -> None:
        self.plan, self.rule, self.world = plan, rule, world
        self.env = simpy.Environment()
        self.x, self.force = list(world.initial), [float(level) for level in plan.initial]
        self.out = plain.nothing(rule)
        self.stage = self.fails = 0
        self.bound, self.arrived = False, True
        # Processes of one month run in the order in which they are started: conditions, decisions, forces, the clock.
        for cell in range(plan.cells):
            self.env.process(self.condition(cell))
        self.env.process(self.decisions())
        for site in plan.order:
            self.env.process(self.forces(site))
        self.done = self.env.process(self.clock())

    def condition(self, cell: int) -> Generator[Any, None, None]:
        site = cell % self.plan.sites
        full = self.plan.initial[site]
        while True:
            yield self.env.timeout(1)
            gone = int((full - self.force[site]) * 64 / full) / 64 * self.world.presence if full else 0.0
            level = self.x[cell] + self.world.steps[int(self.env.now) - 1][cell] - gone
            self.x[cell] = min(max(level, 0.0), plain.TOP)

    def decisions(self) -> Generator[Any, None, None]:
        rule, out = self.rule, self.out
        while True:
            yield self.env.timeout(1)
            month = int(self.env.now)
            self.bound, self.arrived = False, True
            k = self.stage - 1
            if (rule.pause or rule.reverse) and k >= 0 and out.cause[k] == GATE:
                if month >= rule.latest[k]:
                    self.fails = 0
                elif month % rule.review == 0:
                    good = plain.agreed(self.x, self.plan, rule, self.world, month, rule.gates[k])
                    self.fails = 0 if good else min(self.fails + 1, 2)
                    if rule.reverse and self.fails >= (2 if rule.pause else 1):
                        self.stage, self.fails, out.cause[k], out.ordered[k] = k, 0, NOT_ORDERED, 0
            while self.stage < len(rule.gates):
                why = plain.trigger(self.x, self.plan, rule, self.world, month, self.stage)
                if why == NOT_ORDERED:
                    break
                gate = rule.gates[self.stage]
                out.met[self.stage] = [self.x[c] >= gate.threshold for c in gate.cells]
                out.ordered[self.stage], out.cause[self.stage] = month, why
                self.stage, self.fails = self.stage + 1, 0

    def forces(self, site: int) -> Generator[Any, None, None]:
        capacity = self.world.capacity[site]
        while True:
            yield self.env.timeout(1)
            target, level = self.rule.targets[self.stage][site], self.force[site]
            if not (self.rule.pause and self.fails > 0):
                level += min(max(target - level, -capacity), capacity)
            for provider, client, ratio in self.plan.supplies:
                if provider == site:
                    need = plain.ceil(self.force[client] * ratio)
                    self.bound = self.bound or level < need
                    level = max(level, need)
            self.force[site] = level
            self.arrived = self.arrived and level == target

    def clock(self) -> Generator[Any, None, None]:
        for month in range(1, self.plan.months + 1):
            yield self.env.timeout(1)
            self.out.dependency += self.bound
            if self.arrived and self.stage == len(self.rule.gates):
                self.out.completed = month
                return

    def run(self) -> plain.Outcome:
        self.env.run(self.done)
        out, rule = self.out, self.rule
        for k, gate in enumerate(rule.gates):
            if out.cause[k] == NOT_ORDERED:
                out.met[k] = [self.x[c] >= gate.threshold for c in gate.cells]
        unmet = any(out.ordered[k] and not plain.enough(out.met[k], gate) for k, gate in enumerate(rule.gates))
        out.returned = bool(out.completed) and (self.world.exit_unmet if unmet else self.world.exit_met)
        return out
