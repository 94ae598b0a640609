"""Time until one more report's parents and drifts are known, in kept records of growing size.

    python benchmarks/link_one.py REPORTS.jsonl[.gz] [--sizes 5000 50000] [--probes 200] [--folder /tmp]

The record is a SQLite file with REPORTS and seeded, documented perturbation of them (``perturb.py``); the probes are further rows
of the same generator. Measured is ``standing.link_up`` after a report was put: its candidates looked up and compared, its parents
decided, drifts looked for, what follows for others, all written. Reading is not counted; these rows have no claims, so that
drifts cost the alignment of their texts alone.
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
from rapporteur.standing import link_up
from rapporteur.store import open_store
from rapporteur.store.base import Kept, Store


def as_reading(row: Row) -> Reading:
    """A reading that has a text and a date and nothing else."""
    date = Published(row["published"], "day", "given")
    report = Report(row["id"], None, None, None, None, (), None, date, "en", row["text"], (), (), ())
    return Reading(1, report, (), ())


def put(store: Store, reading: Reading) -> None:
    """Keeps a reading as the pipeline does."""
    capture = make_capture(reading.report.id, reading.report.text.encode(), "text/plain")
    store.put(Kept(capture, reading, look_up_keys(reading)))


def add(store: Store, reading: Reading) -> float:
    """Milliseconds of processor time until parents and drifts of a report that was put are known and kept."""
    put(store, reading)
    start = time.process_time()
    link_up(store)
    return 1e3 * (time.process_time() - start)


def measure(rows: list[Row], size: int, probes: int, folder: Path) -> float:
    """Prints and returns the median for a record of ``size``."""
    with tempfile.TemporaryDirectory(dir=folder) as place, open_store(Path(place) / "record.rapporteur") as store:
        for row in rows[:size]:
            put(store, as_reading(row))
        start = time.process_time()
        link_up(store)
        whole = time.process_time() - start
        spent = [add(store, as_reading(row)) for row in rows[-probes:]]
        median, slow = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
        print(
            f"record of {size:>7,}: linked at once in {whole:.0f} s, one more in {median:.1f} ms (95 %: {slow:.1f} ms)",
            flush=True,
        )
        return median


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--probes", type=int, default=200)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    given = parser.parse_args()
    rows = list(perturbed(read_rows(given.reports), max(given.sizes) + given.probes, 7))
    medians = [measure(rows, size, given.probes, given.folder) for size in given.sizes]
    print(f"growth: {medians[-1] / medians[0]:.2f}-fold")


if __name__ == "__main__":
    main()
