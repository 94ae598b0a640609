"""The board's ratings in place of a file's initial levels, and how the assumption sheet says so."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from rapporteur.errors import ConfigurationError, FileError, InputError
from rapporteur.model.board import Rating, entry_id
from rapporteur.model.comparison import SheetRow
from rapporteur.schedule import Scenario, compare, loads
from rapporteur.schedule.handover import with_ratings
from tests.board.boards import SMALL, framework_entry, rating
from tests.schedule import made as m

RATED = {"framework": "ford", "question": "met", "conditions": {"threat": "security"}, "sites": {"iraq": "chad", "syria": "faya"}}


def asking(**changes: Any) -> Scenario:
    return m.scenario({**m.only(m.content(), "conditions"), "board": {**RATED, **changes}})


def row(scenario: Scenario, *ratings: Rating, as_of: str | None = None) -> SheetRow:
    handed = with_ratings(scenario, [framework_entry(), *ratings], as_of)
    return next(r for r in compare(handed, runs=100).sheet if r.id == "initial.threat.iraq")


def test_a_range_is_traced_to_its_assessors_days_and_ratings() -> None:
    one, two = rating("B", 2), rating("A", 1, low=0)
    found = row(asking(), one, two)
    assert found.number == "triangular, 0, 1, 2"
    assert found.basis == (
        f"rated 0-2 by A and B on 2031-05-20; board ford, version 1, question met; {entry_id(one)}, {entry_id(two)}"
    )
    later = row(asking(), one, rating("A", 1, low=0, as_of="2031-05-22"))
    assert "by B on 2031-05-20; by A on 2031-05-22; board" in later.basis
    assert later.note == "as of 2031-05-22"


def test_nothing_is_chosen_where_assessors_dispute_or_do_not_know() -> None:
    found = row(asking(), rating("A", 1), rating("B", 3))
    assert (found.number, found.note) == (
        "uniform, 1 to 3",
        "as of 2031-05-20; disputed: 1 v 3: every level of the range equally likely",
    )
    found = row(asking(), rating("A", "unknown"))
    assert (found.number, found.basis[:30]) == ("uniform, 0 to 3", "rated unknown by A on 2031-05-")
    found = row(asking(), rating("A", "unknown"), rating("B", 1, high=2), rating("C", 1, high=2, as_of="2031-05-21"))
    assert found.number == "triangular, 1, 1, 2"
    assert found.basis.startswith("rated 1-2 by B on 2031-05-20; by C on 2031-05-21; rated unknown by A on 2031-05-20; board ")


def test_what_nobody_rated_keeps_what_the_file_says() -> None:
    assert row(asking()).basis == "elicit"
    assert row(asking(), rating("A", 1), as_of="2031-05-19").basis == "elicit"
    assert row(asking(question="progress"), rating("A", 1)).basis == "elicit"
    other = row(asking(role="party-stated"), rating("A", 1, role="party-stated", quotation="r1#s1"))
    assert "by A on 2031-05-20 (party-stated); board" in other.basis


def test_one_rating_may_stand_for_several_rows_of_the_file() -> None:
    both = {"threat": "security", "capability": "security"}
    handed = with_ratings(asking(conditions=both), [framework_entry(), rating("A", 1)])
    assert {row.condition for row in handed.initial if row.basis.startswith("rated 1 by A")} == set(both)


def test_one_level_without_a_range_is_certain() -> None:
    assert row(asking(), rating("A", 2)).number == "2"


def test_an_open_level_in_a_file_is_drawn_evenly() -> None:
    made = m.only(m.content(), "conditions")
    made["initial"][0].update(low=0, level=None, high=3)
    scenario = m.scenario(made)
    assert next(r for r in compare(scenario, runs=100).sheet if r.id == "initial.threat.iraq").number == "uniform, 0 to 3"
    levels = m.draws_of(scenario, 4000).initial[0] / 2**14
    assert abs(float((levels < 1).mean()) - 1 / 3) < 0.03


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"framework": "weir"}, InputError, "no framework 'weir' in the record; name one of: ford"),
        ({"question": "done"}, ConfigurationError, "no question 'done'; there are: met, progress"),
        ({"conditions": {"threat": "peace"}}, ConfigurationError, "has no 'peace'; there are: security, neighbours"),
        ({"sites": {"iraq": "mars"}}, ConfigurationError, "has no 'mars'; there are: chad, faya"),
    ],
)
def test_what_does_not_fit_the_board_is_named(changes: dict[str, Any], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        with_ratings(asking(**changes), [framework_entry()])


def test_other_scales_are_refused_and_a_file_has_to_say_which_ratings() -> None:
    short = framework_entry(SMALL.replace("[not initiated, minimal, intermediate, full]", "[not met, partly, met]"))
    with pytest.raises(ConfigurationError, match="answered on 3 levels"):
        with_ratings(asking(), [short])
    with pytest.raises(ConfigurationError, match="does not say which ratings"):
        with_ratings(m.scenario({**m.content(), "board": None}), [framework_entry()])


@pytest.mark.parametrize(("key", "name"), [("conditions", "luck"), ("sites", "moon")])
def test_a_name_that_the_file_does_not_have_is_an_error_with_its_line(key: str, name: str) -> None:
    text = yaml.safe_dump({**m.content(), "board": {**RATED, key: {name: "security"}}}, sort_keys=False)
    line = text[: text.index(f"    {name}:")].count("\n") + 1
    with pytest.raises(FileError, match=rf"^plan\.yaml:{line}: no {key.removesuffix('s')} is called '{name}'"):
        loads(text, "plan.yaml")
