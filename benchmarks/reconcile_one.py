"""Time until a record's findings count one more report, in a kept record.

    python benchmarks/reconcile_one.py REPORTS.jsonl[.gz] [--size 10000] [--probes 60] [--folder FOLDER]

The record is a SQLite file with REPORTS and seeded, documented perturbation of them (``perturb.py``), read as ever; it is kept in
FOLDER and used again by the next run. The probes are further rows of the same generator, put one after the other into a copy.
Measured is what follows when a report has been read: ``link_up`` (from whom it took, what drifted), then ``bring_up`` (the
findings), each with all that is written.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from perturb import Row, perturbed, read_rows

from rapporteur.engine import engine_for
from rapporteur.pipeline import Reader, gather
from rapporteur.standing import bring_up, link_up
from rapporteur.store import open_store
from rapporteur.store.base import Store

SEED = 7
SECONDS = 60.0
"""Limit for the reading of one report."""


def fill(store: Store, rows: list[Row], workers: int) -> None:
    """Reads rows into the record."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        for _ in gather([str(path)], store, Reader(engine_for(workers, SECONDS))):
            pass


def timed(deed: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of processor and of wall time."""
    cpu, wall = time.process_time(), time.perf_counter()
    deed()
    return 1e3 * (time.process_time() - cpu), 1e3 * (time.perf_counter() - wall)


def told(name: str, spent: list[tuple[float, float]]) -> str:
    """Median and ninth decile, processor and wall."""
    parts = []
    for kind, values in zip(("processor", "wall"), zip(*spent, strict=True), strict=True):
        parts.append(
            f"{kind} median {statistics.median(values):.0f} ms, 9 of 10 under {statistics.quantiles(values, n=10)[-1]:.0f} ms"
        )
    return f"{name:12} {'; '.join(parts)}"


def main() -> None:
    """Builds the record where it is missing, and measures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("reports", type=Path)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--probes", type=int, default=60)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    given = parser.parse_args()
    rows = list(perturbed(read_rows(given.reports), given.size + given.probes, SEED))
    kept = given.folder / f"reconcile-one-{given.size}.rapporteur"
    with open_store(kept) as store:
        if store.moment().report < given.size:
            fill(store, rows[: given.size], workers=2)
        whole, _ = timed(lambda: bring_up(store))
    print(f"{given.size} reports, {kept.stat().st_size / 1e6:.0f} MB; brought up at once in {whole / 1e3:.1f} s of processor")
    with tempfile.TemporaryDirectory(dir=given.folder) as place:
        path = Path(shutil.copy(kept, Path(place) / "record.rapporteur"))
        with open_store(path) as store:
            linked, found = [], []
            for row in rows[given.size :]:
                fill(store, [row], workers=0)
                linked.append(timed(lambda: link_up(store)))
                found.append(timed(lambda: bring_up(store)))
    print(told("linking", linked))
    print(told("findings", found))
    print(told("both", [(a + c, b + d) for (a, b), (c, d) in zip(linked, found, strict=True)]))


if __name__ == "__main__":
    main()
