"""Time until one more report's parents and drifts are known, in kept records of growing size.

    python benchmarks/link_one.py REPORTS.jsonl[.gz] [--sizes 5000 50000] [--probes 200] [--folder /tmp]

The record is a SQLite file with REPORTS and seeded, documented perturbation of them (``perturb.py``), linked at once; the probes
are further rows of the same generator. Measured is, for each: its candidates looked up and compared, its parents
decided (``parents``), until derivations of others that follow are known and all is written (``kept``); processor time. Reading
is not counted: these rows have no claims, so that drifts cost their look-up alone.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from perturb import Row, perturbed, read_rows

from rapporteur.model.capture import make_capture
from rapporteur.model.reading import Reading
from rapporteur.model.report import Published, Report
from rapporteur.pipeline import look_up_keys
from rapporteur.stages.link.graph import linked, told
from rapporteur.stages.link.incremental import link_one
from rapporteur.stages.link.profile import profile
from rapporteur.standing.shelf import Shelf, packed
from rapporteur.store import open_store
from rapporteur.store.base import Kept, Store
from rapporteur.store.standing_base import WHOLE, Change, State, Told


def as_reading(row: Row) -> Reading:
    """A reading that has a text and a date and nothing else."""
    date = Published(row["published"], "day", "given")
    report = Report(row["id"], None, None, None, None, (), None, date, "en", row["text"], (), (), ())
    return Reading(1, report, (), ())


def put(store: Store, reading: Reading) -> None:
    """Keeps a reading as the pipeline does."""
    capture = make_capture(reading.report.id, reading.report.text.encode(), "text/plain")
    store.put(Kept(capture, reading, look_up_keys(reading)))


def fill(store: Store, readings: list[Reading]) -> None:
    """Puts all into the record and links them at once."""
    for reading in readings:
        put(store, reading)
    profiles = {r.report.id: profile(r) for r in readings}
    nodes = linked(profiles)
    names = sorted(profiles)
    reports = {r.report.id: r.report for r in readings}
    for first in range(0, len(names), 2000):
        some = names[first : first + 2000]
        rows = tuple(packed(profiles[n], nodes[n]) for n in some)
        made = tuple(Told(n, found.derivations, ()) for n in some if (found := told(n, nodes, profiles, reports)).derivations)
        store.standing().change(WHOLE, Change(State("", len(names), 0, len(names), 0, 0), rows, made))


def add(store: Store, reading: Reading) -> tuple[float, float, int]:
    """Milliseconds until its own derivations are known and until all is written, and how many reports were touched."""
    start = time.process_time()
    shelf = Shelf(store, WHOLE)
    shelf.add(reading, profile(reading))
    touched = link_one(shelf.profiles[reading.report.id], shelf)
    own = told(reading.report.id, shelf.nodes, shelf.profiles, shelf.reports)
    middle = time.process_time()
    rows = [Told(reading.report.id, own.derivations, ())]
    for report in touched - {reading.report.id}:
        rows.append(Told(report, told(report, shelf.nodes, shelf.profiles, shelf.reports).derivations, ()))
    store.standing().change(WHOLE, Change(State("", 0, 0, 0, 0, 0), shelf.linked(), tuple(rows)))
    return 1e3 * (middle - start), 1e3 * (time.process_time() - start), len(touched)


def measure(rows: list[Row], size: int, probes: int, folder: Path) -> tuple[float, float]:
    """Prints and returns the medians for a record of ``size``."""
    with tempfile.TemporaryDirectory(dir=folder) as place, open_store(Path(place) / "record.rapporteur") as store:
        fill(store, [as_reading(row) for row in rows[:size]])
        spent = []
        for row in rows[-probes:]:
            reading = as_reading(row)
            put(store, reading)
            spent.append(add(store, reading))
        known, kept, touched = (list(column) for column in zip(*spent, strict=True))
        slow = statistics.quantiles(known, n=20)[-1]
        print(
            f"record of {size:>7,}: parents known in {statistics.median(known):.1f} ms (95 %: {slow:.1f} ms), all kept in"
            f" {statistics.median(kept):.1f} ms; {statistics.mean(touched):.1f} reports touched",
            flush=True,
        )
        return statistics.median(known), statistics.median(kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--probes", type=int, default=200)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    given = parser.parse_args()
    rows = list(perturbed(read_rows(given.reports), max(given.sizes) + given.probes, 7))
    medians = [measure(rows, size, given.probes, given.folder) for size in given.sizes]
    print("growth: " + ", ".join(f"{last / first:.2f}-fold" for first, last in zip(medians[0], medians[-1], strict=True)))


if __name__ == "__main__":
    main()
