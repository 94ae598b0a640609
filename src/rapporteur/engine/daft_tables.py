"""Bulk on Daft dataframes: Daft's own runner on this machine, or a Ray cluster.

Daft joins and groups in native code, in as many threads or on as many nodes as there are. Tasks are Python, and their workers
stay from step to step: on one machine our own processes, on Ray actors. (As a class of Daft 0.7, workers would start anew for
each step, the death of one would end the whole query, and the interpreter would now and then abort at its exit.)
"""

from __future__ import annotations

import os
import pickle
import socket
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

# Neither package may call home from a desk that works offline; both look at these when they are imported.
os.environ.setdefault("DO_NOT_TRACK", "true")
os.environ.setdefault("SCARF_NO_ANALYTICS", "true")
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
os.environ.setdefault("DAFT_PROGRESS_BAR", "0")

import daft
from daft import col, lit

from rapporteur.engine.local_tables import LocalTables, Prepared
from rapporteur.engine.processes import ATTEMPTS, WorkerError
from rapporteur.engine.tables import LISTS, In, LostError, Meeting, Out
from rapporteur.errors import ConfigurationError, RapporteurError

ANSWER = 10.0
"""Seconds for the head node of a cluster to answer."""


class DaftTables(LocalTables):
    """Daft's own runner, on this machine."""

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._start()

    def _start(self) -> None:
        daft.set_runner_native()

    def meet(self, meeting: Meeting, number: int, out: Path) -> None:
        rows = daft.read_parquet([str(table) for table in meeting.tables])
        rows = rows.where(col("key") % lit(meeting.slices) == lit(number))
        lists = rows.groupby("key").agg(col("number").list_agg().alias(LISTS)).where(col(LISTS).list_count() > lit(1))
        # Of a key that everybody has, the first rows alone are within bounds; the rest falls out with the join.
        lists = lists.with_column(LISTS, col(LISTS).list_sort().slice(0, meeting.most + 1))
        met = rows.join(lists, on="key").where((col("number") > col(LISTS).list_min()) & (col("number") <= col(LISTS).list_max()))
        met = met.with_column("block", col("number") // lit(meeting.block))
        met.write_parquet(str(out), partition_cols=["block"], compression="zstd")
        out.mkdir(parents=True, exist_ok=True)


class RayTables(DaftTables):
    """Daft on a Ray cluster, whose folder of the run must be one that all nodes share.

    ``address``: ``ray://HOST:PORT``, the head node as ``ray start --head`` names it, or ``auto`` for the cluster this machine
    belongs to (one is started for the run where it belongs to none).
    """

    def __init__(self, workers: int, address: str) -> None:
        self._ray = _connected(address, workers)
        self._actors: list[Any] = []
        super().__init__(workers)

    def _start(self) -> None:
        daft.set_runner_ray(noop_if_initialized=True)

    def map(self, prepare: Callable[[], Callable[[In], Out]], tasks: Sequence[In]) -> Iterator[Out]:
        packed, left, lost = pickle.dumps(prepare), deque((task, ATTEMPTS) for task in tasks), ""
        self._engage(min(self._workers, len(tasks)))
        free = list(self._actors)
        at_work: dict[Any, tuple[Any, In, int]] = {}
        while left or at_work:
            while left and free:
                actor, (task, attempts) = free.pop(), left.popleft()
                at_work[actor.answer.remote(packed, pickle.dumps(task))] = (actor, task, attempts - 1)
            done = self._ray.wait(list(at_work), num_returns=1)[0][0]
            actor, task, attempts = at_work.pop(done)
            try:
                answer = self._ray.get(done)
            except self._ray.exceptions.RayError as error:
                self._actors.remove(actor)
                self._engage(len(self._actors) + 1)
                free.append(self._actors[-1])
                if attempts:
                    left.append((task, attempts))
                else:
                    lost = " ".join(str(error).split())[:200]
                continue
            free.append(actor)
            yield _result(answer)
        if lost:
            raise LostError(f"a worker was lost ({lost})")

    def _engage(self, number: int) -> None:
        """Sees to it that there are so many actors, on all nodes alike. They ask for no core: Daft's own workers need some."""
        actor = self._ray.remote(_Worker).options(num_cpus=0, scheduling_strategy="SPREAD")
        self._actors += [actor.remote() for _ in range(number - len(self._actors))]

    def close(self) -> None:
        super().close()
        if self._ray.is_initialized():
            self._ray.shutdown()


class _Worker:
    """What runs as an actor: does tasks of one step after another; a fault of the work becomes an answer too."""

    def __init__(self) -> None:
        self._prepared = Prepared()

    def answer(self, packed: bytes, task: bytes) -> bytes:
        """The pickled result of a task: (result, message of an error of ours, traceback of another)."""
        try:
            return pickle.dumps((self._prepared((packed, pickle.loads(task))), None, None))
        except RapporteurError as error:
            return pickle.dumps((None, str(error), ""))
        except Exception:
            return pickle.dumps((None, None, traceback.format_exc()))


def _result(answer: bytes) -> Any:
    result, message, trace = pickle.loads(answer)
    if message is not None:
        raise RapporteurError(message)
    if trace is not None:
        raise WorkerError(trace)
    return result


def _connected(address: str, workers: int) -> Any:
    """The module ``ray``, connected to a cluster."""
    try:
        import ray  # noqa: PLC0415 # part of the extra, and takes most of a second
    except ImportError:
        raise ConfigurationError("--engine ray: Ray is not installed; pip install 'rapporteur[bulk]'") from None
    quiet: dict[str, Any] = {"logging_level": "error", "log_to_driver": False}
    try:
        if address == "auto" and not os.environ.get("RAY_ADDRESS"):
            ray.init(num_cpus=workers, include_dashboard=False, **quiet)
        else:
            ray.init(address=_reached(address.removeprefix("ray://")), **quiet)
    except Exception as error:  # Ray raises what it likes
        reason = " ".join(str(error).split())[:200]
        raise ConfigurationError(f"{address}: no Ray cluster answers ({reason}); start it first") from error
    return ray


def _reached(address: str) -> str:
    """``address``, if anything listens there: Ray itself would wait for minutes, and say nothing."""
    host, _, port = (os.environ["RAY_ADDRESS"] if address == "auto" else address).rpartition(":")
    with socket.create_connection((host, int(port)), timeout=ANSWER):
        return address
