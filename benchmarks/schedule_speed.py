"""The schedule kernel against SimPy and plain Python: the same model, the same random numbers, the same results run by run.

    OMP_NUM_THREADS=1 python benchmarks/schedule_speed.py        (needs: pip install simpy)

Ratios are per run of the simulation alone, from the same draws ready in memory; the whole comparison (reading of draws,
figures) of 100,000 runs x 60 months x 3 sites x 3 factors is timed apart, with its peak memory. Times are processor time
of this process, best of three, so that a busy machine does not move them much.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Generator
from importlib.resources import files
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import simpy  # noqa: E402 # after the path

from benchmarks import schedule_plain as plain  # noqa: E402 # after the path
from rapporteur.schedule import loads  # noqa: E402
from rapporteur.schedule.compare import compare  # noqa: E402
from rapporteur.schedule.draws import CHUNK, draw, draw_parameters, normal_table  # noqa: E402
from rapporteur.schedule.kernel import GATE, NOT_ORDERED, simulate  # noqa: E402
from rapporteur.schedule.plan import Plan, Rule, plan_of, rule_of  # noqa: E402
from rapporteur.schedule.scenario import Scenario  # noqa: E402

RUNS = 100_000
PEER_RUNS = 1_000


def timed(work: Callable[[], Any], repeats: int = 3) -> tuple[float, Any]:
    best, result = float("inf"), None
    for _ in range(repeats):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return best, result


class SimpyRun:
    """The model as SimPy would have it: a process for each condition at each site, one for decisions, one for each force."""

    def __init__(self, plan: Plan, rule: Rule, world: plain.World) -> None:
        self.plan, self.rule, self.world = plan, rule, world
        self.env = simpy.Environment()
        self.x, self.force = list(world.initial), [float(level) for level in plan.initial]
        k = len(rule.gates)
        self.out = plain.Outcome(0, [0] * k, [NOT_ORDERED] * k, [[] for _ in range(k)], 0, False, [])
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
                why = plain._why(self.x, self.plan, rule, self.world, month, self.stage)
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


def same(runs: Any, outcomes: list[plain.Outcome]) -> bool:
    """Whether every run came out the same in every respect."""
    return all(
        (int(runs.completed[i]), runs.ordered[:, i].tolist(), runs.cause[:, i].tolist(), int(runs.dependency[i]), bool(runs.returned[i]))
        == (out.completed, out.ordered, out.cause, out.dependency, out.returned)
        and [met[:, i].tolist() for met in runs.met] == out.met
        for i, out in enumerate(outcomes)
    )


def ratios(scenario: Scenario) -> None:
    plan = plan_of(scenario)
    draws = draw(scenario, plan, draw_parameters(scenario, 1, 0), seed=1)
    chunk = plain.worlds(draws)[:PEER_RUNS]
    print(f"{'alternative':12} {'kernel':>10} {'plain':>10} {'SimPy':>10}  us/run   ratios")
    for alternative in scenario.alternatives:
        rule = rule_of(scenario, alternative)
        kernel, runs = timed(lambda rule=rule: simulate(plan, rule, draws), 7)
        python, ours = timed(lambda rule=rule: plain.simulate_all(plan, rule, chunk))
        simpys, theirs = timed(lambda rule=rule: [SimpyRun(plan, rule, world).run() for world in chunk])
        each = [kernel / CHUNK, python / PEER_RUNS, simpys / PEER_RUNS]
        print(f"{alternative.id:12} " + " ".join(f"{t * 1e6:10.2f}" for t in each), end="")
        print(f"           {each[1] / each[0]:.0f} x plain, {each[2] / each[0]:.0f} x SimPy;", end=" ")
        print("run by run the same" if same(runs, ours) and same(runs, theirs) else "RESULTS DIFFER")


def whole(scenario: Scenario) -> None:
    for alternative in scenario.alternatives:
        one = scenario.model_copy(update={"alternatives": [alternative]})
        seconds, _ = timed(lambda one=one: compare(one, runs=RUNS))
        print(f"{RUNS:,} runs x {scenario.months} months x 3 sites x 3 factors, {alternative.id}: {seconds:.2f} s with all figures")
    seconds, _ = timed(lambda: compare(scenario, runs=RUNS), 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"all {len(scenario.alternatives)} alternatives: {seconds:.2f} s; peak memory of the process {peak:.0f} MB")


if __name__ == "__main__":
    example = loads((files("rapporteur.schedule") / "examples" / "hmc.yaml").read_text("utf-8"), "hmc.yaml")
    normal_table()
    whole(example)
    ratios(example)
