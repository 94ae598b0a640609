"""A desk: one record ready to be asked. Findings are those of its last account: a question costs a search, and no linking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from msgspec import Struct

from rapporteur.asking.answer import Answer, Found, answers
from rapporteur.asking.question import Question, search_words, understand
from rapporteur.language import Pipeline
from rapporteur.model.account import Finding
from rapporteur.model.reading import Reading
from rapporteur.store.base import Hit, Snapshot, Store

MOST_PASSAGES = 200
"""Passages looked at. Of them, those that speak of all that was asked answer; a record of 2,000 reports has 40,000."""
LOOKED_THROUGH = 1_000
ALIKE = 8
"""Hits of the same score and length that are looked at: most often one sentence in many reports, which would crowd out others."""


def varied(hits: Sequence[Hit], most: int) -> list[Hit]:
    """The ``most`` best of ``hits``, no more than ``ALIKE`` of which may be copies of one another."""
    held: Counter[tuple[float, int]] = Counter()
    found: list[Hit] = []
    for hit in hits:
        look = (hit.score, hit.end - hit.start)
        held[look] += 1
        if held[look] <= ALIKE:
            found.append(hit)
    return found[:most]


class _Head(Struct, frozen=True):
    as_of: str | None


class _Shown(Struct, frozen=True):
    """Of an account only what answering needs: decoding skips the rest, which is nine tenths of it."""

    process: _Head
    findings: tuple[Finding, ...]


class Reply(Struct, frozen=True):
    """A question, how it was understood, and its answers; ``none`` says why there is none."""

    schema: int
    question: str
    understood: Question
    account: int
    answers: tuple[Answer, ...]
    none: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """``findings`` by the claims they hold, from account ``number``, as of ISO day ``day``."""

    store: Store
    pipeline: Pipeline
    number: int
    day: str | None
    findings: Mapping[str, Finding]

    @classmethod
    def of(cls, store: Store, snapshot: Snapshot, pipeline: Pipeline) -> Desk:
        """The desk of a record by the account ``snapshot``, with its content."""
        shown = msgspec.json.decode(snapshot.content, type=_Shown)
        by_claim: dict[str, Finding] = {}
        for finding in shown.findings:
            for claim in (*finding.supports, *finding.contradicts, *finding.parts):
                by_claim.setdefault(claim, finding)
        return cls(store, pipeline, snapshot.number, shown.process.as_of, by_claim)

    def ask(self, text: str) -> Reply:
        """The reply to a question."""
        question = understand(text, self.day, self.pipeline)
        words, *names = search_words(question)
        made: tuple[Answer, ...] = ()
        # First the passages that give every name; a figure's place may stand in the sentence before, so then any.
        searches = ((words, tuple(names)), ((*words, *(n for name in names for n in name)), ())) if names else ((words, ()),)
        held = 0
        readings: dict[str, Reading] = {}
        for any_of, needed in searches:
            hits = varied(self.store.search(any_of, LOOKED_THROUGH, *needed), MOST_PASSAGES)
            held = max(held, len(hits))
            readings |= self.store.some_readings(sorted({hit.report for hit in hits} - readings.keys()))
            found = [Found(readings[h.report], h.start, h.end, h.score) for h in hits]
            made = answers(question, found, self.findings, self.store.some_readings)
            if made:
                break
        return Reply(1, text, question, self.number, made, None if made else _none(question, held))


def _none(question: Question, passages: int) -> str:
    if not question.words and not question.names and not question.counted:
        return "the question names nothing to look for"
    if not passages:
        return "no passage of the record holds any of these words"
    span = f" from {question.begin or 'the beginning'} to {question.end or 'now'}" if question.begin or question.end else ""
    return f"no finding of the record speaks of all that was asked{span}; {passages} passages hold some of the words"
