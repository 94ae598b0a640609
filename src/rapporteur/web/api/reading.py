"""What the record holds: overview, reports, lineage, findings, tables, the account, issues."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from rapporteur.desk import exporting, findings, lineage, overview, reports, tables
from rapporteur.desk.findings import FindingRow, FindingView
from rapporteur.desk.reports import ReportRow
from rapporteur.desk.rows import Rows
from rapporteur.model.account import Account
from rapporteur.model.lineage import Derivation
from rapporteur.model.reading import Reading as ReportReading
from rapporteur.model.report import Issue
from rapporteur.stages.write import FORMATS
from rapporteur.web.api.answer import Ident, answer, answers, hands_out
from rapporteur.web.pages.exporting import saved
from rapporteur.web.queries import FindingQuery, TableQuery
from rapporteur.web.rules import Reading
from rapporteur.web.state import InUse

router = APIRouter(prefix="/api", tags=["read"])


@router.get("/overview", **answers(overview.Overview | None))
def get_overview(viewer: Reading, record: InUse, since: Annotated[int | None, Query(ge=0, le=2**31)] = None) -> Response:
    """The process at a glance, with what has changed since account ``since``; null while there is no account."""
    return answer(overview.overview(record, viewer, since=since))


@router.get("/reports", **answers(Rows[ReportRow]))
def get_reports(viewer: Reading, record: InUse, asked: Annotated[TableQuery, Query()]) -> Response:
    """The reports, latest first; ``q`` asks for words of their names."""
    return answer(reports.reports(record, viewer, words=asked.q, page=asked.page))


@router.get("/reports/{ident:path}", **answers(ReportReading))
def get_report(viewer: Reading, record: InUse, ident: Ident) -> Response:
    """One report as read: ``docs/schema/reading.schema.json``."""
    return answer(record.reading(viewer, ident))


@router.get("/lineage/{ident:path}", **answers(tuple[Derivation, ...]))
def get_lineage(viewer: Reading, record: InUse, ident: Ident) -> Response:
    """Derivations of a report, of its parents and so on back to the origins, each with its evidence."""
    return answer(lineage.chain(record, viewer, ident))


@router.get("/findings", **answers(Rows[FindingRow]))
def get_findings(viewer: Reading, record: InUse, wanted: Annotated[FindingQuery, Query()]) -> Response:
    """Findings, heaviest first."""
    return answer(findings.findings(record, viewer, wanted.wanted, wanted.page))


@router.get("/findings/{ident:path}", **answers(FindingView))
def get_finding(viewer: Reading, record: InUse, ident: Ident) -> Response:
    """One finding with all passages for and against it."""
    return answer(findings.finding(record, viewer, ident))


@router.get("/figures", **answers(Rows[tables.Measure]))
def get_figures(viewer: Reading, record: InUse, asked: Annotated[TableQuery, Query()]) -> Response:
    """Measures with all their readings."""
    return answer(tables.measures(record, viewer, asked.q, asked.page))


@router.get("/tables/{name}", **answers(tables.Table))
def get_table(viewer: Reading, record: InUse, name: Ident, asked: Annotated[TableQuery, Query()]) -> Response:
    """A table by the page: timeline, statements, positions, commitments, incidents, posture, watch."""
    return answer(tables.table(record, viewer, name, asked.q, asked.page))


@router.get("/positions", **answers(tables.Matrix))
def get_positions(viewer: Reading, record: InUse) -> Response:
    """Parties by issues."""
    return answer(tables.matrix(record, viewer))


@router.get("/issues", **answers(tuple[Issue, ...]))
def get_issues(viewer: Reading, record: InUse) -> Response:
    """What could not be read or understood."""
    return answer(record.store.issues())


@router.get("/account", **answers(Account))
def get_account(viewer: Reading, record: InUse) -> Response:
    """The last account: ``docs/schema/account.schema.json``."""
    return Response(exporting.account(record, viewer, "json").data, media_type="application/json")


@router.get("/account/{name}", **hands_out(*(f.media_type for f in FORMATS)))
def get_account_as(viewer: Reading, record: InUse, name: Ident) -> Response:
    """The last account in a format: html, md, json, docx, pdf, xlsx, csv."""
    return saved(exporting.account(record, viewer, name))


@router.get("/csv/{name}", **hands_out("text/csv"))
def get_csv(viewer: Reading, record: InUse, name: Ident) -> Response:
    """One table of the account as comma-separated values."""
    return saved(exporting.table(record, viewer, name))
