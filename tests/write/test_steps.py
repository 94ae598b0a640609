"""Measures over time: a step at each revision, the bounds as bands, days as far as they are known."""

from datetime import date

import pytest

from rapporteur.model.account import Series
from rapporteur.stages.write.page.charts import Row
from rapporteur.stages.write.page.steps import day_of, steps_of

SERIES = Series("s", "soldiers in Norway", None, (), "f")


def row(day: str, value: float, bound: str = "exact", low: float | None = None, high: float | None = None) -> Row:
    return Row(day, "Outlet", f"{value:g}", value, low if low is not None else value, high, bound, ("c",))


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("2031-03-04", date(2031, 3, 4)),
        ("2031-03-04T10:00", date(2031, 3, 4)),
        ("2031-03", date(2031, 3, 15)),
        ("2031", date(2031, 7, 1)),
        ("2031-FA", None),
        ("2031-02-30", None),
        ("", None),
    ],
)
def test_a_date_stands_in_the_middle_of_what_is_known(when: str, day: date | None) -> None:
    assert day_of(when) == day


def test_a_revision_is_a_step_with_a_title_and_a_text() -> None:
    drawn = str(steps_of(SERIES, [row("2029-05-02", 4000), row("2031-03-04", 1800)], "chart1t"))
    assert 'role="img"' in drawn
    assert "soldiers in Norway over time. 2 May 2029: 4000; 4 Mar 2031: 1800" in drawn
    assert "var(--figure)" in drawn
    # One line that goes across and then down: a step has a corner between its two points.
    assert any(part.count("L") >= 2 or part.count("V") >= 1 or part.count("H") >= 1 for part in drawn.split('d="')[1:])


@pytest.mark.parametrize(
    "rows", [[row("2031-03-04", 9)], [row("2031-03-04", 9), row("2031-03-05", 9)], [row("", 9), row("2031-03-05", 8)], []]
)
def test_what_did_not_change_needs_no_picture(rows: list[Row]) -> None:
    filled = [Row(**{**{f: getattr(r, f) for f in r.__slots__}, "high": r.value}) for r in rows]
    assert not steps_of(SERIES, filled, "x")


def test_the_same_rows_give_the_same_picture() -> None:
    rows = [row("2031-03-04", 9, "at-least"), row("2031-03-06", 12, "about", 10, 14)]
    assert steps_of(SERIES, rows, "x") == steps_of(SERIES, rows, "x")
