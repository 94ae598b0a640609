"""Style sheets and scripts: those of the account's page, of the desk, and htmx. Nothing is fetched from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import Response

from rapporteur.errors import MissingError
from rapporteur.web.rules import Anyone

router = APIRouter(include_in_schema=False)

ASSETS = {
    "account.css": ("rapporteur.stages.write", "templates/style.css", "text/css"),
    "desk.css": ("rapporteur.web", "static/desk.css", "text/css"),
    "desk.js": ("rapporteur.web", "static/desk.js", "text/javascript"),
    "htmx.min.js": ("rapporteur.web", "static/htmx.min.js", "text/javascript"),
    "htmx-sse.min.js": ("rapporteur.web", "static/htmx-sse.min.js", "text/javascript"),
}
"""Name -> package, file, media type."""


@cache
def _content(name: str) -> bytes:
    package, file, _ = ASSETS[name]
    return (files(package) / file).read_bytes()


@router.get("/static/{name}")
def asset(name: str, viewer: Anyone) -> Response:
    """One file. Its address carries the version, so that browsers may keep it."""
    if name not in ASSETS:
        raise MissingError(name, "there is no such file")
    return Response(_content(name), media_type=ASSETS[name][2], headers={"cache-control": "public, max-age=86400"})


@router.get("/favicon.ico")
def icon(viewer: Anyone) -> Response:
    """None: an answer keeps browsers from logging an error."""
    return Response(status_code=204)
