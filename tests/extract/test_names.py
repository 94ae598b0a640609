"""Mentions of names: spans, roles, and which of them name the same actor."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import least_seconds

from rapporteur.language import load
from rapporteur.model.claims import Mention
from rapporteur.model.report import Report
from rapporteur.stages.extract import names
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.names_actors import Actors, Named, key_words, same_person


def mentions(text: str) -> list[Mention]:
    report = Report(
        id="r",
        path=None,
        url=None,
        title=None,
        outlet=None,
        byline=(),
        dateline=None,
        published=None,
        language="en",
        text=text,
        furniture=(),
        credits=(),
        issues=(),
    )
    return list(names.extract(Sheet(report, load().parse(text))))


def by_text(text: str) -> dict[str, Mention]:
    return {m.span.exact: m for m in reversed(mentions(text))}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Defense Secretary Carla Jensen arrived on Monday.", "Carla Jensen", "Defense Secretary"),
        ("The former Kenyan foreign minister Raphael Otieno spoke.", "Raphael Otieno", "former Kenyan foreign minister"),
        ("Secretary of State Maria Lopez spoke in Geneva.", "Maria Lopez", "Secretary of State"),
        (
            "“It is over,” said Peter Marsh, the director of the Africa programme at the institute.",
            "Peter Marsh",
            "director of the Africa programme at the institute",
        ),
        ("The head of the mission, Jane Hutchinson, agreed.", "Jane Hutchinson", "head of the mission"),
        ("The rebels’ leader, Joseph Banda, refused.", "Joseph Banda", "rebels’ leader"),
        ("Mr. Joseph Banda refused to sign.", "Joseph Banda", None),
        ("On Monday, Joseph Banda refused, a minister said.", "Joseph Banda", None),
    ],
)
def test_roles(text: str, name: str, role: str | None) -> None:
    assert by_text(text)[name].role == role


def test_later_mentions_are_the_same_actor_under_the_fullest_name() -> None:
    found = mentions("Banda signed first.\n\nForeign Minister Joseph Banda arrived in Lusaka. Mr. Banda left at noon.")
    persons = [m for m in found if m.kind == "person"]
    assert len(persons) == 3
    assert {(m.actor, m.name) for m in persons} == {(persons[0].actor, "Joseph Banda")}


def test_a_first_name_with_a_hyphen_is_no_name_of_its_own() -> None:
    found = [m for m in mentions("Foreign Minister Hans-Dieter Vale called for talks.") if m.kind == "person"]
    assert [m.span.exact for m in found] == ["Hans-Dieter Vale"]


def test_two_persons_with_one_family_name_stay_apart() -> None:
    found = by_text("Joseph Banda met Ruth Banda in Lusaka. Later Banda spoke to reporters.")
    assert len({found[name].actor for name in ("Joseph Banda", "Ruth Banda", "Banda")}) == 3


def test_abbreviation_and_last_word_are_the_same_organisation() -> None:
    found = mentions(
        "The Joint Ceasefire Monitoring Committee (JCMC) met in Juba on Friday. The JCMC said violations had fallen."
    )
    actors = {m.actor for m in found if m.kind == "organization"}
    assert len(actors) == 1 and {m.name for m in found if m.actor in actors} == {"Joint Ceasefire Monitoring Committee"}


def test_a_country_goes_by_all_its_names_and_its_people_are_a_group() -> None:
    found = by_text(
        "The United States withdrew. U.S. officials and American soldiers left Iraq; Iraqi officers stayed, as did other Iraqis."
    )
    assert found["United States"].actor == found["U.S."].actor != found["American"].actor
    assert found["Iraqi"].actor == found["Iraqis"].actor != found["Iraq"].actor
    assert found["American"].kind == "group"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("George Bush", "George W. Bush", True),
        ("G. Bush", "George W. Bush", True),
        ("Mohammed al-Sudani", "Mohammed Shia al-Sudani", True),
        ("José Pérez", "Jose Perez", True),
        ("Daniel Ortega", "Daniel Ortega Saavedra", True),
        ("Bill Clinton", "Hillary Clinton", False),
        ("John Smith", "John Baker", False),
    ],
)
def test_same_person(a: str, b: str, same: bool) -> None:
    one, other = (key_words(tuple(name.replace("-", " - ").split())) for name in (a, b))
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_a_first_word_that_many_organisations_share_stands_for_none() -> None:
    named = [Named(("National", "Audit", "Office"), "organization", None), Named(("National",), "organization", None)]
    assert Actors(named).numbers() == [0, 1]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read_and_spans_stand_in_it(text: str) -> None:
    found = mentions(text)
    assert all(m.span.stands_in(text) and m.actor and m.name for m in found)
    assert [m.span.start for m in found] == sorted(m.span.start for m in found)


def test_actors_are_told_apart_in_linear_time() -> None:
    def seconds(count: int) -> float:
        named = [Named((f"Given{i}", f"Family{i % 3}"), "person", None) for i in range(count)]
        return least_seconds(lambda: Actors(named))

    assert seconds(20_000) < 30 * max(seconds(2_000), 0.02)


@pytest.mark.parametrize(
    "text", ["Ann, the " * 3000, "Minister of " * 3000 + "Ann Lee", "(" * 2000 + "Ann Lee" + ")" * 2000, "أحمد said 😀 " * 500]
)
def test_hostile_texts_take_no_longer_than_plain_ones(text: str) -> None:
    begin = time.process_time()
    mentions(text)
    assert time.process_time() - begin < 10
