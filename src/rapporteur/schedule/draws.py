"""All that is random, drawn before an alternative is looked at: every alternative meets the same worlds (common random
numbers; Law, Simulation Modeling and Analysis, 5th ed., section 11.2).

Each chunk of runs has its own seed, and in it each parameter its own stream by name: a parameter added to a file does not
move the draws of the others, and run i is the same however many runs are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt

from rapporteur.schedule.plan import FAR, UNIT, Floats, Plan
from rapporteur.schedule.scenario import Parameter, Scenario

CHUNK = 4096
"""Runs drawn at a time. The state of 9 cells (147 kB) stays in the second-level cache; 2,048 and 8,192 were slower."""
_NOISE, _INITIAL, _SHOCK, _CONSENT, _EXIT, _READING = range(1, 7)
T = TypeVar("T", bound=np.generic)
Values = Mapping[str, npt.NDArray[np.float64]]


@dataclass(frozen=True)
class Draws:
    """One chunk of n worlds. Lattice units (see ``plan``) and persons; whole numbers held in float32."""

    initial: Floats
    """(cells, n) levels at the start."""
    steps: Floats
    """(months, cells, n) drift, noise and regional shocks of each month."""
    readings: Floats
    """(rounds, parties, cells, n) what a party's reading adds to the true level in a round of assessment."""
    presence: Floats
    """(n,) monthly change that the full presence brings; what has left no longer brings it. Either sign."""
    capacity: Floats
    """(sites, n) persons a month that can be moved."""
    consent: Floats
    """(sites, n) month in which the host's consent is lost; ``FAR`` if not before that."""
    exit_met: npt.NDArray[np.bool_]
    """(n,) whether a reversal falls into the window after completion, if every gate was truly met."""
    exit_unmet: npt.NDArray[np.bool_]
    """(n,) the same if a tranche was carried out unmet."""


@lru_cache(maxsize=1)
def normal_table() -> Floats:
    """65,536 equally likely values of a standard normal (sd 0.99999, largest 4.17), for inversion of 16 random bits.

    Seven times as fast as the ziggurat method; finer than the lattice needs.
    """
    law = NormalDist()
    half = np.array([law.inv_cdf((i + 0.5) / 65536) for i in range(32768)], np.float32)
    return np.concatenate([half, -half[::-1]])


def _raw(seed: int, chunk: int, stream: int, words: int) -> npt.NDArray[np.uint16]:
    bits = np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(chunk, stream)))
    return bits.random_raw(-(-words // 4)).view(np.uint16)[:words]


def _generator(seed: int, chunk: int, stream: int) -> np.random.Generator:
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(chunk, stream))))


def draw_parameters(scenario: Scenario, seed: int, chunk: int, n: int = CHUNK) -> dict[str, npt.NDArray[np.float64]]:
    """n values of every uncertain parameter, by name, and initial level, as ``initial.<condition>.<site>``."""
    values = {}
    for name, parameter in scenario.parameters.items():
        if not parameter.certain:
            values[name] = sample(parameter, _generator(seed, chunk, 2**32 + crc32(name.encode())), n)
    for row in scenario.initial:
        if row.low < row.high:
            generator = _generator(seed, chunk, 2**32 + crc32(row.id.encode()))
            if row.level is None:
                values[row.id] = generator.uniform(row.low, row.high, n)
            else:
                values[row.id] = generator.triangular(row.low, row.level, row.high, n)
    return values


def sample(parameter: Parameter, generator: np.random.Generator, n: int) -> npt.NDArray[np.float64]:
    """n values of a parameter's distribution; a fixed one n times."""
    if parameter.value is not None:
        return np.full(n, parameter.value)
    if parameter.uniform:
        return generator.uniform(*parameter.uniform, n)
    if parameter.triangular:
        return generator.triangular(*parameter.triangular, n)
    mean, sd = parameter.normal or (0.0, 0.0)
    return generator.normal(mean, sd, n)


def draw(scenario: Scenario, plan: Plan, values: Values, *, seed: int, chunk: int = 0, repeats: int = 1) -> Draws:
    """The worlds of a chunk of n runs with parameter ``values``, as many as the arrays are long.

    ``repeats`` > 1 is for sensitivity analysis: the noise of n/repeats worlds is used again and again, so that rows of
    parameters can be compared without their own noise.
    """
    n = next((len(v) for v in values.values()), CHUNK)
    at = _Chunk(scenario, plan, values, seed, chunk, n, n // repeats if repeats > 1 else n)
    met, unmet = at.exits()
    return Draws(at.initial(), at.steps(), at.readings(), at.presence(), at.capacity(), at.consent(), met, unmet)


@dataclass(frozen=True)
class _Chunk:
    """Draws one chunk; ``n`` runs, of whose noise ``own`` columns are drawn and then repeated."""

    scenario: Scenario
    plan: Plan
    values: Values
    seed: int
    chunk: int
    n: int
    own: int

    def value(self, name: str) -> npt.NDArray[np.float64]:
        """(n,) values of a parameter, or (1,) if it is certain."""
        return self.values[name] if name in self.values else np.array([self.scenario.number(name)])

    def spread(self, noise: npt.NDArray[T]) -> npt.NDArray[T]:
        """``noise`` of ``own`` columns repeated to n."""
        return noise if self.own == self.n else np.concatenate([noise] * (self.n // self.own), axis=-1)

    def initial(self) -> Floats:
        rows = {(row.condition, row.site): row for row in self.scenario.initial}
        levels = np.empty((self.plan.cells, self.n))
        for c, condition in enumerate(self.scenario.conditions):
            for s, site in enumerate(self.scenario.sites):
                row = rows[condition.id, site.id]
                levels[c * self.plan.sites + s] = self.values.get(row.id, row.low)
        return np.rint(levels * UNIT).astype(np.float32)

    def _by_cell(self, name: str, scale: float) -> Floats:
        """(cells, n) or (cells, 1): a quantity that each condition names, for its row at every site."""
        values = [self.value(getattr(condition, name)) * scale for condition in self.scenario.conditions]
        return np.repeat(np.stack(np.broadcast_arrays(*values)), self.plan.sites, axis=0).astype(np.float32)

    def steps(self) -> Floats:
        """Yearly drift and volatility as monthly steps; a shock lowers all cells at once (Poisson, at most one a month)."""
        months, cells = self.plan.months, self.plan.cells
        drift, volatility = self._by_cell("drift", UNIT / 12), self._by_cell("volatility", UNIT / 12**0.5)
        table = normal_table()
        bits = self.spread(_raw(self.seed, self.chunk, _NOISE, months * cells * self.own).reshape(months, cells, self.own))
        struck = self.spread(_generator(self.seed, self.chunk, _SHOCK).random((months, self.own), np.float32))
        likely = -np.expm1(-self.value(self.scenario.dynamics.shock_rate) / 12)
        fall = self.value(self.scenario.dynamics.shock_severity).astype(np.float32) * np.float32(UNIT)
        steps = np.empty((months, cells, self.n), np.float32)
        for month in range(months):
            step = table[bits[month]]
            step *= volatility
            step += drift
            step -= (struck[month] < likely) * fall
            np.rint(step, out=steps[month])
        return steps

    def readings(self) -> Floats:
        """Bias is a party's, the same everywhere; noise is new in each cell and round."""
        rounds, cells = -(-self.plan.months // self.plan.assessed_every), self.plan.cells
        shape = (rounds, len(self.scenario.parties), cells, self.own)
        bits = self.spread(_raw(self.seed, self.chunk, _READING, int(np.prod(shape))).reshape(shape))
        table, readings = normal_table(), np.empty((*shape[:3], self.n), np.float32)
        for p, party in enumerate(self.scenario.parties):
            noise, bias = ((self.value(v) * UNIT).astype(np.float32) for v in (party.noise, party.bias))
            for number in range(rounds):
                reading = table[bits[number, p]]
                reading *= noise
                reading += bias
                np.rint(reading, out=readings[number, p])
        return readings

    def presence(self) -> Floats:
        yearly = self.value(self.scenario.dynamics.presence_effect)
        return np.broadcast_to(np.rint(yearly * (UNIT / 12)), self.n).astype(np.float32)

    def capacity(self) -> Floats:
        rows = [np.broadcast_to(self.value(self.scenario.dynamics.capacity[site.id]), self.n) for site in self.scenario.sites]
        return np.maximum(np.rint(np.stack(rows)), 1).astype(np.float32)

    def consent(self) -> Floats:
        """Constant hazard: an exponential waiting time, rounded up to the month in which it ends."""
        waiting = self.spread(_generator(self.seed, self.chunk, _CONSENT).standard_exponential((self.plan.sites, self.own)))
        rows = [np.broadcast_to(self.value(self.scenario.dynamics.consent_loss[site.id]), self.n) for site in self.scenario.sites]
        with np.errstate(divide="ignore"):
            months: Floats = np.minimum(np.ceil(waiting * 12 / np.stack(rows)), FAR).astype(np.float32)
        return months

    def exits(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Whether the waiting time of a reversal ends within ``WINDOW`` months after completion, at either hazard."""
        waiting = self.spread(_generator(self.seed, self.chunk, _EXIT).standard_exponential(self.own)) * 12
        dynamics = self.scenario.dynamics
        met, unmet = (waiting <= self.value(name) * WINDOW for name in (dynamics.reversal_met, dynamics.reversal_unmet))
        return met, unmet


WINDOW = 36
"""Months after completion in which a return of forces counts: equal for all alternatives, so that an early exit is not
charged with a longer time at risk."""
