"""The API described: as OpenAPI for programs, and as a page for people."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from rapporteur.web.api.answer import described
from rapporteur.web.rules import Reading
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse

router = APIRouter(prefix="/api", include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request, viewer: Reading) -> Response:
    """The description by the OpenAPI specification, with the schemas of all answers."""
    return JSONResponse(described(request.app))


@router.get("/docs")
def docs(request: Request, viewer: Reading, record: InUse) -> Response:
    """Every route with what it takes."""
    routes = [
        (method.upper(), path, told)
        for path, methods in described(request.app)["paths"].items()
        for method, told in methods.items()
    ]
    return page(request, "api.html.j2", viewer, title="API", routes=routes, **framed(record, record.standing(viewer)))
