"""Scenarios for tests: the worked example, changed where a test needs it."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from rapporteur.schedule import Scenario, loads
from rapporteur.schedule.draws import Draws, draw, draw_parameters
from rapporteur.schedule.kernel import Fan, Runs, simulate
from rapporteur.schedule.plan import plan_of, rule_of
from rapporteur.schedule.tally import cut

Content = dict[str, Any]


def example_text() -> str:
    return (files("rapporteur.schedule") / "examples" / "hmc.yaml").read_text("utf-8")


@lru_cache(maxsize=1)
def _content() -> Content:
    content: Content = yaml.safe_load(example_text())
    return content


def content(**parameters: Any) -> Content:
    """The example as plain values, with parameters replaced: a number is a fixed value, text a month."""
    made = deepcopy(_content())
    for name, value in parameters.items():
        unit = made["parameters"].get(name, {}).get("unit", "unit")
        kind = "date" if isinstance(value, str) else "uniform" if isinstance(value, list) else "value"
        made["parameters"][name] = {kind: value, "unit": unit, "mark": "assumed"}
    return made


def still(**parameters: Any) -> Content:
    """A world without chance: nothing drifts, no noise, no shocks, consent holds, forces move as fast as asked."""
    names = _content()["parameters"]
    moving = ("_drift", "_volatility", "_noise", "_bias", "_consent_loss", "reversal_met", "reversal_unmet", "shock_rate")
    fixed = {name: 0.0 for name in names if name.endswith(moving)} | {"presence_effect": 0.0, "shock_severity": 0.1}
    fixed |= {name: 5000.0 for name in names if name.endswith("_capacity")}
    return content(**{**fixed, **parameters})


def levels(made: Content, level: float) -> Content:
    """All conditions start at ``level``, certain."""
    for row in made["initial"]:
        row.update(low=level, level=level, high=level)
    return made


def only(made: Content, alternative: str, **changes: Any) -> Content:
    """One alternative of the example, with changes to it."""
    made["alternatives"] = [{**a, **changes} for a in made["alternatives"] if a["id"] == alternative]
    return made


def scenario(made: Content) -> Scenario:
    return loads(yaml.safe_dump(made, sort_keys=False), "made.yaml")


def draws_of(made: Scenario, runs: int, seed: int = 1) -> Draws:
    """The first worlds of the scenario."""
    return cut(draw(made, plan_of(made), draw_parameters(made, seed, 0), seed=seed), runs)


def run(made: Scenario, runs: int = 1000, fan: Fan | None = None, seed: int = 1) -> Runs:
    """The first alternative, simulated."""
    return simulate(plan_of(made), rule_of(made, made.alternatives[0]), draws_of(made, runs, seed), fan)


def months(runs: Runs) -> Any:
    """Completion with "never" last."""
    return np.where(runs.completed == 0, 10_000, runs.completed)
