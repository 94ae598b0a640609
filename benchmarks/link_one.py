"""Time until one more report's parents are known, in records of growing size.

    python benchmarks/link_one.py REPORTS.jsonl[.gz] [--sizes 5000 50000] [--probes 300]

The record is REPORTS with seeded, documented perturbation (``perturb.py``); the probes are further rows of the same generator.
Reading is not counted; making the profile is, and is given apart.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from perturb import Row, perturbed, read_rows

from rapporteur.model.reading import Reading
from rapporteur.model.report import Published, Report
from rapporteur.stages.link.incremental import link_one
from rapporteur.stages.link.index import MemoryIndex, keys
from rapporteur.stages.link.profile import Profile, profile


def as_reading(row: Row) -> Reading:
    """A reading that has a text and a date and nothing else."""
    date = Published(row["published"], "day", "given")
    report = Report(row["id"], None, None, None, None, (), None, date, "en", row["text"], (), (), ())
    return Reading(1, report, (), ())


class MemoryShelf:
    """A shelf over dictionaries."""

    def __init__(self) -> None:
        self.profiles: dict[str, Profile] = {}
        self.reports: dict[str, Report] = {}
        self.parents: dict[str, str] = {}

    def put(self, reading: Reading) -> Profile:
        made = profile(reading)
        self.profiles[made.report], self.reports[made.report] = made, reading.report
        return made

    def profile(self, report: str) -> Profile:
        return self.profiles[report]

    def report(self, report: str) -> Report:
        return self.reports[report]

    def parent(self, report: str) -> str | None:
        return self.parents.get(report)


def measure(rows: list[Row], size: int, probes: int) -> tuple[float, float, float]:
    """Median and 95th percentile of linking one more, and median of its profile, in milliseconds."""
    shelf = MemoryShelf()
    entries = []
    for row in rows[:size]:
        made = shelf.put(as_reading(row))
        entries.append((made.report, keys(made).keys))
        if row.get("parent"):
            shelf.parents[made.report] = row["parent"]
    index = MemoryIndex(entries)
    spent, read = [], []
    for row in rows[-probes:]:
        reading = as_reading(row)
        start = time.perf_counter()
        made = shelf.put(reading)
        middle = time.perf_counter()
        link_one(reading.report, made, index, shelf)
        spent.append(1e3 * (time.perf_counter() - middle))
        read.append(1e3 * (middle - start))
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1], statistics.median(read)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--probes", type=int, default=300)
    given = parser.parse_args()
    rows = list(perturbed(read_rows(given.reports), max(given.sizes) + given.probes, 7))
    medians = []
    for size in given.sizes:
        median, slow, read = measure(rows, size, given.probes)
        medians.append(median)
        print(f"record of {size:>7,}: one more in {median:.1f} ms (95 %: {slow:.1f} ms), its profile {read:.2f} ms")
    print(f"growth: {medians[-1] / medians[0]:.2f}-fold")


if __name__ == "__main__":
    main()
