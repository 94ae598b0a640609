"""Feeds that are followed, and alerts, as a page and as feeds of their own."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from rapporteur.desk import watching as desk
from rapporteur.errors import MissingError
from rapporteur.watch.deliver.syndication import SYNDICATIONS, Channel
from rapporteur.web.rules import Editing, Reading
from rapporteur.web.security import FormChecked
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse, shared_of

router = APIRouter(include_in_schema=False)


@router.get("/alerts")
def alerts(request: Request, viewer: Reading, record: InUse, page_: Annotated[int, Query(alias="page")] = 1) -> Response:
    """Alerts, newest first, with the passages they rest on; what could not be delivered."""
    standing = record.standing(viewer)
    rows, failed = desk.alerts(record, viewer, page_), desk.failed(record, viewer)
    return page(request, "alerts.html.j2", viewer, title="Alerts", rows=rows, failed=failed, **framed(record, standing))


@router.get("/alerts.{kind}")
def syndicated(request: Request, viewer: Reading, record: InUse, kind: str, process: str | None = None) -> Response:
    """Alerts for feed readers: rss, atom or json."""
    if kind not in SYNDICATIONS:
        raise MissingError(f"alerts.{kind}", "there is no such form of the alerts", f"known: {', '.join(SYNDICATIONS)}")
    media_type, write = SYNDICATIONS[kind]
    home = str(request.url_for("alerts"))
    title = f"Alerts: {process or record.title(record.standing(viewer))}"
    return Response(write(desk.latest(record, viewer, process), Channel(title, home, str(request.url))), media_type=media_type)


@router.get("/feeds")
def feeds(request: Request, viewer: Reading, record: InUse) -> Response:
    """The feeds that are followed, and how they go."""
    standing = record.standing(viewer)
    return page(request, "feeds.html.j2", viewer, title="Feeds", feeds=desk.feeds(record, viewer), **framed(record, standing))


@router.post("/feeds", dependencies=[FormChecked])
def follow(
    request: Request,
    viewer: Editing,
    record: InUse,
    address: Annotated[str, Form(max_length=2_000)] = "",
    listed: UploadFile | None = None,
) -> Response:
    """Follows one more feed, or those of an OPML file, and asks it at once."""
    desk.follow(record, viewer, address, listed.file.read() if listed else b"")
    shared_of(request).look()
    return RedirectResponse("/feeds", 303)


@router.post("/feeds/remove", dependencies=[FormChecked])
def unfollow(viewer: Editing, record: InUse, address: Annotated[str, Form(max_length=2_000)]) -> Response:
    """Follows a feed no longer."""
    desk.unfollow(record, viewer, address)
    return RedirectResponse("/feeds", 303)
