"""Where stages run: in process, or in worker processes. Results are the same, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain, islice
from typing import cast

from rapporteur.engine.base import Engine, In, Job, Out
from rapporteur.engine.inprocess import InProcess
from rapporteur.engine.processes import Processes, WorkerError, elsewhere
from rapporteur.engine.tables import TableEngine
from rapporteur.errors import ConfigurationError

__all__ = [
    "Automatic",
    "Engine",
    "InProcess",
    "Job",
    "Processes",
    "WorkerError",
    "available_cores",
    "elsewhere",
    "engine_for",
    "table_engine",
    "without_extra",
]

TABLE_ENGINES = {
    "local": ("rapporteur.engine.local_tables", "LocalTables"),
    "daft": ("rapporteur.engine.daft_tables", "DaftTables"),
    "ray": ("rapporteur.engine.daft_tables", "RayTables"),
}
"""Name of an engine for bulk -> module and class. Loaded on demand: they belong to the extra ``bulk``."""

BREAK_EVEN = 150
"""From so many items on, worker processes are used unless told otherwise. A worker takes 1.2 s to start (imports 0.65 s, the
pipeline 0.55 s), a report of 270 words 16 ms to read: two workers win their start back at 150 reports."""


def available_cores() -> int:
    """Cores this process may use: fewer than the machine has, in a container or under taskset."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Automatic(Engine):
    """In process for fewer than ``BREAK_EVEN`` items or on one core, else in one worker process per core."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def map(self, job: Job[In, Out], items: Iterable[In]) -> Iterator[Out]:
        cores = available_cores()
        if cores < 2:
            return InProcess().map(job, items)
        rest = iter(items)
        first = list(islice(rest, BREAK_EVEN))
        engine = InProcess() if len(first) < BREAK_EVEN else Processes(cores, self._seconds)
        return engine.map(job, chain(first, rest))


def engine_for(workers: int | None, seconds: float) -> Engine:
    """The engine for so many workers: None chooses by the number of items, 1 is in process."""
    if workers is None:
        return Automatic(seconds)
    return InProcess() if workers <= 1 else Processes(workers, seconds)


def table_engine(name: str, workers: int) -> TableEngine:
    """The engine for bulk: ``local``, ``daft``, ``ray`` (the cluster this machine belongs to, or one of its own), ``ray://HOST:PORT``.

    ``ConfigurationError`` when there is none of this name, its packages are not installed, or its cluster does not answer.
    """
    kind = name.partition("://")[0]
    if kind not in TABLE_ENGINES:
        raise ConfigurationError(f"--engine {name}: not known; use local, daft, ray or ray://HOST:PORT")
    module, made = TABLE_ENGINES[kind]
    try:
        found = getattr(import_module(module), made)
    except ImportError as error:
        raise without_extra(f"--engine {name}", error) from None
    if kind == "ray":
        return cast(TableEngine, found(workers, "auto" if name == "ray" else name))
    return cast(TableEngine, found(workers))


def without_extra(what: str, error: ImportError) -> ConfigurationError:
    """What to say when ``what`` needs packages of the extra that are not there."""
    package = str(error.name).partition(".")[0]
    return ConfigurationError(f"{what}: {package} is not installed; pip install 'rapporteur[bulk]'")
