"""The contract of what a record keeps about its conditions board and its schedules."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rapporteur.model.board import BoardEntry
from rapporteur.store.records import Moment


class BoardStore(ABC):
    """Entries that people made, in their order."""

    @abstractmethod
    def add_to_board(self, entry: BoardEntry) -> int:
        """Appends a framework, an observation or a rating and returns its number; none is ever changed or removed."""

    @abstractmethod
    def board(self, moment: Moment | None = None) -> tuple[BoardEntry, ...]:
        """All entries of the board (at ``moment``, or now) in the order in which they were made; the first has number 1."""
