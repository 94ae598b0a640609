"""Linking in bulk: cost of each step, candidates, peak memory, and what a second worker brings.

    python benchmarks/bulk.py REPORTS.jsonl[.gz] FOLDER [--count 200000] [--workers 2] [--engine local] [--compare 10000]

The record is REPORTS with seeded, documented perturbation (``perturb.py``): whoever quotes a figure must say that it was. What is
measured is ``rapporteur bulk --lineage-only``: reading to look-up keys, linking, origins. Stopped and started again with the same
FOLDER, it goes on. ``--compare`` does runs of so many reports with one worker and with two, one right after the other, and gives
the ratio of their throughputs.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from perturb import perturbed, read_rows

from rapporteur.bulk.run import Run, Settings, State
from rapporteur.bulk.steps import do_all
from rapporteur.engine import table_engine

SEED = 7
PARTS = 8
"""Files that the pile is written to."""


def pile(reports: Path, count: int, folder: Path) -> Path:
    """The reports as JSON Lines in ``folder``, made once."""
    made = folder / f"pile-{count}"
    if not made.exists():
        rows = [json.dumps(row) + "\n" for row in perturbed(read_rows(reports), count, SEED)]
        new = folder / f".pile-{count}.new"
        new.mkdir(parents=True, exist_ok=True)
        size = -(-len(rows) // PARTS)
        for number in range(PARTS):
            (new / f"{number}.jsonl").write_text("".join(rows[number * size : (number + 1) * size]), encoding="utf-8")
        new.rename(made)
    return made


def run(given: Path, out: Path, engine: str, workers: int) -> State:
    """A run, or the rest of one."""
    settings = Settings((str(given.absolute()),), claims=False)
    with table_engine(engine, workers) as tables, Run(out.absolute(), settings, _Said()) as held:
        held.save()
        do_all(held, tables)
        return held.state


class _Said:
    """Says how far a step is, every ten seconds."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, text: str) -> None:
        if time.monotonic() - self._last > 10:
            self._last = time.monotonic()
            print(f"  {text}", flush=True)


def seconds(state: State) -> float:
    """Seconds by the clock of all steps."""
    return sum(step.seconds for step in state.steps.values())


def table(state: State, workers: int) -> None:
    """Prints what each step cost, for docs/scale.md."""
    counts, steps = state.counts, state.steps.items()
    reports, clock = counts["reports"], seconds(state)
    processor, memory = sum(s.processor for _, s in steps), max(s.memory for _, s in steps)
    print(f"\n{reports:,} reports, {workers} workers: {clock:.0f} s by the clock, {reports / clock:.0f} reports/s")
    print(f"{processor:.0f} processor seconds, largest process {memory / 1e9:.2f} GB")
    print(", ".join(f"{value:,} {name}" for name, value in counts.items()))
    print(f"candidates a report {counts['candidates'] / reports:.1f}, pairs a report {counts['pairs'] / reports:.1f}\n")
    print("| step | processor ms a report | seconds by the clock | largest process, GB |")
    print("|---|---|---|---|")
    for name, step in steps:
        print(f"| {name} | {1000 * step.processor / reports:.2f} | {step.seconds:.1f} | {step.memory / 1e9:.2f} |")


def compare(given: Path, folder: Path, engine: str) -> None:
    """Prints the throughput of two workers against one."""
    taken = {}
    for workers in (1, 2):
        state = run(given, folder / f"compare-{given.name}-{engine}-{workers}", engine, workers)
        taken[workers] = clock = seconds(state)
        print(f"{workers} worker(s): {clock:.1f} s, {state.counts['reports'] / clock:.0f} reports/s", flush=True)
    print(f"throughput of 2 workers: {taken[1] / taken[2]:.2f} x that of 1")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--compare", type=int, default=0)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.compare:
        compare(pile(given.reports, given.compare, given.folder), given.folder, given.engine)
    if given.count:
        out = given.folder / f"run-{given.count}-{given.engine}"
        table(run(pile(given.reports, given.count, given.folder), out, given.engine, given.workers), given.workers)


if __name__ == "__main__":
    main()
