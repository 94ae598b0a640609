"""Files that cannot be simulated: each gives one clear error that names the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.errors import ConfigurationError, FileError
from rapporteur.schedule import compare, load, loads
from tests.schedule import made as m

TEXT = m.example_text()
NAME = "plan.yaml"


def line_of(text: str, part: str) -> int:
    """The 1-based line in which ``part`` stands, once."""
    assert text.count(part) == 1, part
    return text[: text.index(part)].count("\n") + 1


def fails(text: str, line: int, *words: str) -> None:
    with pytest.raises(FileError) as caught:
        loads(text, NAME)
    message = str(caught.value)
    assert message.startswith(f"{NAME}:{line}: "), message
    assert all(word in message for word in words), message
    assert "\n" not in message


def changed(old: str, new: str) -> tuple[str, int]:
    """The example with its first ``old`` replaced, and the line of the replacement."""
    at = TEXT.index(old)
    return TEXT[:at] + new + TEXT[at + len(old) :], TEXT[:at].count("\n") + 1


def test_the_example_is_fine() -> None:
    assert len(loads(TEXT, NAME).alternatives) == 3


CHANGES = [
    # what stands there, what is put there, words of the message
    ("value: 60,", "value: [60,", ("not YAML",)),
    ("  horizon: {value: 60", "  horizon: {valeu: 60", ("valeu", "no key")),
    ("mark: assumed, note: \"five years", 'note: "five years', ("exactly one of 'reference", "assumed")),
    ("value: 60, unit: months, mark", "unit: months, mark", ("exactly one of value",)),
    ("uniform: [0.2, 0.6]", "uniform: [0.6, 0.2]", ("low must be below high",)),
    ("triangular: [-0.15, 0.1, 0.3]", "triangular: [-0.15, 0.5, 0.3]", ("low <= mode <= high",)),
    ('date: "2025-09"', 'date: "2025-13"', ("no month",)),
    ("iraq_phase_one: {value: 100,", "iraq_phase_one: {value: 100.5,", ()),
    ("drift: threat_drift", "drift: threat_drfit", ("no parameter is called 'threat_drfit'",)),
    ("drift: threat_drift", "drift: 0.1", ("numbers stand under 'parameters'",)),
    ("review: review_conditions", "review: phase_one_end", ("is a month",)),
    ("not_later_than: phase_one_end", "not_later_than: review_dates", ("no month",)),
    ("agreement: both", "agreement: all", ("no agreement rule or party is called 'all'", "both")),
    ("{provider: iraq, client: syria", "{provider: iraq, client: syrai", ("no site is called 'syrai'", "syria")),
    ("sites: [iraq, syria], threshold", "sites: [iraq, syira], threshold", ("no site is called 'syira'",)),
    ("operational, capability], sites: [iraq, syria],", "luck], sites: [iraq, syria],", ("called 'luck'",)),
    ("targets: {iraq: iraq_phase_one, syria", "targets: {irak: iraq_phase_one, syria", ("no site is called 'irak'",)),
    ("targets: {iraq: iraq_phase_one,", "targets: {iraq: horizon_persons,", ("no parameter",)),
    ("{condition: threat, site: iraq, low: 1.5", "{condition: threat, site: iraq, low: 2.5", ("low <= level <= high",)),
    ("{condition: threat, site: iraq, low", "{condition: threat, site: syria, low", ()),
    ("threat_drift: {triangular: [-0.15,", "threat_drift: {triangular: [-15,", ()),
    ("pause: false", "pause: perhaps", ("pause",)),
    ("phase_one_need: {value: 4,", "phase_one_need: {value: 9,", ()),
    ("iraq_capacity: {triangular: [150,", "iraq_capacity: {triangular: [-150,", ()),
    ("title:", "title: one\ntitle:", ()),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), CHANGES, ids=[new[:40] for _, new, _ in CHANGES])
def test_what_is_wrong_is_named_with_file_and_line(old: str, new: str, words: tuple[str, ...]) -> None:
    text, line = changed(old, new)
    with pytest.raises(FileError) as caught:
        loads(text, NAME)
    message = str(caught.value)
    assert message.startswith(f"{NAME}:"), message
    assert all(word in message for word in words), message
    assert "\n" not in message
    if words:  # those without words are reported where the parameter is used, see below
        assert abs(caught.value.line - line) <= 1, message


def test_a_target_above_the_level_before_it() -> None:
    text, _ = changed("iraq_phase_one: {value: 100,", "iraq_phase_one: {value: 2100,")
    first = text.index("targets: {iraq: iraq_phase_one")
    fails(text, text[:first].count("\n") + 1, "target 2100 at 'iraq'", "above the level before it, 2000")


def test_a_second_tranche_above_the_first() -> None:
    text, _ = changed("iraq_phase_one: {value: 100,", "iraq_phase_one: {value: 0,")
    text = text.replace("targets: {iraq: nobody,", "targets: {iraq: syria_phase_one,")
    first = text.index("targets: {iraq: syria_phase_one")
    fails(text, text[:first].count("\n") + 1, "target 1000 at 'iraq'", "before it, 0")


def test_not_earlier_after_not_later() -> None:
    text, line = changed("not_earlier_than: phase_one_end", "not_earlier_than: phase_two_end")
    fails(text, line, "not_earlier_than lies after not_later_than")


def test_a_deadline_before_the_start() -> None:
    text, _ = changed('date: "2025-09"', 'date: "2024-09"')
    fails(text, text[: text.index("not_later_than: phase_one_end")].count("\n") + 1, "before the first month after the start")


@pytest.mark.parametrize("client", ["iraq", "erbil"])
def test_a_circular_dependency(client: str) -> None:
    added = f"  - {{provider: syria, client: {client}, ratio: ratio_iraq}}\n"
    text = TEXT.replace("\nconditions:\n", added + "\nconditions:\n", 1)
    fails(text, line_of(text, added.strip()), "circular dependency", "syria", client)


def test_a_site_that_supplies_itself() -> None:
    text, line = changed("{provider: iraq, client: syria", "{provider: iraq, client: iraq")
    fails(text, line, "circular dependency", "iraq needs iraq")


def test_a_provider_that_ends_below_its_clients_need() -> None:
    text = TEXT.replace("targets: {iraq: nobody, syria: nobody, erbil: nobody}", "targets: {iraq: nobody, erbil: nobody}", 1)
    line = text[: text.index("targets: {iraq: nobody, erbil")].count("\n") + 1
    fails(text, line, "'iraq' at 0", "the 100 that 'syria' needs")


def test_a_provider_that_starts_below_its_clients_need() -> None:
    text, _ = changed("erbil_level: {value: 500,", "erbil_level: {value: 100,")
    fails(text, line_of(text, "{provider: erbil, client: syria, ratio: ratio_erbil}"), "starts below", "400")


def test_nothing_is_filled_in_silently() -> None:
    row = next(line for line in TEXT.splitlines(keepends=True) if "condition: capability, site: syria" in line)
    text = TEXT.replace(row, "")
    fails(text, line_of(text, "\ninitial:") + 1, "'capability' at 'syria' has no initial level")
    text, _ = changed("  assessed_every: assessed_every\n", "")
    fails(text, line_of(text, "\ndynamics:") + 1, "assessed_every", "missing")
    text, _ = changed(", erbil: erbil_capacity", "")
    fails(text, line_of(text, "capacity: {iraq:"), "says nothing of site 'erbil'")


def test_a_party_cannot_have_a_view_without_a_label() -> None:
    text, _ = changed("    label: analyst\n", "")
    fails(text, line_of(text, "  - id: us\n"), "label", "missing")


def test_more_than_can_be_simulated_or_held() -> None:
    text, _ = changed("horizon: {value: 60,", "horizon: {value: 600,")
    conditions = "".join(f"  - {{id: c{n}, name: C, drift: threat_drift, volatility: threat_volatility}}\n" for n in range(20))
    fails(text.replace("\nparties:", conditions + "\nparties:"), line_of(text, "\nconditions:") + 1, "at most 20,000")
    aliases = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    with pytest.raises(FileError, match="more than 100,000 values"):
        loads(aliases, NAME)
    for nested in ("[" * 100_000, "a: " + "[" * 200 + "]" * 200, "- " * 5000):
        with pytest.raises(FileError, match=r"nested too deeply|not YAML"):
            loads(nested, NAME)


def test_an_alias_that_leads_back_to_itself() -> None:
    fails("title: &a [*a]\n", 1, "itself")


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "- a\n- b\n", "just words\n", "a: {b: [\n", "? [x]\n: y\n", "a: !!python/object:x.y {}\n"]
)
def test_files_that_are_something_else(text: str) -> None:
    with pytest.raises(FileError) as caught:
        loads(text, NAME)
    assert str(caught.value).startswith(f"{NAME}:")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        load(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError, match="cannot be read"):
        load(tmp_path / "bytes.yaml")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_an_error_of_ours(text: str) -> None:
    with pytest.raises(FileError):
        loads(text, NAME)


LINES = TEXT.splitlines(keepends=True)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, len(LINES) - 1), st.sampled_from(["", "x: 1\n", "  - \n", "  : :\n", "null\n", "  a: .inf\n", "  b: .nan\n"])
)
def test_any_damaged_line_is_an_error_of_ours_or_still_a_scenario(number: int, instead: str) -> None:
    text = "".join([*LINES[:number], instead, *LINES[number + 1 :]])
    try:
        scenario = loads(text, NAME)
    except FileError:
        return
    assert compare(scenario, runs=100).outcomes


@pytest.mark.parametrize("value", [".inf", ".nan", "1e300", "-.inf"])
def test_numbers_that_are_none(value: str) -> None:
    for old in ("iraq_level:\n    value: 2000", "threshold: {value: 2,"):
        text, _ = changed(old, old.replace("2000", value).replace("2,", f"{value},"))
        with pytest.raises(FileError):
            loads(text, NAME)


@pytest.mark.parametrize(("runs", "seed"), [(10, 1), (10**9, 1), (1000, -1)])
def test_runs_and_seeds_that_make_no_sense(runs: int, seed: int) -> None:
    with pytest.raises(ConfigurationError, match="give"):
        compare(m.scenario(m.content()), runs=runs, seed=seed)
