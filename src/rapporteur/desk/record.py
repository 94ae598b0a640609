"""A record in use: its store, and how it stands by the last account kept. What a viewer may not see is not in it.

Nothing is worked out when a page is asked for: ``standing`` shows the last account kept, ``waiting`` says how many reports came
after it, and ``refreshed`` makes a new one once reports or judgements have been added.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from rapporteur.accounts import followed, last_account, renewed_account
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import AccessError, MissingError
from rapporteur.lazily import lazily
from rapporteur.model.account import (
    AccountReport,
    ChangeRow,
    CitedLine,
    CommitmentRow,
    Finding,
    FollowedRow,
    GridRow,
    IncidentRow,
    JudgementRow,
    PositionRow,
    PostureRow,
    Process,
    Series,
    TimelineEntry,
    WatchRow,
)
from rapporteur.model.claims import report_of
from rapporteur.model.lineage import ActorCluster, Derivation, Drift, Origin
from rapporteur.model.process import FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.stages.link import with_pins
from rapporteur.stages.write.passages import Passages
from rapporteur.store.base import Moment, Snapshot, Store


class Shown(Struct, frozen=True):
    """An account without its claims, which are nine tenths of it and stand in the readings too."""

    process: Process
    reports: tuple[AccountReport, ...]
    derivations: tuple[Derivation, ...]
    origins: tuple[Origin, ...]
    findings: tuple[Finding, ...]
    timeline: tuple[TimelineEntry, ...]
    series: tuple[Series, ...]
    positions: tuple[PositionRow, ...]
    commitments: tuple[CommitmentRow, ...]
    incidents: tuple[IncidentRow, ...]
    brief: tuple[CitedLine, ...]
    changes: tuple[ChangeRow, ...]
    issues: tuple[Issue, ...]
    questions: tuple[CitedLine, ...] = ()
    actors: tuple[ActorCluster, ...] = ()
    judgements: tuple[JudgementRow, ...] = ()
    grid: tuple[GridRow, ...] = ()
    followed: tuple[FollowedRow, ...] = ()
    watch: tuple[WatchRow, ...] = ()
    posture: tuple[PostureRow, ...] = ()


MOST_KEPT = 64
Made = TypeVar("Made")
_SHOWN = msgspec.json.Decoder(Shown)


@dataclass(frozen=True)
class Standing:
    """How a record stands by account ``number``, made when the record was at ``moment``; with what pages look up in it."""

    number: int
    moment: Moment
    shown: Shown
    _worked_out: dict[Hashable, Any] = field(default_factory=dict, compare=False)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` returns, worked out the first time that it is asked for under ``key``: with 20,000 reports it takes some
        tenths of a second to go through all findings. What was asked for last is kept, ``MOST_KEPT`` keys."""
        if key not in self._worked_out:
            while len(self._worked_out) >= MOST_KEPT:
                self._worked_out.pop(next(iter(self._worked_out)), None)
            self._worked_out[key] = make()
        found: Made = self._worked_out[key]
        return found

    @lazily
    def reports(self) -> Mapping[str, AccountReport]:
        """The reports by id."""
        return {report.id: report for report in self.shown.reports}

    @lazily
    def findings(self) -> Mapping[str, Finding]:
        """The findings by id."""
        return {finding.id: finding for finding in self.shown.findings}

    @lazily
    def by_claim(self) -> Mapping[str, Finding]:
        """The finding that each claim stands in."""
        held: dict[str, Finding] = {}
        for finding in self.shown.findings:
            for claim in finding.claims():
                held.setdefault(claim, finding)
        return held

    @lazily
    def drifts(self) -> Mapping[str, Sequence[Drift]]:
        """What changed along derivations, by report: of what it says itself and of what was taken from it."""
        out: dict[str, dict[Drift, None]] = {}
        for finding in self.shown.findings:
            for drift in finding.drifts:
                for claim in (drift.source, drift.target):
                    out.setdefault(report_of(claim), {})[drift] = None
        return {report: tuple(drifts) for report, drifts in out.items()}

    def pinned(self, reading: Reading) -> Reading:
        """``reading`` with the passages that only a drift cites among its claims."""
        return with_pins([reading], self.drifts.get(reading.report.id, ()))[0]

    @lazily
    def parents(self) -> Mapping[str, Sequence[Derivation]]:
        """Of each report, from what it took."""
        return _grouped((d.report, d) for d in self.shown.derivations)

    @lazily
    def children(self) -> Mapping[str, Sequence[Derivation]]:
        """Of each report, what was taken from it."""
        return _grouped((d.parent, d) for d in self.shown.derivations if d.parent)


def _grouped(pairs: Iterable[tuple[str, Derivation]]) -> dict[str, list[Derivation]]:
    out: dict[str, list[Derivation]] = {}
    for key, derivation in pairs:
        out.setdefault(key, []).append(derivation)
    return out


@dataclass
class Standings:
    """The standings read last, shared by all who look at one record: an account is read once, not for each page."""

    most: int = 6
    _held: OrderedDict[int, Standing] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, store: Store, snapshot: Snapshot) -> Standing | None:
        """The standing that account ``snapshot`` (its content need not be read yet) tells; None when another version made it."""
        with self._lock:
            if snapshot.number not in self._held:
                whole = store.snapshot(snapshot.number)
                assert whole is not None, "accounts are never removed"
                try:
                    shown = _SHOWN.decode(whole.content)
                except msgspec.ValidationError:
                    return None
                self._held[snapshot.number] = Standing(snapshot.number, snapshot.moment, shown)
                _spare()
                if len(self._held) > self.most:
                    self._held.popitem(last=False)
            self._held.move_to_end(snapshot.number)
            return self._held[snapshot.number]


def _spare() -> None:
    """Keeps the garbage collector from what has just been read: of 20,000 reports a million objects, none in a cycle, over which
    one takes a second. It also runs less often: a question reads 200 reports, and took twice as long by default."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@dataclass(frozen=True)
class Record:
    """One record in use by one thread, as its viewer may see it: ``store`` holds nothing else (``team.view``). ``standings`` may
    be shared between those of one record. ``chosen`` is the process that is looked at, of several that the record follows;
    without one it is that which a file described last."""

    store: Store
    standings: Standings = field(default_factory=Standings)
    chosen: str | None = None

    def processes(self, viewer: Viewer) -> tuple[str, ...]:
        """Names of the processes that the record follows and ``viewer`` may see."""
        return tuple(self.choices)

    @lazily
    def _processes(self) -> tuple[FollowedProcess, ...]:
        """As the store has them: a record in use asks once."""
        return self.store.processes()

    @property
    def choices(self) -> Mapping[str, str]:
        """Titles of the processes that the record follows and its viewer may see, by name."""
        return {process.name: process.title for process in self._processes}

    @property
    def shown(self) -> str | None:
        """The process that is looked at; None: the whole record."""
        if self.chosen is not None:
            return self.chosen
        described = [process.name for process in self._processes if not process.only]
        if described:
            return described[-1]
        return next(iter(self.choices)) if len(self.choices) > 1 else None

    def check_process(self, viewer: Viewer, name: str) -> None:
        """``MissingError`` when the record follows no process of this name, or ``viewer`` may not see it."""
        if name not in self.processes(viewer):
            raise MissingError(name, "the record follows no such process")

    def standing(self, viewer: Viewer, process: str | None = None) -> Standing | None:
        """How the record, or one ``process`` of it, stands by the last account kept; None when none is kept yet.

        ``MissingError`` when there is no such process or ``viewer`` may not see it: the two look alike.
        """
        snapshot = self._last(viewer, process)
        return None if snapshot is None else self.standings.of(self.store, snapshot)

    def numbered(self, viewer: Viewer, number: int, process: str | None = None) -> Standing | None:
        """How the record, or one ``process`` of it, stood by account ``number``; None when it has none or ``viewer`` may not see
        it."""
        for snapshot in self._seen(viewer, process or self.shown):
            if snapshot.number == number:
                return self.standings.of(self.store, snapshot)
        return None

    def _last(self, viewer: Viewer, process: str | None) -> Snapshot | None:
        if process is not None:
            self.check_process(viewer, process)
        seen = list(self._seen(viewer, process or self.shown))
        if not seen and process is None and self.chosen is None:
            seen = list(self._seen(viewer, None))  # from before the record followed a process
        return seen[-1] if seen else None

    def _seen(self, viewer: Viewer, process: str | None) -> Iterator[Snapshot]:
        """Accounts of ``process`` (None: of the whole record) and the whole time that ``viewer`` may see, oldest first."""
        names = [p.name for p in self._processes]
        for snapshot in self.store.snapshots():
            name = names[snapshot.process - 1] if snapshot.process else None
            if snapshot.as_of is None and name == process:
                yield snapshot

    def stand(self, viewer: Viewer, process: str | None = None) -> Standing:
        """As ``standing``; ``MissingError`` when there is none."""
        standing = self.standing(viewer, process)
        if standing is None:
            raise MissingError("account", "the record holds no account yet", "add reports first, or wait until they are read")
        return standing

    def refreshed(self, viewer: Viewer) -> Standing | None:
        """How the record stands now: new accounts are made and kept when anything has come since the last, one of each process
        where it follows several. None when empty."""
        if not viewer.may("analyst"):
            raise AccessError("account: only analysts may have a new one made")
        if not self.store.moment().report:
            return None
        latest = {process.name: process for process in self._processes}
        main = latest.pop(self.shown, None) if self.shown else None
        standing = self.standings.of(self.store, last_account(self.store, main)) or self.standings.of(
            self.store, renewed_account(self.store, main)
        )
        for other in latest.values() if main else ():
            last_account(self.store, other)
        return standing

    def behind(self, standing: Standing | None) -> bool:
        """Whether anything has come since ``standing``."""
        moment = self.store.moment()
        return moment != standing.moment if standing else moment.report > 0

    def waiting(self, standing: Standing | None) -> int:
        """Reports that came after ``standing``."""
        held = self.store.moment().report
        return held - (standing.moment.report if standing else 0)

    def reading(self, viewer: Viewer, report: str) -> Reading:
        """The reading of a report; ``MissingError`` when the record does not hold it or ``viewer`` may not see it."""
        found = self.store.reading(report)
        if found is None:
            raise MissingError(report, "the record holds no such report", "see the list of reports")
        return found

    def passages(self, standing: Standing, claims: Iterable[str]) -> Passages:
        """The passages of ``claims`` of ``standing``; reports outside it are left out."""
        reports = {report_of(claim) for claim in claims}
        readings = self.store.some_readings(sorted(reports & standing.reports.keys()))
        placed = [r.placed for key in readings if (r := standing.reports[key]).placed]
        return Passages([standing.pinned(r) for r in readings.values()], [p for p in placed if p])

    def title(self, standing: Standing | None) -> str:
        """What the record, as it stands, is called."""
        if standing is not None:
            return standing.shown.process.title
        process = followed(self.store)
        return process.title if process else "New record"
