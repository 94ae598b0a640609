"""Findings: the list with its filters, and one with its passages and what can be decided about it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from rapporteur.desk import findings as desk
from rapporteur.web.queries import FindingQuery
from rapporteur.web.rules import Reading
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse

router = APIRouter(include_in_schema=False)


@router.get("/findings")
def listed(request: Request, viewer: Reading, record: InUse, wanted: Annotated[FindingQuery, Query()]) -> Response:
    """The findings that are wanted, by page."""
    rows = desk.findings(record, viewer, wanted.wanted, wanted.page)
    again = urlencode({k: v for k, v in wanted.model_dump(exclude={"page"}).items() if v})
    frame = framed(record, record.standing(viewer))
    return page(request, "findings.html.j2", viewer, title="Findings", rows=rows, wanted=wanted, again=again, **frame)


@router.get("/finding")
def finding(request: Request, viewer: Reading, record: InUse, id: str = "", claim: str = "") -> Response:
    """One finding, by its id or by a claim that stands in it: ids follow the claims that make a finding up, claims stay."""
    view = desk.finding(record, viewer, id) if id else desk.finding_with(record, viewer, claim)
    frame = framed(record, record.standing(viewer))
    return page(request, "finding.html.j2", viewer, title=view.heading, view=view, **frame)
