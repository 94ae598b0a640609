"""Is the record right about how many were killed and injured? One account per incident of ../shared/data/incidents.

An incident counts as right when the finding on killed (injured) that weighs most has the registry's number among the figures that
stand: the latest or the agreed value. Only incidents with two or more reports and a number above 0 are asked about.

    python benchmarks/incidents.py [--show N]     prints shares, and N incidents that are wrong
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

from rapporteur.language import load
from rapporteur.model.account import Finding
from rapporteur.model.capture import Given, make_capture
from rapporteur.model.claims import FigureClaim
from rapporteur.model.reading import Reading
from rapporteur.stages.clean import clean
from rapporteur.stages.extract import read
from rapporteur.stages.link import link
from rapporteur.stages.reconcile import reconcile

SHARED = Path(os.environ.get("SHARED_FOLDER", Path(__file__).resolve().parents[2] / "shared"))
DATA = SHARED / "data" / "incidents" / "incidents-dev.jsonl.gz"
STATES = {"killed": "killed", "injured": "wounded"}


def readings(incident: dict[str, Any]) -> list[Reading]:
    """The readings of an incident's reports, each once."""
    out = {}
    for r in incident["reports"]:
        given = Given(text=r["text"], id=r["id"], title=r["title"], published=r["published"], url=r["url"])
        out[r["id"]] = read(clean(make_capture(r["id"], r["text"].encode(), "application/json", given=given)), load())
    return list(out.values())


def standing(findings: tuple[Finding, ...], claims: dict[str, FigureClaim], state: str) -> set[float]:
    """Values that stand in the weightiest finding on this state."""
    of_state = [f for f in findings if f.kind == "figure" and any(claims[c].figure.state == state for c in f.supports)]
    if not of_state:
        return set()
    best = max(of_state, key=lambda f: (f.weight, f.id))
    return {v for c in best.supports if (v := claims[c].figure.value) is not None}


def main() -> None:
    """Prints the share right of killed and of injured."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--show", type=int, default=0)
    shown = arguments.parse_args().show
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        for incident in map(json.loads, lines):
            if len({r["id"] for r in incident["reports"]}) < 2:
                continue
            read_reports = readings(incident)
            findings = reconcile(read_reports, link(read_reports))
            claims = {c.id: c for r in read_reports for c in r.claims if isinstance(c, FigureClaim)}
            for key, state in STATES.items():
                if incident[key]:
                    asked[key] += 1
                    values = standing(findings, claims, state)
                    right[key] += incident[key] in values
                    if incident[key] not in values and shown > 0:
                        shown -= 1
                        stated = [(c.figure.value, c.span.exact) for c in claims.values() if c.figure.state == state]
                        print(incident["incident"], key, incident[key], "stands", values, "stated", stated)
    for key in STATES:
        print(f"{key}: {right[key]}/{asked[key]} = {right[key] / max(1, asked[key]):.3f}")


if __name__ == "__main__":
    main()
