"""Time until one more report's parents and drifts are known, in kept records of growing size.

    python benchmarks/link_one.py REPORTS.jsonl[.gz] [--sizes 5000 50000] [--probes 200] [--folder /tmp]

The record is a SQLite file with REPORTS and seeded, documented perturbation of them (``perturb.py``), kept in the folder and used
again by the next run; the probes are further rows of the same generator, put into a copy. Measured is ``standing.link_up`` after
a report was put: its candidates looked up and compared, its parents decided, drifts looked for, what follows for others, all
written. Reading is not counted; these rows have no claims, so that drifts cost the alignment of their texts alone. The larger
record has more retellings of each text. On a shared machine processor time itself varies with what the others do: ``pace`` is
that of a fixed sum, taken after each probe. The growth is told as measured and at one pace; the line of parts says where the
time goes (means; a part does not count the parts within it).
Making a record of 50,000 takes some fifteen minutes of processor time.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from perturb import Row, perturbed, read_rows

from rapporteur.model.capture import make_capture
from rapporteur.model.reading import Reading
from rapporteur.model.report import Published, Report
from rapporteur.pipeline import look_up_keys
from rapporteur.stages.link import compared, incremental, relink
from rapporteur.standing import link_up, shelf, update
from rapporteur.store import open_store
from rapporteur.store.base import Kept, Store
from rapporteur.store.standing_sql import SqlStandingStore

AT_ONCE = 200
"""Reports of one transaction while the record is made."""

PARTS: tuple[tuple[str, Any, str], ...] = (
    ("look-up", shelf.Shelf, "meet"),
    ("rows of others", shelf._Profiles, "fetch"),  # there is no public name for this part, and none is needed else
    ("comparing", compared, "weigh"),
    ("comparing", incremental, "weigh"),
    ("comparing", relink, "weigh"),
    ("deciding", update, "link_one"),
    ("evidence", update, "told"),
    ("drifts", update, "find_drifts"),
    ("writing", SqlStandingStore, "change"),
)
"""What the time is told of by parts: the functions that each part is, where ``link_up`` finds them."""


class Clock:
    """Processor time by parts, each without the parts within it."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys((name for name, _, _ in PARTS), 0.0)
        self._within = [0.0]
        for name, owner, function in PARTS:
            setattr(owner, function, self._timed(name, getattr(owner, function)))

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            self._within.append(0.0)
            try:
                return function(*given, **named)
            finally:
                took, within = time.process_time() - start, self._within.pop()
                self.spent[name] += took - within
                self._within[-1] += took

        return timed


class Measured(NamedTuple):
    """Medians for one record: milliseconds of one more report, and of the fixed sum."""

    median: float
    pace: float


def as_reading(row: Row) -> Reading:
    """A reading that has a text and a date and nothing else."""
    date = Published(row["published"], "day", "given")
    report = Report(row["id"], None, None, None, None, (), None, date, "en", row["text"], (), (), ())
    return Reading(1, report, (), ())


def put(store: Store, readings: Iterable[Reading]) -> None:
    """Keeps readings as the pipeline does, many in a transaction."""
    kept = (Kept(make_capture(r.report.id, r.report.text.encode(), "text/plain"), r, look_up_keys(r)) for r in readings)
    while some := list(islice(kept, AT_ONCE)):
        store.put_all(some)


def add(store: Store, reading: Reading) -> float:
    """Milliseconds of processor time until parents and drifts of a report that was put are known and kept."""
    put(store, [reading])
    start = time.process_time()
    link_up(store)
    return 1e3 * (time.process_time() - start)


def pace() -> float:
    """Milliseconds of processor time for a fixed sum: how fast the machine is at this moment, beside what others do on it."""
    start = time.process_time()
    sum(i * i for i in range(60_000))
    return 1e3 * (time.process_time() - start)


def made(rows: list[Row], size: int, folder: Path) -> Path:
    """The record of ``size``, linked; made once."""
    kept = folder / f"link-one-{size}.rapporteur"
    if not kept.exists():
        new = folder / f".link-one-{size}.new"
        with open_store(new) as store:
            start = time.process_time()
            have = store.moment().report
            put(store, (as_reading(row) for row in rows[have:size]))
            put_in = time.process_time()
            link_up(store)
            linked = time.process_time()
        print(f"record of {size:>7,}: put in {put_in - start:.0f} s, linked at once in {linked - put_in:.0f} s", flush=True)
        new.rename(kept)
    return kept


def measure(rows: list[Row], size: int, probes: int, folder: Path, clock: Clock) -> Measured:
    """Prints and returns the medians for a record of ``size``."""
    kept = made(rows, size, folder)
    with tempfile.TemporaryDirectory(dir=folder) as place, open_store(Path(shutil.copy(kept, place))) as store:
        add(store, as_reading(rows[-probes - 1]))  # the first also loads tables
        clock.spent = dict.fromkeys(clock.spent, 0.0)
        spent, paces = zip(*((add(store, as_reading(row)), pace()) for row in rows[-probes:]), strict=True)
    found = Measured(statistics.median(spent), statistics.median(paces))
    mean, ninth = statistics.mean(spent), statistics.quantiles(spent, n=10)[-1]
    retold = sum("parent" in row for row in rows[:size]) / size
    print(
        f"one more of {probes} into {size:,}: median {found.median:.1f} ms, mean {mean:.1f}, "
        f"90 % within {ninth:.1f}; {retold:.0%} of the record are retellings; pace {found.pace:.2f} ms"
    )
    parts = {name: 1e3 * seconds / probes for name, seconds in clock.spent.items()}
    parts["the rest"] = mean - sum(parts.values())
    print("  parts: " + ", ".join(f"{name} {ms:.1f}" for name, ms in parts.items()), flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--probes", type=int, default=200)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    given = parser.parse_args()
    rows = list(perturbed(read_rows(given.reports), max(given.sizes) + given.probes + 1, 7))
    clock = Clock()
    found = [measure(rows, size, given.probes, given.folder, clock) for size in given.sizes]
    first, last = found[0], found[-1]
    told = f"growth of the median from {given.sizes[0]:,} to {given.sizes[-1]:,} reports: {last.median / first.median:.2f}-fold"
    print(f"{told}, {last.median / last.pace / (first.median / first.pace):.2f}-fold at one pace")


if __name__ == "__main__":
    main()
