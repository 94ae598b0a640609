"""Reports added: pasted, uploaded, by address, or the example; and the page that shows how far it has got."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from rapporteur.desk.adding import Addition, Address, Example, Uploaded, check
from rapporteur.errors import MissingError
from rapporteur.store.team_base import COMMON
from rapporteur.web.queries import PastedForm
from rapporteur.web.queued import COMPARE, QueuedWork
from rapporteur.web.rules import Analysing, Reading
from rapporteur.web.security import FormChecked
from rapporteur.web.show import environment, framed, page
from rapporteur.web.state import InUse, shared_of

router = APIRouter(include_in_schema=False)


def _process(viewer: Analysing, record: InUse, into: Annotated[str, Form(max_length=200)] = COMMON) -> str:
    if into != COMMON:
        record.check_process(viewer, into)
    return into


Into = Annotated[str, Depends(_process)]
"""The process that the form's reports are added to; ``COMMON`` is everybody's."""


@router.get("/add")
def form(request: Request, viewer: Analysing, record: InUse) -> Response:
    """The ways to add reports."""
    names = record.processes(viewer)
    return page(request, "add.html.j2", viewer, title="Add reports", names=names, **framed(record, record.standing(viewer)))


@router.post("/add/text", dependencies=[FormChecked])
def text(request: Request, viewer: Analysing, into: Into, pasted: Annotated[PastedForm, Form()]) -> Response:
    """A pasted text."""
    return _begun(request, viewer, into, [pasted.pasted], "a pasted text")


@router.post("/add/files", dependencies=[FormChecked])
def uploads(request: Request, viewer: Analysing, into: Into, files: list[UploadFile]) -> Response:
    """Files, of any format that is read."""
    sent = [Uploaded(file.filename or "unnamed", file.file.read()) for file in files if file.filename]
    return _begun(request, viewer, into, sent, f"{len(sent)} file{'' if len(sent) == 1 else 's'}")


@router.post("/add/address", dependencies=[FormChecked])
def address(request: Request, viewer: Analysing, into: Into, url: Annotated[str, Form(max_length=2000)]) -> Response:
    """A page on the web."""
    return _begun(request, viewer, into, [Address(url.strip())], url.strip())


@router.post("/add/example", dependencies=[FormChecked])
def example(request: Request, viewer: Analysing, into: Into) -> Response:
    """The example's reports."""
    return _begun(request, viewer, into, [Example()], "the example's reports")


def _begun(request: Request, viewer: Analysing, into: str, additions: Sequence[Addition], title: str) -> Response:
    check(additions)
    work = shared_of(request).works.add(viewer, additions, title, into)
    return RedirectResponse(f"/work/{work.ident}", 303)


@router.get("/work/{ident}")
def progress(request: Request, viewer: Reading, record: InUse, ident: str) -> Response:
    """How far the reading has got; follows it while it goes on."""
    work = _work(request, viewer, ident)
    if work.job.kind == COMPARE:
        return RedirectResponse(f"/schedules/run/{ident}", 303)
    return page(request, "work.html.j2", viewer, title="Reading", work=work, **framed(record, record.standing(viewer)))


@router.get("/work/{ident}/steps")
async def steps(request: Request, viewer: Reading, ident: str) -> Response:
    """The steps as server-sent events, each a piece of the page."""
    work = _work(request, viewer, ident)
    last = request.headers.get("last-event-id", "0")
    return EventSourceResponse(_events(work, int(last) if last.isdecimal() else 0))


async def _events(work: QueuedWork, seen: int) -> AsyncIterator[ServerSentEvent]:
    template = environment().get_template("step.html.j2")
    async for number, step in work.follow(seen):
        yield ServerSentEvent(template.render(step=step, failed=None), event="step", id=str(number))
    failed = await run_in_threadpool(lambda: work.now().failed)
    if failed:
        yield ServerSentEvent(template.render(step=None, failed=failed), event="step")
    yield ServerSentEvent("", event="end")


def _work(request: Request, viewer: Reading, ident: str) -> QueuedWork:
    work = shared_of(request).works.get(ident, viewer)
    if work is None:
        raise MissingError(ident, "no such work is under way", "what was read is among the reports")
    return work
