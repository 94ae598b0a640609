"""An account as the sections of a page: everything the template shows, with citations numbered in reading order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rapporteur.model.account import Account, CitedLine, Finding
from rapporteur.model.board_view import BoardData
from rapporteur.model.reading import Reading
from rapporteur.stages.write.dates import spoken
from rapporteur.stages.write.names import origins_counted
from rapporteur.stages.write.numbers import plural
from rapporteur.stages.write.page.charts import Row, chart_of, rows_of
from rapporteur.stages.write.page.cites import Cite, Citer
from rapporteur.stages.write.page.lanes import Layout, layout_of
from rapporteur.stages.write.page.lineage_picture import WORDS, picture_of
from rapporteur.stages.write.page.reports import ReportList, reports_of
from rapporteur.stages.write.page.sections import (
    Capped,
    Drifted,
    FindingRow,
    SpeakerRow,
    TableRow,
    drifted_of,
    findings_rows,
    posture_rows,
    speakers_of,
    table_rows,
    timeline_rows,
)
from rapporteur.stages.write.page.steps import steps_of
from rapporteur.stages.write.passages import Passages, outlet_of, passages_of
from rapporteur.stages.write.schedule.page import View
from rapporteur.stages.write.speakers import HOW_COUNTED

TRIVIAL = 0.35
"""Share of the heaviest weight below which a finding of one origin is not shown: there stand side remarks ("two countries", a
date of long ago) in the seven accounts that were looked at."""
MOST_CHARTS = 10
"""Charts on one page: each takes about 60 ms to draw."""


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A line of the brief with its citations and the words that say how it stands."""

    text: str
    cites: tuple[Cite, ...]
    marks: tuple[str, ...]
    counts: str


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A measure: its picture, the same over time and as a table, and the finding's reading in words."""

    ident: str
    label: str
    svg: Markup
    steps: Markup
    reading: str
    rows: tuple[tuple[Row, tuple[Cite, ...]], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One derivation in words, for readers of the picture's text alternative."""

    child: str
    parent: str
    relation: str
    seen: bool
    reason: str


@dataclass(frozen=True, slots=True)
class BoardPart:
    """A board with the citations of its observations, by their ids."""

    data: BoardData
    cited: Mapping[str, tuple[Cite, ...]]


@dataclass(frozen=True, slots=True)
class Page:
    """All sections of the page, top to bottom."""

    account: Account
    header: str
    counted: str
    how_counted: str
    as_of: str
    brief: tuple[BriefRow, ...]
    changes: Capped[TableRow]
    disputed: Capped[FindingRow]
    drifted: Capped[Drifted]
    single: Capped[FindingRow]
    agreed: Capped[FindingRow]
    picture: Markup
    layout: Layout
    links: Capped[Link]
    alone: tuple[str, ...]
    charts: Capped[ChartBlock]
    timeline: Capped[TableRow]
    incidents: Capped[TableRow]
    posture: Capped[TableRow]
    speakers: Capped[SpeakerRow]
    positions: Capped[TableRow]
    commitments: Capped[TableRow]
    grid: Capped[TableRow]
    watch: Capped[TableRow]
    questions: tuple[BriefRow, ...]
    boards: tuple[BoardPart, ...]
    schedules: tuple[View, ...]
    reports: ReportList


def page_of(account: Account, readings: Sequence[Reading]) -> Page:
    """The page of ``account``; ``readings`` are the ones it was composed from."""
    passages = passages_of(account, readings)
    citer = Citer(passages)
    names = {r.report.id: _name(r) for r in readings}
    layout = layout_of(account, names)
    process = account.process
    counted = f"{plural(process.reports, 'report')}, {origins_counted(process)}"
    # The order of these calls is the order of the page: citations are numbered as they are first met.
    brief = tuple(_brief_row(line, citer) for line in account.brief)
    changes = table_rows(account.changes, citer, lead="change")
    disputed = findings_rows([f for f in account.findings if f.verdict == "differ"], passages, citer)
    drifted = drifted_of(account, passages, citer)
    lone = [f for f in account.findings if f.origins <= 1 and f.verdict in ("single", "agree")]
    single = findings_rows(_telling(lone), passages, citer)
    agreed = findings_rows(
        [f for f in account.findings if f.verdict in ("agree", "sum", "superseded") and f.origins > 1], passages, citer
    )
    return Page(
        account=account,
        header=f"{counted}, {plural(process.speakers, 'speaker')}",
        counted=counted,
        how_counted=HOW_COUNTED,
        as_of=spoken(process.as_of),
        brief=brief,
        changes=changes,
        disputed=disputed,
        drifted=drifted,
        single=single,
        agreed=agreed,
        picture=picture_of(layout, "lineage"),
        layout=layout,
        links=_links(account, names),
        alone=tuple(names[key] for key in layout.alone),
        charts=_charts(account, passages, citer),
        timeline=timeline_rows(account, citer),
        incidents=table_rows(account.incidents, citer),
        posture=posture_rows(account, citer),
        speakers=speakers_of(account, passages, citer),
        positions=table_rows(account.positions, citer),
        commitments=table_rows(account.commitments, citer),
        grid=table_rows(account.grid, citer),
        watch=table_rows(account.watch, citer),
        questions=tuple(_brief_row(line, citer) for line in account.questions),
        boards=tuple(BoardPart(data, {o.id: citer.all((o.claim,)) for o in data.observations}) for data in account.boards),
        schedules=tuple(View.of(compared, number) for number, compared in enumerate(account.schedules, 1)),
        reports=reports_of(account, passages, citer),
    )


def _telling(findings: Sequence[Finding]) -> list[Finding]:
    """``findings``, by weight, without those of little weight: what only one origin says is most of any record."""
    heaviest = max((f.weight for f in findings), default=0.0)
    return [f for f in findings if f.weight >= TRIVIAL * heaviest]


def _publisher(reading: Reading) -> str:
    """Outlet or agency where known, else the headline, else the file."""
    report = reading.report
    return report.outlet or (report.dateline.agency if report.dateline else None) or report.title or outlet_of(reading)


def _name(reading: Reading) -> str:
    """A report's name in the lineage: outlet and headline, as far as they are known, else its file."""
    report = reading.report
    known = report.outlet or (report.dateline.agency if report.dateline else None)
    return ": ".join(part for part in (known, report.title) if part) or outlet_of(reading)


def _brief_row(line: CitedLine, citer: Citer) -> BriefRow:
    marks = {"differ": ("disputed",), "drift": ("drifted",), "superseded": ("superseded",)}.get(line.verdict or "", ())
    if line.origins == 1:
        marks = ("one origin", *marks)
    told = [(count, noun) for count, noun in ((line.reports, "report"), (line.origins, "origin")) if count > 1]
    told.append((line.speakers, "speaker"))
    counts = ", ".join(plural(count, noun) for count, noun in told if count)
    return BriefRow(line.text, citer.all(line.cites), marks, counts)


def _links(account: Account, names: dict[str, str]) -> Capped[Link]:
    rows = [
        Link(
            child=names.get(d.report, d.report),
            parent=names.get(d.parent, d.parent) if d.parent else (d.credited or "an unnamed origin"),
            relation=WORDS.get(d.relation, d.relation),
            seen=d.parent is not None,
            reason=d.reason,
        )
        for d in account.derivations
    ]
    return Capped.of(rows, 80)


def _charts(account: Account, passages: Passages, citer: Citer) -> Capped[ChartBlock]:
    """The measures that show something: more than one number or origin; the heaviest findings first."""
    findings = {f.id: f for f in account.findings}
    telling = []
    for series in account.series:
        outlets = {p.claim: _publisher(passages[p.claim].reading) for p in series.points if p.claim in passages}
        rows = rows_of(series, outlets)
        finding = findings.get(series.finding)
        if len({row.stated for row in rows}) > 1 or (rows and finding and finding.origins > 1):
            telling.append((series, rows))
    blocks = []
    for index, (series, rows) in enumerate(telling[:MOST_CHARTS]):
        finding = findings.get(series.finding)
        ident = f"chart{index + 1}"
        cited = tuple((row, citer.all(row.claims)) for row in rows)
        words = _reading_words(finding.verdict, finding.low, finding.high, finding.origins) if finding else ""
        steps = steps_of(series, rows, f"{ident}t")
        blocks.append(ChartBlock(ident, series.label, chart_of(series, rows, ident), steps, words, cited))
    return Capped(tuple(blocks), max(0, len(telling) - MOST_CHARTS))


def _reading_words(verdict: str, low: float | None, high: float | None, origins: int) -> str:
    """The reconciled reading of a measure in words: verdict, range, independent origins."""
    says = {
        "agree": "The readings agree",
        "differ": "The readings differ",
        "drift": "The number changed on the way from one report to the next",
        "sum": "The parts add up to the total",
        "superseded": "Later readings take the place of earlier ones",
        "single": "Known from one origin only",
    }[verdict]
    if low is not None and high is not None:
        span = f"{low:,.10g}" if low == high else f"from {low:,.10g} to {high:,.10g}"
    elif low is not None:
        span = f"at least {low:,.10g}"
    else:
        span = f"at most {high:,.10g}" if high is not None else ""
    return f"{says}{': ' + span if span else ''}; {plural(origins, 'independent origin')}."
