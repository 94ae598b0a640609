"""Findings and the account: what the record holds across reports, and how it is shown. Schema 1."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from msgspec import Struct

from rapporteur.model.board_view import BoardData
from rapporteur.model.comparison import Comparison
from rapporteur.model.lineage import ActorCluster, Derivation, Drift, Origin, Placement
from rapporteur.model.report import Credit, Dateline, Issue, Precision, Published

Verdict = Literal["agree", "differ", "drift", "sum", "superseded", "single"]
FindingKind = Literal["figure", "statement", "event", "position", "commitment"]


class Finding(Struct, frozen=True):
    """What the record holds on one measure, utterance or event. ``supports``/``contradicts`` are claim ids; ``origins`` and
    ``speakers`` count independent ones; ``parts`` are finding or claim ids that make up a sum or superseded readings;
    ``rejected`` are claims that stood here until a person rejected them."""

    id: str
    kind: FindingKind
    label: str
    verdict: Verdict
    supports: tuple[str, ...]
    contradicts: tuple[str, ...]
    origins: int
    speakers: int
    parts: tuple[str, ...] = ()
    drifts: tuple[Drift, ...] = ()
    low: float | None = None
    high: float | None = None
    as_of: str | None = None
    weight: float = 0.0
    rejected: tuple[str, ...] = ()

    def claims(self) -> tuple[str, ...]:
        """Ids of all claims that stand in it, also those that people rejected; without the findings that are its parts."""
        held = (*self.supports, *self.contradicts, *self.parts, *self.rejected)
        return tuple(dict.fromkeys(claim for claim in held if "#" in claim))


class CitedLine(Struct, frozen=True):
    """A line of the brief: ``finding`` is the finding it states, ``origins``/``speakers`` its counts, ``reports`` how many carry
    it."""

    text: str
    cites: tuple[str, ...]
    finding: str | None = None
    verdict: Verdict | None = None
    origins: int = 0
    speakers: int = 0
    reports: int = 0


class TimelineEntry(Struct, frozen=True):
    date: str
    precision: Precision
    text: str
    cites: tuple[str, ...]
    finding: str | None = None


class SeriesPoint(Struct, frozen=True):
    """One reading of a measure: ``low``..``high`` are its bounds (None: open), ``value`` the stated number. ``dated`` says what
    ``date`` is: the day the figure holds for, else that of its report's publication, else about when an undated one is from."""

    date: str
    value: float | None
    low: float | None
    high: float | None
    bound: str
    claim: str
    said_by: str | None
    dated: Literal["as-of", "published", "placed"] | None = None


class Series(Struct, frozen=True):
    id: str
    label: str
    unit: str | None
    points: tuple[SeriesPoint, ...]
    finding: str


class AccountReport(Struct, frozen=True):
    """A report as listed in an account: its reading's report without the text. ``placed`` says about when a report without a
    date is from, by what it shares with a dated one; it is never a date of publication."""

    id: str
    path: str | None
    url: str | None
    title: str | None
    outlet: str | None
    byline: tuple[str, ...]
    dateline: Dateline | None
    published: Published | None
    language: str
    credits: tuple[Credit, ...]
    issues: tuple[Issue, ...]
    sha256: str
    characters: int
    placed: Placement | None = None


class Process(Struct, frozen=True):
    """What the account is of. ``origins`` are texts in which information entered the record, ``publishers`` those behind them:
    two agency reports that were written apart are two origins of one publisher."""

    title: str
    as_of: str | None
    reports: int
    origins: int
    speakers: int
    made_at: str | None
    version: str
    publishers: int = 0


class PositionRow(TypedDict):
    """Where a party stands on an issue, with the words it rests on; ``stated`` False: inferred from what it did. ``dated`` says
    what ``date`` is: the day that the report names for the stand, or that of the report, on which it still held."""

    party: str
    issue: str
    stance: str
    stated: bool
    date: str | None
    dated: NotRequired[Literal["named", "published"] | None]
    text: str
    cites: list[str]


class CommitmentRow(TypedDict):
    """Who promised what by when; ``status`` pending: the due date lies ahead; unknown: no report here says. ``later``: the claims
    of later reports that tell what became of it. ``dated`` as in ``PositionRow``."""

    party: str
    action: str
    due: str | None
    status: Literal["kept", "broken", "pending", "unknown"]
    date: str | None
    dated: NotRequired[Literal["named", "published"] | None]
    text: str
    cites: list[str]
    later: NotRequired[list[str]]


class IncidentRow(TypedDict):
    """People killed, wounded, captured, missing or displaced, lowest and highest figure, from how many origins. ``dated`` says
    what ``date`` is: the day the figure holds for, the date its sentence names, or that of the report."""

    date: str | None
    dated: NotRequired[Literal["as-of", "named", "published", "placed"] | None]  # accounts kept before it was told have none
    state: str | None
    places: list[str]
    low: float | None
    high: float | None
    verdict: Verdict
    origins: int
    finding: str
    text: str
    cites: list[str]


class PostureRow(TypedDict):
    """A stated level of forces in a country or at a publicly named base. ``dated`` says what ``date`` is, as in SeriesPoint;
    ``level`` tells the number, or the range over ``reports``, with the bounds that were stated."""

    place: str
    whose: str | None
    date: str | None
    dated: str | None
    level: str
    said_by: list[str]
    reports: int
    origins: int
    text: str
    cites: list[str]


class Before(TypedDict):
    """How a finding stood in the earlier account."""

    verdict: Verdict
    low: float | None
    high: float | None


class GridRow(TypedDict):
    """A stand on an issue that the process file names; ``options`` the ways to settle it that the words lean to."""

    issue: str
    party: str
    stance: str
    options: list[str]
    stated: bool
    date: str | None
    text: str
    cites: list[str]


class FollowedRow(TypedDict):
    """A measure that the process file follows, and the findings that read it."""

    measure: str
    findings: list[str]


class WatchRow(TypedDict):
    """A passage that holds a word to watch."""

    word: str
    date: str | None
    text: str
    cites: list[str]


class JudgementRow(TypedDict):
    """A judgement in force: ``subjects`` as judged, ``text`` the words of the first of them that is a claim."""

    id: str
    verb: str
    subjects: list[str]
    who: str
    at: str
    why: str
    value: str | None
    text: str


class ChangeRow(TypedDict):
    """A finding that is new, changed, contradicted or dropped since the earlier account, or vanished from an updated report."""

    change: Literal["new", "changed", "contradicted", "dropped", "vanished"]
    finding: str
    text: str
    cites: list[str]
    verdict: Verdict
    before: Before | None


class Account(Struct, frozen=True):
    """One account. ``claims`` are the readings' claims as plain objects with ``report`` added (schema 1, docs/schema);
    ``questions`` what the reports leave open, each with the claims that raise it; ``actors`` those who speak, across reports;
    ``judgements`` the decisions of people that are in force. A claim on which one bears has ``judged``.
    ``grid``, ``followed`` and ``watch`` answer the process file, where there is one; ``boards`` and ``schedules``
    stand where the record has them, and a simulated run is never a finding."""

    schema: int
    process: Process
    reports: tuple[AccountReport, ...]
    claims: tuple[dict[str, Any], ...]
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
    boards: tuple[BoardData, ...] = ()
    schedules: tuple[Comparison, ...] = ()
