"""The folder of a run: its settings, what is done, what was counted. A run that was stopped goes on where it was.

    OUT/run.json        settings, steps with their times, counts; written anew, whole, whenever one of them changes
    OUT/work/STEP/      what the tasks of a step left, a file (or a few) for each; where its file is, a task is done
    OUT/*.parquet       the tables

Engine and number of workers are no settings: what was begun with one may be ended with another.
"""

from __future__ import annotations

import fcntl
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, NamedTuple, Self, TypeVar

import msgspec
from msgspec import Struct

from rapporteur import __version__
from rapporteur.bulk.base import Limits
from rapporteur.bulk.tables import appearing
from rapporteur.engine.tables import LostError, TableEngine
from rapporteur.errors import ConfigurationError, RapporteurError

Task = TypeVar("Task")

PATIENCE = 3
"""Rounds without anything new done after which a step is given up: its workers die of something that will not pass."""


class Settings(Struct, frozen=True):
    """What a run's results hang on. ``block``: reports that one task of linking looks at."""

    inputs: tuple[str, ...]
    claims: bool = True
    language: str | None = None
    limits: Limits = Limits()
    block: int = 500
    version: str = __version__


class Timed(Struct):
    """How far a step is: tasks in all and done; what it has cost, in several runs if it was stopped: seconds by the clock, of
    processors in tasks that were done, and the most memory that a process had by then, in bytes."""

    tasks: int = 0
    done: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    memory: int = 0
    finished: bool = False

    def spent(self, cost: Cost) -> None:
        """Adds what a task has cost."""
        self.processor += cost.processor
        self.memory = max(self.memory, cost.memory)


class Cost(NamedTuple):
    """What a task has cost: processor seconds, and the most memory its process ever had, in bytes."""

    processor: float
    memory: int


def _measured(prepare: Callable[[], Callable[[Task], Any]]) -> Callable[[Task], Cost]:
    return partial(_measure, prepare())


def _measure(work: Callable[[Task], Any], task: Task) -> Cost:
    start = time.process_time()
    work(task)
    return Cost(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS)


_MAXRSS = 1 if sys.platform == "darwin" else 1024


class State(Struct):
    """What ``run.json`` holds."""

    settings: Settings
    steps: dict[str, Timed] = msgspec.field(default_factory=dict)
    counts: dict[str, int] = msgspec.field(default_factory=dict)


Tell = Callable[[str], None]


@dataclass
class Run:
    """A run in its folder; hold it with ``with``, which keeps others out of the folder."""

    folder: Path
    settings: Settings
    tell: Tell = lambda text: None
    state: State = field(init=False)

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / "run.lock").open("w")
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise ConfigurationError(f"{self.folder}: cannot be written ({reason}); choose another --out") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise ConfigurationError(f"{self.folder}: another run is at work in it; wait, or choose another --out") from None
        self.state = self._begun()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._lock.close()

    def _begun(self) -> State:
        path = self.folder / "run.json"
        if not path.exists():
            if any(p.name != "run.lock" for p in self.folder.iterdir()):
                raise ConfigurationError(f"{self.folder}: holds other files and no run; choose an empty --out")
            return State(self.settings)
        try:
            held = msgspec.json.decode(path.read_bytes(), type=State)
        except msgspec.DecodeError as error:
            raise ConfigurationError(f"{path}: is damaged ({error}); choose another --out") from error
        for name in self.settings.__struct_fields__:
            if getattr(held.settings, name) != getattr(self.settings, name):
                raise ConfigurationError(f"{self.folder}: holds a run with other {name}; choose another --out")
        return held

    def work(self, step: str) -> Path:
        """The folder of a step."""
        folder = self.folder / "work" / step
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def save(self) -> None:
        """Writes ``run.json``."""
        with appearing(self.folder / "run.json") as new:
            new.write_bytes(msgspec.json.format(msgspec.json.encode(self.state)))

    def count(self, **counts: int) -> None:
        """Sets counts of the run."""
        self.state.counts.update(counts)
        self.save()

    def once(self, step: str, do: Callable[[], None]) -> None:
        """Does a step that is one task of the calling process, unless it is done."""
        timed = self.state.steps.setdefault(step, Timed(1))
        if timed.finished:
            return
        self.tell(step)
        start = time.monotonic()
        timed.spent(_measure(lambda _: do(), None))
        timed.seconds += time.monotonic() - start
        timed.done, timed.finished = 1, True
        self.save()

    def each(self, step: str, doing: Doing[Any], engine: TableEngine) -> None:
        """Does those tasks of a step that are not done; ``RapporteurError`` when workers die of some again and again."""
        timed = self.state.steps.setdefault(step, Timed())
        if timed.finished:
            return
        pace = _Pace(step, len(doing.tasks), self.tell)
        left = [task for task in doing.tasks if not doing.made(task).exists()]
        idle = 0
        while left:
            before = doing.progress()
            pace.at(len(doing.tasks) - len(left))
            try:
                costs = engine.map(partial(_measured, doing.prepare), left)
                for done, cost in enumerate(costs, len(doing.tasks) - len(left) + 1):
                    timed.spent(cost)
                    pace.at(done)
                reason = "no worker answered"
            except LostError as error:
                reason = str(error)
            finally:
                left = [task for task in doing.tasks if not doing.made(task).exists()]
                timed.tasks, timed.done = len(doing.tasks), len(doing.tasks) - len(left)
                timed.seconds += pace.taken()
                self.save()
            idle = 0 if doing.progress() != before else idle + 1
            if left and idle == PATIENCE:
                raise RapporteurError(f"{step}: {len(left):,} tasks could not be done ({reason}); give fewer workers more memory")
        timed.tasks = timed.done = len(doing.tasks)
        timed.finished = True
        self.save()


@dataclass(frozen=True)
class Doing(Generic[Task]):
    """The tasks of a step, how they are done, and the file each one leaves. ``progress`` is other when anything was done."""

    tasks: Sequence[Task]
    prepare: Callable[[], Callable[[Task], Any]]
    made: Callable[[Task], Path]
    marks: Callable[[], Iterable[Any]] = tuple

    def progress(self) -> tuple[int, tuple[Any, ...]]:
        """How many are done, and what marks say about the others."""
        return sum(self.made(task).exists() for task in self.tasks), tuple(self.marks())


class _Pace:
    """Says how fast a step goes and how long it will take, from what was done since it went on."""

    def __init__(self, step: str, tasks: int, tell: Tell) -> None:
        self._step, self._tasks, self._tell = step, tasks, tell
        self._start = self._taken = time.monotonic()
        self._first: int | None = None

    def at(self, done: int) -> None:
        """Says that so many tasks are done."""
        if self._first is None:
            self._first = done
        elapsed = time.monotonic() - self._start
        text = f"{self._step}: {done:,} of {self._tasks:,} parts"
        if done > self._first and elapsed > 0:
            rate = (done - self._first) / elapsed
            text += f", {rate * 60:,.1f} a minute, {_minutes((self._tasks - done) / rate)} left"
        self._tell(text)

    def taken(self) -> float:
        """Seconds since this was last asked."""
        now = time.monotonic()
        since, self._taken = now - self._taken, now
        return since


def _minutes(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5_400 else f"{seconds / 3600:.1f} h"
