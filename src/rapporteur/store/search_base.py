"""The contract of looking words up in the reports of a record."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from msgspec import Struct


class Hit(Struct, frozen=True):
    """A passage that ``search`` found: code points [start, end) of a report's text; the higher ``score``, the better."""

    report: str
    start: int
    end: int
    score: float


class SearchStore(ABC):
    """Full-text search over the passages of the reports (``Kept.passages``)."""

    @abstractmethod
    def search(self, words: Sequence[str], most: int, *needed: Sequence[str]) -> list[Hit]:
        """The ``most`` best passages that hold any of ``words`` and any of each of ``needed``, best first by BM25 (``ranking``).

        Words meet by stem, without case and accents; a ``*`` at the end of a word asks for words that begin with it.
        """
