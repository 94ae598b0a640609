"""``rapporteur processes`` and ``account --process`` on a mixed record, as a user runs them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import rapporteur, texts
from tests.link.test_processes import FISHERY, VESSIA


def test_a_mixed_record_is_told_apart_and_one_process_followed(tmp_path: Path) -> None:
    record = tmp_path / "r.rapporteur"
    files = [(f"{kind}{i}.txt", text) for kind, all_ in (("v", VESSIA), ("f", FISHERY)) for i, text in enumerate(all_)]
    mixed = rapporteur("account", texts(tmp_path / "in", files), "--record", record, "--format", "json").json
    assert [i["code"] for i in mixed["issues"]].count("several-processes") == 1
    listed = rapporteur("processes", "--record", record, "--format", "jsonl").lines
    assert [len(p["reports"]) for p in listed] == [3, 3]
    one = rapporteur("account", "--record", record, "--process", listed[0]["name"], "--format", "json").json
    assert {r["id"] for r in one["reports"]} == set(listed[0]["reports"])
    assert one["process"]["title"] == listed[0]["title"]
    whole = rapporteur("account", "--record", record, "--format", "json").json
    assert whole["process"]["reports"] == 6
    unknown = rapporteur("account", "--record", record, "--process", "elsewhere")
    assert unknown.code == 2
    assert listed[0]["name"] in unknown.err
