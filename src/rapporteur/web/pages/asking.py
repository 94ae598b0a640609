"""Search and ask: cited findings that answer, and passages that hold the words."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from rapporteur import language
from rapporteur.asking.desk import Reply
from rapporteur.desk import asking as desk
from rapporteur.web.queries import Words
from rapporteur.web.rules import Reading
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse, shared_of

router = APIRouter(include_in_schema=False)


@router.get("/search")
def search(request: Request, viewer: Reading, record: InUse, q: Words = "") -> Response:
    """What the record holds on ``q``."""
    standing = record.standing(viewer)
    reply: Reply | None = None
    found: tuple[desk.Found, ...] = ()
    if q.strip() and standing is not None:
        reply = desk.ask(record, viewer, q, language.load(shared_of(request).options.reader.language))
        found = desk.search(record, viewer, q)
    return page(
        request,
        "search.html.j2",
        viewer,
        title="Search",
        question=q,
        reply=reply,
        found=found,
        worded=desk.worded,
        **framed(record, standing),
    )
