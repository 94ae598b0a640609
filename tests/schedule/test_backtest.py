from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.errors import ConfigurationError, FileError
from rapporteur.schedule.backtest import backtest, cases, crps, read_cases
from rapporteur.stages.write.schedule import render


def test_the_case_table_is_complete_and_sourced() -> None:
    table = {case.id: case for case in cases()}
    assert len(table) == 12
    for case in table.values():
        assert case.announced < case.planned
        assert len(case.sources.announced) > 20 and len(case.sources.done) > 20
        assert not case.verify
    assert table["monusco-2024"].delay == 1.8
    assert table["hmc-one"].delay == 3.6
    assert table["doha"].delay == 4.0
    assert table["syria-2018"].delay is None
    assert table["afghanistan-2021"].done == date(2021, 8, 30)


def test_each_case_is_foretold_by_the_others_only() -> None:
    # Delays 0, 1, 2, 3 and 10: for the last the others end at 3, so that it lies outside; were it among them, it would not.
    rows = "".join(
        f"  - {{id: c{d}, name: C, announced: 2001-01-01, planned: 2002-01-01, done: {day}, "
        f"sources: {{announced: a, done: b}}, verify: []}}\n"
        for d, day in ((0, "2002-01-01"), (1, "2002-01-31"), (2, "2002-03-03"), (3, "2002-04-02"), (10, "2002-11-01"))
    )
    found = backtest(read_cases(f"cases:\n{rows}", "c.yaml"))
    last = found.cases[-1]
    assert (last.low, last.high, last.inside) == (0.0, 3.0, False)
    assert found.cases[2].inside
    assert found.inside == sum(case.inside for case in found.cases)


def test_what_is_reported_of_the_shipped_cases() -> None:
    found = backtest()
    assert found.carried_out == 10
    assert 0 < found.inside <= 12
    assert any("12 cases are few" in remark for remark in found.remarks)
    for form in ("html", "json", "md"):
        text = render(found, form).decode()
        assert "few" in text
        assert form == "json" or "read: " in text
        assert "to verify" not in text


def test_crps_of_known_distributions() -> None:
    # One member: the absolute error. Two members 0 and 1, observed 0: 1/2 - 1/4. Figures of scoringrules 0.8.0 (estimator "nrg").
    assert crps(np.array([3.0]), 5.0) == 2.0
    assert crps(np.array([0.0, 1.0]), 0.0) == pytest.approx(0.25)
    assert crps(np.arange(5.0), 2.0) == pytest.approx(0.4)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=20), st.floats(-50, 50))
def test_crps_is_the_integral_of_the_squared_difference_of_distributions(members: list[float], observed: float) -> None:
    found = crps(np.array(members), observed)
    grid = np.sort(np.array([*members, observed]))
    below = np.searchsorted(np.sort(members), grid, side="right") / len(members)
    integral = float(np.sum((below[:-1] - (grid[:-1] >= observed)) ** 2 * np.diff(grid)))
    assert found == pytest.approx(integral, abs=1e-9)
    assert found >= -1e-9


def test_a_damaged_table_is_named_with_its_line() -> None:
    good = "  - {id: a, name: A, announced: 2001-01-01, planned: 2002-01-01, done: null, "
    good += "sources: {announced: a, done: b}, verify: []}\n"
    with pytest.raises(FileError, match=r"^c\.yaml:4: "):
        read_cases("cases:\n" + good + good + good.replace("2002-01-01", "soon"), "c.yaml")
    with pytest.raises(ConfigurationError, match="at least 3"):
        read_cases("cases:\n" + good, "c.yaml")
