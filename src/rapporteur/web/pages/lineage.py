"""Lineage: families of reports, and one as a picture with the evidence."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from rapporteur.desk import lineage as desk
from rapporteur.stages.write.names import name_of
from rapporteur.stages.write.page.lanes import layout_of
from rapporteur.stages.write.page.lineage_picture import picture_of
from rapporteur.web.queries import PageNumber
from rapporteur.web.rules import Reading
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse

router = APIRouter(include_in_schema=False)


@router.get("/lineage")
def families(request: Request, viewer: Reading, record: InUse, page_: Annotated[PageNumber, Query(alias="page")] = 1) -> Response:
    """The families, largest first; the picture of the largest comes after the page."""
    rows, alone = desk.families(record, viewer, page_)
    frame = framed(record, record.standing(viewer))
    return page(request, "lineage.html.j2", viewer, title="Lineage", rows=rows, alone=alone, **frame)


@router.get("/lineage/picture")
def picture(viewer: Reading, record: InUse, report: str) -> Response:
    """The picture of the family of ``report``, as a piece of a page."""
    return HTMLResponse(_drawn(desk.picture(record, viewer, report)))


@router.get("/lineage/{ident:path}")
def family(request: Request, viewer: Reading, record: InUse, ident: str) -> Response:
    """One family: picture, derivations in words with their evidence, origins."""
    view = desk.family(record, viewer, ident)
    frame = framed(record, record.standing(viewer))
    return page(request, "family.html.j2", viewer, title=f"Lineage: {view.family.name}", view=view, ident=ident, **frame)


@lru_cache(maxsize=64)
def _drawn(family: desk.Drawing) -> str:
    names = {report.id: name_of(report) for report in family.reports}
    return str(picture_of(layout_of(family, names), "lineage"))
