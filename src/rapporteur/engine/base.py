"""The contract of an engine: where a job runs over many items.

An engine knows nothing of reports. It gets a ``Job``, which says how to make the function that does the work (once per worker,
because loading a language pipeline takes longer than reading a report), and how to answer for an item whose worker was lost.

To add an engine: subclass ``Engine`` and add one line to the list in ``tests/contract/engines.py``; the contract suite then says
what is missing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


@dataclass(frozen=True)
class Job(Generic[In, Out]):
    """``prepare`` is called once per worker, when it gets its first item, and returns the function that turns an item into its
    result; both it and the items must survive pickling. ``lost`` is called in the calling process, with the item and the reason
    in words, for an item that killed its worker or exceeded its time; what it returns stands in for the result."""

    prepare: Callable[[], Callable[[In], Out]]
    lost: Callable[[In, str], Out]


class Engine(ABC):
    """Runs jobs. Results do not depend on the engine, on the number of workers, or on chance."""

    @abstractmethod
    def map(self, job: Job[In, Out], items: Iterable[In]) -> Iterator[Out]:
        """One result per item, in the items' order, while items are still being taken: neither is ever held as a whole.

        An exception of ``prepare`` or of the function ends the run and is raised here. Closing the iterator stops the work.
        """
