"""Who would prefer which alternative, over all weights that the file allows a party: a share of weight space, not a verdict.

The share of a party's weight space in which an alternative is best is the first-rank acceptability index of stochastic
multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen 1998). It is never summed or averaged over parties.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rapporteur.model.comparison import Preference
from rapporteur.schedule import sheet
from rapporteur.schedule.draws import sample
from rapporteur.schedule.rounding import percents
from rapporteur.schedule.scenario import Scenario
from rapporteur.schedule.tally import Tallies, Tally, late, quantiles

WEIGHTS = 10_000
_STREAM = 7


def criteria(one: Tally, tallies: Tallies) -> dict[str, float]:
    """Each criterion on 0-1, more is better: earlier, met, stays_out, predictable. docs/schedule.md says what they mean."""
    months = late(one.completed, tallies.plan)
    p10, _, p90 = quantiles(months)
    done, horizon = one.completed > 0, tallies.plan.months + 1
    return {
        "earlier": 1 - float(months.mean()) / horizon,
        "met": 1 - float(one.unmet.any(axis=0).mean()),
        "stays_out": float((done & ~one.returned).mean()),
        "predictable": 1 - (p90 - p10) / horizon,
    }


def preferences(scenario: Scenario, tallies: Tallies, seed: int) -> tuple[Preference, ...]:
    """One entry for each party that the file gives weights; ties count for the first alternative."""
    scores = [criteria(one, tallies) for one in tallies.alternatives]
    names = [alternative.name for alternative in scenario.alternatives]
    rests = (*sheet.of(scenario, *scenario.alternatives), *sheet.exits(scenario))
    found = []
    for index, party in enumerate(scenario.parties):
        if not party.weights:
            continue
        generator = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(_STREAM, index))))
        weights = np.stack([sample(scenario.parameters[name], generator, WEIGHTS) for name in party.weights.values()])
        totals: npt.NDArray[np.float64] = np.array([[s[c] for c in party.weights] for s in scores]) @ weights
        shares = np.bincount(np.argmax(totals, axis=0), minlength=len(names)) / WEIGHTS
        best = tuple(zip(names, percents(list(shares)), strict=True))
        found.append(Preference(party.name, party.label, party.because, best, (*party.weights.values(), *rests)))
    return tuple(found)
