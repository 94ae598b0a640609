"""From what the desk returns to a page: the template environment, addresses of things, the frame around every page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from rapporteur import __version__
from rapporteur.desk import Record, Standing, Viewer
from rapporteur.stages.write.dates import short, spoken
from rapporteur.stages.write.drifted import CHANGED
from rapporteur.stages.write.names import origins_counted
from rapporteur.stages.write.numbers import plural
from rapporteur.watch.deliver.base import passage_path
from rapporteur.web.navigation import PLACES
from rapporteur.web.security import COOKIE, form_key, form_token
from rapporteur.web.terms import JUDGED, STANDS, TOOK, likely


def report_url(report: str, claim: str | None = None) -> str:
    """Where a report is read; with ``claim``, at its passage, highlighted."""
    return passage_path(claim) if claim else f"/report/{quote(report, safe='')}"


def claim_url(claim: str) -> str:
    """Where the passage of a claim is read."""
    return passage_path(claim)


def finding_url(finding: str) -> str:
    """Where a finding is shown with all its passages."""
    return f"/finding?{urlencode({'id': finding})}"


def minute(instant: str) -> str:
    """ "2031-03-02T09:00:00Z" as "2 Mar 2031, 09:00 UTC"."""
    return f"{short(instant)}, {instant[11:16]} UTC" if len(instant) > 15 else short(instant)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Templates of the pages; those of accounts can be included in them. Everything is escaped."""
    made = Environment(
        loader=ChoiceLoader(
            [PackageLoader("rapporteur.web", "templates"), PackageLoader("rapporteur.stages.write", "templates")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(spoken=spoken, short=short, minute=minute)
    made.tests["claim"] = lambda subject: "#" in subject
    made.globals.update(
        plural=plural,
        origins_counted=origins_counted,
        STANDS=STANDS,
        TOOK=TOOK,
        CHANGED=CHANGED,
        JUDGED=JUDGED,
        likely=likely,
        report_url=report_url,
        claim_url=claim_url,
        finding_url=finding_url,
        places=PLACES,
        version=__version__,
    )
    return made


def page(request: Request, template: str, viewer: Viewer | None, *, status: int = 200, **context: Any) -> HTMLResponse:
    """``template`` with ``context``. Sets the cookie that forms need. Answers htmx gets the same page: it picks its part."""
    frame = {"request": request, "viewer": viewer, "form_token": form_token(request), "here": request.url.path}
    without: dict[str, Any] = {"title": "Rapporteur", "process": None, "choices": {}}
    html = environment().get_template(template).render(**{**without, **frame, **context})
    response = HTMLResponse(html.encode("utf-8", "replace"), status)
    if COOKIE not in request.cookies:
        response.set_cookie(COOKIE, form_key(request), httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response


def framed(record: Record, standing: Standing | None) -> Mapping[str, Any]:
    """What the frame of a page about the record needs, besides what ``page`` adds."""
    choices = record.choices if len(record.choices) > 1 else {}
    frame = {"process": record.title(standing), "choices": choices, "chosen": record.shown}
    return {**frame, "standing": standing, "waiting": record.waiting(standing)}
