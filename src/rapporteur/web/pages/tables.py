"""Timeline, statements, positions and the other tables; figures with their charts; the matrix of positions."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from rapporteur.desk import tables as desk
from rapporteur.model.account import Series
from rapporteur.stages.write.page.charts import chart_of, rows_of, stated
from rapporteur.stages.write.page.steps import steps_of
from rapporteur.web.queries import TableQuery
from rapporteur.web.rules import Reading
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse

router = APIRouter(include_in_schema=False)


@router.get("/table/{name}")
def table(request: Request, viewer: Reading, record: InUse, name: str, asked: Annotated[TableQuery, Query()]) -> Response:
    """One table of the account."""
    shown = desk.table(record, viewer, name, asked.q, asked.page)
    frame = framed(record, record.standing(viewer))
    return page(request, "table.html.j2", viewer, title=shown.title, table=shown, q=asked.q, names=NAMES, **frame)


NAMES = {name: entry[0] for name, entry in desk.TABLES.items()}


@router.get("/positions")
def positions(request: Request, viewer: Reading, record: InUse) -> Response:
    """Who stands where on what."""
    shown = desk.matrix(record, viewer)
    frame = framed(record, record.standing(viewer))
    return page(request, "positions.html.j2", viewer, title="Positions", matrix=shown, names=NAMES, **frame)


@router.get("/figures")
def figures(request: Request, viewer: Reading, record: InUse, asked: Annotated[TableQuery, Query()]) -> Response:
    """Measures with their readings; the charts come after the page (``/figures/chart``)."""
    rows = desk.measures(record, viewer, asked.q, asked.page)
    frame = framed(record, record.standing(viewer))
    return page(request, "figures.html.j2", viewer, title="Figures", rows=rows, q=asked.q, stated=stated, **frame)


@router.get("/figures/chart")
def chart(viewer: Reading, record: InUse, id: str) -> Response:
    """The charts of one measure, as a piece of a page."""
    shown = desk.measure(record, viewer, id)
    outlets = tuple((claim, cite.label) for claim, cite in sorted(shown.cites.items()))
    return HTMLResponse(_charts(shown.series, outlets))


@lru_cache(maxsize=512)
def _charts(series: Series, outlets: tuple[tuple[str, str], ...]) -> str:
    """Drawing takes about 60 ms each; a measure that stays the same is drawn once."""
    rows = rows_of(series, dict(outlets))
    if not rows:
        return ""
    ident = f"chart-{abs(hash(series.id))}"
    steps = steps_of(series, rows, f"{ident}t")
    later = f'<div class="wide">{steps}</div>' if steps else ""
    return f'<div class="wide">{chart_of(series, rows, ident)}</div>{later}'
