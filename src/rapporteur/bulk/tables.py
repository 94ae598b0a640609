"""Tables of a run: their columns, and files that appear whole or not at all. ``docs/bulk.md`` describes what users rely on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

_JSON = msgspec.json.Encoder()

READINGS = pa.schema(
    [
        ("number", pa.int64()),
        ("id", pa.string()),
        ("place", pa.string()),
        ("path", pa.string()),
        ("url", pa.string()),
        ("title", pa.string()),
        ("outlet", pa.string()),
        ("published", pa.string()),
        ("language", pa.string()),
        ("media_type", pa.string()),
        ("sha256", pa.string()),
        ("reading", pa.string()),
        ("content", pa.binary()),
    ]
)
"""``reading``: JSON, schema 1; ``content``: the original bytes."""

ORDER = pa.schema(
    [("number", pa.int64()), ("id", pa.string()), ("same", pa.string()), ("day", pa.int64()), ("minute", pa.int64())]
)
"""What puts reports into order; ``same``: the hash by which two captures under one id are told apart."""

KEYS = pa.schema([("number", pa.int64()), ("key", pa.uint64()), ("weight", pa.int32())])
ISSUES = pa.schema([("code", pa.string()), ("input", pa.string()), ("message", pa.string())])
DERIVATIONS = pa.schema(
    [
        ("report", pa.string()),
        ("parent", pa.string()),
        ("credited", pa.string()),
        ("relation", pa.string()),
        ("score", pa.float64()),
        ("coverage", pa.float64()),
        ("reason", pa.string()),
        ("evidence", pa.string()),
    ]
)
FRESH = pa.schema([("report", pa.string()), ("fresh", pa.float64())])
"""Share of the sentences of a report that no parent tells."""
ORIGINS = pa.schema([("id", pa.string()), ("label", pa.string()), ("seen", pa.bool_()), ("reports", pa.list_(pa.string()))])
FINDINGS = pa.schema(
    [
        ("id", pa.string()),
        ("kind", pa.string()),
        ("label", pa.string()),
        ("verdict", pa.string()),
        ("origins", pa.int32()),
        ("speakers", pa.int32()),
        ("as_of", pa.string()),
        ("weight", pa.float64()),
        ("supports", pa.list_(pa.string())),
        ("contradicts", pa.list_(pa.string())),
        ("finding", pa.string()),
    ]
)


def as_json(record: Any) -> str:
    """A record as the other outputs write it."""
    return _JSON.encode(record).decode("utf-8")


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write to; what is there when the block ends becomes ``path``, if it ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    try:
        yield new
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def write(path: Path, schema: pa.Schema, rows: Iterable[Sequence[Any]], at_once: int = 500) -> int:
    """Writes rows (values in the order of ``schema``) to ``path``, so many at once; returns how many there were."""
    count = 0
    with appearing(path) as new, pq.ParquetWriter(new, schema, compression="zstd") as writer:
        held: list[Sequence[Any]] = []
        for row in rows:
            held.append(row)
            count += 1
            if len(held) == at_once:
                writer.write_table(as_table(schema, held))
                held.clear()
        if held or not count:
            writer.write_table(as_table(schema, held))
    return count


def as_table(schema: pa.Schema, rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Rows as a table."""
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def gathered(paths: Iterable[Path], columns: Sequence[str]) -> pa.Table:
    """The ``columns`` of many files as one table, in the order of the paths."""
    return pa.concat_tables([pq.read_table(path, columns=list(columns)) for path in paths])
