"""Which process is looked at, where a record follows several."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from rapporteur.web.rules import Reading
from rapporteur.web.security import FormChecked
from rapporteur.web.state import CHOSEN, InUse

router = APIRouter(include_in_schema=False)


@router.post("/process", dependencies=[FormChecked])
def choose(viewer: Reading, record: InUse, process: Annotated[str, Form(max_length=200)]) -> Response:
    """Shows this process from now on, in this browser."""
    record.check_process(viewer, process)
    response = RedirectResponse("/", 303)
    response.set_cookie(CHOSEN, quote(process, safe=""), max_age=400 * 86400, httponly=True, samesite="lax")
    return response
