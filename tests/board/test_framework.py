"""Frameworks: what ships, what is refused, and where the error says it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.board.framework import PROPOSED
from rapporteur.board.load import SHIPPED, load, loads
from rapporteur.board.places import refused_place
from rapporteur.errors import ConfigurationError, RapporteurError
from rapporteur.language.gazetteer import country_named
from tests.board.boards import SMALL


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_frameworks_load_on_the_scale_0_to_3_at_public_sites(name: str) -> None:
    framework = load(name)
    assert framework.framework == name
    assert framework.scales[0].levels == ["not initiated", "minimal", "intermediate", "full"]
    assert {q.id for q in framework.questions} == {"met", "progress"}
    assert all(country_named(s.name) or s.named_base for s in framework.sites)


def test_the_three_factors_have_the_commissions_wording_and_no_threshold_of_its_own() -> None:
    framework = load("hmc-three-factors")
    core = {c.id: c for c in framework.conditions if c.kind == "core"}
    assert [c.wording for c in core.values()] == [
        "the threat from ISIS",
        "operational and environmental requirements",
        "the Iraqi security forces' capability levels",
    ]
    assert all("25 January 2024" in c.basis for c in core.values())
    assert {t.basis for _, i in framework.indicators.values() for t in (i, *i.thresholds)} == {PROPOSED}


def test_militia_attacks_are_kept_apart_from_the_threat_from_isis() -> None:
    framework = load("hmc-three-factors")
    militia = framework.condition("militia-attacks")
    assert (militia.kind, militia.basis) == ("contextual", PROPOSED)
    assert not any("militia" in i.id for i in framework.condition("threat").indicators)
    assert all({"ISIS", "Daesh"} <= set(i.match.without) for i in militia.indicators if "count" in i.id)
    assert "militia" in framework.indicators["isis-attacks"][1].match.without


def test_the_transition_framework_has_five_fields_core_and_contextual() -> None:
    kinds = {c.id: c.kind for c in load("transition").conditions}
    assert list(kinds) == ["security", "state-authority", "rule-of-law", "political-process", "regional-relations"]
    assert kinds["regional-relations"] == "contextual"
    assert set(kinds.values()) == {"core", "contextual"}


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("kind: core", "kind: vital", 17, "kind: Input should be 'core' or 'contextual'"),
        ("    name: Security\n", "", 14, "name: is missing"),
        ("name: Chad}", "name: Tibesti hills}", 11, "'Tibesti hills' is no country"),
        ("name: Faya Air Base", "name: Faya Air Base gate 3", 12, "finer than a publicly named base"),
        ("country: Chad", "country: Nowhere", 12, "needs 'country: ...', one that the gazetteer knows"),
        ("sites: [chad, faya]", "sites: [chad, mars]", 19, "no 'mars' among the sites; there are: chad, faya"),
        ("questions: [met]", "questions: [done]", 37, "no 'done' among the questions"),
        ("scale: levels}", "scale: stars}", 8, "no 'stars' among the scale"),
        ("id: neighbours", "id: security", 31, "'security' is used already"),
        ("at_most: 2,", "at_most: 12,", 22, "thresholds are out of order"),
        ("at_most: 2,", "at_least: 2,", 22, "are all 'at_most'"),
        ("{level: 2, at_most", "{level: 9, at_most", 30, "level 9 lies above the scale, which ends at 3"),
        ("at_most: 10, proposed_by: analyst-proposed", "at_most: 10", 29, "needs exactly one of 'reference: ...' and"),
        ("at_most: 10, proposed_by: analyst-proposed", "at_most: 10, proposed_by: ministry", 29, "either absent or 'analyst-"),
        ("[not initiated, minimal", "[unknown, minimal", 6, "belong to every scale beside its levels"),
        ("version: 1\ntitle", "version: one\ntitle", 2, "version: Input should be a valid integer"),
        ("kind: core", "kind: contextual", 13, "no condition is core"),
        ("title: The ford", "title: The ford\ntitle: Again", 4, "'title' is said twice"),
        ("title: The ford", "title: [", 5, "not YAML"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(old: str, new: str, line: int, reason: str) -> None:
    assert old in SMALL
    with pytest.raises(ConfigurationError) as error:
        loads(SMALL.replace(old, new, 1), "ford.yaml")
    assert str(error.value).startswith(f"ford.yaml:{line}: ")
    assert reason in str(error.value)


@pytest.mark.parametrize("key", ["weight", "index", "score", "mean", "traffic_light", "colour", "recommendation", "coordinates"])
def test_what_a_board_must_not_have_is_refused_by_design(key: str) -> None:
    with pytest.raises(ConfigurationError, match=r"ford\.yaml:15: .*refused by design"):
        loads(SMALL.replace("    name: Security\n", f"    {key}: 2\n    name: Security\n"), "ford.yaml")


@pytest.mark.parametrize(
    ("name", "country", "base", "fine"),
    [
        ("Iraq", None, None, True),
        ("Iraq", "Syria", None, False),
        ("Erbil", None, None, False),
        ("Camp Lemonnier", "Djibouti", "the ministry's public list", True),
        ("Camp Lemonnier", "Djibouti", None, False),
        ("Camp Lemonnier", None, "the ministry's public list", False),
        ("Camp Lemonnier, hangar 4", "Djibouti", "a list", False),
        ("Base at 33.80 42.44", "Iraq", "a map", False),
        ("Base 38SKC 1234", "Iraq", "a map", False),
        ("3rd Battalion", "Iraq", "a list", False),
    ],
)
def test_nothing_below_country_and_named_base(name: str, country: str | None, base: str | None, *, fine: bool) -> None:
    assert (refused_place(name, country, base) is None) == fine


@pytest.mark.parametrize("text", ["", "  \n", "- a\n- b", "just words", "a: &x [*x]"])
def test_what_is_no_framework_at_all_is_named(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^x\.yaml:1: "):
        loads(text, "x.yaml")


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"none\.yaml: cannot be read .* one of: hmc-three-factors, transition"):
        load("none.yaml")


@given(st.integers(0, len(SMALL) - 1), st.text(max_size=5))
def test_any_damage_is_an_error_of_ours_or_none(at: int, put: str) -> None:
    try:
        loads(SMALL[:at] + put + SMALL[at + len(put) :], "ford.yaml")
    except RapporteurError as error:
        assert str(error).startswith("ford.yaml:")
