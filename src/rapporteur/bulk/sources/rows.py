"""JSON Lines, also compressed with gzip: the rows that ``stages/acquire/jsonl.py`` reads, stretch by stretch.

In a compressed file a worker has to unpack what comes before its stretch; many files of moderate size are better than one.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import cast

from rapporteur.bulk.base import Limits, Listed, Met, SourceFormat, Stretch
from rapporteur.bulk.files import BLOCK, opened
from rapporteur.errors import InputError
from rapporteur.model.report import Issue
from rapporteur.stages.acquire.base import Item, issue
from rapporteur.stages.acquire.jsonl import row

DAMAGED = (OSError, EOFError, zlib.error)


def _split(file: Listed, limits: Limits) -> Iterator[Stretch | Issue]:
    rows, start, at, line, held = 0, 0, 0, 1, 0
    first = 1
    try:
        with _bytes(file, limits) as stream:
            while block := stream.read1(BLOCK):
                begin = 0
                while (end := block.find(b"\n", begin)) >= 0:
                    begin = end + 1
                    rows, line, held = rows + 1, line + 1, 0
                    if rows == limits.rows:
                        yield Stretch(file, ROWS.name, start, rows, first)
                        start, rows, first = at + begin, 0, line
                held += len(block) - begin
                at += len(block)
    except InputError as error:
        yield Issue(error.code, file.place, str(error))
        return
    except DAMAGED as error:
        yield issue("damaged", file.place, f"cannot be read beyond row {line:,} ({error})", "download or pack it again")
        held = 0  # the row under way is not whole
    if rows or held:
        yield Stretch(file, ROWS.name, start, rows + bool(held), first)


def _open(stretch: Stretch, limits: Limits) -> Iterator[Met]:
    file = stretch.file
    remote = "://" in file.address
    item = Item(file.place, file.address, b"", None if remote else file.place, file.address if remote else None)
    try:
        with _bytes(file, limits) as stream:
            stream.seek(stretch.start)
            for number in range(stretch.first, stretch.first + stretch.rows):
                raw = stream.readline(limits.bytes + 1)
                if len(raw) > limits.bytes:
                    yield _too_long(file.place, number, limits)
                    while raw and not raw.endswith(b"\n"):
                        raw = stream.readline(BLOCK)
                elif raw.strip():
                    yield row(item, number, raw.strip())
    except InputError as error:
        yield Issue(error.code, file.place, str(error))
    except DAMAGED as error:
        yield issue("damaged", file.place, f"cannot be read from row {stretch.first:,} on ({error})", "download or pack it again")


def _bytes(file: Listed, limits: Limits) -> io.BufferedReader:
    stream = opened(file, limits)
    return cast(io.BufferedReader, gzip.GzipFile(fileobj=stream)) if file.address.lower().endswith(".gz") else stream


def _too_long(place: str, number: int, limits: Limits) -> Issue:
    return issue("too-large", f"{place}, row {number}", f"more than {limits.bytes:,} bytes", "split it, or raise the limit")


ROWS = SourceFormat(
    name="jsonl",
    suffixes=(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
    split=_split,
    open=_open,
)
