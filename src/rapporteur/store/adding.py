"""Reports put into a record, one or many at once: what it holds already is looked up together, and each table is filled once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, select, update

from rapporteur.store.base import Kept
from rapporteur.store.database import batches
from rapporteur.store.tables import contents, issues, link_keys, passages, reports
from rapporteur.store.words import indexable

Fill = Callable[[Connection, Table, Sequence[Mapping[str, object]]], None]
"""Adds rows to a table."""

Index = Callable[[Connection, Sequence[tuple[int, str]]], None]
"""Adds numbered passages to the full-text index."""

_ENCODER = msgspec.json.Encoder()


def sorted_out(connection: Connection, kept: Iterable[Kept]) -> tuple[list[Kept], list[Kept]]:
    """Those of ``kept`` that are new to the record, and those whose id stands for another report; the rest it holds."""
    given = list(kept)
    ids = {row.id for row in _among(connection, select(reports.c.id), reports.c.id, [one.reading.report.id for one in given])}
    new, taken = [], []
    met: set[tuple[str, str]] = set()
    for one in given:
        at, name = (one.capture.place, one.capture.sha256), one.reading.report.id
        if at in met or _holds(connection, *at):
            continue
        if name in ids:
            taken.append(one)
            continue
        met.add(at)
        ids.add(name)
        new.append(one)
    return new, taken


def add(connection: Connection, new: Sequence[Kept], fill: Fill, index: Index) -> None:
    """Adds reports that are new to the record, numbered on from its last, and closes the issues of their places.

    Nobody else may write meanwhile (``Database.writing``): the numbers are given here.
    """
    if not new:
        return
    numbered = list(enumerate(new, _last(connection, reports) + 1))
    fill(connection, contents, _contents(connection, new))
    fill(connection, reports, [_report(number, one) for number, one in numbered])
    fill(connection, link_keys, [{"key": key, "report": number} for number, one in numbered for key in sorted(set(one.keys))])
    found = [(number, one.reading.report.text, span) for number, one in numbered for span in one.passages]
    first = _last(connection, passages) + 1
    rows = [{"number": n, "report": number, "start": a, "end": b} for n, (number, _, (a, b)) in enumerate(found, first)]
    fill(connection, passages, rows)
    index(connection, [(n, indexable(text, [span])[0]) for n, (_, text, span) in enumerate(found, first)])
    _close(connection, {one.capture.place: number for number, one in reversed(numbered)})


def _holds(connection: Connection, place: str, sha256: str) -> bool:
    """Whether the record holds these bytes at this place; by both, one by one: all rows of a file lie at one place."""
    here = select(reports.c.number).where(reports.c.place == place, reports.c.sha256 == sha256)
    return connection.execute(here).first() is not None


def _among(connection: Connection, asked: Any, column: Any, values: Sequence[str]) -> Iterable[Any]:
    for some in batches(values):
        yield from connection.execute(asked.where(column.in_(some)))


def _last(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.max(table.c.number))).scalar() or 0)


def _contents(connection: Connection, new: Sequence[Kept]) -> list[Mapping[str, object]]:
    """Rows of the bytes that the record does not hold, each once."""
    data = {one.capture.sha256: one.capture.data for one in new}
    for row in _among(connection, select(contents.c.sha256), contents.c.sha256, list(data)):
        del data[row.sha256]
    return [{"sha256": sha256, "bytes": held} for sha256, held in data.items()]


def _report(number: int, kept: Kept) -> Mapping[str, object]:
    report, capture = kept.reading.report, kept.capture
    return {
        "number": number,
        "id": report.id,
        "place": capture.place,
        "sha256": capture.sha256,
        "media_type": capture.media_type,
        "published": report.published.value if report.published else None,
        "reader": kept.reader,
        "reading": _ENCODER.encode(kept.reading).decode("utf-8"),
    }


def _close(connection: Connection, read: Mapping[str, int]) -> None:
    """Closes the open issues of places, each by the first report that was read there."""
    still_open = select(issues.c.number, issues.c.input).where(issues.c.closed_by.is_(None))
    for row in list(_among(connection, still_open, issues.c.input, list(read))):
        connection.execute(update(issues).where(issues.c.number == row.number).values(closed_by=read[row.input]))
