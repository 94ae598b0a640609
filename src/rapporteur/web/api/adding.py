"""Reports added by programs; each request begins a work, whose steps can be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from fastapi import APIRouter, Body, Depends, File, Query, Request, UploadFile
from fastapi.responses import Response
from msgspec import Struct
from pydantic import BaseModel, Field

from rapporteur.desk import Viewer
from rapporteur.desk.adding import Addition, Address, Step, Uploaded, check
from rapporteur.errors import MissingError
from rapporteur.model.capture import content_hash
from rapporteur.store.team_base import COMMON
from rapporteur.web.api.answer import Ident, answer, answers
from rapporteur.web.queries import Words
from rapporteur.web.rules import Analysing, Reading
from rapporteur.web.state import InUse, shared_of

router = APIRouter(prefix="/api", tags=["add"])


def _process(viewer: Analysing, record: InUse, into: Annotated[Words, Query(max_length=200)] = COMMON) -> str:
    if into != COMMON:
        record.check_process(viewer, into)
    return into


Into = Annotated[str, Depends(_process)]
"""The process that reports are added to; without one they are everybody's."""


class Begun(Struct, frozen=True):
    """A work that has begun: its id, and where its steps are found."""

    work: str
    steps: str


class WorkState(Struct, frozen=True):
    """How far a work has got; ``failed`` says why it came to nothing."""

    title: str
    ended: bool
    failed: str | None
    steps: tuple[Step, ...]


class ReportIn(BaseModel):
    """A report as a row of JSON Lines."""

    text: Annotated[str, Field(max_length=2_000_000)]
    id: Annotated[Words, Field(max_length=200)] | None = None
    title: Words | None = None
    published: Annotated[Words, Field(max_length=40)] | None = None
    outlet: Words | None = None
    url: Annotated[Words, Field(max_length=2000)] | None = None


class AddressIn(BaseModel):
    """An http or https address."""

    url: Annotated[Words, Field(min_length=1, max_length=2000)]


@router.post("/reports", **answers(Begun, 202))
def post_reports(
    request: Request, viewer: Analysing, into: Into, rows: Annotated[list[ReportIn], Body(min_length=1, max_length=5000)]
) -> Response:
    """Reports as rows, in the form that ``rapporteur read`` takes as JSON Lines."""
    data = b"".join(msgspec.json.encode(row.model_dump(exclude_none=True)) + b"\n" for row in rows)
    return _begun(request, viewer, into, [Uploaded(f"api-{content_hash(data)[:12]}.jsonl", data)], f"{len(rows)} rows")


@router.post("/uploads", **answers(Begun, 202))
def post_uploads(request: Request, viewer: Analysing, into: Into, files: Annotated[list[UploadFile], File()]) -> Response:
    """Files of any format that is read."""
    sent = [Uploaded(f.filename or "unnamed", f.file.read()) for f in files]
    return _begun(request, viewer, into, sent, f"{len(sent)} files")


@router.post("/addresses", **answers(Begun, 202))
def post_address(request: Request, viewer: Analysing, into: Into, address: AddressIn) -> Response:
    """A page on the web; addresses inside private networks are refused."""
    return _begun(request, viewer, into, [Address(address.url.strip())], address.url.strip())


@router.get("/works/{ident}", **answers(WorkState))
def get_work(request: Request, viewer: Reading, ident: Ident) -> Response:
    """The steps of a work so far."""
    work = shared_of(request).works.get(ident, viewer)
    if work is None:
        raise MissingError(ident, "no such work is under way", "what is done is forgotten after a month")
    return answer(WorkState(work.title, work.ended, work.failed, tuple(work.steps)))


def _begun(request: Request, viewer: Viewer, into: str, additions: Sequence[Addition], title: str) -> Response:
    check(additions)
    work = shared_of(request).works.add(viewer, additions, title, into)
    return answer(Begun(work.ident, f"/api/works/{work.ident}"), 202)
