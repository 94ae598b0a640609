"""One actor across reports, and whom a description means; all names and texts are invented."""

from __future__ import annotations

from rapporteur.model.claims import StatementClaim
from rapporteur.model.lineage import ActorCluster
from rapporteur.model.reading import Reading
from rapporteur.stages.link.actors import find_actors
from rapporteur.stages.link.descriptions import described, speaks
from rapporteur.stages.link.roles import office
from tests.made import reading

FIRST = reading("first", 'Defense Secretary Luther Ashwin met the Cressian premier. "Nothing has been decided," Ashwin said.')
SECOND = reading("second", "Luther Ashwin, the defense secretary, said the troops would stay until May.")
THIRD = reading("third", "The defense secretary said the base would be handed over. The weather was bad.")


def _person(actors: tuple[ActorCluster, ...], surname: str) -> list[ActorCluster]:
    return [a for a in actors if a.kind == "person" and surname in a.name]


def _said(one: Reading) -> list[str]:
    return [c.id for c in one.claims if isinstance(c, StatementClaim)]


def test_name_surname_and_title_are_one_person() -> None:
    (ashwin,) = _person(find_actors([FIRST, SECOND]), "Ashwin")
    assert {m.rsplit("#", 1)[0] for m in ashwin.members} == {"first", "second"}


def test_an_office_alone_means_its_only_bearer_where_it_says_of_what() -> None:
    (ashwin,) = _person(find_actors([FIRST, SECOND, THIRD]), "Ashwin")
    assert set(ashwin.described) == set(_said(THIRD))


def test_an_office_with_two_bearers_means_neither() -> None:
    successor = reading("later", "Defense Secretary Mara Quill said the troops would leave in June.")
    actors = find_actors([FIRST, SECOND, THIRD, successor])
    assert not any(set(a.described) & set(_said(THIRD)) for a in actors)


def test_a_former_minister_is_not_the_minister() -> None:
    former = reading("former", "Former Cressian transport minister Odo Lenz said the line was safe.")
    now = reading("now", "The Cressian transport minister said the line would be closed.")
    assert not any(a.described for a in find_actors([former, now]))


def test_transliterations_are_one_and_first_names_keep_two_apart() -> None:
    one = reading("one", "President Omar al-Tashir spoke in Velm.")
    other = reading("other", "President Omer al-Tishir left for Velm.")
    brother = reading("brother", "Idris al-Tashir, a trader, was arrested in Velm.")
    assert len(_person(find_actors([one, other, brother]), "shir")) == 2


def test_surnames_alone_do_not_join_first_names() -> None:
    one = reading("john", "Senator John Harrow spoke on Monday.")
    other = reading("jane", "Senator Jane Harrow spoke on Monday.")
    bare = reading("bare", "Mr Harrow said he would vote in May.")
    assert len(_person(find_actors([one, other, bare]), "Harrow")) == 3


def test_an_abbreviation_is_the_body_it_stands_for() -> None:
    long = reading("long", "The Tarnian Relief Authority said on Monday that the road was open.")
    short = reading("short", "The TRA said on Tuesday that the road was closed again.")
    bodies = [a for a in find_actors([long, short]) if a.kind == "organization"]
    assert len(bodies) == 1


def test_what_a_description_says() -> None:
    asked = office("the deputy foreign minister of Iraq")
    assert asked is not None
    assert (asked.head, asked.steps) == ("minister", frozenset({"deputy"}))
    assert "Iraq" in asked.of
    assert office("two residents") is None


def test_a_government_is_its_country_and_talks_do_not_speak() -> None:
    assert described("the Iraqi government") == described("Iraq") == "iraq"
    assert described("several senior officials") == described("an official")
    assert speaks("rebel fighters")
    assert not speaks("the six-party talks")
