"""``rapporteur user`` and ``audit``."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from rapporteur.cli import app
from rapporteur.store import open_store
from rapporteur.team.groups import hidden_from
from rapporteur.team.view import View
from tests.cli.command import Ran, rapporteur


def run(record: Path, *words: str, password: str = "") -> Ran:
    """In this process, because each of a dozen others would take a second to start."""
    result = CliRunner().invoke(app, [*words, "--record", str(record)], input=f"{password}\n")
    return Ran(result.exit_code, result.stdout_bytes, f"{result.stderr}{result.exception or ''}")


def test_users_are_added_changed_and_everything_is_in_the_log(tmp_path: Path) -> None:
    record = tmp_path / "desk.db"
    refused = run(record, "user", "add", "Ole", "--role", "reader", "--password-stdin", password="nine grey ferries")
    assert refused.code and "the first user of a record must be an admin" in refused.err
    assert run(record, "user", "add", "Ida", "--role", "admin", "--password-stdin", password="nine grey ferries").code == 0
    assert run(record, "user", "add", "Ole", "--role", "reader", "--openid").code == 0
    assert "choose another name" in run(record, "user", "add", "OLE", "--role", "reader", "--openid").err
    made = run(record, "user", "token", "Ole", "--scope", "read")
    assert made.out.startswith(b"rpt_") and "shown this once" in made.err
    assert made.out.strip() not in record.read_bytes()
    assert "is now analyst" in run(record, "user", "role", "ole", "analyst").err
    assert run(record, "user", "group", "north", "--member", "Ole").code == 0
    assert run(record, "user", "private", "quiet", "--group", "north").code == 0
    assert "last admin" in run(record, "user", "disable", "Ida").err
    listed = run(record, "user", "list").out.decode()
    assert "Ole   analyst" in listed and "quiet: private to north" in listed
    log = [json.loads(line) for line in run(record, "audit", "--format", "jsonl").out.splitlines()]
    assert [entry["what"] for entry in log] == [
        "user added", "user added", "token made", "user changed", "group set", "private to",
    ]  # fmt: skip
    assert all(entry["who"].startswith("command line (") for entry in log)


def test_a_record_is_named_once(tmp_path: Path) -> None:
    ran = rapporteur("user", "list")
    assert ran.code == 2 and "no record was named; name its file, or its address with --database" in ran.err
    assert "two records were named" in run(tmp_path / "none.db", "user", "list", "--database", "sqlite://x").err
    assert "no such record" in run(tmp_path / "none.db", "user", "list").err


def test_reports_are_added_to_a_private_process_from_the_command_line(tmp_path: Path) -> None:
    record, report = tmp_path / "team.db", tmp_path / "a.txt"
    report.write_text("LISSEN, March 3, 2031 (Halden Wire) - About 40 envoys met in Lissen, Korsk said.\n", "utf-8")
    run(record, "user", "add", "Ida", "--role", "admin", "--openid")
    run(record, "user", "add", "Ole", "--role", "editor", "--openid")
    run(record, "user", "group", "north", "--member", "Ida")
    refused = run(record, "read", str(report), "--into", "back-channel")
    assert refused.code != 0
    assert "back-channel: there is no such process" in refused.err
    run(record, "user", "private", "back-channel", "--group", "north")
    assert run(record, "read", str(report), "--into", "back-channel").code == 0
    with open_store(record) as store:
        team = store.team()
        views = [View(store, name, hidden_from(team.user_called(name), team), print) for name in ("Ida", "Ole")]
        assert [len(list(view.readings())) for view in views] == [1, 0]
