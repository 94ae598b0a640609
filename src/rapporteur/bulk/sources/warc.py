"""WARC files (ISO 28500), also .warc.gz, as news crawls publish them: the pages among their HTTP responses.

``split`` walks over the headers. A record whose length does not fit what follows is found there, because no header stands where
it should end: it is left out, and the walk goes on where the next record begins (in .warc.gz each is packed by itself).
No record is held as a whole before its length is known to be within the limit.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from rapporteur.bulk.base import Limits, Listed, Met, PassedOver, SourceFormat, Stretch
from rapporteur.bulk.files import BLOCK, opened
from rapporteur.errors import InputError
from rapporteur.model.report import Issue
from rapporteur.stages.acquire.base import AcquireOptions, Budget, Found, Item, issue
from rapporteur.stages.acquire.formats import recognise

PAGES = frozenset(("text/html", "application/xhtml+xml", "text/plain", "application/pdf"))
_BEGINNING = re.compile(rb"WARC/1\.[01]\r?\n|\x1f\x8b\x08")


def _split(file: Listed, limits: Limits) -> Iterator[Stretch | Issue]:
    try:
        with opened(file, limits) as stream:
            start, rows, first, number = -1, 0, 1, 0
            for offset in _walk(file, stream, limits):
                if isinstance(offset, Issue):
                    yield offset
                elif offset >= 0:
                    number += 1
                    start, first = (offset, number) if not rows else (start, first)
                    rows += 1
                # A stretch never goes over a damaged place: who reads it would stumble there again.
                if rows and (rows == limits.rows or isinstance(offset, Issue) or offset < 0):
                    yield Stretch(file, WARC.name, start, rows, first)
                    rows = 0
    except InputError as error:
        yield Issue(error.code, file.place, str(error))


def _walk(file: Listed, stream: BinaryIO, limits: Limits) -> Iterator[int | Issue]:
    """Offsets of the whole records, issues for the others, and -1 at the end of each stretch without damage between."""
    at: int | None = 0
    any_record = False
    while at is not None:
        last: _Last | None = None
        reason = ""
        try:
            for record in _records(stream, at):
                if last is not None:
                    yield from last.told(file)
                    any_record = True
                last = _Last.of(record, limits)
        except (OSError, ValueError, zlib.error) as error:
            reason = str(error)
        yield from _end(file, stream, last, reason=reason, started=any_record)
        any_record = any_record or last is not None
        if last is None:
            at = _next_beginning(stream, at + 1) if reason else None
        else:
            at = _next_beginning(stream, last.offset + 1) if reason or not _whole(stream, last) else None


def _end(file: Listed, stream: BinaryIO, last: _Last | None, *, reason: str, started: bool) -> Iterator[int | Issue]:
    """What the walk says about the record after which it could not go on."""
    if last is not None:
        if reason or not _whole(stream, last):
            yield issue("warc-length", last.name(file), "its length does not fit what follows", "download the file again")
        else:
            yield from last.told(file)
    elif reason and not started:
        yield issue("damaged", file.place, f"not a readable WARC file ({reason})", "download it again")
    yield -1


class _Last:
    """The record that the walk met last; whether it is whole shows only when the next one is found."""

    def __init__(self, record: Any) -> None:
        self.offset = int(record.stream_pos)
        self.length = int(record.content_length)
        self.address = str(record.headers.get("WARC-Target-URI") or "").strip("<>")
        self.response = record.record_type == WarcRecordType.response
        self.too_large = ""

    @classmethod
    def of(cls, record: Any, limits: Limits) -> _Last:
        last = cls(record)
        if last.length > limits.bytes and last.response:
            last.too_large = f"{last.length:,} bytes, the limit is {limits.bytes:,}"
        return last

    def name(self, file: Listed) -> str:
        return self.address or f"{file.place}, byte {self.offset:,}"

    def told(self, file: Listed) -> Iterator[int | Issue]:
        if self.too_large:
            yield issue("too-large", self.name(file), self.too_large, "raise the limit, or leave it")
        elif self.response:
            yield self.offset


def _records(stream: BinaryIO, at: int) -> Iterator[Any]:
    stream.seek(at)
    yield from ArchiveIterator(stream, parse_http=False, fsspec_args=False)


def _whole(stream: BinaryIO, last: _Last) -> bool:
    """Whether the last record of the file has as many bytes as it says: read in blocks, whatever it says."""
    try:
        for record in _records(stream, last.offset):
            held = 0
            while block := record.reader.read(BLOCK):
                held += len(block)
            return held == last.length
    except (OSError, ValueError, zlib.error):
        pass
    return False


def _next_beginning(stream: BinaryIO, after: int) -> int | None:
    """The next offset from ``after`` on at which a record can be read; None when there is none."""
    at = after
    stream.seek(at)
    kept = b""
    while block := stream.read(BLOCK):
        window = kept + block
        for found in _BEGINNING.finditer(window):
            offset = at - len(kept) + found.start()
            if _begins(stream, offset):
                return offset
        at += len(block)
        kept = window[-10:]
        stream.seek(at)
    return None


def _begins(stream: BinaryIO, offset: int) -> bool:
    try:
        return any(True for _ in zip(_records(stream, offset), range(1), strict=False))
    except (OSError, ValueError, zlib.error):
        return False


def _open(stretch: Stretch, limits: Limits) -> Iterator[Met]:
    try:
        with opened(stretch.file, limits) as stream:
            stream.seek(stretch.start)
            left = stretch.rows
            for record in ArchiveIterator(
                stream,
                record_types=WarcRecordType.response,
                max_content_length=limits.bytes,
                parse_http=True,
                auto_decode="all",
                fsspec_args=False,
            ):
                yield from _page(stretch.file, record, limits)
                left -= 1
                if not left:
                    return
    except InputError as error:
        yield Issue(error.code, stretch.file.place, str(error))
    except (OSError, ValueError, zlib.error) as error:
        reason = f"cannot be read from byte {stretch.start:,} on ({error})"
        yield issue("damaged", stretch.file.place, reason, "download it again")


def _page(file: Listed, record: Any, limits: Limits) -> Iterator[Met]:
    """The report in one HTTP response, if it is a page that was found."""
    address = str(record.headers.get("WARC-Target-URI") or "").strip("<>") or f"{file.place}, byte {record.stream_pos:,}"
    http = record.http_headers
    if http is None or http.status_code != 200:
        yield PassedOver("no page was found there")
        return
    kind = (record.http_content_type or "").partition(";")[0].strip().lower()
    if kind and kind not in PAGES:
        yield PassedOver("neither page nor text")
        return
    try:
        data = record.reader.read(limits.bytes + 1)
    except (OSError, ValueError, zlib.error) as error:
        yield issue("damaged", address, f"its body cannot be unpacked ({error})", "download it again")
        return
    if len(data) > limits.bytes:
        yield issue("too-large", address, f"unpacks to more than {limits.bytes:,} bytes", "raise the limit, or leave it")
        return
    item = Item(address, address, data, url=address, media_type=kind or None, charset=record.http_charset, named=False)
    known = recognise(item)
    if known is None or not data.strip():
        yield PassedOver("neither page nor text")
        return
    yield from known.open(item, _Single(limits))


class _Single:
    """What opening one page may use: a page holds no further files."""

    def __init__(self, limits: Limits) -> None:
        self.options = AcquireOptions(max_bytes=limits.bytes)
        self.budget = Budget(0, 0)

    def descend(self, item: Item) -> Found:
        yield issue("unknown-format", item.place, "is an archive inside a page", "unpack it first")


WARC = SourceFormat(name="warc", suffixes=(".warc", ".warc.gz"), split=_split, open=_open, filtered=True)
