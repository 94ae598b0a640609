"""Lineage: who took what from whom. Terms after W3C PROV (wasDerivedFrom, wasQuotedFrom, wasRevisionOf, hadPrimarySource)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from rapporteur.model.report import Precision
from rapporteur.model.spans import Span

Relation = Literal["copy", "excerpt", "rewrite", "hop", "common-origin"]
EvidenceKind = Literal["passage", "quotation", "figure", "name", "order", "credit", "date", "qualifier", "furniture"]
DriftType = Literal[
    "value", "rounding", "bound", "window", "merge", "speaker", "status", "modality", "polarity",
    "cause", "place", "date", "scope", "attribution-loss",
]  # fmt: skip


class Evidence(Struct, frozen=True):
    """One thing that speaks for a derivation, with its place in the report and, where there is one, in the parent."""

    kind: EvidenceKind
    report: Span | None
    parent: Span | None
    note: str = ""


class Derivation(Struct, frozen=True):
    """``report`` took from ``parent`` (a report id), or from an unseen origin it credits (``parent`` None, its name in
    ``credited``).

    ``score`` is a calibrated probability, ``coverage`` the share of the report's own sentences accounted for by the parent.
    ``reason`` says why a direction was chosen, or why none could be told (relation common-origin).
    """

    report: str
    parent: str | None
    credited: str | None
    relation: Relation
    score: float
    coverage: float
    evidence: tuple[Evidence, ...]
    reason: str = ""


class Origin(Struct, frozen=True):
    """Where information entered the record: a report that took from no other, or a credited outlet that is not in the record."""

    id: str
    label: str
    seen: bool
    reports: tuple[str, ...]


class Drift(Struct, frozen=True, rename={"source": "from", "target": "to"}):
    """A fact that changed along a derivation, perhaps a correction: claim ids of parent (``source``) and child (``target``)."""

    type: DriftType
    source: str
    target: str
    note: str


class Utterance(Struct, frozen=True):
    """One statement as it stands in several reports: the claim ids, and the speaker's resolved name."""

    id: str
    speaker: str
    claims: tuple[str, ...]


class ActorCluster(Struct, frozen=True):
    """One actor across reports: its fullest name, kind, and the (report, actor) ids merged into it. ``described``: ids of the
    statements whose speaker is given by a description only ("the defense secretary") that means this actor."""

    id: str
    name: str
    kind: str
    members: tuple[str, ...]
    variants: tuple[str, ...] = ()
    described: tuple[str, ...] = ()


class Placement(Struct, frozen=True):
    """About when an undated report is from: ISO ``value`` cut to ``precision``, from what it shares with the report ``by``."""

    report: str
    value: str
    precision: Precision
    basis: Literal["lineage", "utterance"]
    by: str


class Lineage(Struct, frozen=True):
    """Everything the link stage finds over a set of readings; each tuple sorted by its first fields."""

    derivations: tuple[Derivation, ...]
    origins: tuple[Origin, ...]
    drifts: tuple[Drift, ...]
    utterances: tuple[Utterance, ...]
    actors: tuple[ActorCluster, ...]
    placements: tuple[Placement, ...] = ()
