"""What was read in bulk into a record, as if the record had read it; what it holds already is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow.parquet as pq

from rapporteur.bulk import tables
from rapporteur.bulk.ordering import NUMBERS
from rapporteur.bulk.reading import part
from rapporteur.model.capture import Capture
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.pipeline import as_kept, reader_version
from rapporteur.store.base import IdTakenError, Kept, Store

AT_ONCE = 200
"""Reports of one transaction: a commit takes SQLite 2 ms, which is most of what a report by itself costs."""

_READING = msgspec.json.Decoder(Reading)


def load(read: Path, order: Path, stretches: int, store: Store, language: str | None) -> dict[str, int]:
    """Puts the reports of a run into ``store``, in the order in which they were read, and its issues."""
    numbers = np.sort(np.load(order / NUMBERS))
    version, taken = reader_version(language), 0
    for stretch in range(stretches):
        kept = _kept(part(read, "readings", stretch), numbers, version)
        while some := list(islice(kept, AT_ONCE)):
            for one in store.put_all(some):
                taken += 1
                store.note(Issue("id-taken", one.capture.place, str(IdTakenError(one))))
        for code, given, message in zip(*_columns(part(read, "issues", stretch)), strict=True):
            store.note(Issue(code, given, message))
    return {"loaded": len(numbers) - taken}


def _columns(path: Path) -> list[list[Any]]:
    table = pq.read_table(path)
    return [table[name].to_pylist() for name in tables.ISSUES.names]


def _kept(path: Path, numbers: Any, version: str) -> Iterator[Kept]:
    for batch in pq.ParquetFile(path).iter_batches(AT_ONCE):
        for row in batch.to_pylist():
            at = int(np.searchsorted(numbers, row["number"]))
            if at < len(numbers) and numbers[at] == row["number"]:
                names = ("id", "place", "path", "url", "media_type", "sha256")
                capture = Capture(data=row["content"], **{name: row[name] for name in names})
                yield as_kept(capture, _READING.decode(row["reading"]), version)
