"""The contract of a store: where the record of a process is kept.

A record holds, per report, the bytes as they were captured and the reading made from them, written together or not
at all; beside them the issues met, the judgements of people, and every account that was given out. Nothing is
overwritten: reports, judgements and accounts are numbered from 1, so that the record can be shown as it stood then.

To add a store: subclass ``Store``, add a line to ``STORES`` in ``store/__init__.py`` and one to ``tests/contract/stores.py``.
One process writes at a time; others wait or get a ``StoreError``, as does whoever opens a damaged record.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from rapporteur.model.judgement import Judgement
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.store.board_base import BoardStore
from rapporteur.store.follow_base import FollowStore
from rapporteur.store.records import Captured, IdTakenError, Kept, Moment, Snapshot, reading_order
from rapporteur.store.search_base import Hit, SearchStore
from rapporteur.store.standing_base import StandingStore
from rapporteur.store.team_base import TeamStore
from rapporteur.watch.base import WatchStore

__all__ = ["Captured", "Hit", "IdTakenError", "Kept", "Moment", "Snapshot", "Store", "reading_order"]


class Store(SearchStore, FollowStore, BoardStore):
    """One record. Use it as a context manager, or call ``close``. The contract goes on in ``search_base``, ``follow_base`` and
    ``board_base``."""

    @abstractmethod
    def find(self, place: str, sha256: str) -> str | None:
        """Id of the report with these bytes at this place; None when it is not in the record."""

    @abstractmethod
    def put(self, kept: Kept) -> bool:
        """Adds bytes, reading and keys of one report in one transaction, durable on return; closes issues of its place.

        False, and nothing changes, when the record already holds these bytes at this place. ``IdTakenError`` when the
        id stands for another report.
        """

    def put_all(self, kept: Sequence[Kept]) -> list[Kept]:
        """As ``put`` for many reports, where it can in one transaction; returns those whose id stands for another report."""
        taken = []
        for one in kept:
            try:
                self.put(one)
            except IdTakenError:
                taken.append(one)
        return taken

    @abstractmethod
    def reading(self, report: str) -> Reading | None:
        """The reading of the report with this id."""

    @abstractmethod
    def content(self, report: str) -> bytes | None:
        """The bytes that were captured for the report with this id."""

    @abstractmethod
    def readings(self, moment: Moment | None = None) -> Iterator[Reading]:
        """All readings (at ``moment``, or now), by publication date (undated last), then id: one fixed order."""

    @abstractmethod
    def postings(self, keys: Sequence[int], most: int) -> list[tuple[int, int]]:
        """Which reports have which of ``keys``: (number of the report, position of the key in ``keys``), sorted.

        A key that more than ``most`` reports have is left out: it says nothing, and would cost as much as the record is large.
        """

    @abstractmethod
    def ids(self, numbers: Sequence[int]) -> list[str]:
        """Ids of the reports with these numbers, in the order asked."""

    @abstractmethod
    def added(self, after: int, last: int) -> tuple[str, ...]:
        """Ids of the reports with numbers above ``after``, up to ``last``, in the order in which they were put."""

    @abstractmethod
    def some_readings(self, asked: Sequence[str]) -> dict[str, Reading]:
        """Those of the reports with the ids ``asked`` that the record holds, by id."""

    @abstractmethod
    def captures(self, moment: Moment | None = None) -> tuple[Captured, ...]:
        """All reports (at ``moment``, or now) with their places, in the order in which they were put."""

    @abstractmethod
    def note(self, issue: Issue) -> None:
        """Adds an issue; one with the same code, input and message that is still open is kept once."""

    @abstractmethod
    def issues(self, moment: Moment | None = None) -> tuple[Issue, ...]:
        """Issues open (at ``moment``, or now) in the order in which they were met."""

    @abstractmethod
    def judge(self, judgement: Judgement) -> int:
        """Appends a judgement and returns its number."""

    @abstractmethod
    def judgements(self, moment: Moment | None = None) -> tuple[Judgement, ...]:
        """All judgements (at ``moment``, or now) in the order in which they were made."""

    @abstractmethod
    def moment(self) -> Moment:
        """The state of the record now."""

    @abstractmethod
    def keep(self, snapshot: Snapshot) -> int:
        """Appends an account and returns its number."""

    @abstractmethod
    def snapshot(self, number: int) -> Snapshot | None:
        """The account with this number."""

    @abstractmethod
    def snapshots(self, audience: str = "") -> tuple[Snapshot, ...]:
        """All accounts given out to an audience, oldest first, without their ``content``."""

    @abstractmethod
    def watch(self) -> WatchStore:
        """The feeds that this record follows and the alerts it gave; ``StoreError`` for a record that is not kept."""

    @abstractmethod
    def team(self) -> TeamStore:
        """The users of this record and their rights, kept with it; none at first."""

    @abstractmethod
    def standing(self, audience: str = "") -> StandingStore:
        """Who took what from whom, and the findings, as last brought up to date; a name for each ``audience`` that does not see
        all of the record."""

    @abstractmethod
    def close(self) -> None:
        """Lets go of the record. Closing twice is allowed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
