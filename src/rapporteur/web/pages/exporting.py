"""The account as a file, in every format, and its tables; the issues met while reading."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from rapporteur.desk import exporting as desk
from rapporteur.stages.write import FORMATS
from rapporteur.web.rules import Reading
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse

router = APIRouter(include_in_schema=False)


@router.get("/export")
def choices(request: Request, viewer: Reading, record: InUse) -> Response:
    """Formats and tables to choose from."""
    frame = framed(record, record.standing(viewer))
    return page(request, "export.html.j2", viewer, title="Export", formats=FORMATS, tables=desk.TABLES, **frame)


@router.get("/export/account/{name}")
def account(viewer: Reading, record: InUse, name: str) -> Response:
    """The account in one format, to be saved."""
    return saved(desk.account(record, viewer, name))


@router.get("/export/table/{name}")
def table(viewer: Reading, record: InUse, name: str) -> Response:
    """One table, to be saved."""
    return saved(desk.table(record, viewer, name))


def saved(file: desk.File) -> Response:
    """``file`` as a download."""
    headers = {"content-disposition": f'attachment; filename="{file.name}"'}
    return Response(file.data, media_type=file.media_type, headers=headers)


@router.get("/issues")
def issues(request: Request, viewer: Reading, record: InUse) -> Response:
    """What could not be read or understood."""
    standing = record.standing(viewer)
    found = standing.shown.issues if standing else ()
    return page(request, "issues.html.j2", viewer, title="Issues", issues=found, **framed(record, standing))
