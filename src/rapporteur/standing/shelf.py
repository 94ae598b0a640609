"""The link stage's view of a record: nodes and profiles from its standing, each fetched once; changes wait to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np

from rapporteur.model.reading import Reading
from rapporteur.model.report import Report
from rapporteur.stages.link.incremental import Meeting
from rapporteur.stages.link.index import STOP, Postings, keys, met, order
from rapporteur.stages.link.nodes import Node, parents_of
from rapporteur.stages.link.profile import Profile
from rapporteur.store.base import Store
from rapporteur.store.standing_base import Linked, StandingStore

_PACK = msgspec.msgpack.Encoder()
_NODE = msgspec.msgpack.Decoder(Node)
_PROFILE = msgspec.msgpack.Decoder(Profile)
_EMPTY = Node()


class Shelf:
    """``nodes`` and ``profiles`` of the record's reports, with those that are new. Writes nothing itself."""

    def __init__(self, store: Store, scope: str) -> None:
        self._store = store
        self.scope = scope
        self.kept = store.standing()
        self.profiles = _Profiles(self.kept, scope)
        self.nodes = _Nodes(self.kept, scope, self.profiles)
        self.reports = _Reports(store)

    def clear(self) -> None:
        """Forgets what stands: all reports are added anew."""
        self.profiles.fresh = True

    def add(self, reading: Reading, profile: Profile) -> None:
        """Enters a report that is not yet in the standing."""
        self.profiles.add(profile)
        self.reports.readings[profile.report] = reading

    def meet(self, profile: Profile) -> list[Meeting]:
        """See ``incremental.Shelf``."""
        own, place = keys(profile), order(profile)
        rows = np.array(self._store.postings(own.keys.view(np.int64).tolist(), STOP), np.int64).reshape(-1, 2)
        found = met(own, Postings(rows[:, 0], rows[:, 1]))
        ids = self._store.ids(found.reports.tolist())
        self.profiles.fetch(ids)
        return [
            Meeting(score, report, order(self.profiles[report]) > place)
            for report, score in zip(ids, found.scores.tolist(), strict=True)
            if report != profile.report and report in self.profiles
        ]

    def linked(self) -> tuple[Linked, ...]:
        """What is other than the standing has it."""
        return tuple(packed(self.profiles[report], node) for report, node in sorted(self.nodes.changed.items()))


def packed(profile: Profile, node: Node) -> Linked:
    """A report as the standing keeps it."""
    return Linked(profile.report, _PACK.encode(profile), _PACK.encode(node), tuple(sorted(parents_of(node))))


class _Profiles(Mapping[str, Profile]):
    """Profiles with their nodes, fetched together: who needs one needs the other."""

    def __init__(self, kept: StandingStore, scope: str) -> None:
        self._kept, self._scope = kept, scope
        self._known: dict[str, Profile] = {}
        self.fresh = False
        self.nodes: dict[str, bytes] = {}

    def fetch(self, reports: Sequence[str]) -> None:
        """Fetches many at once."""
        wanted = [report for report in reports if report not in self._known]
        if wanted and not self.fresh:
            for report, row in self._kept.linked(self._scope, wanted).items():
                self._known[report] = _PROFILE.decode(row.profile)
                self.nodes[report] = row.node

    def add(self, profile: Profile) -> None:
        """Enters the profile of a new report."""
        self._known[profile.report] = profile

    def __getitem__(self, report: str) -> Profile:
        self.fetch([report])
        return self._known[report]

    def __contains__(self, report: object) -> bool:
        return report in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class _Nodes:
    """See ``nodes.Nodes``."""

    def __init__(self, kept: StandingStore, scope: str, profiles: _Profiles) -> None:
        self._kept, self._scope, self._profiles = kept, scope, profiles
        self._known: dict[str, Node] = {}
        self.changed: dict[str, Node] = {}

    def __getitem__(self, report: str) -> Node:
        if report not in self._known:
            if report not in self._profiles:
                self._profiles.fetch([report])
            packed_ = self._profiles.nodes.get(report)
            self._known[report] = _NODE.decode(packed_) if packed_ is not None else _EMPTY
        return self._known[report]

    def __setitem__(self, report: str, node: Node) -> None:
        self._known[report] = self.changed[report] = node

    def takers(self, report: str) -> Sequence[str]:
        """See ``nodes.Nodes``."""
        now = {taker for taker, node in self.changed.items() if report in parents_of(node)}
        return sorted(now.union(t for t in self._kept.takers(self._scope, report) if t not in self.changed))


class _Reports(Mapping[str, Report]):
    """Reports of the record, through their readings."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.readings: dict[str, Reading] = {}

    def fetch(self, reports: Sequence[str]) -> dict[str, Reading]:
        """Readings of ``reports``, fetched at once."""
        wanted = [report for report in reports if report not in self.readings]
        if wanted:
            self.readings.update(self._store.some_readings(wanted))
        return {report: self.readings[report] for report in reports}

    def __getitem__(self, report: str) -> Report:
        return self.fetch([report])[report].report

    def __iter__(self) -> Iterator[str]:
        return iter(self.readings)

    def __len__(self) -> int:
        return len(self.readings)
