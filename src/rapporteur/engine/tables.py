"""The contract of an engine for bulk: where the steps of a run over millions of reports run.

An engine knows nothing of reports. It spreads tasks over workers, and brings together the rows of a table that have a key in
common; everything else is what the tasks do. Tasks are small (a worker reads what a task names), and each leaves its result in a
file that appears whole or not at all, so that a task may be done again, elsewhere, without harm.

To add an engine: subclass ``TableEngine``, add a line to ``TABLE_ENGINES`` in ``engine/__init__.py`` and one to
``tests/contract/table_engines.py``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from rapporteur.errors import RapporteurError

In = TypeVar("In")
Out = TypeVar("Out")

LISTS = "others"
"""Name of the column that ``meet`` adds."""


class LostError(RapporteurError):
    """Workers died, and the tasks they were at are not done."""


@dataclass(frozen=True)
class Meeting:
    """Which rows meet: those of ``tables`` (Parquet files, columns ``number`` int64, ``key`` uint64, ``weight`` int32) with one
    key, each with those of lesser numbers. No number has a key twice. Left out are rows whose key none or more than ``most`` rows
    of lesser numbers have: a key that everybody has costs no more than one that ``most`` have.

    ``slices`` says in how many passes it is done, each over a share of the keys, which bounds the memory of one; ``block``
    how many numbers, from a multiple of it on, belong to one block.
    """

    tables: tuple[Path, ...]
    most: int
    block: int
    slices: int = 1


class TableEngine(ABC):
    """Runs the tasks of steps. What the files hold that tasks write does not depend on engine, number of workers, or chance."""

    @abstractmethod
    def map(self, prepare: Callable[[], Callable[[In], Out]], tasks: Sequence[In]) -> Iterator[Out]:
        """The results of ``tasks`` in the order in which they come. ``prepare`` is called once per worker.

        A worker that dies costs its task, perhaps some others that were under way: ``LostError`` is raised when all that could
        be done is done, and whoever asked sees by the files what is missing. A fault of the work itself ends the map at once.
        """

    @abstractmethod
    def meet(self, meeting: Meeting, number: int, out: Path) -> None:
        """Does slice ``number`` of a meeting: for every row that is not left out, the numbers that have its key.

        Written as Parquet files ``out/block=B/*.parquet`` with the columns ``number``, ``key``, ``weight``, ``others``; rows and
        lists in any order. A list holds all numbers less than the row's own, and may hold others. ``out`` is a new folder.
        """

    @abstractmethod
    def close(self) -> None:
        """Lets go of workers and connections. Closing twice is allowed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
