"""The contract of a store: where the record of a process is kept.

A record holds, per report, the bytes as they were captured and the reading made from them, written together or not
at all; beside them the issues met, the judgements of people, and every account that was given out. Nothing is
overwritten: reports, judgements and accounts are numbered from 1, so that the record can be shown as it stood then.

To add a store: subclass ``Store``, add a line to ``STORES`` in ``store/__init__.py`` and one to ``tests/contract/stores.py``.
One process writes at a time; others wait or get a ``StoreError``, as does whoever opens a damaged record.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from msgspec import Struct

from rapporteur.errors import StoreError
from rapporteur.model.board import BoardEntry
from rapporteur.model.capture import Capture
from rapporteur.model.judgement import Judgement
from rapporteur.model.process import FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.store.standing_base import StandingStore
from rapporteur.store.team_base import TeamStore
from rapporteur.watch.base import WatchStore


class IdTakenError(StoreError):
    """A report was not added because its id stands for another report of the record."""

    def __init__(self, kept: Kept) -> None:
        place, ident = kept.capture.place, kept.reading.report.id
        super().__init__(f"{place}: the record already holds another report with the id {ident}; give it a new id")


class Kept(Struct, frozen=True):
    """One report as it is kept: the capture with its original bytes, and the reading made from it.

    ``keys`` are the link stage's look-up keys, signed 64-bit; ``reader`` says which version of the program read it.
    ``passages`` are the code point ranges of the text that ``search`` finds.
    """

    capture: Capture
    reading: Reading
    keys: tuple[int, ...] = ()
    reader: str = ""
    passages: tuple[tuple[int, int], ...] = ()


class Moment(Struct, frozen=True):
    """A state of the record: the numbers of the last report, judgement, issue and entry of the board that belong to it."""

    report: int
    judgement: int
    issue: int
    board: int = 0


class Snapshot(Struct, frozen=True):
    """An account that was given out: its JSON bytes and all that is needed to make the same bytes again. ``process`` is the
    number of the process file that it was made with; ``audience`` names what it leaves out because those it was made for may not
    see it (``team.view``): empty, nothing."""

    title: str
    as_of: str | None
    made_at: str | None
    moment: Moment
    content: bytes
    number: int = 0
    process: int | None = None
    audience: str = ""


class Hit(Struct, frozen=True):
    """A passage that ``search`` found: code points [start, end) of a report's text; the higher ``score``, the better."""

    report: str
    start: int
    end: int
    score: float


class Captured(Struct, frozen=True):
    """Where the report with this id was captured."""

    place: str
    report: str


class Store(ABC):
    """One record. Use it as a context manager, or call ``close``."""

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
    def added(self, after: int) -> tuple[str, ...]:
        """Ids of the reports with numbers above ``after``, in the order in which they were put."""

    @abstractmethod
    def some_readings(self, asked: Sequence[str]) -> dict[str, Reading]:
        """Those of the reports with the ids ``asked`` that the record holds, by id."""

    @abstractmethod
    def search(self, words: Sequence[str], most: int, *needed: Sequence[str]) -> list[Hit]:
        """The ``most`` best passages that hold any of ``words`` and any of each of ``needed``, best first by BM25 (``ranking``).

        Words meet by stem, without case and accents; a ``*`` at the end of a word asks for words that begin with it.
        """

    @abstractmethod
    def captures(self, moment: Moment | None = None) -> tuple[Captured, ...]:
        """All reports (at ``moment``, or now) with their places, in the order in which they were put."""

    @abstractmethod
    def follow(self, process: FollowedProcess) -> int:
        """Appends a process file and returns its number; that of the last one of its name when nothing has changed in it."""

    @abstractmethod
    def processes(self) -> tuple[FollowedProcess, ...]:
        """All process files in the order in which they were given; the first has number 1."""

    @abstractmethod
    def add_to_board(self, entry: BoardEntry) -> int:
        """Appends a framework, an observation or a rating and returns its number; none is ever changed or removed."""

    @abstractmethod
    def board(self, moment: Moment | None = None) -> tuple[BoardEntry, ...]:
        """All entries of the board (at ``moment``, or now) in the order in which they were made; the first has number 1."""

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


def reading_order(reading: Reading) -> tuple[bool, str, str]:
    """Sort key of ``Store.readings``."""
    published = reading.report.published
    return published is None, published.value if published else "", reading.report.id
