"""``rapporteur changes`` and ``account --process`` as a user runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import rapporteur, texts

FIRST = (
    "ORSK, May 12, 2031 (Dalen Press) - Forty soldiers were killed near Halm on Monday, the ministry said. "
    "Two bridges on the Orsk road were destroyed.\n"
)
SECOND = "ORSK, May 12, 2031 (Dalen Press) - Forty soldiers were killed near Halm on Monday, the ministry said.\n"
OTHER = "HALM, May 14, 2031 (Coast Wire) - Nurses wept. Nine soldiers were killed near Halm on Monday.\n"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "r.rapporteur"
    rapporteur(
        "account", texts(tmp_path / "in", [("a.txt", FIRST)]), "--record", path, "--made-at", "2031-05-13", "--format", "json"
    )
    return path


def test_facts_since_an_account_and_facts_that_vanished(record: Path, tmp_path: Path) -> None:
    assert rapporteur("changes", "--record", record, "--since", "@1", "--format", "json").json["changes"] == []
    rapporteur("read", texts(tmp_path / "in", [("a.txt", SECOND), ("b.txt", OTHER)]), "--record", record)
    made = rapporteur("changes", "--record", record, "--since", "@1", "--format", "json").json
    assert (made["since"]["reports"], made["until"]["reports"]) == (1, 3)
    kinds = {row["change"] for row in made["changes"]}
    assert "vanished" in kinds and kinds & {"contradicted", "changed", "new"}
    assert any("Two bridges" in row["text"] for row in made["changes"] if row["change"] == "vanished")
    assert not any("Two bridges" in row["text"] for row in made["changes"] if row["change"] == "new")
    shown = rapporteur("changes", "--record", record, "--since", "@1").out.decode()
    assert "## Vanished from an updated report" in shown and "Two bridges" in shown


def test_facts_since_a_day(record: Path, tmp_path: Path) -> None:
    rapporteur("read", texts(tmp_path / "more", [("b.txt", OTHER)]), "--record", record)
    made = rapporteur("changes", "--record", record, "--since", "2031-05-13", "--format", "json").json
    assert (made["since"]["reports"], made["until"]["reports"]) == (1, 2)
    assert any("Nine soldiers" in row["text"] for row in made["changes"])


@pytest.mark.parametrize(
    ("since", "reason"), [("@9", "holds no account with this number"), ("monday", "is no date and no account")]
)
def test_a_wrong_since_is_one_line(since: str, reason: str, record: Path) -> None:
    ran = rapporteur("changes", "--record", record, "--since", since)
    assert (ran.code, reason in ran.err, ran.err.count("\n")) == (2, True, 1)


def test_a_process_file_is_remembered_and_rebuilt(record: Path, tmp_path: Path) -> None:
    file = tmp_path / "halm.yaml"
    file.write_text("title: The Halm talks\nwatch: [soldiers]\n")
    options = ("--record", record, "--format", "json", "--made-at", "2031-05-20")
    made = rapporteur("account", *options, "--process", file)
    assert (made.json["process"]["title"], {r["word"] for r in made.json["watch"]}) == ("The Halm talks", {"soldiers"})
    assert rapporteur("account", *options).json["process"]["title"] == "The Halm talks"
    assert rapporteur("account", *options, "--process", "halm").out == made.out
    file.write_text("title: The Halm talks\nname: halm\nwatch: [nothing]\n")
    assert rapporteur("account", *options, "--process", file).json["watch"] == []
    assert rapporteur("account", "--record", record, "--format", "json", "--as-of", "@2").out == made.out
    wrong = rapporteur("account", *options, "--process", "orsk")
    assert (wrong.code, "known: halm" in wrong.err) == (2, True)
    file.write_text("title: x\nwach: y\n")
    wrong = rapporteur("account", *options, "--process", file)
    assert (wrong.code, "halm.yaml:2: wach: is no key" in wrong.err) == (2, True)
