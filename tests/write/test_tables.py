"""Rows of the tables: no day that the report cannot mean, no position that is only asked about."""

from typing import Any

import pytest

from rapporteur.model.account import Account
from rapporteur.model.claims import EventClaim, When
from rapporteur.stages.write import ComposeOptions, compose
from tests.write.builders import NO_LINEAGE, commitment, finding, position, reading, span


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
        ("Delegates of both countries were due to meet in Ostravel on Saturday.", "2031-03-01", "asserted", False),
        ("Delegates of both countries were due to meet in Ostravel on Wednesday.", "2031-03-05", "asserted", True),
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
        ("Ostria, which hosts them, demands that the troops leave by June.", True),
        ("Talks with Ostria went on, but the party in the south of Ostria demands that the troops leave by June.", True),
    ],
)
def test_a_position_is_taken_and_not_asked_about(text: str, stands: bool) -> None:
    claim = position(text, "a#p1", text.removesuffix("."), "Ostria", "the troops leave")
    made = compose((reading("a", text, (claim,)),), NO_LINEAGE, [], ComposeOptions())
    assert bool(made.positions) is stands


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Ostria voted for the plan, but Velmark has rejected such a step.", "such a step"),
        ("When asked to define success, Ostria spoke of a process.", "to define success"),
        ("Ostria said it expects the troops to leave.", "the troops to leave"),
    ],
)
def test_a_position_of_another_clause_is_not_the_partys(text: str, issue: str) -> None:
    claim = position(text, "a#p1", text.removesuffix("."), "Ostria", issue)
    assert compose((reading("a", text, (claim,)),), NO_LINEAGE, [], ComposeOptions()).positions == ()


def test_a_text_promises_nothing() -> None:
    text = "The constitution of Ostria guarantees a seat for each province. Velmark guarantees a seat for each province."
    law = commitment(
        text, "a#c1", "constitution of Ostria guarantees a seat for each province", "the Ostrian constitution", "2031-06-01"
    )
    party = commitment(text, "a#c2", "Velmark guarantees a seat for each province", "Velmark", "2031-06-01")
    made = compose((reading("a", text, (law, party)),), NO_LINEAGE, [], ComposeOptions())
    assert [c["party"] for c in made.commitments] == ["Velmark"]


@pytest.mark.parametrize(
    ("text", "when", "precision", "stands"),
    [
        ("Almost 40 people were killed in a raid in January in the hills of Ostria.", "2032-01", "month", False),
        ("Almost 40 people were killed in a raid in January in the hills of Ostria.", "2031-01", "month", True),
        ("Last year, the troops left after a February raid in the hills of Ostria.", "2031-02", "month", False),
        ("The raid in the hills came late on Saturday, delegates of Ostria said.", "2031-03-08TNI", "hour", False),
    ],
)
def test_what_has_happened_lies_behind_the_report(text: str, when: str, precision: Any, stands: bool) -> None:
    made = told(text, "raid", When(when, precision), "asserted")
    assert bool(made.timeline) is stands


@pytest.mark.parametrize(
    ("text", "party", "stands"),
    [
        ("The ministry in Norway supports the plan.", "Norway", True),
        ("She supports the plan.", "Ilse Tarn", True),
        ("Tarn supports the plan.", "Ilse Tarn", True),
        ("The U.S. supports the plan.", "United States", True),
        ("Velmark went on with its support for the plan.", "Ostria", False),
        ("Tarn said a day earlier that the plan was good.", "a day earlier", False),
        ("It was Tarn whose country supports the plan.", "whose country", False),
    ],
)
def test_a_position_is_that_of_one_whom_the_sentence_names(text: str, party: str, stands: bool) -> None:
    claim = position(text, "a#p1", text.removesuffix("."), party, "the plan")
    assert bool(compose((reading("a", text, (claim,)),), NO_LINEAGE, [], ComposeOptions()).positions) is stands


def test_a_month_of_its_own_lies_behind() -> None:
    text = "Unlike before January's vote, delegates plan to meet in the hills."
    assert not told(text, "plan to meet", When("2032-01", "month"), "planned").timeline
