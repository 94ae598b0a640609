"""Boards and schedules: what is rated by whom, what waits to be decided on, what is compared."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from msgspec import Struct

from rapporteur.desk import board, schedules
from rapporteur.desk.rows import Rows
from rapporteur.model.board import ScheduleText
from rapporteur.model.board_view import BoardData
from rapporteur.model.comparison import Comparison
from rapporteur.web.api.answer import Ident, answer, answers
from rapporteur.web.entries import DecisionIn, RatingIn
from rapporteur.web.queries import Day, PageNumber, Words
from rapporteur.web.rules import Analysing, Reading
from rapporteur.web.state import InUse, shared_of

router = APIRouter(prefix="/api", tags=["board"])


class Entered(Struct, frozen=True):
    """The id of what was entered; it stands under the name of who asked."""

    ident: str


@router.get("/boards", **answers(tuple[str, ...]))
def get_boards(viewer: Reading, record: InUse) -> Response:
    """Names of the frameworks that the record's conditions are rated by."""
    return answer(board.names(record))


@router.get("/boards/{name}", **answers(BoardData))
def get_board(viewer: Reading, record: InUse, name: Ident, as_of: Annotated[Day, Query()] = "") -> Response:
    """One board: every rating, who disagrees and why, counts, observations; ``as_of``: ratings of days until then."""
    return answer(board.show(record, viewer, name, as_of or None))


@router.get("/boards/{name}/suggestions", **answers(Rows[board.Offered]))
def get_suggestions(viewer: Reading, record: InUse, name: Ident, indicator: Words = "", page: PageNumber = 1) -> Response:
    """Claims that match the indicators and on which nobody has decided."""
    return answer(board.offered(record, viewer, name, indicator, page))


@router.post("/boards/{name}/observations", **answers(Entered, 201))
def post_observation(request: Request, viewer: Analysing, record: InUse, name: Ident, decision: DecisionIn) -> Response:
    """Accepts or rejects a claim (as ``suggestions`` gives it) as an observation."""
    bound = (decision.indicator, decision.site, decision.claim)
    more = {"why": decision.why, "admiralty": decision.admiralty.upper()}
    made = board.decide(record, viewer, name, bound, decision.decision, **more)
    shared_of(request).works.refresh()
    return answer(Entered(made), 201)


@router.post("/boards/{name}/ratings", **answers(Entered, 201))
def post_rating(request: Request, viewer: Analysing, record: InUse, name: Ident, rating: RatingIn) -> Response:
    """Rates a condition at a site; ``supersedes`` names an own rating that it corrects."""
    made = board.rate(record, viewer, name, rating.answer(viewer.who))
    shared_of(request).works.refresh()
    return answer(Entered(made), 201)


@router.get("/schedules", **answers(tuple[ScheduleText, ...]))
def get_schedules(viewer: Reading, record: InUse) -> Response:
    """The schedules that the account compares, as files."""
    return answer(schedules.kept(record))


@router.get("/schedules/{name}", **answers(Comparison))
def get_comparison(viewer: Reading, record: InUse, name: Ident) -> Response:
    """A schedule compared: simulated runs, no findings; every figure names the parameters it rests on."""
    return answer(schedules.shown(record, name))
