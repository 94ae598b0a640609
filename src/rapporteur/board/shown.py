"""A board as the records that are shown (``model/board_view.py``)."""

from __future__ import annotations

from rapporteur.board.agreement import Agreement
from rapporteur.board.disagreement import Disagreement
from rapporteur.board.evidence import Evidence
from rapporteur.board.framework import Framework
from rapporteur.board.state import Board, until
from rapporteur.board.views import Alpha, Cell, Counts, Minimum, view
from rapporteur.model.board import Observation, Rating, entry_id
from rapporteur.model.board_view import AgreementRow, BoardData, CellRow, DifferenceRow, ObservationRow, RatingRow, VoiceRow


def board_data(
    board: Board, evidence: Evidence | None = None, *, as_of: str | None = None, known: str | None = None
) -> BoardData:
    """What is shown of ``board`` for a day, from what was known by another; with ``evidence``, observations are
    shown as they stand now. Of observations those are shown that come from reports until that day, or from undated ones."""
    seen = view(board, as_of, known)
    holding = {entry_id(r) for cell in seen.cells for r in cell.ratings}
    ratings = tuple(_rating(board.framework, ident, r, evidence, holds=ident in holding) for ident, r in seen.history)
    observations = tuple(
        _observation(board.framework, o, evidence)
        for o in board.accepted().values()
        if until(o.at, known) and until(o.report_date or "", as_of)
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
