"""Rows of the tables: no day that the report cannot mean, no position that is only asked about."""

import pytest

from rapporteur.model.account import Account
from rapporteur.model.claims import EventClaim, When
from rapporteur.stages.write import ComposeOptions, compose
from tests.write.builders import NO_LINEAGE, finding, position, reading, span


def told(text: str, exact: str, when: When, status: str, published: str = "2031-03-05") -> Account:
    claim = EventClaim("a#e1", span(text, exact), "meeting", "meet", when, None, (), status)  # type: ignore[arg-type]
    found = [finding("f", ("a#e1",), kind="event", weight=1.0)]
    return compose((reading("a", text, (claim,), published=published),), NO_LINEAGE, found, ComposeOptions())


@pytest.mark.parametrize(
    ("text", "day", "status", "stands"),
    [
        ("Delegates of both countries met late Saturday in Ostravel.", "2031-03-01", "asserted", True),
        ("Delegates of both countries met late Saturday in Ostravel.", "2031-03-08", "asserted", False),
        ("Delegates of both countries are to meet in Ostravel on Saturday.", "2031-03-08", "planned", True),
        ("Delegates of both countries are due to meet in Ostravel on Saturday.", "2031-03-01", "planned", False),
        ("Delegates of both countries were due to meet in Ostravel on March 1.", "2031-03-01", "planned", True),
    ],
)
def test_a_day_fits_what_is_said_of_it(text: str, day: str, status: str, stands: bool) -> None:
    made = told(text, "met late Saturday" if "met" in text else "to meet", When(day, "day"), status)
    assert [e.date for e in made.timeline] == ([day] if stands else [])


@pytest.mark.parametrize(("words", "stands"), [("this week", True), ('on the programme "This Week"', False)])
def test_a_week_is_named_as_one(words: str, stands: bool) -> None:
    made = told(
        f"The minister met her guests from Ostria {words} and spoke of troops.",
        "met her guests",
        When("2031-W10", "week"),
        "asserted",
    )
    assert bool(made.timeline) is stands


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Ostria demands that the troops leave by June.", True),
        ("It was left unclear whether Ostria demands that the troops leave by June.", False),
    ],
)
def test_a_position_is_taken_and_not_asked_about(text: str, stands: bool) -> None:
    claim = position(text, "a#p1", "Ostria demands that the troops leave", "Ostria", "the troops leave")
    made = compose((reading("a", text, (claim,)),), NO_LINEAGE, [], ComposeOptions())
    assert bool(made.positions) is stands
