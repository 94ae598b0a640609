"""Posture: levels by country or named base only; what moves, may come or is lost is no level."""

from typing import Any

import pytest

from rapporteur.model.lineage import Origin
from rapporteur.stages.write.passages import Passages
from rapporteur.stages.write.posture import posture_of, public_place
from tests.write.builders import figure, finding, reading

KEPT = {"counted": "soldier", "state": "deployed"}


def rows(text: str, exact: str, number: str, value: float, **fields: Any) -> list[Any]:
    claim = figure(text, "a#f1", exact, number, value, **{**KEPT, **fields})
    return posture_of([finding("f", ("a#f1",))], (Origin("o", "o", True, ("a",)),), Passages([reading("a", text, (claim,))]))


@pytest.mark.parametrize("name", ["Norway", "the United States", "Camp Halden", "Orlen Air Base", "Veld Naval Station"])
def test_countries_and_named_bases_are_public_places(name: str) -> None:
    assert public_place(name)


@pytest.mark.parametrize("name", ["the hills north of Veld", "Route 6", "a base near the border", "Veld", "the third checkpoint"])
def test_nothing_below_that_grain_is(name: str) -> None:
    assert public_place(name) is None


def test_a_level_has_place_owner_date_and_speaker() -> None:
    text = "At least 1,900 Velmark soldiers remain in Norway."
    (row,) = rows(text, "At least 1,900 Velmark soldiers", "1,900", 1900.0, bound="at-least", whose="Velmark", places=("Norway",))
    assert (row["place"], row["whose"], row["date"], row["dated"]) == ("Norway", "Velmark", "2031-03-04", "published")
    assert row["level"] == "at least 1,900"
    assert row["said_by"] == ["Outlet a, 4 March 2031"]
    assert row["cites"] == ["a#f1"]


@pytest.mark.parametrize(
    "text",
    [
        "Velmark will keep 1,900 soldiers in Norway.",
        "Velmark could have 1,900 soldiers in Norway.",
        "Velmark is sending 1,900 soldiers to Norway.",
        "Velmark withdrew some of its 1,900 soldiers in Norway.",
        "It saw another 1,900 soldiers land in Norway.",
        "There are not 1,900 soldiers in Norway.",
        "Are there 1,900 soldiers in Norway?",
        "Pressure grew to deploy the Velmark-led, 1,900 soldiers strong force in Norway.",
        "Norway leads the force as its main contributor with 1,900 soldiers.",
        "There are 1,900 soldiers, half of which have landed, in Norway.",
        "A force of 1,900 soldiers being sent to Norway has not left.",
    ],
)
def test_what_moves_may_come_or_is_denied_is_no_level(text: str) -> None:
    assert rows(text, "1,900 soldiers", "1,900", 1900.0, places=("Norway",)) == []


@pytest.mark.parametrize(
    "fields",
    [{"places": ("the hills",)}, {"places": ()}, {"places": ("Norway", "Chad")}, {"places": ("Norway",), "state": "killed"}],
)
def test_what_is_of_no_one_public_place_is_left_out(fields: dict[str, Any]) -> None:
    text = "There are 1,900 soldiers in Norway, in the hills and in Chad."
    assert rows(text, "1,900 soldiers", "1,900", 1900.0, **fields) == []


def test_levels_of_one_day_make_a_range_with_the_bounds_that_were_stated() -> None:
    text = "At least 60 soldiers are at Camp Halden. Others count at least 90 soldiers at Camp Halden."
    one = figure(text, "a#f1", "At least 60 soldiers", "60", 60.0, bound="at-least", places=("Camp Halden",), **KEPT)
    two = figure(text, "a#f2", "at least 90 soldiers", "90", 90.0, bound="at-least", places=("Camp Halden",), **KEPT)
    found = [finding("f", ("a#f1",), contradicts=("a#f2",), verdict="differ")]
    (row,) = posture_of(found, (), Passages([reading("a", text, (one, two))]))
    assert row["level"] == "from at least 60 to at least 90"
    assert row["reports"] == 1
