from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from rapporteur.errors import ConfigurationError
from rapporteur.schedule.sensitivity import outcome, sensitivity
from tests.schedule import made as m

needs_salib = pytest.mark.skipif(importlib.util.find_spec("SALib") is None, reason="an optional extra")


@needs_salib
def test_the_only_parameter_that_matters_is_found() -> None:
    made = m.only(m.levels(m.still(syria_capacity=[50.0, 400.0], us_noise=[0.0, 0.1], threshold=0.5), 3.0), "dates")
    scenario = m.scenario(made)
    found = sensitivity(scenario, scenario.alternatives[0], base=64)
    first = found.effects[0]
    assert first.parameter == "syria_capacity"
    assert first.sobol_total > 0.9 and first.pawn > 0.5
    assert all(effect.sobol_total < 0.05 for effect in found.effects[1:])
    assert first.basis == "assumed"


def test_rows_of_parameters_meet_the_same_worlds() -> None:
    scenario = m.scenario(m.only(m.content(), "hybrid"))
    row = np.array([[200.0]])
    means = outcome(scenario, scenario.alternatives[0], ["syria_capacity"], np.repeat(row, 300, axis=0), 1)
    assert means.shape == (300,)
    assert np.ptp(means) == 0


@needs_salib
def test_a_schedule_fixed_by_its_dates_has_no_sensitivity() -> None:
    made = m.scenario(m.only(m.still(us_noise=[0.0, 0.1]), "dates"))
    with pytest.raises(ConfigurationError, match="fixed by its dates"):
        sensitivity(made, made.alternatives[0], base=16)


@pytest.mark.skipif(importlib.util.find_spec("ema_workbench") is not None, reason="it is installed")
@needs_salib
def test_a_missing_extra_is_said_with_how_to_install_it() -> None:
    made = m.scenario(m.content())
    with pytest.raises(ConfigurationError, match=r"EMA Workbench is not installed; pip install 'rapporteur\[discovery\]'"):
        sensitivity(made, made.alternatives[2], base=16, prim=True)
