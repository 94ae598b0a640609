"""A record copied from one SQL store to another, whole: every table of the schema, row by row, with its numbers and bytes.

All or nothing: the copy is one transaction in the target, which holds no record before. The full-text index is no table of the
schema; it is made anew from the readings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby, islice
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, select

from rapporteur.errors import StoreError
from rapporteur.model.reading import Reading
from rapporteur.store.all_tables import metadata
from rapporteur.store.base import Store
from rapporteur.store.sql import SqlStore
from rapporteur.store.tables import passages, reports
from rapporteur.store.words import indexable

ROWS_AT_ONCE = 500
"""Rows per statement; contents and readings are of some ten kilobytes each."""

Progress = Callable[[str, int], None]
"""Told of each table: its name, and how many of its rows have been copied so far."""

_STREAMED = {"yield_per": ROWS_AT_ONCE}
_READING = msgspec.json.Decoder(Reading)


def copy(source: Store, target: Store, progress: Progress = lambda table, rows: None) -> dict[str, int]:
    """Copies the record ``source`` into the empty record ``target``; rows copied by table. Both have this program's schema.

    ``StoreError`` when the target holds anything, when either is no record that is kept, or when a count differs afterwards: then
    nothing was copied. ``source`` is read as it stands when the copy begins, also while others write to it.
    """
    if not isinstance(source, SqlStore) or not isinstance(target, SqlStore):
        raise StoreError("record: only records that are kept can be copied; name files or postgresql:// addresses")
    copied: dict[str, int] = {}
    with source.reading_steadily() as ours, target.writing() as theirs:
        for table in metadata.sorted_tables:  # parents before those that point to them
            if theirs.execute(select(func.count()).select_from(table)).scalar_one():
                raise StoreError(f"{target.address}: holds a record already ({table.name}); name a new {target.kind}")
        for table in metadata.sorted_tables:
            copied[table.name] = _table(table, ours, partial(target.fill, theirs, table), progress)
        passages_found = _passages(ours)
        while some := list(islice(passages_found, ROWS_AT_ONCE)):
            target.index(theirs, some)
        for table in metadata.sorted_tables:
            held = theirs.execute(select(func.count()).select_from(table)).scalar_one()
            if held != copied[table.name]:
                raise StoreError(
                    f"{target.address}: {table.name} holds {held} rows instead of {copied[table.name]}; copy it again"
                )
    return copied


def _table(table: Table, ours: Connection, fill: Callable[[list[dict[str, Any]]], None], progress: Progress) -> int:
    rows = iter(ours.execute(select(table).order_by(*table.primary_key), execution_options=_STREAMED))
    count = 0
    while batch := [dict(row._mapping) for row in islice(rows, ROWS_AT_ONCE)]:
        fill(batch)
        count += len(batch)
        progress(table.name, count)
    return count


def _passages(connection: Connection) -> Iterator[tuple[int, str]]:
    """Each passage with its number and text, in the order of their numbers."""
    columns = select(passages.c.report, passages.c.number, passages.c.start, passages.c.end).order_by(passages.c.number)
    for number, rows in groupby(
        connection.execution_options(yield_per=ROWS_AT_ONCE).execute(columns), key=lambda row: row.report
    ):
        found = list(rows)
        reading = connection.execute(select(reports.c.reading).where(reports.c.number == number)).scalar_one()
        texts = indexable(_READING.decode(reading).report.text, [(row.start, row.end) for row in found])
        yield from zip((row.number for row in found), texts, strict=True)
