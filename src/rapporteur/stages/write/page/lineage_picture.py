"""The lineage picture: who took from whom, time to the right, as one layered Altair specification."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from markupsafe import Markup

from rapporteur.stages.write.dates import short
from rapporteur.stages.write.page.lanes import Edge, Layout, Node
from rapporteur.stages.write.page.svg import ACCENT, FAINT, INK, PAPER, layer, plain, svg_of

COLUMN, ROW, LEFT, TOP = 86, 26, 14, 1.1
"""Pixels per column (a date "25 Jan 2024" at 11 px is 62 wide) and row; rows above the first lane for the dates."""
LETTER = 6.3
"""Pixels per code point of an 11 px sans-serif label, the mean over news headlines plus a tenth."""
LONGEST = 62
WORDS = {
    "copy": "copy", "excerpt": "excerpt", "rewrite": "rewrite", "hop": "passed on", "common-origin": "shares an origin",
}  # fmt: skip


def picture_of(layout: Layout, ident: str) -> Markup:
    """The picture as SVG; empty when there is nothing to show."""
    if not layout.nodes:
        return Markup("")
    relation = {e.child.key: e.relation for e in layout.edges}
    labels = [_label(n, relation.get(n.key)) for n in layout.nodes]
    width = max(
        max(LEFT + n.column * COLUMN + 14 + LETTER * len(t) for n, t in zip(layout.nodes, labels, strict=True)),
        LEFT + len(layout.columns) * COLUMN,
    )
    rows = max(n.row for n in layout.nodes) + 1
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, width], nice=False, zero=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, rows + TOP], reverse=True, nice=False, zero=False), axis=None)
    layers: list[alt.Chart] = [*_ground(layout, x, y, width), *_lines(layout.edges, x, y), *_nodes(layout, labels, x, y)]
    chart = plain(layers, width, ROW * (rows + TOP))
    return svg_of(chart, "Lineage: who took from whom, earlier reports to the left", ident)


def _label(node: Node, relation: str | None) -> str:
    words = node.label if len(node.label) <= LONGEST else node.label[: LONGEST - 1].rstrip() + "…"
    if not node.seen:
        return f"{words} (credited, not in the record)"
    words = f"{words} · {WORDS.get(relation, relation)}" if relation else words
    return f"{words} · undated, about {short(node.about)}" if node.about else words


def _x(column: float) -> float:
    return LEFT + column * COLUMN


def _y(row: int) -> float:
    return row + TOP + 0.5


def _ground(layout: Layout, x: alt.X, y: alt.Y, width: float) -> list[alt.Chart]:
    """Date labels with a hairline under each, and a rule above each lane."""
    dated = [{"x": _x(i), "y": 0.5, "text": t} for i, t in enumerate(layout.columns) if t]
    bottom = max(lane.last for lane in layout.lanes) + TOP
    columns = [{"x": d["x"], "y": 0.95, "y2": bottom} for d in dated]
    lanes = [{"x": 0, "x2": width, "y": lane.first + TOP} for lane in layout.lanes]
    return [
        layer(columns).mark_rule(color=FAINT, strokeWidth=0.6, strokeDash=[1, 3]).encode(x=x, y=y, y2=alt.Y2("y2:Q")),
        layer(lanes).mark_rule(color=FAINT, strokeWidth=0.8).encode(x=x, x2=alt.X2("x2:Q"), y=y),
        layer(dated)
        .mark_text(align="left", dx=-6, fontSize=11, color=INK, fontWeight="bold")
        .encode(x=x, y=y, text=alt.Text("text:N")),
    ]


def _lines(edges: Sequence[Edge], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    layers = []
    for sure, dash in ((True, [1, 0]), (False, [4, 3])):
        chosen = [e for e in edges if e.sure is sure]
        if not chosen:
            continue
        down = [{"x": _x(e.parent.column), "y": _y(e.parent.row), "y2": _y(e.child.row)} for e in chosen]
        across = [{"x": _x(e.parent.column), "x2": _x(e.child.column) - 9, "y": _y(e.child.row)} for e in chosen]
        heads = [{"x": _x(e.child.column) - 9, "y": _y(e.child.row)} for e in chosen]
        layers += [
            layer(down).mark_rule(color=ACCENT, strokeWidth=1.4, strokeDash=dash).encode(x=x, y=y, y2=alt.Y2("y2:Q")),
            layer(across).mark_rule(color=ACCENT, strokeWidth=1.4, strokeDash=dash).encode(x=x, x2=alt.X2("x2:Q"), y=y),
            layer(heads)
            .mark_point(shape="triangle-right", size=42, filled=True, fill=ACCENT, stroke=ACCENT, opacity=1)
            .encode(x=x, y=y),
        ]
    return layers


def _nodes(layout: Layout, labels: Sequence[str], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    values = [
        {"x": _x(n.column), "y": _y(n.row), "text": text, "seen": n.seen, "dated": n.seen and n.about is None}
        for n, text in zip(layout.nodes, labels, strict=True)
    ]
    layers = []
    for seen, dated in ((True, True), (True, False), (False, False)):
        chosen = [v for v in values if (v["seen"], v["dated"]) == (seen, dated)]
        if not chosen:
            continue
        point = layer(chosen).mark_point(
            shape="circle",
            size=64,
            filled=True,
            fill=INK if dated else PAPER,
            stroke=INK,
            strokeWidth=1.4,
            strokeDash=[1, 0] if seen else [3, 2],
            opacity=1,
        )
        layers += [
            point.encode(x=x, y=y),
            layer(chosen)
            .mark_text(align="left", dx=9, fontSize=11, color=INK, fontStyle="normal" if seen else "italic")
            .encode(x=x, y=y, text=alt.Text("text:N")),
        ]
    return layers
