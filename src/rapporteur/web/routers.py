"""All routes of the desk. To add a page: write its router and list it here."""

from __future__ import annotations

from fastapi import APIRouter

from rapporteur.web.pages import assets, overview, reports

ROUTERS: tuple[APIRouter, ...] = (
    assets.router,
    overview.router,
    reports.router,
)
