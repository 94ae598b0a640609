"""What ``rapporteur bulk`` does once the extra is known to be there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from rapporteur.bulk.base import Limits
from rapporteur.bulk.run import Run, Settings
from rapporteur.bulk.steps import do_all, into_record
from rapporteur.engine.tables import TableEngine
from rapporteur.settings import Limits as ReadingLimits

_COUNTED = {"reports": "report", "derivations": "derivation", "origins": "origin", "findings": "finding", "issues": "issue"}


@dataclass(frozen=True)
class Asked:
    """What is asked of a run."""

    inputs: tuple[str, ...]
    out: Path
    claims: bool
    language: str | None
    record: str | None
    block: int


@dataclass(frozen=True)
class Done:
    """What came of it: the issues in words, and counts with what they count."""

    reports: int
    issues: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]


def absolute(given: str) -> str:
    """A path as workers elsewhere find it; an address as it is."""
    return given if "://" in given else str(Path(given).absolute())


def carry_out(asked: Asked, limits: ReadingLimits, engine: TableEngine, tell: Callable[[str], None]) -> Done:
    """Does the run, or what is left of it."""
    bounds = Limits(bytes=limits.bytes_per_input, seconds=limits.seconds_per_report, answer=limits.seconds_per_address)
    kept = Settings(asked.inputs, claims=asked.claims, language=asked.language, limits=bounds, block=asked.block)
    with Run(asked.out, kept, tell) as run:
        run.save()
        do_all(run, engine)
        if asked.record is not None:
            into_record(run, asked.record)
        counts = run.state.counts
    issues = pq.read_table(asked.out / "issues.parquet", columns=["message"])["message"].to_pylist()
    told = tuple((noun, counts[name]) for name, noun in _COUNTED.items() if name in counts)
    return Done(counts.get("reports", 0), tuple(issues), told)
