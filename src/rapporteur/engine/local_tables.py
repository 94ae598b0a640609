"""Bulk on this machine without a further engine: worker processes for the tasks, NumPy for the meeting of keys."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from rapporteur.engine.base import Job
from rapporteur.engine.processes import Crew
from rapporteur.engine.tables import LISTS, In, LostError, Meeting, Out, TableEngine

NO_LIMIT = 7 * 86_400.0
"""Seconds for a task: how long one report may take is watched by the step that reads."""


class LocalTables(TableEngine):
    """``workers`` processes. Also with one: a report that kills whoever reads it must not kill the run."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        # One crew for all steps: a worker takes longer to start than many a step.
        self._crew: Crew[tuple[bytes, Any], Any] = Crew(Job(Prepared, _Lost), NO_LIMIT)

    def map(self, prepare: Callable[[], Callable[[In], Out]], tasks: Sequence[In]) -> Iterator[Out]:
        packed = pickle.dumps(prepare)
        threads = ThreadPoolExecutor(self._workers, thread_name_prefix="rapporteur-tables")
        lost: _Lost | None = None
        try:
            for answer in as_completed([threads.submit(self._crew.answer, (packed, task)) for task in tasks]):
                result = answer.result()
                if isinstance(result, _Lost):
                    lost = result
                else:
                    yield result
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
        if lost is not None:
            raise LostError(lost.reason)

    def meet(self, meeting: Meeting, number: int, out: Path) -> None:
        rows = [_slice(table, meeting, number) for table in meeting.tables]
        numbers, keys, weights = (np.concatenate(column) for column in zip(*rows, strict=True)) if rows else _NOTHING
        order = np.lexsort((numbers, keys))
        numbers, keys, weights = numbers[order], keys[order], weights[order]
        _, first, counts = np.unique(keys, return_index=True, return_counts=True)
        begins = np.repeat(first, counts)
        before = np.arange(len(numbers)) - begins
        kept = np.flatnonzero((before > 0) & (before <= meeting.most))
        blocks = numbers[kept] // meeting.block
        out.mkdir(parents=True)
        for block in np.unique(blocks).tolist():
            chosen = kept[blocks == block]
            columns = {"number": numbers[chosen], "key": keys[chosen], "weight": weights[chosen]}
            table = pa.table(columns | {LISTS: _lists(numbers, begins[chosen], before[chosen])})
            folder = out / f"block={block}"
            folder.mkdir()
            pq.write_table(table, folder / "part.parquet", compression="zstd")

    def close(self) -> None:
        """Ends the worker processes."""
        self._crew.disband()


class Prepared:
    """What runs in a worker: does tasks of one step after another, prepared for a step when its first task comes."""

    def __init__(self) -> None:
        self._packed = b""
        self._work: Callable[[Any], Any] = id

    def __call__(self, item: tuple[bytes, Any]) -> Any:
        packed, task = item
        if packed != self._packed:
            self._work, self._packed = pickle.loads(packed)(), packed
        return self._work(task)


@dataclass(frozen=True)
class _Lost:
    """Stands for the result of a task whose worker died."""

    task: Any
    reason: str


_NOTHING = (np.zeros(0, np.int64), np.zeros(0, np.uint64), np.zeros(0, np.int32))


def _slice(table: Path, meeting: Meeting, number: int) -> tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.int32]]:
    read = pq.read_table(table, columns=["number", "key", "weight"])
    keys = read["key"].to_numpy()
    chosen = keys % np.uint64(meeting.slices) == number
    return read["number"].to_numpy()[chosen], keys[chosen], read["weight"].to_numpy()[chosen]


def _lists(numbers: NDArray[np.int64], begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> pa.ListArray:
    """One list per row: ``numbers[begin : begin + length]``."""
    ends = np.cumsum(lengths)
    positions = np.arange(int(ends[-1])) + np.repeat(begins - (ends - lengths), lengths)
    offsets = np.concatenate([np.zeros(1, np.int64), ends]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(numbers[positions]))
