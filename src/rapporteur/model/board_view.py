"""What is shown of a board, as records: the JSON of ``board show`` (schema 1), and a part of an account."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from rapporteur.model.board import ClaimStanding, Level

CAVEATS = (
    "Levels are an order, not a measure: no mean, no index and no signal is made from them.",
    "Unknown and not assessable are values of their own and never count as 0.",
    "Thresholds marked analyst-proposed are no party's and no commission's; no rating is derived from them.",
)


class RatingRow(Struct, frozen=True):
    """A rating in force or superseded; ``in_words`` is its level with name and range."""

    id: str
    condition: str
    site: str
    question: str
    assessor: str
    role: str
    as_of: str
    made: str
    recorded_by: str
    level: Level
    low: int | None
    high: int | None
    in_words: str
    confidence: str
    rationale: str
    change_my_mind: str
    observations: tuple[str, ...]
    quotation: str | None
    quoted: str | None
    supersedes: str | None
    holds: bool


class ObservationRow(Struct, frozen=True):
    """An accepted observation; ``standing`` as it is now, ``was`` as it was when it was bound, if that differs."""

    id: str
    indicator: str
    condition: str
    site: str
    claim: str
    quote: str
    outlet: str
    event_date: str | None
    report_date: str | None
    said_by: str | None
    standing: ClaimStanding
    was: ClaimStanding | None
    origins: int
    accepted_by: str
    admiralty: str | None


class DifferenceRow(Struct, frozen=True):
    """Two ratings (ids) of one cell that differ, and why; ``ranges_apart``: not even their ranges meet."""

    between: tuple[str, str]
    who: tuple[str, str]
    levels: tuple[str, str]
    kinds: tuple[str, ...]
    ranges_apart: bool


class CellRow(Struct, frozen=True):
    """A condition at a site: how it stands in words, the ids of the ratings that hold, every pair that differs."""

    condition: str
    site: str
    kind: str
    summary: str
    ratings: tuple[str, ...]
    differences: tuple[DifferenceRow, ...]


class VoiceRow(Struct, frozen=True):
    """An assessor in one role on one question: counts of each value, and the lowest level given to core conditions."""

    assessor: str
    role: str
    question: str
    scale: str
    counts: tuple[tuple[str, int], ...]
    lowest: str | None
    lowest_at: tuple[str, ...]
    no_level_at: tuple[str, ...]


class AgreementRow(Struct, frozen=True):
    """Krippendorff's alpha (ordinal) among the assessors of one role on one question, or why there is none."""

    role: str
    question: str
    alpha: float | None
    why: str
    assessors: int
    items: int


class BoardData(Struct, frozen=True):
    """A board as shown. ``framework`` is the file as read: conditions in their source's wording, indicators, thresholds."""

    schema: int
    framework: dict[str, Any]
    as_of: str | None
    known: str | None
    cells: tuple[CellRow, ...]
    voices: tuple[VoiceRow, ...]
    agreement: tuple[AgreementRow, ...]
    ratings: tuple[RatingRow, ...]
    observations: tuple[ObservationRow, ...]
    outdated: int
    caveats: tuple[str, ...] = CAVEATS
