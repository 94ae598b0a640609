"""The charts of a comparison: completion over time, and the force fan of each site."""

from __future__ import annotations

import altair as alt
from markupsafe import Markup

from rapporteur.model.comparison import Comparison, Force
from rapporteur.stages.write.page.svg import ACCENT, AXIS, FAINT, FIGURE, INK, layer, plain, svg_of

WIDTH, HEIGHT = 330, 130
WIDE, TALL = 640, 220
# Told apart by dash and weight as well as by colour, so that the lines can be read in grey.
STROKES = ((INK, [1, 0]), (ACCENT, [7, 3]), (FIGURE, [2, 2]))


def _axis(title: str, *, grid: bool = False, values: list[int] | None = None) -> alt.Axis:
    return alt.Axis(
        title=title,
        **AXIS,
        grid=grid,
        gridColor=FAINT,
        gridOpacity=0.25,
        values=values or alt.Undefined,
        labelOverlap=True,
    )


def completion_chart(comparison: Comparison, ident: str) -> Markup:
    """Chance in percent that each alternative is completed by the end of a quarter, one line each, named at its end."""
    layers = []
    for index, outcome in enumerate(comparison.outcomes):
        colour, dash = STROKES[index % len(STROKES)]
        data = [{"month": p.month, "percent": p.percent, "quarter": p.quarter} for p in outcome.completed_by]
        base = layer(data)
        x, y = (
            _time(comparison),
            alt.Y("percent:Q", scale=alt.Scale(domain=[0, 100]), axis=_axis("completed, % of runs", grid=True)),
        )
        layers.append(base.mark_line(interpolate="step-after", color=colour, strokeDash=dash, strokeWidth=2).encode(x=x, y=y))
        key = layer([{"x": 12.0, "x2": 40.0, "y": 8 + 16 * index, "name": outcome.name}])
        rule = key.mark_rule(color=colour, strokeDash=dash, strokeWidth=2)
        layers.append(rule.encode(x=alt.value(12), x2=alt.value(40), y=alt.value(8 + 16 * index)))
        text = key.mark_text(align="left", baseline="middle", fontSize=11, color=INK)
        layers.append(text.encode(x=alt.value(46), y=alt.value(8 + 16 * index), text="name:N"))
    names = ", ".join(outcome.name for outcome in comparison.outcomes)
    return svg_of(plain(layers, WIDE, TALL), f"Chance of completion by quarter, percent of runs: {names}", ident)


def _time(comparison: Comparison) -> alt.X:
    """Months after the start, labelled with the years in which they fall."""
    months, first = comparison.run.months, int(comparison.run.start[5:])
    year = int(comparison.run.start[:4])
    januaries = [month for month in range(months + 1) if (first - 1 + month) % 12 == 0]
    labels = f"{year} + ({first - 1} + datum.value) / 12"
    axis = _axis("year", values=januaries)
    axis["labelExpr"] = labels
    return alt.X("month:Q", scale=alt.Scale(domain=[0, months], nice=False), axis=axis)


def force_chart(comparison: Comparison, name: str, force: Force, ident: str) -> Markup:
    """Force at one site by quarter: the band holds the middle 80 % of the runs, the line is the median."""
    data = [{"month": p.month, "p10": p.p10, "p50": p.p50, "p90": p.p90} for p in force.points]
    base, x = layer(data), _time(comparison)
    top = max(p.p90 for p in force.points) or 1
    scale = alt.Scale(domain=[0, top * 1.05], nice=False)
    y = alt.Y("p50:Q", scale=scale, axis=_axis("persons", grid=True))
    band = base.mark_area(interpolate="step-after", color=FIGURE, opacity=0.28)
    layers = [
        band.encode(x=x, y=alt.Y("p10:Q", scale=scale, axis=_axis("persons", grid=True)), y2="p90:Q"),
        base.mark_line(interpolate="step-after", color=FIGURE, strokeWidth=2).encode(x=x, y=y),
    ]
    title = f"{force.site} under {name}: force in persons by quarter, median and middle 80 % of the runs"
    return svg_of(plain(layers, WIDTH, HEIGHT), title, ident)
