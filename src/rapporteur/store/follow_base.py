"""The contract of what a record keeps about the processes that it follows."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rapporteur.model.process import FollowedProcess


class FollowStore(ABC):
    """The process files of a record, every version of each."""

    @abstractmethod
    def follow(self, process: FollowedProcess) -> int:
        """Appends a process file and returns its number; that of the last one of its name when nothing has changed in it."""

    @abstractmethod
    def processes(self) -> tuple[FollowedProcess, ...]:
        """All process files in the order in which they were given; the first has number 1."""
