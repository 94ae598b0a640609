"""``rapporteur board`` from a framework to the shown board, as a user does."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml

from tests.board.boards import SMALL
from tests.cli.command import Ran, rapporteur, texts
from tests.schedule import made as m

REPORTS = (
    (
        "a.txt",
        "NDJAMENA, May 12, 2024 (Northern Wire) - Rebels carried out 14 attacks in Chad in April, the ministry said. "
        "“We keep the road open,” said Ana Sy, the defence minister.\n",
    ),
    ("b.txt", "NDJAMENA, May 13, 2024 (Dalen Press) - Monitors counted 22 rebel attacks in Chad in April.\n"),
)
AT = ("--at", "2024-06-01T08:00:00Z")
WORDS = ("--rationale", "A return is unlikely (20-45 %).", "--change-my-mind", "More attacks.", "--confidence", "low")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("board")
    path = folder / "r.rapporteur"
    assert rapporteur("account", texts(folder / "reports", REPORTS), "--record", path, "-o", folder / "a.html").code == 0
    (folder / "ford.yaml").write_text(SMALL, "utf-8")
    ran = rapporteur("board", "init", folder / "ford.yaml", "--record", path, *AT)
    assert (ran.code, ran.err) == (0, "ford, version 1: 2 conditions at 2 sites\n")
    return path


def board(record: Path, *words: object) -> Ran:
    return rapporteur("board", *words, "--record", record)


def test_from_suggestion_to_rating_to_the_board_on_paper(record: Path, tmp_path: Path) -> None:
    found = board(record, "suggest", "--format", "jsonl").lines
    assert len(found) == 2
    assert "14 attacks" in found[1]["text"]
    ran = board(record, "observe", found[1]["id"], "--who", "M. Editor", "--admiralty", "B2", *AT)
    assert ran.err == f"{found[1]['id']}: accepted; disputed, 1 independent origin; attacks at chad\n"
    assert board(record, "observe", found[0]["id"], "--reject", "--who", "M. Editor", "--why", "another count", *AT).code == 0
    assert board(record, "suggest", "--format", "jsonl").lines == []

    rate = ("rate", "security", "chad")
    told = ("--question", "met", "--as-of", "2024-05-20", *WORDS, *AT)
    assert board(record, *rate, "1", "--assessor", "A. One", "--low", "0", "--on", found[1]["id"], *told).code == 0
    assert board(record, *rate, "full", "--assessor", "B. Two", "--on", found[1]["id"], *told).code == 0
    assert board(record, *rate, "unknown", "--assessor", "C. Three", *told).code == 0
    ran = board(record, *rate, "2", "--assessor", "D. Four", "--on", found[0]["id"], *told)
    assert (ran.code, "this observation was rejected" in ran.err) == (2, True)

    shown = board(record, "show", "--format", "json").json
    assert shown["cells"][0]["summary"] == "disputed: 1 v 3; 1 unknown"
    assert [d["kinds"] for d in shown["cells"][0]["differences"]] == [["reading"]]
    assert [(o["standing"], o["admiralty"]) for o in shown["observations"]] == [("disputed", "B2")]
    table = board(record, "show").out.decode()
    assert "they read the same evidence differently" in table
    assert "Lowest: no core condition has a level" in table
    assert board(record, "show", "--format", "html", "-o", tmp_path / "b.html").code == 0
    assert "14 attacks in Chad" in (tmp_path / "b.html").read_text("utf-8")
    assert "## Who disagrees, and why" in board(record, "show", "--format", "md").out.decode()
    assert board(record, "show", "--format", "json", "--as-of", "2024-05-01").json["ratings"] == []

    rows = list(csv.DictReader(io.StringIO(board(record, "export", "--format", "csv").out.decode())))
    assert [(r["assessor"], r["level"], r["low"]) for r in rows] == [
        ("A. One", "1", "0"),
        ("B. Two", "3", "3"),
        ("C. Three", "unknown", ""),
    ]
    assert [e["entry"] for e in board(record, "export").lines] == ["framework", *["observation"] * 2, *["rating"] * 3]


def test_schedules_start_from_the_ratings_and_stand_in_the_account(record: Path, tmp_path: Path) -> None:
    rated = {"framework": "ford", "question": "met", "conditions": {"threat": "security"}, "sites": {"iraq": "chad"}}
    plan = tmp_path / "plan.yaml"
    plan.write_text(yaml.safe_dump({**m.only(m.content(), "dates"), "board": rated}, sort_keys=False), "utf-8")
    told = ("--question", "met", "--as-of", "2024-05-20", *WORDS, *AT)
    assert board(record, "rate", "security", "chad", "unknown", "--assessor", "E. Five", *told).code == 0
    few = ("--runs", 200, "--format", "json")
    sheet = {row["id"]: row for row in rapporteur("schedule", "compare", plan, *few, "--record", record).json["sheet"]}
    assert "E. Five on 2024-05-20; board ford, version 1" in sheet["initial.threat.iraq"]["basis"]
    assert sheet["initial.threat.syria"]["basis"] == "elicit"
    earlier = rapporteur("schedule", "compare", plan, *few, "--record", record, "--as-of", "2024-05-19").json["sheet"]
    assert {row["basis"] for row in earlier if row["id"].startswith("initial.")} == {"elicit"}
    assert "no record was named" in rapporteur("schedule", "compare", plan, *few, "--as-of", "2024-05-19").err
    moves = ("schedule", "sensitivity", plan, "--alternative", "dates", "--base", 16, "--format", "json")
    assert rapporteur(*moves, "--record", record).code == 0
    assert "no record was named" in rapporteur(*moves, "--as-of", "2024-05-19").err

    kept = ("--record", record, "--who", "M. Editor", *AT)
    ran = rapporteur("schedule", "keep", plan, "--runs", 200, *kept)
    assert (ran.code, ran.err) == (0, "plan: kept\n")
    account = rapporteur("account", "--record", record, "--format", "json").json
    assert [s["run"]["runs"] for s in account["schedules"]] == [200]
    assert account["boards"][0]["framework"]["framework"] == "ford"
    assert rapporteur("schedule", "keep", plan, "--withdraw", *kept).err == "plan: withdrawn\n"
    assert rapporteur("account", "--record", record, "--format", "json").json["schedules"] == []
    assert "is not among those" in rapporteur("schedule", "keep", "hmc", "--withdraw", *kept).err
    bad = tmp_path / "bad.yaml"
    bad.write_text(plan.read_text("utf-8").replace("agreement: both", "agreement: all"), "utf-8")
    ran = rapporteur("schedule", "keep", bad, *kept)
    assert (ran.code, "no agreement rule or party is called 'all'" in ran.err) == (2, True)


def test_a_framework_is_added_once_and_changed_only_with_its_version(record: Path, tmp_path: Path) -> None:
    (tmp_path / "ford.yaml").write_text(SMALL, "utf-8")
    assert "in the record already" in board(record, "init", tmp_path / "ford.yaml").err
    (tmp_path / "ford.yaml").write_text(SMALL.replace("safe", "quite safe"), "utf-8")
    assert "raise its version above 1" in board(record, "init", tmp_path / "ford.yaml").err
    (tmp_path / "ford.yaml").write_text(SMALL.replace("kind: core", "kind: vital"), "utf-8")
    ran = board(record, "init", tmp_path / "ford.yaml")
    assert (ran.code, "ford.yaml:17: conditions > 1 > kind" in ran.err) == (2, True)


def test_a_shipped_framework_can_be_taken_to_edit(tmp_path: Path) -> None:
    assert rapporteur("board", "init", "transition", "-o", tmp_path / "t.yaml").code == 0
    assert "framework: transition" in (tmp_path / "t.yaml").read_text("utf-8")
    ran = rapporteur("board", "init", "transition")
    assert (ran.code, "no record was named" in ran.err) == (2, True)


def test_a_record_without_a_board_says_so(tmp_path: Path) -> None:
    path = tmp_path / "r.rapporteur"
    texts(tmp_path / "reports", REPORTS[:1])
    assert rapporteur("account", tmp_path / "reports", "--record", path, "-o", tmp_path / "a.html").code == 0
    said = "rapporteur: --record: holds no framework; add one: rapporteur board init FRAMEWORK --record FILE\n"
    for task in ("suggest", "show", "export"):
        ran = board(path, task)
        assert (task, ran.code, ran.err) == (task, 2, said)
