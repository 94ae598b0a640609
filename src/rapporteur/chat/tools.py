"""What the tools return: cited findings of the last account, as plain JSON of bounded size; or ``none``, with the reason.

Each takes the record in use and its viewer, as all of the desk does. Words between quotation marks are reports' words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import msgspec

from rapporteur.asking.answer import Answer, Cited
from rapporteur.desk import Record, Standing, Viewer, asking, findings, lineage, overview
from rapporteur.desk.rows import Cite
from rapporteur.language import Pipeline
from rapporteur.model.lineage import Derivation

Section = Literal["brief", "disputed", "one-origin", "timeline", "positions", "commitments", "incidents"]

MOST_BYTES = 24_000
"""Of one reply as JSON: some 6,000 tokens, a small part of what a chat client can hold."""
MOST_ROWS = 40
LONGEST = 400
"""Code points of a passage."""
EMPTY = "the record holds no account yet; make one first: rapporteur account --record"


def search(record: Record, viewer: Viewer, question: str, pipeline: Pipeline) -> dict[str, Any]:
    """Findings that answer a question, with the passages for and against each; without any, passages that hold its words."""
    if record.standing(viewer) is None:
        return {"none": EMPTY}
    reply = asking.ask(record, viewer, question, pipeline)
    if not reply.none:
        return bounded({"account": reply.account, "findings": [_answer(answer) for answer in reply.answers]}, "findings")
    found = asking.search(record, viewer, question)
    rows = [
        {"report": f.report, "outlet": f.name, "published": f.published, "passage": _cut(f.text), "claim": f.claim} for f in found
    ]
    return bounded({"none": reply.none, "passages_that_hold_some_words": rows}, "passages_that_hold_some_words")


def finding(record: Record, viewer: Viewer, ident: str) -> dict[str, Any]:
    """One finding with every passage for and against it, and what drifted. ``MissingError`` when there is none of this id."""
    view = findings.finding(record, viewer, ident)
    one = view.finding

    def said(side: Sequence[findings.Said]) -> list[dict[str, Any]]:
        return [{**_cite(s.cite), "speaker": s.speaker, "passage": _cut(f"{s.before}{s.exact}{s.after}")} for s in side]

    told = {
        "finding": one.id,
        "label": one.label,
        "verdict": one.verdict,
        "origins": one.origins,
        "speakers": one.speakers,
        "drifts": [{"type": d.type, "note": d.note, "from": a.exact, "to": b.exact} for d, a, b in view.drifts[:MOST_ROWS]],
        "judgements": [{"verb": j.verb, "who": j.who, "why": j.why, "value": j.value} for j in view.judgements[:MOST_ROWS]],
        "contradicts": said(view.contradicts),
        "supports": said(view.supports),
    }
    return bounded(told, "supports", "contradicts")


def chain(record: Record, viewer: Viewer, report: str) -> dict[str, Any]:
    """From whom a report took what it says, back to the origins, with the evidence. ``MissingError`` for an unknown report."""
    links = lineage.chain(record, viewer, report)
    view = lineage.family(record, viewer, report)
    origins = [{"label": o.label, "seen": o.seen} for o in view.origins if report in o.reports]
    rows = [_derivation(d, view.names) for d in links]
    named = view.names.get(report, report)
    told = {"report": report, "name": named, "origins": origins, "took_from": rows}
    return bounded(told if rows else {**told, "none": "took from no other report of the record, and credits none"}, "took_from")


def account(record: Record, viewer: Viewer, section: Section) -> dict[str, Any]:
    """One section of the last account, each line with its citations."""
    standing = record.standing(viewer)
    if standing is None:
        return {"none": EMPTY}
    head = {
        "process": standing.shown.process.title,
        "as_of": standing.shown.process.as_of,
        "account": standing.number,
        "reports": len(standing.shown.reports),
        "origins": len(standing.shown.origins),
        "reports_not_yet_reconciled": record.waiting(standing),
    }
    rows = _SECTIONS[section](record, viewer, standing)
    return bounded({**head, section: rows, **({} if rows else {"none": "the account has nothing here"})}, section)


def _brief(record: Record, viewer: Viewer, standing: Standing) -> list[dict[str, Any]]:
    shown = overview.overview(record, viewer)
    return [
        {
            "line": line.text,
            "finding": line.finding,
            "marks": list(line.marks),
            "origins": line.origins,
            "speakers": line.speakers,
            "cites": [_cite(c) for c in line.cites[:3]],
        }
        for line in (shown.brief if shown else ())
    ]


def _found(wanted: findings.Wanted) -> Callable[[Record, Viewer, Standing], list[dict[str, Any]]]:
    def rows(record: Record, viewer: Viewer, standing: Standing) -> list[dict[str, Any]]:
        listed = findings.findings(record, viewer, wanted).rows
        return [
            {
                "finding": row.finding.id,
                "label": row.finding.label,
                "marks": list(row.marks),
                "origins": row.finding.origins,
                "cites": [_cite(c) for c in row.cites],
            }
            for row in listed
        ]

    return rows


def _table(name: str) -> Callable[[Record, Viewer, Standing], list[dict[str, Any]]]:
    """Rows of a table of the account, newest last, with the words at each of their first citations."""

    def rows(record: Record, viewer: Viewer, standing: Standing) -> list[dict[str, Any]]:
        table = [msgspec.to_builtins(row) for row in getattr(standing.shown, name)][-MOST_ROWS:]
        passages = record.passages(standing, [claim for row in table for claim in row["cites"][:3]])
        known = {p.claim.id: p for p in passages.known({c for row in table for c in row["cites"][:3]})}
        return [
            {
                **row,
                "cites": [
                    {"claim": c, "report": known[c].reading.report.id, "exact": known[c].claim.span.exact}
                    for c in row["cites"][:3]
                    if c in known
                ],
            }
            for row in table
        ]

    return rows


_SECTIONS: dict[Section, Callable[[Record, Viewer, Standing], list[dict[str, Any]]]] = {
    "brief": _brief,
    "disputed": _found(findings.Wanted(verdict="differ")),
    "one-origin": _found(findings.Wanted(origins=1)),
    "timeline": _table("timeline"),
    "positions": _table("positions"),
    "commitments": _table("commitments"),
    "incidents": _table("incidents"),
}


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "finding": answer.finding,
        "label": answer.label,
        "verdict": answer.verdict,
        "origins": answer.origins,
        "speakers": answer.speakers,
        "supports": [_cited(c) for c in answer.supports[:6]],
        "contradicts": [_cited(c) for c in answer.contradicts[:6]],
    }


def _cited(cited: Cited) -> dict[str, Any]:
    told = msgspec.to_builtins(cited)
    return {k: v for k, v in told.items() if v is not None and k not in ("start", "end")} | {"passage": _cut(cited.passage)}


def _cite(one: Cite) -> dict[str, Any]:
    return {"claim": one.claim, "report": one.report, "published_by": one.label, "exact": one.exact}


def _derivation(one: Derivation, names: dict[str, str]) -> dict[str, Any]:
    return {
        "report": one.report,
        "from": one.parent,
        "name": names.get(one.parent or "", one.credited or one.parent),
        "in_the_record": one.parent is not None,
        "relation": one.relation,
        "score": round(one.score, 3),
        "coverage": round(one.coverage, 3),
        "because": one.reason,
        "evidence": _evidence(one),
    }


def _evidence(one: Derivation) -> list[dict[str, Any]]:
    return [
        {
            "kind": e.kind,
            "here": _cut(e.report.exact) if e.report else None,
            "there": _cut(e.parent.exact) if e.parent else None,
        }
        for e in one.evidence[:4]
    ]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def bounded(reply: dict[str, Any], *lists: str) -> dict[str, Any]:
    """``reply`` with rows taken from the end of its ``lists`` until it fits; ``left_out`` says how many were."""
    left_out = 0
    while len(msgspec.json.encode(reply)) > MOST_BYTES and (longest := max(lists, key=lambda name: len(reply[name]))):
        if not reply[longest]:
            break
        reply = {**reply, longest: reply[longest][:-1]}
        left_out += 1
    return {**reply, "left_out": left_out} if left_out else reply
