"""passim 2 over a record, for ``link_speed.py``: a Python package over Apache Spark, from its own environment.

It runs when PASSIM_PYTHON names an interpreter that has it (Java needed; https://github.com/dasmiq/passim says how it is
installed), and finds aligned passages of pairs of reports, without a direction.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Passed(NamedTuple):
    """Processor seconds of all its processes, and for each report the others with which it shares a passage."""

    seconds: float
    found: dict[str, set[str]]


class NotRunError(Exception):
    """Why it was not run."""


def passim(rows: Sequence[Mapping[str, Any]]) -> Passed:
    """Runs it over ``rows`` (``id``, ``text``); ``NotRunError`` where it is absent or fails."""
    python = os.environ.get("PASSIM_PYTHON")
    if not python:
        raise NotRunError("set PASSIM_PYTHON to an interpreter that has passim 2")
    with tempfile.TemporaryDirectory() as folder:
        texts, out = Path(folder) / "reports.json", Path(folder) / "out"
        texts.write_text("".join(json.dumps({"id": r["id"], "text": r["text"]}) + "\n" for r in rows), encoding="utf-8")
        before = _spent()
        command = [python, "-m", "passim.seriatim", "--pairwise", str(texts), str(out)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError as error:
            raise NotRunError(f"PASSIM_PYTHON={python}: {error.strerror}") from error
        seconds = _spent() - before
        parts = sorted((out / "align.json").glob("part-*.json"))
        if done.returncode != 0 or not parts:
            raise NotRunError(f"{python} -m passim.seriatim: {' '.join(done.stderr.strip().splitlines()[-1:]) or 'no output'}")
        found: dict[str, set[str]] = defaultdict(set)
        for line in (line for part in parts for line in part.read_text(encoding="utf-8").splitlines()):
            pair = json.loads(line)
            found[pair["id"]].add(pair["id2"])
            found[pair["id2"]].add(pair["id"])
    return Passed(seconds, found)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
