"""Questions answered with cited findings, and passages that hold the words."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from rapporteur.asking.answer import Cited
from rapporteur.asking.desk import LOOKED_THROUGH, Desk, Reply, varied
from rapporteur.desk.record import Record
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import InputError
from rapporteur.language import Pipeline
from rapporteur.stages.reconcile.context import FUNCTION_WORDS, WORD
from rapporteur.stages.write.names import publisher_of

LONGEST = 500
ASKING = frozenset("how many much what which who whom whose when where why did does do".split())
"""Words that ask, and say nothing about what is looked for."""
MOST = 40


class Found(Struct, frozen=True):
    """A passage that search found, and a claim in it to link to, where it holds one. ``alike`` others of those found say it word
    for word."""

    report: str
    name: str
    published: str | None
    text: str
    claim: str | None
    alike: int = 0


def ask(record: Record, viewer: Viewer, question: str, pipeline: Pipeline) -> Reply:
    """The findings that answer ``question``, or why there are none. ``InputError`` for an empty or overlong question."""
    _check(question)
    standing = record.stand(viewer)
    desk = Desk(record.store, pipeline, standing.number, standing.shown.process.as_of, standing.by_claim)
    return desk.ask(question)


def search(record: Record, viewer: Viewer, words: str) -> tuple[Found, ...]:
    """The best passages that hold any of ``words``, each wording once."""
    _check(words)
    given = [w.casefold() for w in WORD.findall(words)][:30]
    wanted = [w for w in given if w not in FUNCTION_WORDS and w not in ASKING] or given
    hits = varied(record.store.search(wanted, LOOKED_THROUGH), 2 * MOST)
    readings = record.store.some_readings(sorted({hit.report for hit in hits}))
    out: dict[str, Found] = {}
    for hit in hits:
        reading = readings[hit.report]
        report = reading.report
        text = " ".join(report.text[hit.start : hit.end].split())
        if text in out:
            out[text] = replace(out[text], alike=out[text].alike + 1)
            continue
        claim = next((c.id for c in reading.claims if hit.start <= c.span.start < hit.end), None)
        out[text] = Found(report.id, publisher_of(report), report.published.value if report.published else None, text, claim)
    return tuple(out.values())[:MOST]


def worded(cited: Sequence[Cited]) -> tuple[tuple[Cited, ...], ...]:
    """The passages of an answer, those of one wording together."""
    groups: dict[str, list[Cited]] = {}
    for one in cited:
        groups.setdefault(one.passage, []).append(one)
    return tuple(map(tuple, groups.values()))


def _check(text: str) -> None:
    if not text.strip():
        raise InputError("question", "question", "is empty", "ask in words")
    if len(text) > LONGEST:
        raise InputError("question", "question", f"is longer than {LONGEST} characters", "ask in fewer words")
