"""One chart per measure: a row per reading, by date, with its bound as an interval and who says it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from markupsafe import Markup

from rapporteur.model.account import Series, SeriesPoint
from rapporteur.stages.write.dates import short
from rapporteur.stages.write.numbers import stated_words
from rapporteur.stages.write.page.svg import AXIS, FAINT, FIGURE, INK, LEFT, PAPER, layer, plain, svg_of

WIDTH, ROW, MOST_ROWS = 336, 36, 12
LABEL = 56
"""Code points of a row's label that fit into ``WIDTH`` at 11 px in the widest common sans-serif."""


@dataclass(frozen=True, slots=True)
class Row:
    """Readings that say the same on the same day: one row of a chart. ``claims`` are their ids, ``who`` says it."""

    date: str
    who: str
    stated: str
    value: float
    low: float | None
    high: float | None
    bound: str
    claims: tuple[str, ...]
    placed: bool = False

    @property
    def when(self) -> str:
        """The row's date in words: "25 Jan 2024", "about Jan 2024" where the report has none of its own, "undated"."""
        return f"{'about ' if self.placed else ''}{short(self.date)}" if self.date else "undated"


def stated(point: SeriesPoint) -> str:
    """What a point says: "at least 60", "150 to 200"."""
    return stated_words(point.value, point.low, point.high, point.bound)


def rows_of(series: Series, outlets: dict[str, str]) -> list[Row]:
    """The rows of a series in order of date. ``outlets`` maps a claim id to who publishes it."""
    grouped: dict[tuple[str, str, str], list[SeriesPoint]] = {}
    for point in series.points:
        who = point.said_by or outlets.get(point.claim, "")
        grouped.setdefault((point.date, who, stated(point)), []).append(point)
    rows = []
    for (date, who, said), points in grouped.items():
        first = points[0]
        value = first.value if first.value is not None else (first.low if first.low is not None else first.high)
        if value is not None:
            rows.append(
                Row(
                    date,
                    who,
                    said,
                    value,
                    first.low,
                    first.high,
                    first.bound,
                    tuple(p.claim for p in points),
                    first.dated == "placed",
                )
            )
    return sorted(rows, key=lambda r: (r.date, r.value, r.who))


def _label(row: Row) -> str:
    times = f" ({len(row.claims)} times)" if len(row.claims) > 1 else ""
    words = f"{row.when} · {row.stated}{times} · {row.who}"
    return words if len(words) <= LABEL else words[: LABEL - 1].rstrip() + "…"


def chart_of(series: Series, rows: Sequence[Row], ident: str) -> Markup:
    """The chart of at most ``MOST_ROWS`` rows, the latest ones when there are more."""
    shown = list(rows)[-MOST_ROWS:]
    ends = [e for r in shown for e in (r.value, r.low, r.high) if e is not None]
    low, high = min(ends), max(ends)
    pad = (high - low) * 0.12 or max(abs(high) * 0.1, 1.0)
    domain = [max(0.0, low - pad) if low >= 0 else low - pad, high + pad]
    data = [
        {
            "y": index + 0.68,
            "label": _label(row),
            "value": row.value,
            "from": row.low if row.low is not None else domain[0],
            "to": row.high if row.high is not None else domain[1],
            "label_y": index + 0.3,
        }
        for index, row in enumerate(shown)
    ]
    base = layer(data)
    x = alt.X("value:Q", scale=alt.Scale(domain=domain, nice=False, zero=False), axis=_axis(series, domain))
    scale = alt.Scale(domain=[0, len(shown)], reverse=True, nice=False)
    y = alt.Y("y:Q", scale=scale, axis=None)
    layers = [
        base.mark_rule(color=FAINT, strokeWidth=0.5).encode(y=y),
        base.mark_rule(color=FIGURE, strokeWidth=3, strokeCap="round").encode(x=alt.X("from:Q"), x2=alt.X2("to:Q"), y=y),
        base.mark_text(align="left", fontSize=11, color=INK, baseline="middle").encode(
            x=LEFT, y=alt.Y("label_y:Q", scale=scale, axis=None), text=alt.Text("label:N")
        ),
        *_points(data, shown, x, y),
    ]
    chart = plain(layers, WIDTH, ROW * len(shown))
    return svg_of(chart, series.label, ident)


def _points(data: list[dict[str, Any]], rows: Sequence[Row], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Full points for exact numbers, hollow ones for about, arrows for bounds open on one side."""
    shapes = {
        "at-least": "triangle-right",
        "more-than": "triangle-right",
        "at-most": "triangle-left",
        "less-than": "triangle-left",
    }
    layers = []
    for bound in sorted({r.bound for r in rows}):
        chosen = [d for d, r in zip(data, rows, strict=True) if r.bound == bound]
        chart = layer(chosen)
        mark = chart.mark_point(
            shape=shapes.get(bound, "circle"),
            size=55,
            filled=True,
            fill=PAPER if bound in ("about", "range") else FIGURE,
            stroke=FIGURE,
            strokeWidth=1.8,
            opacity=1,
        )
        layers.append(mark.encode(x=x, y=y))
    return layers


def _axis(series: Series, domain: list[float]) -> alt.Axis:
    """The axis with the unit as its title; where few whole numbers are in sight, ticks at those only."""
    whole = list(range(math.ceil(domain[0]), math.floor(domain[1]) + 1)) if domain[1] - domain[0] <= 6 else []
    counts = all(e is None or e == int(e) for p in series.points for e in (p.value, p.low, p.high))
    return alt.Axis(
        title=series.unit or "number",
        **AXIS,
        grid=False,
        tickCount=4,
        values=whole if whole and counts else alt.Undefined,
        labelOverlap=True,
        format="~s" if series.points and max(p.value or p.high or 0 for p in series.points) >= 1e6 else ",~f",
    )
