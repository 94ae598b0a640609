"""The first page: the process at a glance, and what is new since the last visit."""

from __future__ import annotations

import time

from fastapi import APIRouter, Request
from fastapi.responses import Response

from rapporteur.desk import overview as desk
from rapporteur.web.rules import Reading
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse, shared_of

router = APIRouter(include_in_schema=False)

COOKIE = "rapporteur-visit"
VISIT_SECONDS = 1800
"""A visit ends half an hour after the last look: the usual measure of a session on the web."""


@router.get("/")
def overview(request: Request, viewer: Reading, record: InUse) -> Response:
    """The process, or how to begin while the record is empty."""
    standing = record.standing(viewer)
    if record.behind(standing):  # feeds and the command line add to the record too
        shared_of(request).works.catch_up()
    since, seen, last = _visits(request.cookies.get(COOKIE, ""))
    if time.time() - last > VISIT_SECONDS:
        since = seen
    shown = desk.overview(record, viewer, since=since)
    response = page(request, "overview.html.j2", viewer, title="Overview", shown=shown, **framed(record, standing))
    if standing is not None:
        visit = f"{since if since is not None else standing.number}.{standing.number}.{int(time.time())}"
        response.set_cookie(COOKIE, visit, max_age=400 * 86400, httponly=True, samesite="lax")
    return response


def _visits(cookie: str) -> tuple[int | None, int | None, float]:
    """The account that this visit is compared with, the last one seen, and when (seconds)."""
    parts = cookie.split(".")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 16 for part in parts):
        return None, None, 0.0
    return int(parts[0]), int(parts[1]), float(parts[2])
