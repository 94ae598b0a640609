"""The registry of sources. A new one is a module with a ``SourceFormat`` and one line here."""

from __future__ import annotations

from rapporteur.bulk.base import SourceFormat
from rapporteur.bulk.sources.parquet import PARQUET
from rapporteur.bulk.sources.rows import ROWS
from rapporteur.bulk.sources.warc import WARC

SOURCES: dict[str, SourceFormat] = {source.name: source for source in (ROWS, PARQUET, WARC)}
SUFFIXES = tuple(suffix for source in SOURCES.values() for suffix in source.suffixes)


def source_of(name: str) -> SourceFormat | None:
    """The source that reads a file of this name."""
    folded = name.lower().partition("?")[0]
    return next((s for s in SOURCES.values() if folded.endswith(s.suffixes)), None)
