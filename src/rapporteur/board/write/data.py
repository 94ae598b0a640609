"""What is shown of a board, as records: the JSON of ``board show`` (schema 1), from which page and Markdown are made."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from rapporteur.board.agreement import Agreement
from rapporteur.board.disagreement import Disagreement
from rapporteur.board.evidence import Evidence
from rapporteur.board.framework import Framework
from rapporteur.board.state import Board
from rapporteur.board.views import Alpha, Cell, Counts, Minimum, view
from rapporteur.model.board import ClaimStanding, Level, Observation, Rating, entry_id

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


def board_data(
    board: Board, evidence: Evidence | None = None, *, as_of: str | None = None, known: str | None = None
) -> BoardData:
    """What is shown of ``board`` for a day, from what was known by another; with ``evidence``, observations are
    shown as they stand now."""
    seen = view(board, as_of, known)
    holding = {entry_id(r) for cell in seen.cells for r in cell.ratings}
    ratings = tuple(_rating(board.framework, ident, r, evidence, holds=ident in holding) for ident, r in seen.history)
    observations = tuple(
        _observation(board.framework, o, evidence)
        for o in board.accepted().values()
        if known is None or o.at[: len(known)] <= known
    )
    return BoardData(
        1,
        board.framework.model_dump(mode="json", exclude_none=True),
        as_of,
        known,
        tuple(_cell(board.framework, cell) for cell in seen.cells),
        tuple(_voice(c, m) for c, m in zip(seen.counts, seen.minima, strict=True)),
        tuple(_agreement(a) for a in seen.alphas),
        ratings,
        observations,
        seen.outdated,
    )


def _rating(framework: Framework, ident: str, rating: Rating, evidence: Evidence | None, *, holds: bool) -> RatingRow:
    passage = evidence.passage(rating.quotation) if evidence and rating.quotation else None
    return RatingRow(
        ident, rating.condition, rating.site, rating.question, rating.assessor, rating.role, rating.as_of, rating.made,
        rating.recorded_by, rating.level, rating.low, rating.high, in_words(framework, rating), rating.confidence,
        rating.rationale, rating.change_my_mind, rating.observations, rating.quotation,
        passage.claim.span.exact if passage else None, rating.supersedes, holds,
    )  # fmt: skip


def in_words(framework: Framework, rating: Rating) -> str:
    """ "2 intermediate (1 to 3)"; "unknown"."""
    name = framework.scale_of(rating.question).name(rating.level)
    return name if rating.low == rating.high else f"{name} ({rating.low} to {rating.high})"


def _observation(framework: Framework, seen: Observation, evidence: Evidence | None) -> ObservationRow:
    passage = evidence.passage(seen.claim) if evidence else None
    standing, origins = evidence.standing(seen.claim) if evidence and passage else (seen.standing, seen.origins)
    entry = framework.indicators.get(seen.indicator)
    return ObservationRow(
        entry_id(seen), seen.indicator, entry[0].id if entry else "", seen.site, seen.claim, seen.quote.exact,
        passage.outlet if passage else seen.report, seen.event_date, seen.report_date, seen.said_by, standing,
        seen.standing if standing != seen.standing else None, origins, seen.who, seen.admiralty,
    )  # fmt: skip


def _cell(framework: Framework, cell: Cell) -> CellRow:
    ids = tuple(entry_id(r) for r in cell.ratings)
    differences = tuple(_difference(framework, d) for d in cell.disagreements)
    return CellRow(cell.condition, cell.site, cell.kind, cell.summary, ids, differences)


def _difference(framework: Framework, found: Disagreement) -> DifferenceRow:
    one, other = found.one, found.other
    return DifferenceRow(
        (entry_id(one), entry_id(other)),
        (one.assessor, other.assessor),
        (in_words(framework, one), in_words(framework, other)),
        found.kinds,
        found.gap,
    )


def _voice(counts: Counts, minimum: Minimum) -> VoiceRow:
    voice = counts.voice
    return VoiceRow(
        voice.assessor, voice.role, voice.question, counts.scale, counts.counts, minimum.level, minimum.where, minimum.hidden
    )  # fmt: skip


def _agreement(alpha: Alpha) -> AgreementRow:
    found: Agreement = alpha.agreement
    rounded = None if found.alpha is None else round(found.alpha, 3)
    return AgreementRow(alpha.role, alpha.question, rounded, found.why, found.assessors, found.items)
