"""Runs all alternatives through the same worlds, chunk by chunk, and keeps what the figures need of each run."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rapporteur.schedule.draws import CHUNK, Draws, draw, draw_parameters
from rapporteur.schedule.kernel import Fan, Runs, simulate
from rapporteur.schedule.plan import Plan, Rule, plan_of, rule_of
from rapporteur.schedule.scenario import Scenario

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Tally:
    """One alternative over all runs; shapes as in ``kernel.Runs``, with n the number of all runs."""

    completed: npt.NDArray[np.int16]
    ordered: npt.NDArray[np.int16]
    cause: npt.NDArray[np.int8]
    unmet: Bools
    dependency: npt.NDArray[np.int16]
    returned: Bools
    met: tuple[npt.NDArray[np.int64], ...]
    """Per tranche (cells of its gate,): number of runs in which the cell was truly met."""
    every: tuple[int, ...]
    """Per tranche: number of runs in which all cells of its gate were truly met."""
    fan: Fan


@dataclass(frozen=True)
class Tallies:
    """All alternatives, in the order of the file. ``helps``: (n,) runs in which the presence helps the conditions."""

    plan: Plan
    rules: tuple[Rule, ...]
    alternatives: tuple[Tally, ...]
    helps: Bools


class _Collector:
    def __init__(self, plan: Plan, rule: Rule) -> None:
        self.rule, self.fan = rule, Fan(plan)
        self.runs: list[tuple[Runs, Bools]] = []
        self.met = [np.zeros(len(gate.cells), np.int64) for gate in rule.gates]
        self.every = [0] * len(rule.gates)

    def add(self, runs: Runs) -> None:
        for k, met in enumerate(runs.met):
            self.met[k] += met.sum(axis=1)
            self.every[k] += int(met.all(axis=0).sum())
        kept = Runs(runs.completed, runs.ordered, runs.cause, (), runs.dependency, runs.returned)
        self.runs.append((kept, runs.unmet(self.rule)))

    def tally(self) -> Tally:
        each = [runs for runs, _ in self.runs]
        return Tally(
            completed=np.concatenate([r.completed for r in each]),
            ordered=np.concatenate([r.ordered for r in each], axis=1),
            cause=np.concatenate([r.cause for r in each], axis=1),
            unmet=np.concatenate([unmet for _, unmet in self.runs], axis=1),
            dependency=np.concatenate([r.dependency for r in each]),
            returned=np.concatenate([r.returned for r in each]),
            met=tuple(self.met),
            every=tuple(self.every),
            fan=self.fan,
        )


def tallying(scenario: Scenario, runs: int, seed: int) -> Generator[int, None, Tallies]:
    """Simulates ``runs`` runs of every alternative: yields how many have been done, returns the tallies.

    Memory: one chunk of worlds (15 MB for 60 months x 9 cells), and 20 B a run.
    """
    plan = plan_of(scenario)
    rules = tuple(rule_of(scenario, alternative) for alternative in scenario.alternatives)
    collectors = [_Collector(plan, rule) for rule in rules]
    helps = []
    for chunk in range(-(-runs // CHUNK)):
        draws = cut(draw(scenario, plan, draw_parameters(scenario, seed, chunk), seed=seed, chunk=chunk), runs - chunk * CHUNK)
        helps.append(draws.presence > 0)
        for collector in collectors:
            collector.add(simulate(plan, collector.rule, draws, collector.fan))
        yield min((chunk + 1) * CHUNK, runs)
    return Tallies(plan, rules, tuple(collector.tally() for collector in collectors), np.concatenate(helps))


def cut(draws: Draws, n: int) -> Draws:
    """The first ``n`` worlds of a chunk: a chunk is always drawn whole, so that run i does not depend on how many follow."""
    if n >= draws.initial.shape[-1]:
        return draws
    return Draws(*(getattr(draws, name)[..., :n] for name in Draws.__dataclass_fields__))


def late(months: npt.NDArray[np.int16], plan: Plan) -> npt.NDArray[np.int16]:
    """Months with "not within the horizon" (0) put after it, so that they sort last."""
    return np.where(months == 0, np.int16(plan.months + 1), months).astype(np.int16)


def quantiles(values: npt.NDArray[np.int16]) -> Sequence[int]:
    """The 10th, 50th and 90th percentile: the smallest value that at least that share of the runs do not exceed."""
    return [int(v) for v in np.percentile(values, (10, 50, 90), method="inverted_cdf")]
