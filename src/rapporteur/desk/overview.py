"""The process at a glance: the brief with its citations, counts, and what has changed since an account seen earlier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from rapporteur.desk.record import Record, Standing
from rapporteur.desk.rows import Cite, cites
from rapporteur.desk.viewer import Viewer
from rapporteur.model.account import Before, CitedLine, Finding, Process, Verdict
from rapporteur.stages.write.changes import compared
from rapporteur.stages.write.wording import line_of

MOST_CHANGES, MOST_OPEN = 40, 12


class Line(Struct, frozen=True):
    """A line of the brief; ``marks`` are the words for how it stands: one origin, disputed, drifted, superseded."""

    text: str
    cites: tuple[Cite, ...]
    finding: str | None
    marks: tuple[str, ...]
    reports: int
    origins: int
    speakers: int


class Change(Struct, frozen=True):
    """A fact that is new, changed or contradicted since the account seen earlier; ``before`` how it stood then."""

    change: str
    finding: str
    text: str
    cites: tuple[Cite, ...]
    verdict: Verdict
    before: Before | None


class Changes(Struct, frozen=True):
    """What has changed since account ``since``; ``more`` are not shown, ``reports`` came in the meantime."""

    since: int
    reports: int
    rows: tuple[Change, ...]
    more: int
    dropped: int


class Overview(Struct, frozen=True):
    """The process as account ``account`` tells it; ``verdicts`` counts findings, ``waiting`` reports that came after it."""

    account: int
    process: Process
    brief: tuple[Line, ...]
    open: tuple[Line, ...]
    verdicts: dict[Verdict, int]
    one_origin: int
    outlets: tuple[tuple[str, int], ...]
    issues: int
    judgements: int
    waiting: int
    changes: Changes | None


def overview(record: Record, viewer: Viewer, process: str | None = None, since: int | None = None) -> Overview | None:
    """The process at a glance; None while the record holds no account. ``since`` is the number of an account seen earlier."""
    standing = record.standing(viewer, process)
    if standing is None:
        return None
    shown = standing.shown
    left_open = shown.questions[:MOST_OPEN]
    cited = [claim for line in (*shown.brief, *left_open) for claim in line.cites]
    passages = record.passages(standing, cited)

    def lines(of: Sequence[CitedLine]) -> tuple[Line, ...]:
        return tuple(
            Line(x.text, cites(x.cites, passages), x.finding, marks_of(x.verdict, x.origins), x.reports, x.origins, x.speakers)
            for x in of
        )

    verdicts, one_origin, outlets = standing.once("overview", lambda: _counts(standing))
    return Overview(
        account=standing.number,
        process=shown.process,
        brief=lines(shown.brief),
        open=lines(left_open),
        verdicts=verdicts,
        one_origin=one_origin,
        outlets=outlets,
        issues=len(shown.issues),
        judgements=len(shown.judgements),
        waiting=record.waiting(standing),
        changes=changes(record, viewer, standing, since, process) if since is not None else None,
    )


def _counts(standing: Standing) -> tuple[dict[Verdict, int], int, tuple[tuple[str, int], ...]]:
    """Findings by verdict, findings of one origin, and the outlets with the most reports."""
    findings = standing.shown.findings
    outlets = Counter(report.outlet for report in standing.shown.reports if report.outlet)
    verdicts = dict(Counter(finding.verdict for finding in findings))
    return verdicts, sum(finding.origins <= 1 for finding in findings), tuple(outlets.most_common(8))


def marks_of(verdict: Verdict | None, origins: int) -> tuple[str, ...]:
    """The words for how a finding stands."""
    marks = {"differ": ("disputed",), "drift": ("drifted",), "superseded": ("superseded",)}.get(verdict or "", ())
    return ("one origin", *marks) if origins == 1 else marks


def changes(record: Record, viewer: Viewer, standing: Standing, since: int, process: str | None = None) -> Changes | None:
    """Facts that are new, changed or contradicted in ``standing`` since account ``since``; None when that cannot be told."""
    before = record.numbered(viewer, since, process)
    if before is None or since >= standing.number:
        return None
    found, dropped = compared(before.shown.findings, standing.shown.findings)
    found.sort(key=lambda one: -one[1].weight)
    passages = record.passages(standing, [c for _, f, _ in found[:MOST_CHANGES] for c in f.supports[:6]])
    rows: list[Change] = []
    for change, finding, old in found[:MOST_CHANGES]:
        line = line_of(_citable(finding, standing), passages, frozenset())
        if line is not None:
            then: Before | None = {"verdict": old.verdict, "low": old.low, "high": old.high} if old else None
            rows.append(Change(change, finding.id, line.text, cites(line.cites, passages), finding.verdict, then))
    return Changes(
        since,
        len(standing.shown.reports) - len(before.shown.reports),
        tuple(rows),
        len(found) - len(rows),
        len(dropped),
    )


def _citable(finding: Finding, standing: Standing) -> Finding:
    """``finding`` with no more claims than were looked up."""
    return replace(finding, supports=finding.supports[:6], contradicts=(), parts=())
