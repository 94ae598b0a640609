"""The account as Markdown: the brief and the tables with numbered citations, and the passages they point to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rapporteur.model.account import Account, CitedLine
from rapporteur.model.reading import Reading
from rapporteur.stages.write.board.markdown import lines as board_lines
from rapporteur.stages.write.dates import spoken
from rapporteur.stages.write.drifted import CHANGED, drifts_of
from rapporteur.stages.write.names import origins_counted
from rapporteur.stages.write.page.cites import Citer
from rapporteur.stages.write.passages import Passages, outlet_of, passages_of
from rapporteur.stages.write.schedule.markdown import lines as schedule_lines

SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
MOST_ROWS = 60


def plain(text: str) -> str:
    """``text`` on one line with Markdown's own characters escaped, so that a report cannot bring markup of its own."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


class _Writer:
    def __init__(self, passages: Passages) -> None:
        self.citer = Citer(passages)
        self.lines: list[str] = []
        self.cited: list[str] = []

    def refs(self, claims: Sequence[str]) -> str:
        cites = self.citer.all(claims)
        self.cited += [c for c in claims if self.citer.given(c) and c not in self.cited]
        return "".join(f"[^{c.number}]" for c in cites)

    def rows(self, heading: str, header: Sequence[str], rows: Sequence[Sequence[str]], total: int) -> None:
        if not rows:
            return
        self.lines += [f"## {heading}", "", "| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
        self.lines += ["| " + " | ".join(row) + " |" for row in rows]
        if total > len(rows):
            self.lines += ["", f"{total - len(rows)} more in the JSON account."]
        self.lines.append("")


def render(account: Account, readings: Sequence[Reading]) -> bytes:
    """The account as UTF-8 Markdown (CommonMark with tables and footnotes)."""
    passages = passages_of(account, readings)
    out = _Writer(passages)
    p = account.process
    made = f" Made {p.made_at} by Rapporteur {p.version}." if p.made_at else f" Made by Rapporteur {p.version}."
    out.lines += [
        f"# {plain(p.title)}",
        "",
        f"{p.reports} reports, {origins_counted(p)}, {p.speakers} speakers. As of {spoken(p.as_of)}.{made}",
        "",
        "## In brief",
        "",
        *(_line(line, out) for line in account.brief),
        "",
    ]
    _findings(account, passages, out)
    _lineage(account, readings, out)
    _tables(account, out)
    for data in account.boards:
        out.lines += [*board_lines(data, 2), ""]
    for comparison in account.schedules:
        out.lines += [*schedule_lines(comparison, 2), ""]
    if account.questions:
        out.lines += ["## Left open", "", *(_line(line, out) for line in account.questions), ""]
    judged = [
        (
            j["verb"],
            plain(j["text"] or " ".join(j["subjects"][:3])),
            plain(j["value"] or ""),
            plain(j["who"]),
            j["at"],
            plain(j["why"]),
        )
        for j in account.judgements[:MOST_ROWS]
    ]
    out.rows("Judgements", ("Judgement", "About", "Value", "Who", "When", "Why"), judged, len(account.judgements))
    if account.issues:
        out.lines += ["## Issues", "", *(f"- {plain(i.input)}: {plain(i.message)}" for i in account.issues), ""]
    out.lines += ["## Passages", ""]
    for claim in out.cited:
        cite = out.citer.one(claim)
        passage = passages[claim]
        span = passage.claim.span
        words = plain(span.exact if len(span.exact) <= 240 else span.exact[:239] + "…")
        out.lines.append(f"[^{cite.number}]: {plain(passage.attribution)}, characters {span.start} to {span.end}: “{words}”")
    return ("\n".join(out.lines).rstrip() + "\n").encode("utf-8", "replace")


def _line(line: CitedLine, out: _Writer) -> str:
    word = {"differ": "disputed; ", "drift": "drifted; "}.get(line.verdict or "", "")
    counts = f"{line.reports} reports, " if line.reports > 1 else ""
    counts += f"{line.origins} origin{'' if line.origins == 1 else 's'}"
    counts += f", {line.speakers} speaker{'' if line.speakers == 1 else 's'}" if line.speakers else ""
    return f"- {plain(line.text)} {out.refs(line.cites)} ({word}{counts})"


def _findings(account: Account, passages: Passages, out: _Writer) -> None:
    for heading, chosen in (
        ("Disputed", [f for f in account.findings if f.verdict == "differ"]),
        ("Agreed between independent origins", [f for f in account.findings if f.verdict in ("agree", "sum") and f.origins > 1]),
    ):
        rows = []
        for f in chosen[:MOST_ROWS]:
            known = passages.known(f.supports)
            if not known:
                continue
            against = "; ".join(
                f"“{plain(q.claim.span.exact)}”{out.refs([q.claim.id])}" for q in passages.known(f.contradicts)[:3]
            )
            stated = f"“{plain(known[0].claim.span.exact)}”{out.refs(f.supports[:6])}"
            rows.append((plain(f.label), stated, against, str(f.origins), str(f.speakers)))
        out.rows(heading, ("What", "Stated", "Against", "Origins", "Speakers"), rows, len(chosen))
    drifts = drifts_of(account, passages)
    drifted = [
        (
            f"{CHANGED[d.type]}: {plain(d.note)}" if d.note else CHANGED[d.type],
            f"“{plain(passages[d.source].claim.span.exact)}”{out.refs([d.source])}",
            f"“{plain(passages[d.target].claim.span.exact)}”{out.refs([d.target])}",
        )
        for d in drifts[:MOST_ROWS]
    ]
    out.rows("Drifted", ("What changed", "Taken from", "Later report"), drifted, len(drifts))


def _lineage(account: Account, readings: Sequence[Reading], out: _Writer) -> None:
    names = {r.report.id: outlet_of(r) + (f": {r.report.title}" if r.report.title else "") for r in readings}
    rows = [
        (
            plain(names.get(d.report, d.report)),
            d.relation,
            plain(names.get(d.parent, d.parent)) if d.parent else f"{plain(d.credited or '')} (not in the record)",
        )
        for d in account.derivations[:MOST_ROWS]
    ]
    out.rows("Lineage", ("Report", "Relation", "Took from"), rows, len(account.derivations))


def _tables(account: Account, out: _Writer) -> None:
    timeline = [(spoken(e.date), plain(e.text) + " " + out.refs(e.cites)) for e in account.timeline[:MOST_ROWS]]
    out.rows("Timeline", ("Date", "Event as reported"), timeline, len(account.timeline))
    tables: tuple[tuple[str, Sequence[Mapping[str, Any]], tuple[str, ...]], ...] = (
        ("People harmed", account.incidents, ("date", "dated", "state", "low", "high", "origins")),
        ("Posture: stated force levels", account.posture, ("place", "whose", "date", "level", "said_by", "origins")),
        ("Positions", account.positions, ("party", "stance", "issue", "date", "dated")),
        ("Stands on the issues followed", account.grid, ("issue", "party", "stance", "options", "date")),
        ("Words to watch", account.watch, ("word", "date")),
        ("Commitments", account.commitments, ("party", "due", "status")),
        ("What is new", account.changes, ("change", "verdict")),
    )
    for heading, rows, columns in tables:
        cells = [
            (*(plain(_cell(c, r[c])) for c in columns), plain(r["text"]) + " " + out.refs(r["cites"][:6]))
            for r in rows[:MOST_ROWS]
        ]
        out.rows(heading, (*(c.replace("_", " ").capitalize() for c in columns), "As reported"), cells, len(rows))


def _cell(name: str, value: object) -> str:
    if value is None:
        return "open" if name in ("low", "high") else ""
    if name in ("date", "due"):
        return spoken(str(value))
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:,.10g}" if isinstance(value, float) else str(value)
