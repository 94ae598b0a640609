"""Schedules: alternatives edited in a form, compared with progress, shown with their assumptions, kept for the account."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from rapporteur.desk import schedules as desk
from rapporteur.desk.record import Record
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import ConfigurationError, InputError, MissingError
from rapporteur.model.comparison import Comparison
from rapporteur.stages.write.schedule import tables
from rapporteur.stages.write.schedule.page import View
from rapporteur.web.queued import COMPARE, QueuedWork
from rapporteur.web.rules import Analysing, Editing, Reading
from rapporteur.web.security import FormChecked
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse, shared_of

router = APIRouter(include_in_schema=False)

Name = Annotated[str, Query(max_length=41, pattern=rf"^{desk.NAME}$")]
FormName = Annotated[str, Form(max_length=41, pattern=rf"^{desk.NAME}$")]


@router.get("/schedules")
def listed(request: Request, viewer: Reading, record: InUse) -> Response:
    """The schedules that the account compares, and how to begin one."""
    frame = framed(record, record.standing(viewer))
    return page(request, "schedules.html.j2", viewer, title="Schedules", kept=desk.kept(record), **frame)


@router.get("/schedules/shown")
def shown(request: Request, viewer: Reading, record: InUse, name: Name) -> Response:
    """A kept schedule, compared as in the account."""
    return _result(request, viewer, record, desk.shown(record, name), name=name, work=None)


@router.get("/schedules/edit")
def edit(request: Request, viewer: Analysing, record: InUse, name: Name) -> Response:
    """The alternatives of a kept schedule, or of the worked example, in a form."""
    return _form(request, viewer, record, desk.Asked(name, desk.text_of(record, name)))


async def _fields(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_fields)]
"""The fields of a form whose names depend on what is edited."""


@router.post("/schedules/compare", dependencies=[FormChecked])
def compare(request: Request, viewer: Analysing, record: InUse, sent: Sent) -> Response:
    """What the form's buttons do: compare, copy or remove an alternative, take the file as it was typed."""
    asked, refused = _asked(sent), ""
    deed, _, ident = str(sent.get("do", "compare")).partition(":")
    try:
        if deed != "file":
            asked = _edited(asked, record, sent, viewer)
        if deed == "copy":
            asked = _with_text(asked, desk.with_copy(asked.text, asked.name, ident))
        elif deed == "remove":
            asked = _with_text(asked, desk.without(asked.text, asked.name, ident))
        elif deed == "compare":
            desk.begin(record, viewer, asked)
            work = shared_of(request).works.compare(viewer, asked)
            return RedirectResponse(f"/schedules/run/{work.ident}", 303)
        else:
            desk.begin(record, viewer, asked)
    except (ConfigurationError, InputError) as error:
        refused = str(error)
    return _form(request, viewer, record, asked, refused)


@router.get("/schedules/run/{ident}")
def progress(request: Request, viewer: Reading, record: InUse, ident: str) -> Response:
    """How far the comparison has got; when it is there, the comparison."""
    work = _work(request, viewer, ident)
    made = shared_of(request).works.compared(work)
    if made is not None:
        return _result(request, viewer, record, made.comparison, name=made.asked.name, work=work)
    frame = framed(record, record.standing(viewer))
    return page(request, "schedule_run.html.j2", viewer, title="Comparing", work=work, **frame)


@router.post("/schedules/keep", dependencies=[FormChecked])
def keep(request: Request, viewer: Editing, record: InUse, work: Annotated[str, Form(max_length=40)], name: FormName) -> Response:
    """Keeps a comparison for the account."""
    made = shared_of(request).works.compared(_work(request, viewer, work))
    if made is None:
        raise MissingError(work, "is no comparison that has ended", "compare again")
    desk.keep(record, viewer, desk.Asked(name, made.asked.text, made.asked.runs, made.asked.seed))
    shared_of(request).works.refresh()
    return RedirectResponse("/schedules", 303)


@router.post("/schedules/withdraw", dependencies=[FormChecked])
def withdraw(request: Request, viewer: Editing, record: InUse, name: FormName) -> Response:
    """Takes a schedule from the account."""
    desk.withdraw(record, viewer, name)
    shared_of(request).works.refresh()
    return RedirectResponse("/schedules", 303)


def _work(request: Request, viewer: Viewer, ident: str) -> QueuedWork:
    work = shared_of(request).works.get(ident, viewer)
    if work is None or work.job.kind != COMPARE:
        raise MissingError(ident, "no such comparison is under way", "compare again")
    return work


def _asked(sent: FormData) -> desk.Asked:
    def whole(key: str, otherwise: int) -> int:
        text = str(sent.get(key, "")).strip()
        return int(text) if text.isdecimal() and len(text) < 10 else otherwise

    text = str(sent.get("text", "")).replace("\r\n", "\n")
    name = str(sent.get("name", ""))
    return desk.Asked(name if desk.named(name) else "plan", text, whole("runs", -1), whole("seed", -1), bool(sent.get("rated")))


def _with_text(asked: desk.Asked, text: str) -> desk.Asked:
    return desk.Asked(asked.name, text, asked.runs, asked.seed, asked.rated)


def _edited(asked: desk.Asked, record: Record, sent: FormData, viewer: Viewer) -> desk.Asked:
    """The file with what the form says of its alternatives; fields are named ``ALTERNATIVE.field`` and
    ``ALTERNATIVE.TRANCHE.field``."""
    before = desk.draft(record, asked.text, asked.name)

    def field(key: str, otherwise: str) -> str:
        return str(sent.get(key, otherwise))

    drafts = [
        desk.AlternativeDraft(
            a.ident,
            field(f"{a.ident}.name", a.name),
            field(f"{a.ident}.agreement", a.agreement),
            field(f"{a.ident}.review", a.review),
            f"{a.ident}.pause" in sent,
            f"{a.ident}.reversal" in sent,
            tuple(
                desk.TrancheDraft(
                    t.ident,
                    t.name,
                    field(f"{a.ident}.{t.ident}.earliest", t.earliest),
                    field(f"{a.ident}.{t.ident}.latest", t.latest),
                    field(f"{a.ident}.{t.ident}.threshold", t.threshold),
                    field(f"{a.ident}.{t.ident}.at_least", t.at_least),
                    {site: field(f"{a.ident}.{t.ident}.target.{site}", number) for site, number in t.targets.items()},
                )
                for t in a.tranches
            ),
        )
        for a in before.alternatives
    ]
    if tuple(drafts) == before.alternatives:
        return asked
    return _with_text(asked, desk.edited(asked.text, asked.name, drafts, viewer.who))


def _form(request: Request, viewer: Viewer, record: Record, asked: desk.Asked, refused: str = "") -> Response:
    """The form; a file that cannot be read is shown as text with what is wrong."""
    draft = None
    try:
        draft = desk.draft(record, asked.text, asked.name)
    except ConfigurationError as error:
        refused = refused or str(error)
    frame = framed(record, record.standing(viewer))
    return page(
        request, "schedule_edit.html.j2", viewer, status=422 if refused else 200, title="Schedule", asked=asked, draft=draft,
        refused=refused, **frame,
    )  # fmt: skip


def _result(
    request: Request, viewer: Viewer, record: Record, comparison: Comparison, *, name: str, work: QueuedWork | None
) -> Response:
    more: dict[str, Any] = {"view": View.of(comparison), "tables": tables, "name": name, "work": work}
    frame = framed(record, record.standing(viewer))
    return page(request, "schedule_result.html.j2", viewer, title="Schedules compared", **more, **frame)
