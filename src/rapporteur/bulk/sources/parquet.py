"""Parquet files whose columns are those of a row of JSON Lines: text, and if there are any id, title, published, outlet, url."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from rapporteur.bulk.base import Limits, Listed, Met, SourceFormat, Stretch
from rapporteur.bulk.files import opened
from rapporteur.errors import InputError
from rapporteur.model.capture import Capture
from rapporteur.model.report import Issue
from rapporteur.stages.acquire.base import Item, issue
from rapporteur.stages.acquire.jsonl import NAMES, row

COLUMNS = ("id", "text", *NAMES)
PARTS = 16
"""Stretches of one row group at most: what lies before a stretch in its group has to be unpacked again."""


def _split(file: Listed, limits: Limits) -> Iterator[Stretch | Issue]:
    try:
        with opened(file, limits) as stream:
            parquet = pq.ParquetFile(stream)
            names = parquet.schema_arrow.names
            if "text" not in names:
                shown = ", ".join(names[:8]) + (", ..." if len(names) > 8 else "")
                reason = f"has no column text, only {shown}"
                yield issue("no-text-column", file.place, reason, "give the words a column named text")
                return
            first = 1
            for number in range(parquet.num_row_groups):
                count = parquet.metadata.row_group(number).num_rows
                step = max(limits.rows, -(-count // PARTS))
                for skip in range(0, count, step):
                    rows = min(step, count - skip)
                    yield Stretch(file, PARQUET.name, number, rows, first, skip)
                    first += rows
    except InputError as error:
        yield Issue(error.code, file.place, str(error))
    except (OSError, pa.ArrowException) as error:
        yield _damaged(file.place, error)


def _open(stretch: Stretch, limits: Limits) -> Iterator[Met]:
    file = stretch.file
    remote = "://" in file.address
    item = Item(file.place, file.address, b"", None if remote else file.place, file.address if remote else None)
    try:
        with opened(file, limits) as stream:
            parquet = pq.ParquetFile(stream)
            columns = [name for name in COLUMNS if name in parquet.schema_arrow.names]
            at = 0
            for batch in parquet.iter_batches(limits.rows, row_groups=[stretch.start], columns=columns):
                for index in range(max(0, stretch.skip - at), min(len(batch), stretch.skip + stretch.rows - at)):
                    number = stretch.first + at + index - stretch.skip
                    yield _as_row(item, number, {name: batch.column(name)[index].as_py() for name in columns}, limits)
                at += len(batch)
                if at >= stretch.skip + stretch.rows:
                    return
    except InputError as error:
        yield Issue(error.code, file.place, str(error))
    except (OSError, pa.ArrowException) as error:
        yield _damaged(file.place, error)


def _as_row(item: Item, number: int, values: dict[str, Any], limits: Limits) -> Capture | Issue:
    given = {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items() if v is not None}
    try:
        raw = msgspec.json.encode(given)
    except (TypeError, UnicodeEncodeError) as error:
        return issue("row-broken", f"{item.place}, row {number}", f"cannot be read ({error})", "store its columns as text")
    if len(raw) > limits.bytes:
        reason = f"more than {limits.bytes:,} bytes"
        return issue("too-large", f"{item.place}, row {number}", reason, "split it, or raise the limit")
    return row(item, number, raw)


def _damaged(place: str, error: Exception) -> Issue:
    return issue("damaged", place, f"not a readable Parquet file ({' '.join(str(error).split())})", "write or download it again")


PARQUET = SourceFormat(name="parquet", suffixes=(".parquet", ".parq"), split=_split, open=_open)
