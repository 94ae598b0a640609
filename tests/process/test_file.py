from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.errors import ConfigurationError
from rapporteur.model.lineage import ActorCluster
from rapporteur.model.process import FollowedIssue, FollowedMeasure, Named, Option
from rapporteur.process.effects import belongs, with_parties
from rapporteur.process.file import load, loads
from tests.write.builders import reading

WHOLE = """\
title: The Orsk talks
parties:
  - name: Vessia
    aliases: [Vessian government, Ada Moss]
  - Tarna
places: [Orsk]
issues:
  - name: schedule
    words: withdrawal
    options:
      timeline-based: [fixed date, timetable]
      conditions-based: conditions
measures:
  - name: the killed
    state: killed
watch: [truce]
"""


def test_a_file_says_what_to_follow(tmp_path: Path) -> None:
    path = tmp_path / "orsk.yaml"
    path.write_text(WHOLE)
    process = load(path)
    assert (process.name, process.title, process.watch, process.reports) == ("orsk", "The Orsk talks", ("truce",), "all")
    assert process.parties == (Named("Vessia", ("Vessian government", "Ada Moss")), Named("Tarna"))
    assert process.issues == (
        FollowedIssue(
            "schedule",
            ("withdrawal",),
            (Option("conditions-based", ("conditions",)), Option("timeline-based", ("fixed date", "timetable"))),
        ),
    )
    assert process.measures == (FollowedMeasure("the killed", (), "killed", ()),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"p\.yaml:1: the file is empty; see docs/desk-commands\.md"),
        ("- one\n", r"p\.yaml:1: the file must be a mapping"),
        ("title: x\nwhatch: [y]\n", r"p\.yaml:2: whatch: is no key that is understood here"),
        ("watch: [y]\n", r"p\.yaml:1: title: is missing"),
        ("title: x\nparties:\n  - aliases: [z]\n", r"p\.yaml:3: parties > 1 > name: is missing"),
        ("title: x\nparties:\n  - name: A\n  - name: 7\n", r"p\.yaml:4: parties > 2 > name: must be text"),
        ("title: x\nparties:\n  - A\n  - name: B\n    aliases: [a]\n", r"p\.yaml:1: 'a' names two parties, A and B"),
        ("title: x\nissues:\n  - name: s\n", r"p\.yaml:3: issues > 1: has no words to look for"),
        ("title: x\nmeasures:\n  - name: m\n    state: dead\n", r"p\.yaml:4: measures > 1 > state: .*'killed'"),
        ("title: x\nmeasures:\n  - name: m\n", r"p\.yaml:3: measures > 1: counts nothing"),
        ("title: x\ntitle: y\n", r"p\.yaml:2: 'title' is said twice"),
        ("title: [x\n", r"p\.yaml:\d: not YAML"),
    ],
)
def test_an_error_names_file_and_line(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        loads(text, "p.yaml")


def test_the_example_has_a_process_file() -> None:
    process = load(Path(str(files("rapporteur") / "examples" / "merrow-tavoria" / "process.yaml")))
    assert (process.name, [i.name for i in process.issues], len(process.parties)) == ("velm", ["schedule"], 3)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.yaml:1: cannot be read"):
        load(tmp_path / "none.yaml")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_process_or_an_error(text: str) -> None:
    try:
        loads(f"title: t\n{text}")
    except ConfigurationError as error:
        assert ":" in str(error)


def test_aliases_make_one_actor() -> None:
    actors = (
        ActorCluster("actor-1", "the Vessian Government", "organization", ("a#a1",), ("Vessian government",)),
        ActorCluster("actor-2", "Ada Moss", "person", ("a#a2", "b#a1"), ("Moss",)),
        ActorCluster("actor-3", "Karla Weiss", "person", ("b#a2",)),
    )
    merged = with_parties(actors, loads(WHOLE))
    assert {(a.name, a.members) for a in merged} == {("Vessia", ("a#a1", "a#a2", "b#a1")), ("Karla Weiss", ("b#a2",))}


def test_reports_that_name_a_party_belong() -> None:
    process = loads(WHOLE + "reports: named\n")
    assert belongs(reading("a", "Nothing here."), loads(WHOLE))
    assert not belongs(reading("a", "Nothing here."), process)
