"""The record as one person may see it: a store that holds nothing else, so that no page, search or export has to remember to ask.

What was added to private processes that the person may not see, and nowhere else, is not there: reports, what could not be read,
judgements on them, observations and ratings that rest on them, and the processes themselves with the frameworks of their names.
Accounts are made anew from what is left and kept apart (``Snapshot.audience``), so that counts of origins betray nothing either.

Whatever is signed is signed by the person, and stands in the audit log.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from rapporteur.errors import InputError
from rapporteur.lazily import lazily
from rapporteur.model.board import BoardEntry, FrameworkText, Observation, Rating, ScheduleText, belongs_to, entry_id
from rapporteur.model.claims import report_of
from rapporteur.model.judgement import Judgement, judgement_id
from rapporteur.model.process import FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.model.watch import Alert
from rapporteur.store.base import Captured, Hit, Kept, Moment, Snapshot, Store
from rapporteur.store.standing_base import StandingStore
from rapporteur.store.team_base import COMMON, TeamStore
from rapporteur.watch.base import WatchStore
from rapporteur.watch.seen import SeenWatch

Log = Callable[[str, str, str], None]
"""Adds to the audit log: what was done, to what, and how."""


def unlogged(what: str, subject: str, detail: str) -> None:
    """For a view in which the program itself looks or makes an account: no deed of a person."""


class View(Store):
    """``inner`` without what is only in the private processes ``hidden``, in the hands of ``who``.

    Reports are added to the process ``into``; ``COMMON`` is everybody's. The view lasts for one request or one job: what is
    hidden is looked up once. ``log`` writes to the audit log.
    """

    def __init__(self, inner: Store, who: str, hidden: frozenset[str], log: Log, *, into: str = COMMON) -> None:
        if into in hidden:
            raise InputError("process", into, "there is no such process", "see the list of processes")
        self._inner, self._who, self._hidden, self._log, self._into = inner, who, hidden, log, into
        self._team = inner.team()

    @lazily
    def _reports(self) -> frozenset[str]:
        """Ids of the hidden reports."""
        return self._team.only_in("report", self._hidden)

    @lazily
    def _numbers(self) -> list[int]:
        """Numbers of the visible processes, in order: the view numbers them anew from 1."""
        return [n for n, process in enumerate(self._inner.processes(), 1) if process.name not in self._hidden]

    @property
    def _audience(self) -> str:
        return "\n".join(sorted(self._hidden))

    def find(self, place: str, sha256: str) -> str | None:
        found = self._inner.find(place, sha256)
        return None if found in self._reports else found

    def put(self, kept: Kept) -> bool:
        held = self._inner.find(kept.capture.place, kept.capture.sha256)
        if held is not None:
            unseen = held in self._reports
            if self._team.assigned("report", held):  # what is everybody's stays so
                self._team.assign("report", held, self._into)
                self.__dict__.pop("_reports", None)
            return unseen
        ident = kept.reading.report.id
        if self._into != COMMON and not self._inner.some_readings([ident]):
            # First, so that a process that is killed in between leaves nothing open that is private.
            self._team.assign("report", ident, self._into)
        return self._inner.put(kept)

    def reading(self, report: str) -> Reading | None:
        return None if report in self._reports else self._inner.reading(report)

    def content(self, report: str) -> bytes | None:
        return None if report in self._reports else self._inner.content(report)

    def readings(self, moment: Moment | None = None) -> Iterator[Reading]:
        hidden = self._reports
        return (reading for reading in self._inner.readings(moment) if reading.report.id not in hidden)

    def postings(self, keys: Sequence[int], most: int) -> list[tuple[int, int]]:
        found = self._inner.postings(keys, most)
        if not self._reports:
            return found
        numbers = sorted({number for number, _ in found})
        seen = {n for n, report in zip(numbers, self._inner.ids(numbers), strict=True) if report not in self._reports}
        return [(number, at) for number, at in found if number in seen]

    def ids(self, numbers: Sequence[int]) -> list[str]:
        return self._inner.ids(numbers)

    def added(self, after: int, last: int) -> tuple[str, ...]:
        return tuple(report for report in self._inner.added(after, last) if report not in self._reports)

    def some_readings(self, asked: Sequence[str]) -> dict[str, Reading]:
        return self._inner.some_readings([report for report in asked if report not in self._reports])

    def search(self, words: Sequence[str], most: int, *needed: Sequence[str]) -> list[Hit]:
        hidden, asked = self._reports, most
        while True:
            hits = self._inner.search(words, asked, *needed)
            seen = [hit for hit in hits if hit.report not in hidden]
            if len(seen) >= most or len(hits) < asked:
                return seen[:most]
            asked *= 4  # hidden passages took the places of visible ones

    def captures(self, moment: Moment | None = None) -> tuple[Captured, ...]:
        return tuple(captured for captured in self._inner.captures(moment) if captured.report not in self._reports)

    def follow(self, process: FollowedProcess) -> int:
        if process.name in self._hidden:
            raise InputError("process", process.name, "cannot be used as a name here", "choose another")
        number = self._inner.follow(process)
        self.__dict__.pop("_numbers", None)
        return bisect_left(self._numbers, number) + 1

    def processes(self) -> tuple[FollowedProcess, ...]:
        return tuple(process for process in self._inner.processes() if process.name not in self._hidden)

    def add_to_board(self, entry: BoardEntry) -> int:
        if isinstance(entry, FrameworkText | ScheduleText) and belongs_to(entry) in self._hidden:
            raise InputError("framework", belongs_to(entry), "cannot be used as a name here", "choose another")
        if isinstance(entry, Observation | ScheduleText):
            self._signed(entry.who)
        if isinstance(entry, Rating):
            self._signed(entry.recorded_by)
            if entry.role == "analyst":
                self._signed(entry.assessor)
        number = self._inner.add_to_board(entry)
        self._log(type(entry).__name__.lower().removesuffix("text"), entry_id(entry), belongs_to(entry))
        return number

    def board(self, moment: Moment | None = None) -> tuple[BoardEntry, ...]:
        entries = self._inner.board(moment)
        if not self._hidden:
            return entries
        gone = {entry_id(entry) for entry in entries if isinstance(entry, Observation) and entry.report in self._reports}
        return tuple(entry for entry in entries if not self._rests_on_hidden(entry, gone))

    def _rests_on_hidden(self, entry: BoardEntry, gone: set[str]) -> bool:
        if belongs_to(entry) in self._hidden:
            return True
        if isinstance(entry, Rating):
            return not gone.isdisjoint(entry.observations) or self._is_hidden(entry.quotation or "")
        return isinstance(entry, Observation) and entry.report in self._reports

    def note(self, issue: Issue) -> None:
        if self._into != COMMON or self._team.assigned("place", issue.input):
            self._team.assign("place", issue.input, self._into)
        self._inner.note(issue)

    def issues(self, moment: Moment | None = None) -> tuple[Issue, ...]:
        hidden = self._team.only_in("place", self._hidden)
        return tuple(issue for issue in self._inner.issues(moment) if issue.input not in hidden)

    def judge(self, judgement: Judgement) -> int:
        self._signed(judgement.who)
        number = self._inner.judge(judgement)
        self._log("judgement", judgement_id(judgement), judgement.verb)
        return number

    def judgements(self, moment: Moment | None = None) -> tuple[Judgement, ...]:
        all_of_them = self._inner.judgements(moment)
        if not self._reports:
            return all_of_them
        gone: set[str] = set()
        seen: list[Judgement] = []
        for judgement in all_of_them:
            if any(subject in gone or self._is_hidden(subject) for subject in judgement.subjects):
                gone.add(judgement_id(judgement))  # what undoes it is hidden too
            else:
                seen.append(judgement)
        return tuple(seen)

    def _is_hidden(self, subject: str) -> bool:
        """Whether a claim, an actor (``REPORT#f3``) or a derivation (``REPORT@PARENT``) is of a hidden report."""
        parts = subject.split("@")
        sides = ["@".join(side) for at in range(len(parts) + 1) for side in (parts[:at], parts[at:])]
        return any(side in self._reports or report_of(side) in self._reports for side in sides)

    def _signed(self, who: str) -> None:
        if who != self._who:
            raise InputError("who", who, f"is not who has signed in ({self._who})", "sign with your own name")

    def moment(self) -> Moment:
        return self._inner.moment()

    def keep(self, snapshot: Snapshot) -> int:
        number = None if snapshot.process is None else self._numbers[snapshot.process - 1]
        return self._inner.keep(replace(snapshot, process=number, audience=self._audience))

    def snapshot(self, number: int) -> Snapshot | None:
        found = self._inner.snapshot(number)
        return self._renumbered(found) if found is not None and found.audience == self._audience else None

    def snapshots(self, audience: str = "") -> tuple[Snapshot, ...]:
        return tuple(self._renumbered(found) for found in self._inner.snapshots(self._audience))

    def _renumbered(self, snapshot: Snapshot) -> Snapshot:
        number = snapshot.process
        return snapshot if number is None else replace(snapshot, process=self._numbers.index(number) + 1)

    def watch(self) -> WatchStore:
        return SeenWatch(self._inner.watch(), self.hides)

    def hides(self, alert: Alert) -> bool:
        """Whether an alert is about something that is not there: a hidden process, or a report that is in hidden ones alone."""
        return alert.process in self._hidden or not self._reports.isdisjoint(alert.reports)

    def team(self) -> TeamStore:
        return self._team

    def standing(self, audience: str = "") -> StandingStore:
        # What is hidden now is part of the name: a report that is shown or hidden later makes a standing of its own.
        hidden = "\n".join(sorted(self._reports))
        digest = hashlib.sha256(f"{self._audience}\n\n{hidden}".encode()).hexdigest()[:16] if hidden else ""
        return self._inner.standing(audience or digest)

    def close(self) -> None:
        self._inner.close()
