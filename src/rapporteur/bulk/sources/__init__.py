"""The registry of sources. A new one is a module with a ``SourceFormat`` and one line here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from rapporteur.bulk.base import Limits, Listed, Met, SourceFormat, Stretch
from rapporteur.bulk.sources.parquet import PARQUET
from rapporteur.bulk.sources.rows import ROWS
from rapporteur.bulk.sources.warc import WARC
from rapporteur.model.report import Issue
from rapporteur.stages.acquire.base import issue

T = TypeVar("T")

SOURCES: dict[str, SourceFormat] = {source.name: source for source in (ROWS, PARQUET, WARC)}
SUFFIXES = tuple(suffix for source in SOURCES.values() for suffix in source.suffixes)


def source_of(name: str) -> SourceFormat | None:
    """The source that reads a file of this name."""
    folded = name.lower().partition("?")[0]
    return next((s for s in SOURCES.values() if folded.endswith(s.suffixes)), None)


def stretches_of(file: Listed, limits: Limits) -> Iterator[Stretch | Issue]:
    """The stretches of a file, or what is wrong with it."""
    source = source_of(file.address)
    if source is None:
        yield issue("unknown-format", file.place, "is none of the formats that are read in bulk", f"give {', '.join(SUFFIXES)}")
    else:
        yield from _whatever(source.split(file, limits), file)


def reports_of(stretch: Stretch, limits: Limits) -> Iterator[Met]:
    """What stands in a stretch."""
    yield from _whatever(SOURCES[stretch.format].open(stretch, limits), stretch.file)


def _whatever(found: Iterator[T], file: Listed) -> Iterator[T | Issue]:
    """``found``; whatever a file system raises in the middle of it (they have no common error) is an issue of the file."""
    try:
        yield from found
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        yield issue("unreadable", file.place, f"cannot be read to its end ({reason})", "try again, or copy it to a folder")
