"""The account as plain tables, for the formats that are made of tables: every table with its citations, and the passages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapporteur.model.account import Account
from rapporteur.model.claims import StatementClaim
from rapporteur.model.reading import Reading
from rapporteur.stages.write.board import rows
from rapporteur.stages.write.drifted import drifts_of
from rapporteur.stages.write.page.cites import Citer
from rapporteur.stages.write.passages import Passages, outlet_of, passages_of
from rapporteur.stages.write.schedule import tables
from rapporteur.stages.write.speakers import Speakers

Cell = str | float | int | None
Refs = Callable[[Iterable[str]], str]

UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (2.2) has no character for: control characters that a damaged report may hold, lone surrogates."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: ``name`` at most 31 letters and spaces, so that a workbook can use it; rows as long as ``columns``."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def printable(text: str) -> str:
    """``text`` with a question mark for each character that an XML file cannot hold."""
    return UNPRINTABLE.sub("?", text)


def sheets_of(account: Account, readings: Sequence[Reading]) -> tuple[Sheet, ...]:
    """Every table of the account that has rows. The last column of each names passages by number, and the sheet Passages says
    where each stands; numbers are given in the order of the sheets."""
    passages = passages_of(account, readings)
    citer = Citer(passages)
    order: dict[str, None] = {}

    def refs(claims: Iterable[str]) -> str:
        known = [c for c in claims if c in passages and passages[c].found]
        order.update(dict.fromkeys(known))
        return ", ".join(str(c.number) for c in citer.all(known))

    made = [
        *_findings(account, passages, refs),
        *_reports(account, passages),
        *_events(account, refs),
        _statements(account, passages, refs),
        *_positions(account, refs),
        *_boards(account, refs),
        *_schedules(account),
    ]
    made.append(_passages(order, citer, passages))
    made.append(_sheet("Issues", ("Input", "Issue", "What was met"), ((i.input, i.code, i.message) for i in account.issues)))
    return tuple(sheet for sheet in made if sheet.rows)


def _sheet(name: str, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> Sheet:
    cleaned = tuple(tuple(printable(" ".join(c.split())) if isinstance(c, str) else c for c in row) for row in rows)
    return Sheet(name, columns, cleaned)


def _findings(account: Account, passages: Passages, refs: Refs) -> list[Sheet]:
    """The brief, what is new, every finding, every drift."""
    return [
        _sheet(
            "Brief",
            ("Line", "Verdict", "Origins", "Speakers", "Passages"),
            ((b.text, b.verdict, b.origins, b.speakers, refs(b.cites)) for b in account.brief),
        ),
        _sheet(
            "What is new",
            ("Change", "Verdict", "Text", "Passages"),
            ((c["change"], c["verdict"], c["text"], refs(c["cites"])) for c in account.changes),
        ),
        _sheet(
            "Findings",
            ("Id", "Kind", "Label", "Verdict", "Low", "High", "As of", "Origins", "Speakers", "Against", "Passages"),
            (
                (
                    f.id,
                    f.kind,
                    f.label,
                    f.verdict,
                    f.low,
                    f.high,
                    f.as_of,
                    f.origins,
                    f.speakers,
                    refs(f.contradicts),
                    refs((*f.supports, *f.parts)),
                )
                for f in account.findings
            ),
        ),
        _sheet(
            "Drifts",
            ("What changed", "Taken from", "Later report", "Note", "Passages"),
            (
                (
                    d.type,
                    passages[d.source].claim.span.exact,
                    passages[d.target].claim.span.exact,
                    d.note,
                    refs((d.source, d.target)),
                )
                for d in drifts_of(account, passages)
            ),
        ),
    ]


def _events(account: Account, refs: Refs) -> list[Sheet]:
    """What happened and was counted."""
    return [
        _sheet(
            "Figures",
            ("Measure", "Unit", "Date", "The date is", "Value", "Low", "High", "Bound", "Said by", "Passages"),
            (
                (s.label, s.unit, p.date, p.dated, p.value, p.low, p.high, p.bound, p.said_by, refs((p.claim,)))
                for s in account.series
                for p in s.points
            ),
        ),
        _sheet(
            "Timeline",
            ("Date", "Precision", "Event as reported", "Passages"),
            ((t.date, t.precision, t.text, refs(t.cites)) for t in account.timeline),
        ),
        _sheet(
            "People harmed",
            ("Date", "The date is", "State", "Places", "Low", "High", "Verdict", "Origins", "As reported", "Passages"),
            (
                (
                    i["date"],
                    i.get("dated"),
                    i["state"],
                    "; ".join(i["places"]),
                    i["low"],
                    i["high"],
                    i["verdict"],
                    i["origins"],
                    i["text"],
                    refs(i["cites"]),
                )
                for i in account.incidents
            ),
        ),
        _sheet(
            "Posture",
            ("Where", "Whose", "Date", "The date is", "Level", "Said by", "Reports", "Origins", "As reported", "Passages"),
            (
                (
                    p["place"],
                    p["whose"],
                    p["date"],
                    p["dated"],
                    p["level"],
                    "; ".join(p["said_by"]),
                    p["reports"],
                    p["origins"],
                    p["text"],
                    refs(p["cites"]),
                )
                for p in account.posture
            ),
        ),
    ]


def _positions(account: Account, refs: Refs) -> list[Sheet]:
    """What parties want and promise, and what is left open."""
    return [
        _sheet(
            "Positions",
            ("Party", "Stance", "Issue", "Stated", "Date", "The date is", "Rests on", "Passages"),
            (
                (
                    p["party"],
                    p["stance"],
                    p["issue"],
                    "stated" if p["stated"] else "inferred",
                    p["date"],
                    p.get("dated"),
                    p["text"],
                    refs(p["cites"]),
                )
                for p in account.positions
            ),
        ),
        _sheet(
            "Commitments",
            ("Party", "Due", "Status", "Date", "The date is", "Rests on", "Passages"),
            (
                (c["party"], c["due"], c["status"], c["date"], c.get("dated"), c["text"], refs(c["cites"]))
                for c in account.commitments
            ),
        ),
        _sheet("Left open", ("Question", "Passages"), ((q.text, refs(q.cites)) for q in account.questions)),
    ]


def _boards(account: Account, refs: Refs) -> list[Sheet]:
    """Who rates which condition how, and what the ratings rest on."""
    return [
        _sheet(
            "Ratings",
            ("Framework", "Condition", "Site", "Question", "Assessor", "Role", "As of", "Rating", "In force", "Confidence",
             "Rationale", "Would change it", "Rests on"),
            (
                (d.framework["framework"], r.condition, r.site, r.question, r.assessor, r.role, r.as_of, r.in_words,
                 "yes" if r.holds else "no", r.confidence, r.rationale, r.change_my_mind, ", ".join(r.observations))
                for d in account.boards
                for r in d.ratings
            ),
        ),
        _sheet(
            "Conditions",
            ("Framework", "Condition", "Site", "Kind", "How it stands", "Why they differ"),
            (
                (d.framework["framework"], row.condition, row.site, row.kind, row.summary, "; ".join(row.why))
                for d in account.boards
                for row in rows.matrix(d)
            ),
        ),
        _sheet(
            "Observations",
            ("Framework", "Id", "Indicator", "Site", "Words", "Standing", "Origins", "Accepted by", "Passages"),
            (
                (d.framework["framework"], o.id, o.indicator, o.site, o.quote, o.standing, o.origins, o.accepted_by,
                 refs((o.claim,)))
                for d in account.boards
                for o in d.observations
            ),
        ),
    ]  # fmt: skip


def _schedules(account: Account) -> list[Sheet]:
    """Simulated runs: figures that rest on parameters, not on passages; the last sheet says on which."""
    compared = account.schedules
    return [
        _each("Schedules", ((c.title, tables.completion(c)) for c in compared)),
        _each("Schedules run by run", ((c.title, tables.pairs(c)) for c in compared)),
        _each("Schedules tranches", ((f"{c.title}: {o.name}", tables.milestones(o)) for c in compared for o in c.outcomes)),
        _each("Schedules assumptions", ((c.title, tables.sheet(c.sheet)) for c in compared)),
    ]


def _each(name: str, found: Iterable[tuple[str, tables.Table]]) -> Sheet:
    """Tables of the same columns one below the other, each under its own heading in the first column."""
    listed = list(found)
    columns = listed[0][1].columns if listed else ()
    return _sheet(name, ("Simulated, no finding", *columns), ((title, *row) for title, table in listed for row in table.rows))


def _reports(account: Account, passages: Passages) -> list[Sheet]:
    """The reports, who took from whom, and the origins: tables about reports, which rest on no single passage."""
    names = {key: outlet_of(r) + (f": {r.report.title}" if r.report.title else "") for key, r in passages.readings.items()}
    return [
        _sheet(
            "Reports",
            ("Id", "Outlet", "Title", "Published", "Precision", "Basis", "Undated, about", "File", "Address", "SHA-256"),
            (
                (
                    r.id,
                    r.outlet,
                    r.title,
                    r.published.value if r.published else None,
                    r.published.precision if r.published else None,
                    r.published.basis if r.published else None,
                    r.placed.value if r.placed else None,
                    r.path,
                    r.url,
                    r.sha256,
                )
                for r in account.reports
            ),
        ),
        _sheet(
            "Lineage",
            ("Report", "Relation", "Took from", "In the record", "Score", "Coverage", "Why"),
            (
                (
                    names.get(d.report, d.report),
                    d.relation,
                    names.get(d.parent, d.parent) if d.parent else d.credited,
                    "yes" if d.parent else "no",
                    d.score,
                    d.coverage,
                    d.reason,
                )
                for d in account.derivations
            ),
        ),
        _sheet(
            "Origins",
            ("Id", "Origin", "In the record", "Reports"),
            ((o.id, o.label, "yes" if o.seen else "no", "; ".join(names.get(r, r) for r in o.reports)) for o in account.origins),
        ),
    ]


def _statements(account: Account, passages: Passages, refs: Refs) -> Sheet:
    speakers = Speakers(account.actors)
    rows: list[tuple[Cell, ...]] = []
    for finding in account.findings:
        known = passages.known(finding.supports) if finding.kind == "statement" else []
        for p in known:
            claim = p.claim
            name = speakers.name(claim) if isinstance(claim, StatementClaim) and p.found else None
            if name and isinstance(claim, StatementClaim):
                rows.append((name, p.date, claim.form, claim.terms, claim.span.exact, refs((claim.id,))))
    rows.sort(key=lambda r: (str(r[0]).casefold(), str(r[1] or "")))
    return _sheet("Statements", ("Speaker", "Reported", "Form", "Terms", "Words", "Passages"), rows)


def _passages(order: Iterable[str], citer: Citer, passages: Passages) -> Sheet:
    rows = []
    for claim in order:
        passage, cite = passages[claim], citer.one(claim)
        span = passage.claim.span
        published = passage.date or (f"undated, about {passage.placed}" if passage.placed else "undated")
        rows.append((cite.number, passage.outlet, published, passage.reading.report.id, span.start, span.end, span.exact))
    columns = ("Number", "Outlet or file", "Published", "Report", "From character", "To character", "Words")
    return _sheet("Passages", columns, sorted(rows))
