"""The board's entries: frameworks and schedules as given, observations that people accepted or rejected, ratings.

They are only ever added.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec
from msgspec import Struct

from rapporteur.model.spans import Span

Level = int | Literal["unknown", "not assessable"]
"""A level of the scale, from 0; the two words are values of their own and never stand for 0."""
Role = Literal["analyst", "party-stated", "party-inferred"]
Confidence = Literal["low", "moderate", "high"]
ClaimStanding = Literal["claimed", "corroborated", "disputed", "retracted"]


class FrameworkText(Struct, frozen=True, tag_field="entry", tag="framework"):
    """A framework file as it was given: ``text`` is its YAML, ``file`` the name by which errors call it."""

    framework: str
    version: int
    file: str
    text: str
    made: str


class Observation(Struct, frozen=True, tag_field="entry", tag="observation"):
    """A claim of the record bound to an indicator at a site, accepted or rejected by ``who``.

    ``quote`` points into the text of ``report``. ``event_date`` and ``report_date`` are ISO 8601, cut to what is known.
    ``standing`` and ``origins`` (number of independent ones) are those of the claim when it was bound. ``admiralty`` is a
    reliability and credibility code ("B2", NATO AJP-2.1): kept and shown, never reckoned with. A later observation with the
    same ``entry_id`` prevails.
    """

    framework: str
    indicator: str
    site: str
    claim: str
    report: str
    quote: Span
    event_date: str | None
    report_date: str | None
    said_by: str | None
    standing: ClaimStanding
    origins: int
    decision: Literal["accepted", "rejected"]
    who: str
    at: str
    why: str = ""
    suggested: bool = False
    admiralty: str | None = None


class Rating(Struct, frozen=True, tag_field="entry", tag="rating"):
    """One assessor's answer to one question on one condition at one site.

    ``as_of`` is the ISO day that the rating speaks of, ``made`` (ISO 8601, UTC) when it was entered, by ``recorded_by``.
    ``low``..``high`` is the range that the assessor allows around ``level`` (None where the level is no number).
    ``observations`` are ids (``entry_id``); ``quotation`` the claim that a party-stated rating quotes; ``supersedes`` the
    id of an earlier rating that this one corrects. ``scale`` is ``id@version`` of the scale rated on.
    """

    framework: str
    scale: str
    condition: str
    site: str
    question: str
    assessor: str
    role: Role
    as_of: str
    made: str
    recorded_by: str
    level: Level
    low: int | None
    high: int | None
    confidence: Confidence
    rationale: str
    change_my_mind: str
    observations: tuple[str, ...] = ()
    quotation: str | None = None
    supersedes: str | None = None


class ScheduleText(Struct, frozen=True, tag_field="entry", tag="schedule"):
    """A schedule file as it was given, to be compared in the record's accounts with so many ``runs`` and this ``seed``.

    ``schedule`` is its name, and the last of a name prevails. ``shown`` False: it was withdrawn.
    """

    schedule: str
    file: str
    text: str
    runs: int
    seed: int
    who: str
    made: str
    shown: bool = True


BoardEntry = FrameworkText | Observation | Rating | ScheduleText


def belongs_to(entry: BoardEntry) -> str:
    """The name of the framework that an entry is about, or of the schedule that it gives."""
    return entry.schedule if isinstance(entry, ScheduleText) else entry.framework


def observation_id(framework: str, indicator: str, site: str, claim: str) -> str:
    """The id of a claim's binding to an indicator at a site, whatever was decided on it."""
    return "o-" + _digest("\n".join((framework, indicator, site, claim)).encode())


def entry_id(entry: BoardEntry) -> str:
    """The name of an entry in every record: ``f-``, ``o-``, ``r-`` or ``s-`` and ten hex digits of SHA-256."""
    if isinstance(entry, Observation):
        return observation_id(entry.framework, entry.indicator, entry.site, entry.claim)
    letter = {Rating: "r", ScheduleText: "s"}.get(type(entry), "f")
    return f"{letter}-{_digest(msgspec.json.encode(entry))}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:10]
