"""The simulation: all runs of a chunk a month at a time, float32 throughout (see ``plan`` for why sums are exact).

A month: conditions move, tranches are ordered (by gate, date or loss of consent), forces move within capacity, and a
provider keeps what its clients need. docs/schedule.md states the model in full.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rapporteur.schedule.draws import Draws
from rapporteur.schedule.plan import BOTH, EITHER, UNIT, Floats, GateRule, Plan, Rule

Bools = npt.NDArray[np.bool_]
NOT_ORDERED, GATE, DEADLINE, CONSENT = range(4)
TOP = np.float32(3 * UNIT)
SHARES = 64
"""What has left a site counts in sixty-fourths of its force at the start, so that presence x share is exact."""


@dataclass(frozen=True)
class Runs:
    """What happened in n runs. Month 0 means: not within the horizon."""

    completed: npt.NDArray[np.int16]
    """(n,) month in which the last force reached its last target."""
    ordered: npt.NDArray[np.int16]
    """(tranches, n) month of the order that stood in the end."""
    cause: npt.NDArray[np.int8]
    """(tranches, n) NOT_ORDERED, GATE, DEADLINE or CONSENT."""
    met: tuple[Bools, ...]
    """Per tranche (cells of its gate, n): truly at the threshold when ordered, or at the horizon if it never was."""
    dependency: npt.NDArray[np.int16]
    """(n,) months before completion in which a provider kept more than its schedule says, for a client's sake."""
    returned: Bools
    """(n,) completed, and forces had to return within the window after it."""

    def unmet(self, rule: Rule) -> Bools:
        """(tranches, n): carried out though the gate was truly not met."""
        each = zip(self.met, rule.gates, self.ordered, strict=True)
        return np.stack([~_enough(met, gate) & (ordered > 0) for met, gate, ordered in each])


class Fan:
    """Counts how often each force level occurs: exact quantiles of any month and site without keeping the runs."""

    def __init__(self, plan: Plan) -> None:
        self.width = max(plan.initial) + 1
        self.counts = np.zeros((plan.months + 1, plan.sites, self.width), np.int32)

    def add(self, month: int, force: Floats) -> None:
        """Counts the levels (sites, n) of a month."""
        for site, levels in enumerate(force):
            self.counts[month, site] += np.bincount(levels.astype(np.intp), minlength=self.width).astype(np.int32)

    def quantile(self, share: float) -> npt.NDArray[np.intp]:
        """(months + 1, sites): the smallest level that at least ``share`` of the runs do not exceed."""
        below = np.cumsum(self.counts, axis=2, dtype=np.int64)
        levels: npt.NDArray[np.intp] = np.argmax(below >= share * below[..., -1:], axis=2)
        return levels


@dataclass
class _State:
    """Of n runs; changed month by month."""

    x: Floats
    force: Floats
    stage: npt.NDArray[np.int8]
    ordered: npt.NDArray[np.int16]
    cause: npt.NDArray[np.int8]
    met: tuple[Bools, ...]
    completed: npt.NDArray[np.int16]
    dependency: npt.NDArray[np.int16]
    fails: npt.NDArray[np.int8]
    """Failed reviews in a row of the tranche that is being carried out."""
    moved: bool = False


def simulate(plan: Plan, rule: Rule, draws: Draws, fan: Fan | None = None) -> Runs:
    """Runs one alternative through the worlds of ``draws``; ``fan`` collects the force levels."""
    state = _begin(plan, rule, draws)
    if fan is not None:
        fan.add(0, state.force)
    month = 0
    while month < plan.months and not state.completed.all():
        month += 1
        _conditions(state, plan, draws, month)
        if rule.pause or rule.reverse:
            _review(state, plan, rule, draws, month)
        _order(state, plan, rule, draws, month)
        _move(state, plan, rule, draws, month)
        if fan is not None:
            fan.add(month, state.force)
    if fan is not None:
        for later in range(month + 1, plan.months + 1):
            fan.add(later, state.force)
    return _end(state, rule, draws)


def _begin(plan: Plan, rule: Rule, draws: Draws) -> _State:
    n, k = draws.initial.shape[1], len(rule.gates)
    return _State(
        x=draws.initial.copy(),
        force=np.repeat(np.array(plan.initial, np.float32)[:, None], n, axis=1),
        stage=np.zeros(n, np.int8),
        ordered=np.zeros((k, n), np.int16),
        cause=np.zeros((k, n), np.int8),
        met=tuple(np.zeros((len(gate.cells), n), np.bool_) for gate in rule.gates),
        completed=np.zeros(n, np.int16),
        dependency=np.zeros(n, np.int16),
        fails=np.zeros(n, np.int8),
    )


def _end(state: _State, rule: Rule, draws: Draws) -> Runs:
    for k, gate in enumerate(rule.gates):
        open_still = state.cause[k] == NOT_ORDERED
        if open_still.any():
            np.copyto(state.met[k], state.x[list(gate.cells)] >= gate.threshold, where=open_still)
    runs = Runs(state.completed, state.ordered, state.cause, state.met, state.dependency, np.zeros(0, np.bool_))
    returned = np.where(runs.unmet(rule).any(axis=0), draws.exit_unmet, draws.exit_met) & (state.completed > 0)
    return Runs(state.completed, state.ordered, state.cause, state.met, state.dependency, returned)


def _conditions(state: _State, plan: Plan, draws: Draws, month: int) -> None:
    """Levels move by their step, lose what the part of the presence that has left brought, and stay within 0-3."""
    state.x += draws.steps[month - 1]
    if state.moved:
        full = np.maximum(np.array(plan.initial, np.float32), 1)[:, None]
        gone = np.floor((full - state.force) * SHARES / full) * np.float32(1 / SHARES)
        gone[np.array(plan.initial) == 0] = 0
        gone *= draws.presence
        cells = state.x.reshape(plan.conditions, plan.sites, -1)
        cells -= gone
    np.maximum(state.x, 0, out=state.x)
    np.minimum(state.x, TOP, out=state.x)


def _enough(met: Bools, gate: GateRule) -> Bools:
    enough: Bools
    if gate.at_least == len(gate.cells):
        enough = np.logical_and.reduce(met, axis=0)
    else:
        enough = met.sum(axis=0, dtype=np.int16) >= gate.at_least
    return enough


def _agreed(state: _State, plan: Plan, rule: Rule, draws: Draws, month: int, gate: GateRule) -> Bools:
    """(n,) whether the gate is read as met by those whose reading decides."""
    readings = draws.readings[(month - 1) // plan.assessed_every]
    chosen: slice | list[int] = slice(None) if len(gate.cells) == plan.cells else list(gate.cells)
    over = state.x[chosen] - np.float32(gate.threshold)
    parties = range(len(readings)) if rule.agreement in (BOTH, EITHER) else (rule.agreement,)
    verdicts = [_enough(over >= -readings[party][chosen], gate) for party in parties]
    agreed: Bools = (np.logical_or if rule.agreement == EITHER else np.logical_and).reduce(verdicts)
    return agreed


def _review(state: _State, plan: Plan, rule: Rule, draws: Draws, month: int) -> None:
    """Looks again at tranches ordered by their gate and not yet at their date: holds, or takes the order back.

    With pause and reversal both permitted, the first failed review holds and the second in a row takes back.
    """
    for k, gate in enumerate(rule.gates):
        under_way = (state.stage == k + 1) & (state.completed == 0) & (state.cause[k] == GATE)
        if month >= rule.latest[k]:
            state.fails[under_way] = 0
            continue
        if month % rule.review or not under_way.any():
            continue
        failed = under_way & ~_agreed(state, plan, rule, draws, month, gate)
        state.fails[under_way & ~failed] = 0
        state.fails[failed] = np.minimum(state.fails[failed] + 1, 2)
        if rule.reverse:
            back = failed & (state.fails >= (2 if rule.pause else 1))
            state.stage[back] = k
            state.cause[k, back] = NOT_ORDERED
            state.ordered[k, back] = 0
            state.fails[back] = 0


def _order(state: _State, plan: Plan, rule: Rule, draws: Draws, month: int) -> None:
    """Orders each tranche whose turn it is, in the order of the schedule; several may fall into one month.

    From ``latest`` on the date orders, whatever the gate says; before, an agreed gate at a review; loss of consent at once.
    """
    for k, gate in enumerate(rule.gates):
        turn = state.stage == k
        if not turn.any():
            continue
        cause = np.zeros(len(turn), np.int8)
        if month >= rule.latest[k]:
            cause[turn] = DEADLINE
        else:
            for site, last in enumerate(rule.last):
                if last >= k:
                    cause[turn & (draws.consent[site] <= month)] = CONSENT
            if month >= rule.earliest[k] and month % rule.review == 0:
                cause[turn & _agreed(state, plan, rule, draws, month, gate)] = GATE
        now = cause > 0
        if now.any():
            np.copyto(state.met[k], state.x[list(gate.cells)] >= gate.threshold, where=now)
            state.ordered[k, now] = month
            state.cause[k, now] = cause[now]
            state.stage[now] = k + 1
            state.fails[now] = 0
            state.moved = True


def _move(state: _State, plan: Plan, rule: Rule, draws: Draws, month: int) -> None:
    """Moves forces towards their targets within capacity; clients first, then providers, who keep what clients need."""
    if not state.moved:
        return
    targets = np.array(rule.targets, np.float32)
    busy = state.completed == 0
    held = (state.fails > 0) & busy if rule.pause else None
    bound = np.zeros(len(busy), np.bool_)
    at_target = state.stage == len(rule.gates)
    for site in plan.order:
        target = targets[:, site][state.stage]
        step = target - state.force[site]
        np.maximum(step, -draws.capacity[site], out=step)
        np.minimum(step, draws.capacity[site], out=step)
        if held is not None:
            step[held] = 0
        level = state.force[site] + step
        for provider, client, ratio in plan.supplies:
            if provider == site:
                need = np.ceil(state.force[client] * np.float32(ratio))
                bound |= level < need
                np.maximum(level, need, out=level)
        state.force[site] = level
        at_target &= level == target
    state.dependency += bound & busy
    state.completed[busy & at_target] = month
