"""The review queue, the judgements made, and making one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from rapporteur.accounts import LARGE
from rapporteur.desk import judging as desk
from rapporteur.web.queries import JudgementForm, PageNumber
from rapporteur.web.rules import Editing, Reading
from rapporteur.web.security import FormChecked
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse, Shared, shared_of

router = APIRouter(include_in_schema=False)

PATIENCE_SECONDS = 10.0
"""How long an answer waits for the account of a small record to show the judgement: made in a second, in a few on a busy machine.
In a large record it follows later."""


@router.get("/review")
def review(request: Request, viewer: Reading, record: InUse, page_: Annotated[PageNumber, Query(alias="page")] = 1) -> Response:
    """What waits to be looked at."""
    rows = desk.queue(record, viewer, page_)
    return page(request, "review.html.j2", viewer, title="Review", rows=rows, **framed(record, record.standing(viewer)))


@router.get("/judgements")
def judgements(
    request: Request, viewer: Reading, record: InUse, page_: Annotated[PageNumber, Query(alias="page")] = 1
) -> Response:
    """The judgements made, latest first."""
    rows = desk.decisions(record, viewer, page_)
    return page(request, "judgements.html.j2", viewer, title="Judgements", rows=rows, **framed(record, record.standing(viewer)))


@router.post("/judge", dependencies=[FormChecked])
async def judge(request: Request, viewer: Editing, form: Annotated[JudgementForm, Form()]) -> Response:
    """Records a judgement, and goes back to where it was made."""
    shared = shared_of(request)
    large = await run_in_threadpool(_judged, shared, viewer, form)
    making = shared.works.refresh()
    if not large:
        await making.ending(PATIENCE_SECONDS)
    return RedirectResponse(form.back, 303)


def _judged(shared: Shared, viewer: Editing, form: JudgementForm) -> bool:
    """Records it; whether the record is a large one."""
    with shared.record(viewer) as record:
        desk.judge(record, viewer, form.asked)
        return record.store.moment().report > LARGE
