"""Questions, search, and judgements."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from msgspec import Struct
from pydantic import BaseModel, Field

from rapporteur import language
from rapporteur.asking.desk import Reply
from rapporteur.desk import asking, judging
from rapporteur.desk.rows import Rows
from rapporteur.model.judgement import Judgement, Verb
from rapporteur.web.api.answer import answer, answers
from rapporteur.web.queries import PageNumber, Words
from rapporteur.web.rules import Editing, Reading
from rapporteur.web.state import InUse, shared_of

router = APIRouter(prefix="/api", tags=["ask and judge"])

Question = Annotated[Words, Query(min_length=1)]


class Made(Struct, frozen=True):
    """A judgement as it was recorded, with its id."""

    ident: str
    judgement: Judgement


class JudgementIn(BaseModel):
    """A judgement: subjects are ids of findings, claims and actors, or REPORT@PARENT, as accounts and pages show them."""

    verb: Verb
    subjects: Annotated[list[Words], Field(min_length=1, max_length=2000)]
    why: Annotated[Words, Field(max_length=2000)] = ""
    value: Words | None = None


@router.get("/ask", **answers(Reply))
def get_answer(request: Request, viewer: Reading, record: InUse, q: Question) -> Response:
    """Cited findings that answer a question, or why there are none."""
    return answer(asking.ask(record, viewer, q, language.load(shared_of(request).options.reader.language)))


@router.get("/search", **answers(tuple[asking.Found, ...]))
def get_search(viewer: Reading, record: InUse, q: Question) -> Response:
    """Passages that hold any of the words, best first."""
    return answer(asking.search(record, viewer, q))


@router.get("/review", **answers(Rows[judging.Waiting]))
def get_review(viewer: Reading, record: InUse, page: Annotated[PageNumber, Query()] = 1) -> Response:
    """What waits to be looked at."""
    return answer(judging.queue(record, viewer, page))


@router.get("/judgements", **answers(Rows[judging.Decision]))
def get_judgements(viewer: Reading, record: InUse, page: Annotated[PageNumber, Query()] = 1) -> Response:
    """Judgements, latest first."""
    return answer(judging.decisions(record, viewer, page))


@router.post("/judgements", **answers(Made, 201))
def post_judgement(request: Request, viewer: Editing, record: InUse, asked: JudgementIn) -> Response:
    """Records a judgement; the account is made anew after it."""
    made = judging.judge(record, viewer, judging.Asked(asked.verb, tuple(asked.subjects), asked.why, asked.value))
    shared_of(request).works.refresh()
    return answer(Made(*made), 201)
