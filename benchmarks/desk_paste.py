"""How long a pasted report takes at the desk: from the request until its steps say that it is read, and what it has brought.

    python benchmarks/desk_paste.py REPORTS.jsonl[.gz] (--record FILE | --database URL) [--size 20000] [--probes 20]

The record should hold the first ``--size`` rows of REPORTS with seeded perturbation of them (``reconcile_one.py`` keeps such
records) and be brought up; a record in a file is copied, a database is written to. The probes are rows that follow in the same
generator, pasted one after the other, each when what the one before has brought is told. The account is made anew meanwhile, as
it is for users.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import httpx
from perturb import Row, perturbed, read_rows
from reconcile_one import SEED

LOOK_SECONDS = 0.01
"""How often the steps are asked for; what is told here can be late by as much."""
PATIENCE_SECONDS = 120.0
SKIPPED = 100
"""Rows after the record's own that are left to other measurements, which may have put them in."""


@contextmanager
def served(where: list[str]) -> Iterator[httpx.Client]:
    """A client of a server of its own, which has answered once."""
    words = [sys.executable, "-m", "rapporteur", "serve", *where, "--port", "0"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            said = server.stderr.readline()
            found = re.search(r"http://\S+(?=/ )", said)
            if found is None:
                sys.exit(f"the server did not start: {said}")
            # Read to its end: a server that has much to say would stand still when nobody listens.
            Thread(target=lambda: sys.stderr.writelines(server.stderr or ()), daemon=True).start()
            with httpx.Client(base_url=found[0], timeout=PATIENCE_SECONDS) as client:
                client.get("/").raise_for_status()
                yield client
        finally:
            server.terminate()


def pasted(client: httpx.Client, row: Row) -> dict[str, float]:
    """Seconds until each kind of step was told first."""
    start = time.perf_counter()
    begun = client.post("/api/reports", json=[{"text": row["text"], "published": row["published"]}])
    begun.raise_for_status()
    told = {"accepted": time.perf_counter() - start}
    while time.perf_counter() - start < PATIENCE_SECONDS:
        work = client.get(begun.json()["steps"]).json()
        for step in work["steps"]:
            told.setdefault(step["kind"], time.perf_counter() - start)
        if work["ended"]:
            return told
        time.sleep(LOOK_SECONDS)
    sys.exit(f"not ended after {PATIENCE_SECONDS:.0f} s: {work}")


def main() -> None:
    """Pastes and tells the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--record", type=Path)
    where.add_argument("--database")
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--probes", type=int, default=20)
    asked = parser.parse_args()
    end = asked.size + SKIPPED + asked.probes
    rows = list(perturbed(read_rows(asked.reports), end, SEED))[-asked.probes :]
    with tempfile.TemporaryDirectory(dir=asked.record and asked.record.parent) as folder:
        at = ["--database", asked.database] if asked.database else ["--record", shutil.copy(asked.record, folder)]
        with served(at) as client:
            seen = [pasted(client, row) for row in rows]
    for kind in ("accepted", "read", "linking", "found", "done"):
        took = sorted(told[kind] for told in seen if kind in told)
        if took:
            ninth = took[int(0.9 * (len(took) - 1))]
            words = f"median {statistics.median(took):6.2f} s, 9 of 10 within {ninth:6.2f} s, longest {took[-1]:6.2f} s"
            print(f"{kind:10} {len(took):4} times: {words}")


if __name__ == "__main__":
    main()
