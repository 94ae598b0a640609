"""All routes of the desk. To add a page: write its router and list it here."""

from __future__ import annotations

from fastapi import APIRouter

from rapporteur.web import api
from rapporteur.web.pages import (
    adding,
    asking,
    assets,
    board,
    choosing,
    exporting,
    findings,
    judging,
    lineage,
    openid,
    overview,
    reports,
    schedules,
    signing,
    tables,
    team,
    watching,
)

ROUTERS: tuple[APIRouter, ...] = (
    assets.router,
    signing.router,
    openid.router,
    team.router,
    overview.router,
    choosing.router,
    reports.router,
    findings.router,
    lineage.router,
    tables.router,
    asking.router,
    adding.router,
    judging.router,
    board.router,
    schedules.router,
    exporting.router,
    watching.router,
    *api.ROUTERS,
)
