"""What a record's standing keeps, as reconciling asks for it: items and groups, drifts, findings, families and origins.

Everything is fetched once and many at a time. ``kin`` of this run stands before what is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from rapporteur.model.account import Finding
from rapporteur.model.claims import Claim, report_of
from rapporteur.model.lineage import Drift
from rapporteur.model.reading import Reading
from rapporteur.stages.link.items import CLAIMS, Item
from rapporteur.stages.link.origins import OriginIndex, Own, passages_of
from rapporteur.stages.link.pins import pin_of
from rapporteur.stages.link.pool import Home, Order, Stretch
from rapporteur.stages.reconcile.drifts import is_drift
from rapporteur.stages.reconcile.kinds import AnyItem
from rapporteur.store.groups_base import Kin, Row
from rapporteur.store.standing_base import StandingStore
from rapporteur.store.standing_records import Told

T = TypeVar("T")

PACK = msgspec.msgpack.Encoder()
_ITEM: msgspec.msgpack.Decoder[AnyItem] = msgspec.msgpack.Decoder(AnyItem)


class Relative(Struct, frozen=True, array_like=True):
    """A report among others: whom it is by, the origin that it is itself, the ids of those that it leads to, the reports that it
    goes back to (``ancestry.Above``), and those with which it has a common origin."""

    report: str
    label: str | None
    own: Own | None
    reaches: frozenset[str]
    above: frozenset[str]
    tied: tuple[str, ...]

    def kin(self) -> Kin:
        """As it is kept."""
        return Kin(self.report, self.own[0] if self.own else None, PACK.encode(self))


_RELATIVE = msgspec.msgpack.Decoder(Relative)


class Books:
    """See ``pool.Kept`` and ``ledger.Ledger``."""

    def __init__(self, kept: StandingStore, scope: str, readings: Callable[[Sequence[str]], Mapping[str, Reading]]) -> None:
        self._kept, self._scope, self._groups, self._readings = kept, scope, kept.groups(scope), readings
        self._told: dict[str, Told] = {}
        self._relatives: dict[str, Relative | None] = {}
        self._children: dict[str, list[str]] = {}
        self.index = OriginIndex(_Reaches(self), _OwnOrigins(self), _Passages(self))

    def stretches(self, asked: Sequence[Stretch], most: int) -> Mapping[Stretch, list[Order]]:
        """See ``pool.Kept``."""
        found = self._groups.stretches([(s.key, s.first) for s in asked], CLAIMS, most)
        return {Stretch(*stretch): line for stretch, line in found.items()}

    def items(self, numbers: Sequence[int]) -> Mapping[int, tuple[Item, Home]]:
        """See ``pool.Kept``."""
        return self._decoded(self._groups.rows(numbers))

    def of(self, reports: Sequence[str]) -> Mapping[int, tuple[Item, Home]]:
        """See ``pool.Kept``."""
        return self._decoded(self._groups.rows_of(reports))

    def members(self, leaders: Sequence[int]) -> Mapping[int, tuple[Item, Home]]:
        """See ``pool.Kept``; what is told of their reports is fetched as well, as their finding will ask for it."""
        rows = self._groups.members(leaders)
        self.fetch({row.report for row in rows})
        return self._decoded(rows)

    def _decoded(self, rows: Iterable[Row]) -> dict[int, tuple[Item, Home]]:
        rows = list(rows)
        self.relatives({row.report for row in rows})
        return {row.number: (_ITEM.decode(row.item), Home(row.leader, row.likeness)) for row in rows}

    def fetch(self, reports: Iterable[str]) -> None:
        """Fetches what is told of reports."""
        wanted = sorted({r for r in reports if r not in self._told})
        if wanted:
            self._told.update(dict.fromkeys(wanted, Told("", (), ())))
            self._told.update({told.report: told for told in self._kept.told(self._scope, wanted)})

    def told(self, report: str) -> Told:
        """The derivations and drifts of a report."""
        self.fetch([report])
        return self._told[report]

    def drifts(self, report: str) -> Sequence[Drift]:
        """See ``ledger.Ledger``."""
        return self.told(report).drifts

    def children(self, report: str) -> Sequence[str]:
        """See ``ledger.Ledger``."""
        if report not in self._children:
            self._children[report] = self._kept.told_from(self._scope, report)
        return self._children[report]

    def pin(self, ident: str) -> Claim:
        """See ``ledger.Ledger``."""
        return pin_of(self._readings([report_of(ident)]), ident)

    def holding(self, claims: Iterable[str]) -> Sequence[Finding]:
        """See ``ledger.Ledger``."""
        ids = {f for found in self._kept.findings_of(self._scope, sorted(claims)).values() for f in found}
        return list(self._kept.some_findings(self._scope, sorted(ids)).values())

    def named(self, names: Iterable[str]) -> Sequence[Finding]:
        """See ``ledger.Ledger``."""
        return self._kept.findings_named(self._scope, sorted(names))

    def drifting(self, reports: Iterable[str]) -> Sequence[Finding]:
        """See ``ledger.Ledger``."""
        ids = [i for i in self._kept.findings_in(self._scope, sorted(reports)) if is_drift(i)]
        return list(self._kept.some_findings(self._scope, ids).values())

    def relatives(self, reports: Iterable[str]) -> dict[str, Relative]:
        """Those of the reports that are known, by id."""
        reports = set(reports)
        wanted = sorted(r for r in reports if r not in self._relatives)
        if wanted:
            self._relatives.update(dict.fromkeys(wanted))
            self._relatives.update({k.report: _RELATIVE.decode(k.kin) for k in self._groups.kin(wanted)})
        return {r: found for r in reports if (found := self._relatives[r]) is not None}

    def enter(self, relatives: Iterable[Relative]) -> None:
        """Sets what reports are among others from now on."""
        self._relatives.update({r.report: r for r in relatives})

    def related(self, one: str, other: str) -> bool:
        """Whether two reports go back to one."""
        if one == other:
            return True
        first, second = self._relatives.get(one), self._relatives.get(other)
        if first is None or second is None:  # not fetched yet
            found = self.relatives([one, other])
            first, second = found[one], found[other]
        return not first.above.isdisjoint(second.above)


class _Lookup(Mapping[str, T]):
    """A part of what is known of a report, as a mapping by report."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError("books are asked for single reports")

    def __len__(self) -> int:
        raise NotImplementedError("books are asked for single reports")


class _Reaches(_Lookup[frozenset[str]]):
    def __getitem__(self, report: str) -> frozenset[str]:
        return self._books.relatives([report])[report].reaches


class _OwnOrigins(_Lookup[str]):
    def __getitem__(self, report: str) -> str:
        own = self._books.relatives([report])[report].own
        if own is None:
            raise KeyError(report)
        return own[0]


class _Passages(_Lookup[tuple[tuple[int, int, str, int, int], ...]]):
    def __init__(self, books: Books) -> None:
        super().__init__(books)
        self._made: dict[str, tuple[tuple[int, int, str, int, int], ...]] = {}

    def __getitem__(self, report: str) -> tuple[tuple[int, int, str, int, int], ...]:
        if report not in self._made:
            self._made[report] = passages_of(self._books.told(report).derivations).get(report, ())
        return self._made[report]
