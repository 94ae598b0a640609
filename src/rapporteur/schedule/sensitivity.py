"""Which parameters move the outcome: Sobol indices and PAWN by SALib, scenario discovery (PRIM) by the EMA Workbench.

Both are extras. Every row of parameters is simulated in the same noise, several worlds each, so that differences between
rows come from the parameters.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from rapporteur.errors import ConfigurationError
from rapporteur.schedule.draws import draw
from rapporteur.schedule.kernel import simulate
from rapporteur.schedule.plan import plan_of, rule_of
from rapporteur.schedule.scenario import Alternative, Scenario
from rapporteur.schedule.tally import late

WORLDS = 64
"""Worlds per row of parameters: at 64, total indices of the worked example moved by up to 0.09 between seeds, at 16 by 0.19."""
BASE = 256
"""Sobol base sample: (D + 2) x 256 rows for D parameters. A power of two, as the sequence asks for."""
ROWS = 256
"""Rows simulated at a time."""
DENSITY = 0.6
"""Share of late outcomes in a box that PRIM has to reach, against 0.25 overall."""
Matrix = npt.NDArray[np.float64]


class Effect(msgspec.Struct, frozen=True):
    """One parameter on the mean month of completion. Sobol: share of variance, alone and with all its interactions.

    ``sobol_error`` is the 95 % half-width of the total; ``pawn`` the median Kolmogorov-Smirnov distance, 0-1.
    """

    parameter: str
    sobol_first: float
    sobol_total: float
    sobol_error: float
    pawn: float
    basis: str


class Sensitivity(msgspec.Struct, frozen=True):
    """Effects in falling order of the total index, for one alternative."""

    alternative: str
    rows: int
    worlds: int
    seed: int
    effects: tuple[Effect, ...]
    boxes: tuple[str, ...]
    """Ranges of parameters in which late completion is found (PRIM); empty when it was not asked for."""
    remarks: tuple[str, ...]


REMARKS = (
    "Effects are on the mean month of completion, with runs that do not complete counted at the month after the horizon.",
    "Sobol indices take the parameters as independent; where they are not, read PAWN, which asks less.",
    "A parameter that is marked assumed or elicit and stands high here is worth asking experts about first.",
)


def sensitivity(
    scenario: Scenario, alternative: Alternative, *, seed: int = 1, base: int = BASE, prim: bool = False
) -> Sensitivity:
    """Sobol and PAWN indices of every uncertain parameter and initial level.

    Raises ``ConfigurationError`` when SALib (or, for ``prim``, the EMA Workbench) is not installed, or nothing is uncertain.
    """
    sobol_sample, sobol, pawn = _salib()
    find = _prim() if prim else None
    ranges = _ranges(scenario)
    if not ranges:
        raise ConfigurationError("sensitivity: every parameter of the file is fixed; give at least one a distribution")
    names = list(ranges)
    problem = {"num_vars": len(names), "names": names, **_distributions(ranges)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SALib warns of its own pandas and SciPy calls
        rows: Matrix = sobol_sample.sample(problem, base, calc_second_order=False, seed=seed)
        means = outcome(scenario, alternative, names, rows, seed)
        if np.ptp(means) == 0:
            raise ConfigurationError(
                f"sensitivity: no parameter moves the completion of '{alternative.id}'; it is fixed by its dates"
            )
        indices = sobol.analyze(problem, means, calc_second_order=False, seed=seed)
        distances = pawn.analyze(problem, rows, means, S=10, seed=seed)["median"]
    basis = {row.id: row.basis for row in scenario.initial} | {name: p.basis for name, p in scenario.parameters.items()}
    figures = zip(*(np.round(v, 2).tolist() for v in (indices["S1"], indices["ST"], indices["ST_conf"], distances)), strict=True)
    effects = [
        Effect(name, first, total, error, distance, basis[name])
        for name, (first, total, error, distance) in zip(names, figures, strict=True)
    ]
    effects.sort(key=lambda e: (-e.sobol_total, e.parameter))
    boxes = tuple(find(rows, means, names)) if find else ()
    return Sensitivity(alternative.name, len(rows), WORLDS, seed, tuple(effects), boxes, REMARKS)


def outcome(scenario: Scenario, alternative: Alternative, names: list[str], rows: Matrix, seed: int) -> Matrix:
    """(rows,) mean month of completion over ``WORLDS`` worlds, the same worlds for each row of parameters (rows, names)."""
    plan, rule = plan_of(scenario), rule_of(scenario, alternative)
    means = []
    for start in range(0, len(rows), ROWS):
        block = rows[start : start + ROWS]
        # The noise of WORLDS worlds is repeated along the columns, so that row r stands in columns r * WORLDS and on.
        values = {name: np.repeat(block[:, index], WORLDS) for index, name in enumerate(names)}
        draws = draw(scenario, plan, values, seed=seed, repeats=len(block))
        months = late(simulate(plan, rule, draws).completed, plan)
        means.append(months.reshape(len(block), WORLDS).mean(axis=1))
    return np.concatenate(means)


def _ranges(scenario: Scenario) -> dict[str, tuple[str, list[float]]]:
    """Name -> SALib's name of the distribution and its figures."""
    found: dict[str, tuple[str, list[float]]] = {}
    for name, p in scenario.parameters.items():
        if p.uniform:
            found[name] = ("unif", list(p.uniform))
        elif p.triangular:
            found[name] = _triangular(*p.triangular)
        elif p.normal:
            found[name] = ("norm", list(p.normal))
    for row in scenario.initial:
        if row.low < row.high:
            even = ("unif", [row.low, row.high])
            found[row.id] = even if row.level is None else _triangular(row.low, row.level, row.high)
    weights = {name for party in scenario.parties for name in party.weights.values()}
    idle = weights | {scenario.dynamics.reversal_met, scenario.dynamics.reversal_unmet}
    return {name: value for name, value in found.items() if name not in idle}


def _triangular(low: float, mode: float, high: float) -> tuple[str, list[float]]:
    return "triang", [low, high, (mode - low) / (high - low)]


def _distributions(ranges: dict[str, tuple[str, list[float]]]) -> dict[str, Any]:
    return {"dists": [kind for kind, _ in ranges.values()], "bounds": [figures for _, figures in ranges.values()]}


def _salib() -> tuple[Any, Any, Any]:
    try:
        from SALib.analyze import pawn, sobol  # noqa: PLC0415 # an optional extra
        from SALib.sample import sobol as sobol_sample  # noqa: PLC0415 # an optional extra
    except ImportError as error:
        raise ConfigurationError("sensitivity: SALib is not installed; pip install 'rapporteur[sensitivity]'") from error
    return sobol_sample, sobol, pawn


def _prim() -> Callable[[Matrix, Matrix, list[str]], list[str]]:
    try:
        import pandas as pd  # type: ignore[import-untyped] # noqa: PLC0415 # comes with the extra, without types
        from ema_workbench.analysis import prim  # noqa: PLC0415 # an optional extra
    except ImportError as error:
        advice = "pip install 'rapporteur[discovery]', or leave --prim out"
        raise ConfigurationError(f"sensitivity: the EMA Workbench is not installed; {advice}") from error

    def find(rows: Matrix, means: Matrix, names: list[str]) -> list[str]:
        """Where the latest quarter of outcomes lies: limits of a box, its coverage and density (Bryant and Lempert 2010)."""
        box = prim.Prim(pd.DataFrame(rows, columns=names), means >= np.quantile(means, 0.75), threshold=0.5).find_box()
        if box is None:
            return ["no box with a density of at least 0.5"]
        # The first box on the way that is dense enough: later ones are denser but name ever more parameters for ever fewer runs.
        path = box.peeling_trajectory
        chosen = int((path["density"] >= DENSITY).idxmax()) if (path["density"] >= DENSITY).any() else len(path) - 1
        limits = box.box_lims[chosen]
        narrow = [
            n for n in names if limits[n][0] > rows[:, names.index(n)].min() or limits[n][1] < rows[:, names.index(n)].max()
        ]
        found = [f"{name}: {limits[name][0]:.2f} to {limits[name][1]:.2f}" for name in narrow]
        return [*found, f"coverage {path['coverage'][chosen]:.2f}, density {path['density'][chosen]:.2f}"]

    return find
