from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import rapporteur
from tests.schedule import made as m


@pytest.mark.parametrize(("form", "start"), [("html", b"<!DOCTYPE html>"), ("json", b"{"), ("md", b"# Higher Military")])
def test_compare_writes_the_worked_example(form: str, start: bytes) -> None:
    ran = rapporteur("schedule", "compare", "hmc", "--runs", 500, "--format", form)
    assert (ran.code, ran.out[: len(start)]) == (0, start), ran.err
    if form == "json":
        assert [outcome["rule"] for outcome in ran.json["outcomes"]] == ["dates", "conditions", "hybrid"]
        assert (ran.json["run"]["runs"], ran.json["run"]["seed"]) == (500, 1)


def test_compare_reads_a_file_and_writes_a_file_and_repeats_itself(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(m.example_text(), "utf-8")
    for name in ("a.html", "b.html"):
        ran = rapporteur("schedule", "compare", "mine.yaml", "--runs", 500, "--seed", 7, "-o", name, folder=tmp_path)
        assert ran.code == 0, ran.err
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_an_error_is_one_line_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(m.example_text().replace("drift: threat_drift", "drift: nothing"), "utf-8")
    ran = rapporteur("schedule", "compare", "bad.yaml", folder=tmp_path)
    assert ran.code == 2
    assert ran.err.startswith("rapporteur: bad.yaml:")
    assert len(ran.err.splitlines()) == 1
    assert rapporteur("schedule", "compare", "none.yaml", folder=tmp_path).err.startswith(
        "rapporteur: none.yaml:1: cannot be read"
    )


def test_backtest_and_help() -> None:
    assert len(json.loads(rapporteur("schedule", "backtest", "--format", "json").out)["cases"]) == 12
    shown = rapporteur("schedule", "--help").out.decode()
    assert all(name in shown for name in ("compare", "sensitivity", "backtest"))


def test_sensitivity_of_one_alternative() -> None:
    pytest.importorskip("SALib")
    words = ("--alternative", "hybrid", "--base", 16, "--format", "json")
    ran = rapporteur("schedule", "sensitivity", "hmc", *words)
    assert ran.code == 0, ran.err
    names = [effect["parameter"] for effect in ran.json["effects"]]
    assert "presence_effect" in names and len(names) == len(set(names))
    wrong = rapporteur("schedule", "sensitivity", "hmc", "--alternative", "none")
    assert (wrong.code, "there are: dates, conditions, hybrid" in wrong.err) == (2, True)
