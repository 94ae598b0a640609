"""What each stage costs, on wire reports: processor seconds, so that other load on the machine changes little.

Data: the first 200 rows, or as many as ``RAPPORTEUR_ROWS`` says, of ``../shared/data/wire/reports.jsonl.gz``, or of the JSON
Lines file that ``RAPPORTEUR_BENCH`` names.
"""

from __future__ import annotations

import gzip
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from rapporteur import language
from rapporteur.engine import InProcess
from rapporteur.model.capture import Capture
from rapporteur.model.reading import Reading
from rapporteur.pipeline import Reader, gather, look_up_keys
from rapporteur.stages.acquire import AcquireOptions, acquire
from rapporteur.stages.clean import clean
from rapporteur.stages.extract import read_parsed
from rapporteur.stages.link import link
from rapporteur.stages.reconcile import reconcile
from rapporteur.stages.write import ComposeOptions, compose, render
from rapporteur.store import open_store

WIRE = Path(__file__).parents[2] / "shared" / "data" / "wire" / "reports.jsonl.gz"
ROWS = int(os.environ.get("RAPPORTEUR_ROWS", "200"))


def main() -> None:
    """Prints one line per stage."""
    source = Path(os.environ.get("RAPPORTEUR_BENCH", WIRE))
    if not source.is_file():
        print(f"skipped: {source} is absent")
        return
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines, tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.jsonl"
        rows.write_text("".join(islice(lines, ROWS)), encoding="utf-8")
        _measure(str(rows), Path(folder))


def _measure(rows: str, folder: Path) -> None:
    with _timed("language pipeline loaded"):
        pipeline = language.load(None)
    with _timed("acquire"):
        captures = [found for found in acquire([rows], AcquireOptions()) if isinstance(found, Capture)]
    with _timed("clean"):
        reports = [clean(capture) for capture in captures]
    words = sum(len(report.text.split()) for report in reports)
    with _timed("parse", words):
        parses = [pipeline.parse(report.text, report.furniture) for report in reports]
    with _timed("extract", words):
        readings = [read_parsed(report, parsed) for report, parsed in zip(reports, parses, strict=True)]
    with _timed("look-up keys"):
        for reading in readings:
            look_up_keys(reading)
    with _timed("link"):
        lineage = link(readings)
    with _timed("reconcile"):
        findings = reconcile(readings, lineage)
    with _timed("compose"):
        account = compose(tuple(readings), lineage, findings, ComposeOptions())
    for name in ("json", "html"):
        with _timed(f"write {name}"):
            render(account, readings, name)
    with open_store(folder / "bench.rapporteur") as store, _timed("read into a record, all of the above to extract", words):
        kept = [met for met in gather([rows], store, Reader(InProcess())) if isinstance(met, Reading)]
    # ru_maxrss is in kilobytes, on macOS in bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(f"{len(kept)} reports, {words:,} words, at most {peak:,.0f} MB")


@contextmanager
def _timed(what: str, words: int = 0) -> Iterator[None]:
    start = time.process_time()
    yield
    seconds = time.process_time() - start
    rate = f"{words / seconds:10,.0f} words/s" if words else ""
    print(f"{what:48} {seconds:7.2f} s {rate}", flush=True)
