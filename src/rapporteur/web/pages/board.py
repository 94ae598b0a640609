"""The conditions board: the matrix, observations to decide on, and rating a condition under one's own name."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from rapporteur.desk import board as desk
from rapporteur.desk.record import Record
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import ConfigurationError, InputError
from rapporteur.stages.write.board import rows
from rapporteur.web.entries import DecisionIn, RatingIn
from rapporteur.web.queries import Day, PageNumber, Words
from rapporteur.web.rules import Analysing, Editing, Reading
from rapporteur.web.security import FormChecked
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse, shared_of

router = APIRouter(include_in_schema=False)


def board_url(name: str, below: str = "", **asked: str) -> str:
    """Where the board of a framework is shown, or a page below it."""
    return f"/board/{quote(name, safe='')}{below}" + (f"?{urlencode(asked)}" if asked else "")


@router.get("/board")
def boards(request: Request, viewer: Reading, record: InUse) -> Response:
    """The only board, or the boards to choose from, and how to begin one."""
    names = desk.names(record)
    if len(names) == 1:
        return RedirectResponse(board_url(names[0]), 303)
    return _choice(request, viewer, record)


@router.get("/boards")
def choice(request: Request, viewer: Reading, record: InUse) -> Response:
    """The boards to choose from, and how to begin one."""
    return _choice(request, viewer, record)


@router.post("/boards", dependencies=[FormChecked])
def begin(
    request: Request,
    viewer: Editing,
    record: InUse,
    shipped: Annotated[str, Form(max_length=100)] = "",
    text: Annotated[str, Form(max_length=200_000)] = "",
) -> Response:
    """Adds a framework."""
    try:
        name = desk.begin(record, viewer, text.replace("\r\n", "\n"), shipped)
    except (ConfigurationError, InputError) as error:
        return _choice(request, viewer, record, status=422, refused=str(error), text=text)
    return RedirectResponse(board_url(name), 303)


def _choice(request: Request, viewer: Viewer, record: Record, *, status: int = 200, **more: Any) -> Response:
    context = {"refused": "", "text": "", "names": desk.titles(record), "shipped": desk.shipped(), **more}
    frame = framed(record, record.standing(viewer))
    return page(request, "boards.html.j2", viewer, status=status, title="Boards", board_url=board_url, **context, **frame)


@router.get("/board/{name}")
def show(request: Request, viewer: Reading, record: InUse, name: str, as_of: Annotated[Day, Query()] = "") -> Response:
    """The board: matrix, disagreements with their kind, counts, ratings, observations."""
    data = desk.show(record, viewer, name, as_of or None)
    rating: dict[str, Any] = {"rating_base": board_url(name, "/rate")} if viewer.may("analyst") else {}
    frame = framed(record, record.standing(viewer))
    return page(
        request, "board.html.j2", viewer, title="Board", data=data, rows=rows, cited={}, name=name, as_of=as_of,
        several=len(desk.names(record)) > 1, board_url=board_url, **rating, **frame,
    )  # fmt: skip


@router.get("/board/{name}/observations")
def observations(
    request: Request, viewer: Reading, record: InUse, name: str, indicator: Words = "",
    page_: Annotated[PageNumber, Query(alias="page")] = 1,
) -> Response:  # fmt: skip
    """Claims that match the indicators, to accept or reject; and what was decided."""
    found = desk.offered(record, viewer, name, indicator, page_)
    data = desk.show(record, viewer, name)
    frame = framed(record, record.standing(viewer))
    return page(
        request, "observations.html.j2", viewer, title="Observations", name=name, found=found, indicator=indicator,
        decided=desk.decided(record, name), data=data, board_url=board_url, **frame,
    )  # fmt: skip


@router.post("/board/{name}/observe", dependencies=[FormChecked])
def observe(request: Request, viewer: Analysing, record: InUse, name: str, form: Annotated[DecisionIn, Form()]) -> Response:
    """Accepts or rejects a claim."""
    bound = (form.indicator, form.site, form.claim)
    desk.decide(record, viewer, name, bound, form.decision, why=form.why, admiralty=form.admiralty.upper())
    shared_of(request).works.refresh()
    return RedirectResponse(board_url(name, "/observations", indicator=form.indicator), 303)


@router.get("/board/{name}/rate")
def asked(request: Request, viewer: Analysing, record: InUse, name: str, condition: Words, site: Words) -> Response:
    """The form to rate a condition at a site."""
    return _form(request, viewer, record, name, RatingIn(condition=condition, site=site, question=""))


@router.post("/board/{name}/rate", dependencies=[FormChecked])
def rate(request: Request, viewer: Analysing, record: InUse, name: str, form: Annotated[RatingIn, Form()]) -> Response:
    """Adds a rating; one that may not stand is shown again with the reason."""
    try:
        ident = desk.rate(record, viewer, name, form.answer(viewer.who))
    except InputError as error:
        return _form(request, viewer, record, name, form, str(error))
    shared_of(request).works.refresh()
    return RedirectResponse(f"{board_url(name)}#b-{ident}", 303)


def _form(request: Request, viewer: Viewer, record: Record, name: str, form: RatingIn, refused: str = "") -> Response:
    sheet = desk.sheet(record, viewer, name, form.condition, form.site)
    frame = framed(record, record.standing(viewer))
    return page(
        request, "rate.html.j2", viewer, status=422 if refused else 200, title="Rate", name=name, sheet=sheet, form=form,
        refused=refused, board_url=board_url, **frame,
    )  # fmt: skip
