"""What a record's standing holds, and how it is changed and asked (``standing_base.StandingStore``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from rapporteur.model.account import Finding, FindingKind, Verdict
from rapporteur.model.lineage import Derivation, Drift
from rapporteur.store.groups_base import Regrouped

WHOLE = ""
"""The scope of a record as a whole; other scopes are names of processes."""


class State(Struct, frozen=True):
    """To where a standing was brought: ``version`` of the rules that made it, the last report and judgement that the findings
    count, how many reports they have, and the last ones that count in who took what from whom."""

    version: str
    report: int
    judgement: int
    reports: int
    linked: int = 0
    judged: int = 0


class Linked(Struct, frozen=True):
    """What linking keeps of one report, its own business but for ``parents``: the reports it may have taken from first of all.

    ``head`` is the little that is asked of many reports at once. Written with None, ``profile`` or ``parents`` stay as they are
    kept.
    """

    report: str
    head: bytes
    profile: bytes | None
    node: bytes
    parents: tuple[str, ...] | None


class Told(Struct, frozen=True):
    """The derivations of one report, what drifted along them, and the share of its sentences that no parent tells."""

    report: str
    derivations: tuple[Derivation, ...]
    drifts: tuple[Drift, ...]
    fresh: float | None = None


class Change(Struct, frozen=True):
    """An update: what is given takes the place of what was kept under the same report, finding or name; ``dropped`` are findings
    that are none any more, a part of None goes. ``anew``: nothing that was linked or told before is left."""

    state: State
    linked: tuple[Linked, ...] = ()
    told: tuple[Told, ...] = ()
    findings: tuple[Finding, ...] = ()
    dropped: tuple[str, ...] = ()
    parts: Mapping[str, bytes | None] = {}
    anew: bool = False
    grouped: Regrouped | None = None


class Asked(Struct, frozen=True):
    """Which findings, in which order. ``text`` stands in the label, in any case; ``report`` holds a claim of it."""

    kind: FindingKind | None = None
    verdict: Verdict | None = None
    report: str | None = None
    text: str | None = None
    origins: int | None = None
    sort: Literal["weight", "date"] = "weight"


class Changed(Struct, frozen=True):
    """A finding that is new, changed or dropped since a moment; as it is, or was last."""

    change: Literal["new", "changed", "dropped"]
    finding: Finding
