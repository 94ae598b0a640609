"""The order of all reports of a run, and which of them are repeats: the only step that looks at all of them at once.

It holds an id and 40 bytes of each report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from msgspec import Struct
from numpy.typing import NDArray

from rapporteur.bulk import tables
from rapporteur.bulk.reading import part
from rapporteur.stages.acquire.base import issue

Numbers = NDArray[np.int64]
NUMBERS, RANKS = "numbers.npy", "ranks.npy"


def put_in_order(read: Path, stretches: int, out: Path) -> dict[str, int]:
    """Ranks the reports by ``index.order``; of those with one id the first that was met stays. Returns how many there are.

    Writes ``numbers.npy``, the number of the report of each rank; ``ranks.npy``, pairs of number and rank, sorted; and the
    issues of ids that stand for two texts.
    """
    table = tables.gathered([part(read, "order", n) for n in range(stretches)], tables.ORDER.names) if stretches else _EMPTY
    by_id = table.sort_by([("id", "ascending"), ("number", "ascending")])
    again = _same_as_before(by_id["id"])
    other = np.flatnonzero(again & ~_same_as_before(by_id["same"]))
    tables.write(out / "issues.parquet", tables.ISSUES, _taken(by_id, other))
    kept = by_id.filter(pa.array(~again))
    # Reports without a date stand last, as in ``index.order``.
    ordered = pc.sort_indices(kept, sort_keys=[(name, "ascending", "at_end") for name in ("day", "minute", "id")])
    numbers = kept["number"].take(ordered).to_numpy()
    sort = np.argsort(numbers)
    _save(out / RANKS, np.stack([numbers[sort], sort]))
    _save(out / NUMBERS, numbers)
    return {"reports": len(numbers), "repeats": int(again.sum()) - len(other), "ids taken": len(other)}


_EMPTY = tables.ORDER.empty_table()


def _same_as_before(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    if not len(column):
        return np.zeros(0, np.bool_)
    whole = column.combine_chunks()
    equal = pc.equal(whole[1:], whole[:-1]).to_numpy(zero_copy_only=False)
    return np.concatenate([np.zeros(1, np.bool_), equal.astype(np.bool_)])


def _taken(by_id: pa.Table, rows: NDArray[np.int64]) -> Iterator[tuple[Any, ...]]:
    for ident in by_id["id"].take(pa.array(rows)).to_pylist():
        reason = f'the id "{ident}" already belongs to a report with another text'
        found = issue("duplicate-id", ident, reason, "give each report an id of its own")
        yield found.code, found.input, found.message


def _save(path: Path, array: NDArray[Any]) -> None:
    with tables.appearing(path) as new, new.open("wb") as file:
        np.save(file, array)


class RankTask(Struct, frozen=True):
    """The keys of one stretch."""

    number: int


def prepare(read: str, order: str, out: str) -> Callable[[RankTask], int]:
    """The function that gives the look-up keys of a stretch the ranks of their reports."""
    return partial(_rank, Path(read), np.load(Path(order) / RANKS, mmap_mode="r"), Path(out))


def keys_file(out: Path, number: int) -> Path:
    """The file with the ranked keys of one stretch."""
    return out / f"{number:06d}.parquet"


def _rank(read: Path, ranks: Numbers, out: Path, task: RankTask) -> int:
    table = tables.gathered([part(read, "keys", task.number)], tables.KEYS.names)
    asked = table["number"].to_numpy()
    at = np.minimum(np.searchsorted(ranks[0], asked), max(ranks.shape[1] - 1, 0))
    kept = ranks[0][at] == asked if ranks.shape[1] else np.zeros(len(asked), np.bool_)
    table = table.filter(pa.array(kept)).set_column(0, "number", pa.array(ranks[1][at[kept]], pa.int64()))
    with tables.appearing(keys_file(out, task.number)) as new:
        pq.write_table(table, new, compression="zstd")
    return len(table)
