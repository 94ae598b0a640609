"""Questions answered with cited findings, and passages that hold the words."""

from __future__ import annotations

from msgspec import Struct

from rapporteur.asking.desk import Desk, Reply
from rapporteur.desk.record import Record
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import InputError
from rapporteur.language import Pipeline
from rapporteur.stages.reconcile.context import FUNCTION_WORDS, WORD
from rapporteur.stages.write.passages import outlet_of

LONGEST = 500
ASKING = frozenset("how many much what which who whom whose when where why did does do".split())
"""Words that ask, and say nothing about what is looked for."""
MOST = 40


class Found(Struct, frozen=True):
    """A passage that search found, and a claim in it to link to, where it holds one."""

    report: str
    name: str
    published: str | None
    text: str
    claim: str | None


def ask(record: Record, viewer: Viewer, question: str, pipeline: Pipeline) -> Reply:
    """The findings that answer ``question``, or why there are none. ``InputError`` for an empty or overlong question."""
    _check(question)
    standing = record.stand(viewer)
    desk = Desk(record.store, pipeline, standing.number, standing.shown.process.as_of, standing.by_claim)
    return desk.ask(question)


def search(record: Record, viewer: Viewer, words: str) -> tuple[Found, ...]:
    """The best passages that hold any of ``words``."""
    _check(words)
    given = [w.casefold() for w in WORD.findall(words)][:30]
    wanted = [w for w in given if w not in FUNCTION_WORDS and w not in ASKING] or given
    hits = record.store.search(wanted, MOST)
    readings = record.store.some_readings(sorted({hit.report for hit in hits}))
    out = []
    for hit in hits:
        reading = readings[hit.report]
        report = reading.report
        claim = next((c.id for c in reading.claims if hit.start <= c.span.start < hit.end), None)
        text = " ".join(report.text[hit.start : hit.end].split())
        out.append(Found(report.id, outlet_of(reading), report.published.value if report.published else None, text, claim))
    return tuple(out)


def _check(text: str) -> None:
    if not text.strip():
        raise InputError("question", "question", "is empty", "ask in words")
    if len(text) > LONGEST:
        raise InputError("question", "question", f"is longer than {LONGEST} characters", "ask in fewer words")
