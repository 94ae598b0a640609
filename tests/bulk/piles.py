"""A small pile of reports and bulk runs over it, for tests that hold runs against each other."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from rapporteur.model.reading import Reading
from tests.link.invented import everything, web

ROOT = Path(__file__).parents[2]
TABLES = ("derivations", "origins", "findings")


def pile(path: Path) -> Path:
    """Reports that took from one another in all ways, as JSON Lines: 40 and a few."""
    rows = []
    for made in (*everything(), *web(5, 30)):
        report = made.report
        published = report.published.value if report.published else None
        row = {"id": report.id, "text": report.text, "outlet": report.outlet, "published": published}
        rows.append(msgspec.json.encode({k: v for k, v in row.items() if v is not None}) + b"\n")
    path.write_bytes(b"".join(rows))
    return path


def command(given: Path, out: Path, engine: str, workers: int, parts: tuple[int, int] = (9, 7)) -> list[str]:
    """The command of a run with claims; ``parts``: rows of a stretch, reports of a block."""
    rows, block = parts
    return [sys.executable, "-m", "tests.bulk.driver", *map(str, (given, out, engine, workers, rows, block)), "claims"]


def run(given: Path, out: Path, engine: str, workers: int, parts: tuple[int, int] = (9, 7)) -> dict[str, str]:
    """Does a run in a process of its own; returns the hash of each table's sorted rows."""
    done = subprocess.run(
        command(given, out, engine, workers, parts), cwd=ROOT, capture_output=True, text=True, timeout=400, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return digests(out)


def digests(out: Path) -> dict[str, str]:
    """The hash of the sorted rows of each table of a run."""
    found = {}
    for name in TABLES:
        rows = sorted(msgspec.json.encode(row) for row in pq.read_table(out / f"{name}.parquet").to_pylist())
        assert rows, name
        found[name] = hashlib.sha256(b"\n".join(rows)).hexdigest()
    return found


def readings(out: Path) -> list[Reading]:
    """The readings of a run."""
    files = sorted((out / "readings").glob("*.parquet"))
    return [msgspec.json.decode(text, type=Reading) for f in files for text in pq.read_table(f)["reading"].to_pylist()]
