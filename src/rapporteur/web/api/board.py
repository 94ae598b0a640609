"""Boards and schedules: what is rated by whom, what waits to be decided on, what is compared."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from rapporteur.desk import board, schedules
from rapporteur.desk.rows import Rows
from rapporteur.model.board import ScheduleText
from rapporteur.model.board_view import BoardData
from rapporteur.model.comparison import Comparison
from rapporteur.web.api.answer import Ident, answer, answers
from rapporteur.web.queries import Day, PageNumber, Words
from rapporteur.web.rules import Reading
from rapporteur.web.state import InUse

router = APIRouter(prefix="/api", tags=["read"])


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


@router.get("/schedules", **answers(tuple[ScheduleText, ...]))
def get_schedules(viewer: Reading, record: InUse) -> Response:
    """The schedules that the account compares, as files."""
    return answer(schedules.kept(record))


@router.get("/schedules/{name}", **answers(Comparison))
def get_comparison(viewer: Reading, record: InUse, name: Ident) -> Response:
    """A schedule compared: simulated runs, no findings; every figure names the parameters it rests on."""
    return answer(schedules.shown(record, name))
