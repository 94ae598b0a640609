"""A measure over time: stated numbers as points, their bounds as bands, and revisions as steps from one to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import altair as alt
from markupsafe import Markup

from rapporteur.model.account import Series
from rapporteur.stages.write.page.charts import Row
from rapporteur.stages.write.page.svg import AXIS, FAINT, FIGURE, INK, PAPER, layer, plain, svg_of

WIDTH, HEIGHT = 290, 120
DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
YEARS, MONTHS = 3 * 365, 90
"""Days from which on the axis names years, and months, rather than days."""


def day_of(when: str) -> date | None:
    """The day at which an ISO date stands on the axis: the middle of a month or year; None for what is no ISO date."""
    found = DAY.fullmatch(when[:10])
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return date(year or 0, month or 7, day or (15 if month else 1))
    except ValueError:
        return None


def steps_of(series: Series, rows: Sequence[Row], ident: str) -> Markup:
    """The chart of ``rows``; empty where fewer than two days are known, or where the number stays the same."""
    dated = [(day, row) for row in rows if (day := day_of(row.date))]
    if len({day for day, _ in dated}) < 2 or len({(row.value, row.low, row.high) for _, row in dated}) < 2:
        return Markup("")
    ends = [e for _, r in dated for e in (r.value, r.low, r.high) if e is not None]
    low, high = min(ends), max(ends)
    pad = (high - low) * 0.15 or max(abs(high) * 0.1, 1.0)
    domain = [max(0.0, low - pad) if low >= 0 else low - pad, high + pad]
    data = [
        {
            "day": day.isoformat(),
            "value": row.value,
            "from": row.low if row.low is not None else domain[0],
            "to": row.high if row.high is not None else domain[1],
            "exact": row.bound not in ("about", "range") and not row.placed,
        }
        for day, row in dated
    ]
    # Of several numbers of one day the one that most reports carry makes the step; all have their points.
    first = {day.isoformat(): (-len(row.claims), row.value) for day, row in sorted(dated, key=_carried, reverse=True)}
    line = [{"day": day, "value": first[day][1]} for day in sorted(first)]
    days = [day for day, _ in dated]
    x = alt.X("day:T", scale=alt.Scale(type="utc", padding=16), axis=_time((max(days) - min(days)).days))
    y = alt.Y("value:Q", scale=alt.Scale(domain=domain, nice=False, zero=False), axis=_values(series, ends))
    layers = [
        layer(data).mark_rule(color=FIGURE, strokeWidth=9, opacity=0.28).encode(x=x, y=alt.Y("from:Q"), y2=alt.Y2("to:Q")),
        layer(line).mark_line(color=FIGURE, strokeWidth=1.6, interpolate="step-after").encode(x=x, y=y),
    ]
    for exact in (True, False):
        chosen = [d for d in data if d["exact"] is exact]
        if chosen:
            mark = layer(chosen).mark_point(
                shape="circle", size=45, filled=True, fill=FIGURE if exact else PAPER, stroke=FIGURE, strokeWidth=1.6, opacity=1
            )
            layers.append(mark.encode(x=x, y=y))
    told = "; ".join(f"{row.when}: {row.stated}" for _, row in dated[:12])
    return svg_of(plain(layers, WIDTH, HEIGHT), f"{series.label} over time. {told}", ident)


def _carried(dated: tuple[date, Row]) -> tuple[int, float]:
    return -len(dated[1].claims), dated[1].value


def _time(span: int) -> alt.Axis:
    """The axis of days; ``span`` in days."""
    form = "%Y" if span >= YEARS else "%b %Y" if span >= MONTHS else "%-d %b"
    return alt.Axis(
        title=None,
        format=form,
        tickCount=4 if span > 4 else alt.TimeIntervalStep(interval="day", step=1),
        labelColor=INK,
        labelFontSize=10,
        domainColor=FAINT,
        tickColor=FAINT,
        grid=False,
        labelOverlap=True,
        labelFlush=True,
    )


def _values(series: Series, ends: Sequence[float]) -> alt.Axis:
    """The axis of numbers with their unit; whole numbers only where all are."""
    return alt.Axis(
        title=series.unit or "number",
        **AXIS,
        gridColor=FAINT,
        gridOpacity=0.25,
        tickCount=4,
        tickMinStep=1 if all(e == int(e) for e in ends) else alt.Undefined,
        format="~s" if max(ends) >= 1e6 else ",~f",
    )
