"""The list of reports, and one report with its claims marked, beside the report it took from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from rapporteur.desk import reports as desk
from rapporteur.web.marks import column_of
from rapporteur.web.rules import Reading
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse

router = APIRouter(include_in_schema=False)


@router.get("/reports")
def listed(
    request: Request, viewer: Reading, record: InUse, q: str = "", page_: Annotated[int, Query(alias="page")] = 1
) -> Response:
    """All reports, by page."""
    rows = desk.reports(record, viewer, words=q, page=page_)
    frame = framed(record, record.standing(viewer))
    return page(request, "reports.html.j2", viewer, title="Reports", rows=rows, q=q, **frame)


@router.get("/report/{ident:path}")
def report(
    request: Request, viewer: Reading, record: InUse, ident: str, claim: str | None = None, beside: str | None = None
) -> Response:
    """One report. ``claim``: the passage to highlight; ``beside``: a relative to show at its side."""
    view = desk.report(record, viewer, ident, beside)
    return page(
        request,
        "report.html.j2",
        viewer,
        title=view.name,
        view=view,
        own=column_of(view, claim, own=True),
        other=column_of(view, claim, own=False) if view.beside else None,
        claim=claim,
        **framed(record, record.standing(viewer)),
    )


@router.get("/original/{ident:path}")
def original(viewer: Reading, record: InUse, ident: str) -> Response:
    """The bytes as they were captured, to be saved: a browser does not show or run them."""
    reading, content = desk.original(record, viewer, ident)
    headers = {"content-disposition": 'attachment; filename="original"', "x-rapporteur-media-type": reading.report.media_type}
    return Response(content, media_type="application/octet-stream", headers=headers)
