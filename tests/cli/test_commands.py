from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from rapporteur import __version__
from rapporteur.cli import COMMANDS
from rapporteur.stages.extract import EXTRACTORS
from rapporteur.store import open_store
from tests.cli.command import arguments, rapporteur, rows, texts
from tests.cli.reports import REPORTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return texts(tmp_path / "reports", REPORTS)


def test_version_and_help() -> None:
    assert rapporteur("--version").out.decode() == f"rapporteur {__version__}\n"
    shown = rapporteur("--help").out.decode()
    assert all(re.search(rf"│ {name} ", shown) for name in COMMANDS)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_shown(shell: str) -> None:
    environment = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    shown = rapporteur("--show-completion", shell, environment=environment)
    assert (shown.code, "rapporteur" in shown.out.decode()) == (0, True)


def test_read_gives_one_line_per_report_in_the_inputs_order(folder: Path) -> None:
    names = ["c-later.txt", "a-wire.txt", "b-repost.txt"]
    ran = rapporteur("read", *(folder / name for name in names))
    assert ran.code == 0
    assert [line["report"]["path"] for line in ran.lines] == names
    assert [line["report"]["text"] for line in ran.lines] == [dict(REPORTS)[name] for name in names]
    assert ran.err == "3 reports read\n"


def test_ids_and_texts_of_rows_come_back_unchanged(tmp_path: Path) -> None:
    text = "One\r\nline. \u202eRTL\u202c \U0001f6a2\t“quote\n\n\n12,000 ferries  "
    source = tmp_path / "rows.jsonl"
    source.write_text(rows({"id": "x/1", "text": text}, {"id": "x 2", "text": "Two."}), encoding="utf-8")
    assert [(line["report"]["id"], line["report"]["text"]) for line in rapporteur("read", source).lines] == [
        ("x/1", text),
        ("x 2", "Two."),
    ]


def test_read_as_a_table(folder: Path) -> None:
    ran = rapporteur("read", folder, "--format", "table", "--quiet")
    assert ran.err == ""
    assert [line.split()[0] for line in ran.out.decode().splitlines()] == ["report", *dict(REPORTS)]


def test_known_reports_are_not_read_again_and_come_out_at_their_place(folder: Path, tmp_path: Path) -> None:
    record = tmp_path / "ferry.rapporteur"
    first = rapporteur("read", folder / "b-repost.txt", "--record", record)
    assert first.err == "1 report read\n"
    second = rapporteur("read", *sorted(folder.iterdir()), "--record", record)
    assert second.err == "2 reports read, 1 known\n"
    assert second.out == rapporteur("read", *sorted(folder.iterdir())).out
    assert rapporteur("read", "--record", record).out.count(b"\n") == 3


@pytest.mark.parametrize("name", ["html", "md", "json"])
def test_an_account_is_the_same_bytes_in_processes_of_their_own(name: str, folder: Path) -> None:
    options = ("--format", name, "--made-at", "2021-05-01")
    one, other = (rapporteur("account", folder, *options, "--workers", workers) for workers in (1, 2))
    assert one.code == 0
    assert one.out == other.out != b""


def test_an_account_does_not_depend_on_the_inputs_order_or_on_a_record(folder: Path, tmp_path: Path) -> None:
    options = ("--format", "json", "--made-at", "2021-05-01")
    one = rapporteur("account", *sorted(folder.iterdir()), *options)
    other = rapporteur("account", *sorted(folder.iterdir(), reverse=True), *options)
    kept = rapporteur("account", *sorted(folder.iterdir()), "--record", tmp_path / "r.rapporteur", *options)
    assert one.out == other.out == kept.out


def test_a_record_accumulates_and_tells_what_is_new(folder: Path, tmp_path: Path) -> None:
    record = tmp_path / "ferry.rapporteur"
    options = ("--record", record, "--format", "json", "--made-at", "2021-05-01")
    first = rapporteur("account", folder / "a-wire.txt", folder / "b-repost.txt", *options)
    assert first.err == "2 reports read; 2 reports in the record; account @1\n"
    second = rapporteur("account", folder, *options)
    assert second.err == "1 report read, 2 known; 3 reports in the record; account @2\n"
    assert (first.json["process"]["reports"], second.json["process"]["reports"]) == (2, 3)
    again = rapporteur("account", *options)
    assert again.out == second.out
    assert again.err == "0 reports read; 3 reports in the record; account @2\n"
    rebuilt = rapporteur("account", "--record", record, "--format", "json", "--as-of", "@1")
    assert rebuilt.out == first.out
    missing = rapporteur("account", "--record", record, "--as-of", "@9")
    assert (missing.code, missing.err) == (2, "rapporteur: @9: the record holds no account with this number\n")


def test_as_of_leaves_later_and_undated_reports_out(folder: Path) -> None:
    (folder / "d-undated.txt").write_text("Nobody knows when this was written, the harbour master said.")
    account = rapporteur("account", folder, "--as-of", "2021-03", "--format", "json").json
    assert sorted(report["path"] for report in account["reports"]) == ["a-wire.txt", "b-repost.txt"]
    assert account["process"]["as_of"] == "2021-03"
    assert [issue["input"] for issue in account["issues"] if issue["code"] == "undated"] == ["d-undated.txt"]


def test_the_format_follows_the_name_of_the_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "account.json"
    ran = rapporteur("account", folder, "-o", out)
    assert (ran.code, ran.out) == (0, b"")
    assert json.loads(out.read_bytes())["schema"] == 1
    refused = rapporteur("account", folder, "-o", tmp_path / "account.odt")
    assert (refused.code, "no format ends in .odt" in refused.err) == (2, True)
    refused = rapporteur("account", folder, "-o", tmp_path / "none" / "account.html")
    assert (refused.code, "cannot be written" in refused.err) == (2, True)


def test_nothing_read_is_code_2_and_one_line_per_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    ran = rapporteur("account", tmp_path / "empty.txt", tmp_path / "nowhere.txt", "--quiet")
    assert (ran.code, ran.out) == (2, b"")
    lines = ran.err.splitlines()
    assert len(lines) == 3
    assert "empty.txt" in lines[0] and "nowhere.txt" in lines[1] and lines[2] == "rapporteur: nothing was read"


def test_nothing_read_into_a_record_gives_no_account(tmp_path: Path) -> None:
    record, out = tmp_path / "r.rapporteur", tmp_path / "account.html"
    ran = rapporteur("account", tmp_path / "nowhere.txt", "--record", record, "-o", out)
    assert (ran.code, out.exists()) == (2, False)
    with open_store(record) as store:
        assert store.snapshots() == ()


def test_something_read_is_code_0_and_the_rest_lands_in_the_issues(folder: Path) -> None:
    (folder / "z.pdf").write_bytes(b"%PDF-1.7\ntruncated")
    ran = rapporteur("account", folder, "--format", "json")
    assert ran.code == 0
    assert "z.pdf" in ran.err
    assert [issue["input"] for issue in ran.json["issues"]] == ["z.pdf"]
    assert ran.json["process"]["reports"] == 3


@pytest.mark.parametrize("command", ["read", "account", "issues"])
def test_a_call_without_input_says_what_to_name(command: str) -> None:
    ran = rapporteur(command)
    assert (ran.code, ran.out) == (2, b"")
    assert "name files, folders or addresses, or --record" in ran.err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("account", "{folder}", "--as-of", "last week"), "--as-of last week: is no date; write it as 2024-01-31"),
        (("account", "{folder}", "--as-of", "2021-13"), "--as-of 2021-13: is no date"),
        (("account", "{folder}", "--made-at", "noon"), "--made-at noon: is no date"),
        (("account", "{folder}", "--record", "{folder}"), "is a folder; name a file for the record"),
        (("read", "{folder}", "--language", "xx_none_sm"), "xx_none_sm"),
        (("explain", "tealeaves"), "tealeaves: no extractor has this name"),
        (("lineage", "x", "--record", "{folder}/none"), "no such record"),
    ],
)
def test_a_wrong_call_is_one_line_without_a_traceback(words: tuple[str, ...], reason: str, folder: Path) -> None:
    ran = rapporteur(*(word.format(folder=folder) for word in words))
    assert ran.code == 2
    assert reason in ran.err
    assert ran.err.count("\n") == 1


def test_debug_shows_the_traceback(folder: Path) -> None:
    ran = rapporteur("account", folder, "--as-of", "never", "--debug")
    assert ran.code != 0
    assert "Traceback" in ran.err and "is no date" in ran.err


def test_issues_lists_those_of_inputs_and_of_a_record(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").touch()
    record = tmp_path / "r.rapporteur"
    ran = rapporteur("issues", folder, "--record", record, "--format", "jsonl")
    assert ran.code == 0
    assert ("empty", "empty.txt") in [(issue["code"], issue["input"]) for issue in ran.lines]
    assert rapporteur("issues", "--record", record, "--format", "jsonl").out == ran.out
    assert "empty.txt" in rapporteur("issues", "--record", record).out.decode()
    (folder / "empty.txt").write_text("The harbour master said 12 ships left on March 2, 2021.")
    rapporteur("read", folder, "--record", record)
    later = rapporteur("issues", "--record", record, "--format", "jsonl").lines
    assert "empty" not in [issue["code"] for issue in later]


def test_explain_lists_the_extractors_and_tells_their_methods() -> None:
    listed = rapporteur("explain").out.decode().splitlines()
    assert [line.split()[0] for line in listed] == [extractor.name for extractor in EXTRACTORS]
    told = rapporteur("explain", EXTRACTORS[0].name).out.decode()
    assert told.startswith(EXTRACTORS[0].method.strip().splitlines()[0])


def test_lineage_shows_the_chain(folder: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.rapporteur"
    rapporteur("read", folder, "--record", record)
    shown = rapporteur("lineage", "b-repost.txt", "--record", record)
    assert shown.code == 0
    lines = shown.out.decode().splitlines()
    assert "Ferry talks to resume" in lines[0]
    assert "rewrite of Ferry talks to resume in Port Ellery" in lines[1]
    assert any("word for word" in line for line in lines)
    assert lines[-1].startswith("origin: Ferry talks to resume in Port Ellery")
    derivations = rapporteur("lineage", "b-repost.txt", "--record", record, "--format", "jsonl").lines
    reading = rapporteur("read", folder / "a-wire.txt").lines[0]
    assert reading["report"]["id"] in [derivation["parent"] for derivation in derivations]


def test_a_reader_that_goes_away_ends_the_run_without_a_word(folder: Path) -> None:
    with subprocess.Popen(arguments("read", folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        running.wait(60)
        assert b"Error" not in running.stderr.read()


def test_settings_are_taken_from_file_and_environment(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "rapporteur.toml").write_text("[limits]\nbytes_per_input = 10\n")
    ran = rapporteur("read", folder, folder=tmp_path)
    assert ran.code == 2
    environment = {**os.environ, "RAPPORTEUR_LIMITS_BYTES_PER_INPUT": "100000"}
    assert rapporteur("read", folder, folder=tmp_path, environment=environment).code == 0
    (tmp_path / "rapporteur.toml").write_text("wrokers = 2\n")
    ran = rapporteur("read", folder, folder=tmp_path)
    assert (ran.code, "rapporteur.toml: Object contains unknown field `wrokers`" in ran.err) == (2, True)


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    source, record = tmp_path / "rows.jsonl", tmp_path / "r.rapporteur"
    name, text = REPORTS[0]
    source.write_text(rows(*({"id": f"{name}-{n}", "text": f"{text} Number {n}."} for n in range(150))))
    said: list[str] = []
    for workers in ("1", "2"):
        command = arguments("read", source, "--record", record, "--workers", workers)
        with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            said += [json.loads(running.stdout.readline())["report"]["id"] for _ in range(len(said) + 20)]
            running.send_signal(signal.SIGKILL)
    last = rapporteur("read", source, "--record", record)
    assert last.code == 0
    counts = re.fullmatch(r"(\d+) reports read, (\d+) known\n", last.err)
    assert counts is not None
    assert int(counts[2]) >= len(set(said)) == 40
    assert int(counts[1]) + int(counts[2]) == 150
    assert last.out == rapporteur("read", source).out
