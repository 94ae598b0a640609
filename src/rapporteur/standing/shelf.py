"""The link stage's view of a record: nodes and profiles from its standing, each fetched once; changes wait to be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from rapporteur.model.reading import Reading
from rapporteur.model.report import Report
from rapporteur.stages.link.incremental import Meeting
from rapporteur.stages.link.index import STOP, Candidate, Postings, floor, keys, met, order
from rapporteur.stages.link.nodes import Node, parents_of
from rapporteur.stages.link.profile import Profile
from rapporteur.store.base import Store
from rapporteur.store.standing_base import StandingStore
from rapporteur.store.standing_records import Linked

_PACK = msgspec.msgpack.Encoder()
_NODE = msgspec.msgpack.Decoder(Node)
_PROFILE = msgspec.msgpack.Decoder(Profile)
_EMPTY = Node()


class Head(NamedTuple):
    """What a look-up asks of every report that it meets: its place in the record (``index.order``, without the id), and the
    ``index.floor`` of its candidates."""

    undated: bool
    day: int
    minute: int
    floor: int

    @classmethod
    def of(cls, profile: Profile, node: Node) -> Head:
        return cls(*order(profile)[:3], floor(node.near))


_HEAD = msgspec.msgpack.Decoder(Head)


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
        own = keys(profile)
        rows = np.array(self._store.postings(own.keys.view(np.int64).tolist(), STOP), np.int64).reshape(-1, 2)
        found = met(own, Postings(rows[:, 0], rows[:, 1]))
        names = self._store.ids(found.reports.tolist())
        place, heads = order(profile), self._heads([name for name in names if name != profile.report])
        shared = map(Candidate, found.scores.tolist(), names, found.held.tolist())
        return [Meeting(c, (*h[:3], c.report) > place, h.floor) for c in shared if (h := heads.get(c.report))]

    def _heads(self, reports: Sequence[str]) -> dict[str, Head]:
        """Those of ``reports`` that the standing has, or that were added to it."""
        there = self.profiles.added.intersection(reports)
        kept = self.kept.heads(self.scope, [report for report in reports if report not in there])
        found = {report: _HEAD.decode(head) for report, head in kept.items()}
        return found | {report: Head.of(self.profiles[report], self.nodes[report]) for report in there}

    def linked(self) -> tuple[Linked, ...]:
        """What is other than the standing has it."""
        return tuple(self._linked(report, node) for report, node in sorted(self.nodes.changed.items()))

    def _linked(self, report: str, node: Node) -> Linked:
        profile, parents = self.profiles[report], tuple(sorted(parents_of(node)))
        head, packed = _PACK.encode(Head.of(profile, node)), _PACK.encode(node)
        if report in self.profiles.added:
            return Linked(report, head, _PACK.encode(profile), packed, parents)
        before = tuple(sorted(parents_of(self.nodes.before(report))))
        return Linked(report, head, None, packed, parents if parents != before else None)


class _Profiles(Mapping[str, Profile]):
    """Profiles with their nodes, fetched together: who needs one needs the other. Each is unpacked when it is asked for.

    ``added`` are the reports that the standing does not have.
    """

    def __init__(self, kept: StandingStore, scope: str) -> None:
        self._kept, self._scope = kept, scope
        self._known: dict[str, Profile] = {}
        self._packed: dict[str, bytes] = {}
        self.fresh = False
        self.added: set[str] = set()
        self.nodes: dict[str, bytes] = {}

    def fetch(self, reports: Sequence[str]) -> None:
        """Fetches many at once."""
        wanted = [report for report in reports if report not in self]
        if wanted and not self.fresh:
            for report, row in self._kept.linked(self._scope, wanted).items():
                if row.profile is not None:
                    self._packed[report], self.nodes[report] = row.profile, row.node

    def add(self, profile: Profile) -> None:
        """Enters the profile of a new report."""
        self._known[profile.report] = profile
        self.added.add(profile.report)

    def __getitem__(self, report: str) -> Profile:
        if report not in self._known:
            self.fetch([report])
            self._known[report] = _PROFILE.decode(self._packed[report])
        return self._known[report]

    def __contains__(self, report: object) -> bool:
        return report in self._known or report in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter({**self._packed, **self._known})

    def __len__(self) -> int:
        return len({**self._packed, **self._known})


class _Nodes:
    """See ``nodes.Nodes``."""

    def __init__(self, kept: StandingStore, scope: str, profiles: _Profiles) -> None:
        self._kept, self._scope, self._profiles = kept, scope, profiles
        self._before: dict[str, Node] = {}
        self.changed: dict[str, Node] = {}

    def before(self, report: str) -> Node:
        """The node of ``report`` as the standing has it."""
        if report not in self._before:
            if report not in self._profiles:
                self._profiles.fetch([report])
            packed = self._profiles.nodes.get(report)
            self._before[report] = _NODE.decode(packed) if packed is not None else _EMPTY
        return self._before[report]

    def keeps_parents(self, report: str) -> bool:
        """Whether ``report`` has the parents that it has in the standing."""
        before, now = self.before(report), self[report]
        return report not in self._profiles.added and [p.parent for p in before.parents] == [p.parent for p in now.parents]

    def __getitem__(self, report: str) -> Node:
        return self.changed[report] if report in self.changed else self.before(report)

    def __setitem__(self, report: str, node: Node) -> None:
        self.changed[report] = node

    def ready(self, reports: Iterable[str]) -> None:
        """See ``nodes.Nodes``."""
        self._profiles.fetch(sorted(set(reports)))

    def takers(self, report: str) -> Sequence[str]:
        """See ``nodes.Nodes``."""
        now = {taker for taker, node in self.changed.items() if report in parents_of(node)}
        kept = () if report in self._profiles.added else self._kept.takers(self._scope, report)
        return sorted(now.union(t for t in kept if t not in self.changed))


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
