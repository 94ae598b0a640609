"""What is measured on the dev sets, and how: every figure comes from the scorers in ../shared through the public command line.

``python tests/quality/measures.py`` prints all figures; with ``--raise`` it lifts the floors in floors.json to what was reached
(never lowers one). The texts stay where they are: nothing of them enters the project.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("SHARED_FOLDER", Path(__file__).resolve().parents[3] / "shared"))
DATA = SHARED / "data"
SCORER = SHARED / "score" / "score.py"
FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.005
"""A floor stands this far below what was reached, so that a harmless change elsewhere does not trip it; on the small sets (12
reports, 44 retellings) one or two items more."""

READ_SETS: dict[str, tuple[str, str, str]] = {
    # name: kind of input, scorer, data
    "statements": ("polnear", "statements", "polnear/dev"),
    "times": ("timeml", "times", "timebank"),
    "claims": ("gold", "claims", "retellings"),
    "incidents": ("incidents", "incidents", "incidents/incidents-dev.jsonl.gz"),
    "names": ("names", "names", "language/worldwide-newswire"),
}


def _run(arguments: list[str], out: Path | None = None) -> str:
    """Standard output of a command, also kept in ``out``; the command's own message is raised when it fails."""
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr[-2000:]}")
    if out is not None:
        out.write_text(done.stdout, encoding="utf-8")
    return done.stdout


def _rapporteur(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "rapporteur", *arguments]


def measure_reading(name: str, folder: Path) -> dict[str, Any]:
    """Figures of one scorer over the readings of its inputs; files go into ``folder``."""
    kind, scorer, data = READ_SETS[name]
    inputs, readings = folder / f"{name}.jsonl", folder / f"{name}-readings.jsonl"
    _run([sys.executable, str(SCORER), "inputs", kind, str(DATA / data)], inputs)
    _run(_rapporteur("read", str(inputs), "--format", "jsonl", "--quiet"), readings)
    return _last_line(_run([sys.executable, str(SCORER), scorer, str(DATA / data), str(readings)]))


def measure_lineage(folder: Path) -> dict[str, Any]:
    """Figures of the lineage scorer over the account of retellings among all wire reports."""
    corpus, account = folder / "corpus.jsonl", folder / "account.json"
    wire = DATA / "wire" / "reports.jsonl.gz"
    _run([sys.executable, str(SCORER), "corpus", str(DATA / "retellings"), str(wire), "2371"], corpus)
    _run(_rapporteur("account", str(corpus), "--format", "json", "-o", str(account), "--quiet"))
    return _last_line(_run([sys.executable, str(SCORER), "lineage", str(DATA / "retellings"), str(account)]))


def _last_line(output: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return found


MEASURES: dict[str, Callable[[Path], dict[str, Any]]] = {
    **{name: (lambda folder, name=name: measure_reading(name, folder)) for name in READ_SETS},
    "lineage": measure_lineage,
}


def flatten(figures: dict[str, Any], prefix: str = "") -> dict[str, float]:
    """Nested figures as {"content.f1": 0.61, ...}; only shares (0 to 1), not counts."""
    out: dict[str, float] = {}
    for key, value in figures.items():
        if isinstance(value, dict):
            out |= flatten(value, f"{prefix}{key}.")
        elif isinstance(value, float):
            out[prefix + key] = value
    return out


def load_floors() -> dict[str, dict[str, float]]:
    """The floors: {measure: {figure: least}}."""
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return floors


def raise_floors(name: str, figures: dict[str, float]) -> None:
    """Lifts the floors of one measure to what was reached less the margin; never lowers one and adds none by itself."""
    floors = load_floors()
    for figure, floor in floors.get(name, {}).items():
        floors[name][figure] = max(floor, round(figures[figure] - MARGIN, 3))
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Prints the figures of the measures named (all when none is)."""

    names = [a for a in arguments if not a.startswith("-")] or list(MEASURES)
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            figures = MEASURES[name](Path(folder))
            print(name, json.dumps(figures), flush=True)
            if "--raise" in arguments:
                raise_floors(name, flatten(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
