"""The example's account cut down to what a person can review in a diff: no claims, no evidence, no offsets.

``python -m tests.golden.digest`` makes ``merrow-tavoria.json`` anew; read the difference before committing it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).with_name("merrow-tavoria.json")
REPORTS = Path(str(files("rapporteur") / "examples" / "merrow-tavoria" / "reports"))


def account() -> dict[str, Any]:
    """The account of the example, made by the public command line."""
    command = [sys.executable, "-m", "rapporteur", "account", str(REPORTS), "--format", "json", "--made-at", "2031-03-21", "-q"]
    done = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def names(made: dict[str, Any]) -> dict[str, str]:
    """Report ids to names that do not depend on hashes: the file's stem, or the id given in a row."""
    return {r["id"]: Path(r["path"]).stem if r["path"] and not r["path"].endswith(".jsonl") else r["id"] for r in made["reports"]}


def digest(made: dict[str, Any]) -> dict[str, Any]:
    """What is compared: header, brief, findings, derivations and tables, with claims as "report: words"."""
    named = names(made)
    said = {c["id"]: f"{named[c['report']]}: {c['span']['exact']}" for c in made["claims"]}

    def words(claims: list[str]) -> list[str]:
        return [said.get(c, c) for c in claims]

    header = {k: v for k, v in made["process"].items() if k != "version"}
    return {
        "process": header,
        "brief": [{"text": line["text"], "verdict": line["verdict"], "cites": words(line["cites"])} for line in made["brief"]],
        "derivations": [
            [named[d["report"]], d["relation"], named.get(d["parent"], d["parent"]) or d["credited"]] for d in made["derivations"]
        ],
        "findings": [
            {
                "label": f["label"],
                "verdict": f["verdict"],
                "counts": [f["origins"], f["speakers"]],
                "supports": words(f["supports"]),
                "contradicts": words(f["contradicts"]),
                "drifts": [[d["type"], said.get(d["from"]), said.get(d["to"])] for d in f["drifts"]],
            }
            for f in made["findings"]
            if f["verdict"] != "single"
        ],
        "timeline": [[e["date"], e["text"]] for e in made["timeline"]],
        "commitments": [[c["party"], c["due"], c["text"]] for c in made["commitments"]],
        "positions": [[p["party"], p["stance"], p["issue"], p["text"]] for p in made["positions"]],
        "incidents": [[i["state"], i["low"], i["high"], i["text"]] for i in made["incidents"]],
        "issues": [[i["code"], i["message"]] for i in made["issues"]],
    }


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(digest(account()), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
