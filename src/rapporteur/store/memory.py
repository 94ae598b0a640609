"""A record that lives as long as the process: for accounts made without ``--record``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from importlib import import_module

from msgspec.structs import replace

from rapporteur.errors import StoreError
from rapporteur.model.board import BoardEntry
from rapporteur.model.judgement import Judgement
from rapporteur.model.process import FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.store import words as fts
from rapporteur.store.base import Captured, Hit, IdTakenError, Kept, Moment, Snapshot, Store, reading_order
from rapporteur.store.ranking import parsed, ranked, weightiest
from rapporteur.store.standing_base import StandingStore
from rapporteur.store.team_base import TeamStore
from rapporteur.watch.base import WatchStore


class MemoryStore(Store):
    """Keeps everything in lists and dicts; the captured bytes only with ``contents`` (one run asks for none)."""

    def __init__(self, *, contents: bool = True) -> None:
        self._contents = contents
        self._kept: list[Kept] = []
        self._by_id: dict[str, Kept] = {}
        self._by_capture: dict[tuple[str, str], str] = {}
        self._by_key: dict[int, list[int]] = {}
        self._issues: list[Issue] = []
        self._open: dict[tuple[str, str, str], int] = {}
        self._closed_by: dict[int, int] = {}
        self._judgements: list[Judgement] = []
        self._snapshots: list[Snapshot] = []
        self._processes: list[FollowedProcess] = []
        self._board: list[BoardEntry] = []
        self._words: sqlite3.Connection | None = None
        self._passages: list[Hit] = []
        self._indexed = 0
        self._team: TeamStore | None = None
        self._standing: dict[str, StandingStore] = {}

    def find(self, place: str, sha256: str) -> str | None:
        return self._by_capture.get((place, sha256))

    def put(self, kept: Kept) -> bool:
        ident = kept.reading.report.id
        if (kept.capture.place, kept.capture.sha256) in self._by_capture:
            return False
        if ident in self._by_id:
            raise IdTakenError(kept)
        kept = kept if self._contents else replace(kept, capture=replace(kept.capture, data=b""))
        self._kept.append(kept)
        self._by_id[ident] = kept
        self._by_capture[kept.capture.place, kept.capture.sha256] = ident
        for key in dict.fromkeys(kept.keys):
            self._by_key.setdefault(key, []).append(len(self._kept))
        self._close_issues(kept.capture.place)
        return True

    def _close_issues(self, place: str) -> None:
        for same in [same for same in self._open if same[1] == place]:
            self._closed_by[self._open.pop(same)] = len(self._kept)

    def reading(self, report: str) -> Reading | None:
        kept = self._by_id.get(report)
        return kept.reading if kept else None

    def content(self, report: str) -> bytes | None:
        kept = self._by_id.get(report)
        return kept.capture.data if kept else None

    def readings(self, moment: Moment | None = None) -> Iterator[Reading]:
        kept = self._kept[: moment.report] if moment else self._kept
        return iter(sorted((k.reading for k in kept), key=reading_order))

    def postings(self, keys: Sequence[int], most: int) -> list[tuple[int, int]]:
        having = ((at, self._by_key.get(key, ())) for at, key in enumerate(keys))
        return sorted((number, at) for at, numbers in having if len(numbers) <= most for number in numbers)

    def ids(self, numbers: Sequence[int]) -> list[str]:
        return [self._kept[number - 1].reading.report.id for number in numbers]

    def some_readings(self, asked: Sequence[str]) -> dict[str, Reading]:
        return {report: self._by_id[report].reading for report in asked if report in self._by_id}

    def search(self, words: Sequence[str], most: int, *needed: Sequence[str]) -> list[Hit]:
        index = self._index()
        held = [
            [parsed(index.execute(fts.HOLDING, (fts.term(word), 0)).fetchone()[0]) for word in group]
            for some in (words, *needed)
            if (group := fts.asked(some))
        ]
        weights = weightiest(held, len(self._passages), most) if held else {}
        lengths = {number: self._passages[number - 1].end - self._passages[number - 1].start for number in weights}
        return [replace(self._passages[number - 1], score=score) for number, score in ranked(weights, lengths, most)]

    def _index(self) -> sqlite3.Connection:
        """The full-text index, with what was put since it was last asked for: most records in memory are never searched."""
        if self._words is None:
            self._words = sqlite3.connect(":memory:", check_same_thread=False)
            self._words.execute(fts.CREATE)
        for kept in self._kept[self._indexed :]:
            report = kept.reading.report
            for (start, end), line in zip(kept.passages, fts.indexable(report.text, kept.passages), strict=True):
                self._passages.append(Hit(report.id, start, end, 0.0))
                self._words.execute(fts.INSERT, (len(self._passages), line))
        self._indexed = len(self._kept)
        return self._words

    def added(self, after: int, last: int) -> tuple[str, ...]:
        return tuple(kept.reading.report.id for kept in self._kept[after:last])

    def captures(self, moment: Moment | None = None) -> tuple[Captured, ...]:
        kept = self._kept[: moment.report] if moment else self._kept
        return tuple(Captured(k.capture.place, k.reading.report.id) for k in kept)

    def follow(self, process: FollowedProcess) -> int:
        alike = [n for n, known in enumerate(self._processes, 1) if known.name == process.name]
        if alike and self._processes[alike[-1] - 1] == process:
            return alike[-1]
        self._processes.append(process)
        return len(self._processes)

    def processes(self) -> tuple[FollowedProcess, ...]:
        return tuple(self._processes)

    def add_to_board(self, entry: BoardEntry) -> int:
        self._board.append(entry)
        return len(self._board)

    def board(self, moment: Moment | None = None) -> tuple[BoardEntry, ...]:
        return tuple(self._board[: moment.board] if moment else self._board)

    def note(self, issue: Issue) -> None:
        same = (issue.code, issue.input, issue.message)
        if same not in self._open:
            self._open[same] = len(self._issues)
            self._issues.append(issue)

    def issues(self, moment: Moment | None = None) -> tuple[Issue, ...]:
        at = moment or self.moment()
        closed_later = at.report + 1
        return tuple(
            issue
            for number, issue in enumerate(self._issues[: at.issue])
            if self._closed_by.get(number, closed_later) > at.report
        )

    def judge(self, judgement: Judgement) -> int:
        self._judgements.append(judgement)
        return len(self._judgements)

    def judgements(self, moment: Moment | None = None) -> tuple[Judgement, ...]:
        return tuple(self._judgements[: moment.judgement] if moment else self._judgements)

    def moment(self) -> Moment:
        return Moment(len(self._kept), len(self._judgements), len(self._issues), len(self._board))

    def keep(self, snapshot: Snapshot) -> int:
        number = len(self._snapshots) + 1
        self._snapshots.append(replace(snapshot, number=number))
        return number

    def snapshot(self, number: int) -> Snapshot | None:
        return self._snapshots[number - 1] if 0 < number <= len(self._snapshots) else None

    def snapshots(self, audience: str = "") -> tuple[Snapshot, ...]:
        return tuple(replace(snapshot, content=b"") for snapshot in self._snapshots if snapshot.audience == audience)

    def watch(self) -> WatchStore:
        raise StoreError("record: feeds and alerts need a record that is kept; name one with --record")

    def team(self) -> TeamStore:
        if self._team is None:  # on demand: SQLAlchemy takes longer to import than most records in memory last
            made: TeamStore = import_module("rapporteur.store.team_sql").in_memory()
            self._team = made
        return self._team

    def standing(self, audience: str = "") -> StandingStore:
        if audience not in self._standing:
            self._standing[audience] = import_module("rapporteur.store.standing_sql").in_memory()
        return self._standing[audience]

    def close(self) -> None:
        if self._words is not None:
            self._words.close()
            self._words = None
            self._indexed = 0
            self._passages.clear()


def open_store(address: str, *, create: bool = True) -> Store:
    """A new, empty record."""
    return MemoryStore(contents=False)
