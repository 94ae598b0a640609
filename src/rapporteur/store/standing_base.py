"""The contract of a record's standing: who took what from whom, and what the record holds, kept and brought up to date.

A record has one (``Store.standing``) for each scope: the whole record (``WHOLE``), or a process that is followed. It is made from
the reports and judgements and can be made again at any time; nothing rests on it alone. It shows one moment, the last it was
brought to; earlier moments are made anew from the record. ``pipeline.standing`` writes it, faces read pages of it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from rapporteur.model.account import Finding, FindingKind, Verdict
from rapporteur.model.lineage import Derivation
from rapporteur.store.groups_base import GroupStore
from rapporteur.store.standing_records import WHOLE, Asked, Change, Changed, Linked, State, Told


class StandingStore(ABC):
    """The standing of one record. ``StoreError`` when the database cannot be read or written."""

    @abstractmethod
    def state(self, scope: str = WHOLE) -> State | None:
        """To where the standing was brought; None before the first time."""

    @abstractmethod
    def change(self, scope: str, change: Change, before: State | None) -> bool:
        """Makes an update, all of it or nothing: False, and nothing changes, when the state is not ``before`` (any more)."""

    @abstractmethod
    def heads(self, scope: str, reports: Sequence[str]) -> dict[str, bytes]:
        """``Linked.head`` of those of ``reports`` that the standing has."""

    @abstractmethod
    def groups(self, scope: str) -> GroupStore:
        """What reconciling keeps between runs."""

    @abstractmethod
    def linked(self, scope: str, reports: Sequence[str]) -> dict[str, Linked]:
        """What linking keeps of those of ``reports`` that the standing has, without their parents."""

    @abstractmethod
    def takers(self, scope: str, report: str) -> list[str]:
        """Sorted ids of the reports that have ``report`` among their ``Linked.parents``."""

    @abstractmethod
    def parts(self, scope: str, names: Sequence[str]) -> dict[str, bytes]:
        """What is kept under those of ``names`` that are known: the state of reconciling, its own business."""

    @abstractmethod
    def told(self, scope: str, reports: Sequence[str] | None = None) -> list[Told]:
        """The derivations and drifts of ``reports`` (None: of all) that have any, by report id."""

    @abstractmethod
    def children(self, scope: str, report: str) -> list[Derivation]:
        """The derivations of others from ``report``, by their report's id."""

    @abstractmethod
    def told_from(self, scope: str, report: str) -> list[str]:
        """Sorted ids of the reports that have a derivation from ``report``."""

    @abstractmethod
    def findings(self, scope: str, asked: Asked, limit: int, offset: int = 0) -> tuple[int, list[Finding]]:
        """How many findings are as ``asked``, and ``limit`` of them from ``offset`` on: heaviest or newest first, then by id."""

    @abstractmethod
    def some_findings(self, scope: str, ids: Sequence[str]) -> dict[str, Finding]:
        """Those of the findings with these ids that the standing has."""

    @abstractmethod
    def findings_of(self, scope: str, claims: Sequence[str]) -> dict[str, list[str]]:
        """For each of ``claims`` the sorted ids of the findings in which it supports, contradicts or is a part."""

    @abstractmethod
    def findings_named(self, scope: str, names: Sequence[str]) -> list[Finding]:
        """The findings whose id is one of ``names``, or one of them with a dash and a number from 2 on after it, by id. Those of
        one name are numbered without a gap."""

    @abstractmethod
    def findings_in(self, scope: str, reports: Sequence[str]) -> list[str]:
        """Sorted ids of the findings that hold a claim of one of ``reports``."""

    @abstractmethod
    def verdicts(self, scope: str) -> dict[tuple[FindingKind, Verdict], int]:
        """How many findings there are of each kind and verdict."""

    @abstractmethod
    def changed(self, scope: str, report: int, judgement: int, limit: int, offset: int = 0) -> tuple[int, list[Changed]]:
        """How many findings have changed since the standing counted these many reports and judgements, and a page of them."""

    def chain(self, scope: str, report: str, most: int = 50) -> list[Told]:
        """``report`` and its direct parents up to the first: each with its derivations; at most ``most`` steps."""
        out: list[Told] = []
        at: str | None = report
        while at is not None and len(out) < most and at not in {step.report for step in out}:
            found = self.told(scope, [at])
            out.append(found[0] if found else Told(at, (), ()))
            above = [d for d in out[-1].derivations if d.parent is not None and d.relation != "common-origin"]
            at = max(above, key=lambda d: d.score).parent if above else None
        return out
